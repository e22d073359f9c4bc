import { z } from '@hono/zod-openapi';
import { missingContents, type PaperKind, type PaperRefusal, paperKindNames, parseData } from '../../papers/index.ts';
import { agreementPapers } from './agreement-papers.ts';
import type { CasePaper } from './definition.ts';
import type { Dossier } from './dossier.ts';
import { filePapers } from './file-papers.ts';
import { mediationPapers } from './mediation-papers.ts';

/** Every paper that can be made of a case. */
export const casePapers: Readonly<Record<PaperKind, CasePaper>> = {
  ...mediationPapers,
  ...agreementPapers,
  ...filePapers,
};

const [first, ...others] = paperKindNames.map((kind) =>
  z.strictObject({ kind: z.literal(kind), ...casePapers[kind].given }),
) as [z.ZodObject<{ kind: z.ZodLiteral<PaperKind> }>, ...Array<z.ZodObject<{ kind: z.ZodLiteral<PaperKind> }>>];

/** What a caller hands in: the kind, and what the record of the case does not hold. */
export const MakePaper = z.discriminatedUnion('kind', [first, ...others]);
export type MakePaper = z.output<typeof MakePaper>;

/** A paper filled in, and everything that keeps it from being made. */
export interface FilledPaper {
  /** What it is about. */
  about: string;
  /** Without its number. */
  data: object;
  /** Who must sign it. */
  signers: string[];
  refusals: PaperRefusal[];
}

/** Fills in a paper of the case, but for its number; undefined where the case has nothing for one of this kind (yet). */
export function fillPaper(dossier: Dossier | undefined, { kind, ...given }: MakePaper): FilledPaper | undefined {
  const paper = casePapers[kind];
  const about = dossier && paper.about(dossier);
  if (about === undefined) return undefined;
  const data = paper.fill(dossier as Dossier, given as never, { number: '', madeOn: (dossier as Dossier).today });
  const parsed = parseData(kind, data);
  const refusals =
    'refusal' in parsed ? [parsed.refusal] : missingContents(kind, parsed.data, (dossier as Dossier).local[kind]);
  const signers = [...new Set(paper.signers?.(dossier as Dossier, given as never))];
  return { about, data, signers, refusals };
}
