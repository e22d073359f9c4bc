import { z } from '@hono/zod-openapi';
import type { PaperHead, PaperInput, PaperKind } from '../../papers/index.ts';
import type { Role } from '../auth.ts';
import type { Dossier } from './dossier.ts';

/** How a paper of one kind is made of a case. */
export interface CasePaper<K extends PaperKind = PaperKind, G = never> {
  /** The office's number for papers of this kind has it: 310116-2026-调-000012. */
  sign: string;
  /** Roles that make it. */
  by: readonly Role[];
  /** What the record does not hold; its words stay in the database. All may be left out: what the paper lacks is then named. */
  given: Record<string, z.ZodType>;
  /** What it would be about; undefined where the case has nothing to put into it (yet). */
  about(dossier: Dossier): string | undefined;
  fill(dossier: Dossier, given: G, head: PaperHead): PaperInput<K>;
  /** Who signs it besides whoever makes it: parties, the mediator, the seal. Nobody where it is left out. */
  signers?(dossier: Dossier, given: G): string[];
}

type Given<S extends z.ZodRawShape> = z.output<z.ZodObject<S>>;

/** A definition whose `fill` knows what it is given. */
export const casePaper = <K extends PaperKind, S extends z.ZodRawShape>(
  _kind: K,
  paper: Omit<CasePaper<K, Given<S>>, 'given'> & { given: S },
): CasePaper => paper as unknown as CasePaper;

/** Words that go into a paper; how long they may be is for the paper's own data to say. */
export const words = z.string().trim().min(1);
export const several = z.array(words).max(100);

/** Who mediates, where the rules named nobody, or it goes by another name on its seal. */
export const organisation = words
  .optional()
  .meta({ description: '调解组织 As its seal has it; the one of the case unless given' });
export const mediators = several.optional().meta({ description: '调解员 Their names' });

/** The organisation's name: the one given, or the one that the rules named. */
export const organisationOf = ({ snapshot }: Dossier, given: string | undefined): string =>
  given ?? snapshot.organisation?.name.zh ?? '';

/** The parties of the side that began the case. */
export const applicants = ({ record }: Dossier): string[] =>
  record.parties.filter(({ side }) => side === 'applicant').map(({ id }) => id);

/** Members of staff who help parties settle. */
export const helpers = ['operator', 'union', 'mediator'] as const satisfies readonly Role[];
