import type { CaseRow } from '../../db/read-models.ts';
import { findEnding } from '../../db/register.ts';
import { type ArchiveFacts, archiveQuestion, type FileItem, type OnFile } from '../../domain/case/archive.ts';
import { rulesOf } from '../../domain/case/case.ts';
import type { OutcomeOf } from '../../domain/rules.ts';
import { decideInCase } from '../../rules/deciding-book.ts';
import type { ApiDeps } from '../deps.ts';
import { readDossier } from '../papers/dossier.ts';
import { archiveFacts } from './facts.ts';
import { onFile } from './on-file.ts';

/** The file of a case: how the case ended, what its file must hold by the rules it is pinned to, and what lies in it. */
export interface CaseFile {
  ending: ArchiveFacts['ending'] | null;
  items: FileItem[];
  onFile: OnFile;
}

/** Reads it; undefined where there is no file yet. A case without an end has one of which nothing is asked. */
export async function readFile(deps: ApiDeps, row: CaseRow): Promise<CaseFile | undefined> {
  const { db, releases } = deps;
  const dossier = await readDossier(deps, row);
  if (dossier === undefined) return undefined;
  const [there, ending] = await Promise.all([onFile(db, dossier), findEnding(db, row.caseNo)]);
  if (ending === undefined) return { ending: null, items: [], onFile: there };
  const facts = archiveFacts(dossier, ending as ArchiveFacts['ending']);
  const { matched } = await decideInCase(releases, rulesOf(dossier.snapshot), releases.today(), archiveQuestion(facts));
  return {
    ending: facts.ending,
    onFile: there,
    items: matched.map(({ outcome, title, legalRef, source }) => ({
      ...(outcome as unknown as OutcomeOf['archive.contents']),
      ...{ title, legalRef, article: source },
    })),
  };
}
