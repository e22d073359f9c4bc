import type { DecisionPoint, RuleBook } from '../../domain/rules.ts';
import { addDays } from '../../domain/time/day.ts';
import { documentOf, type PackDocument, sourceOfDocument, sourcesWith } from '../../rules/pack-document.ts';
import type { RuleRow } from '../../rules/pack-schema.ts';
import { deadlineIdsOf, decisionFile, type PackSource } from '../../rules/packs.ts';
import { decisionSheets, type ImportedDecision, importDecision, withDecision } from '../../rules/tables/decision.ts';
import type { ApiDeps } from '../deps.ts';
import { type ProblemError, problem } from '../problems.ts';
import type { DraftText, WholeRelease } from './kind.ts';
import { readWorkbook, WorkbookFault, writeWorkbook } from './workbook.ts';

/** A decision of a pack as a workbook. Throws a problem where the book has no such pack, or the pack no such decision. */
export async function decisionWorkbook(book: RuleBook, folder: string, point: DecisionPoint): Promise<Buffer> {
  const rules = packOf(book, folder).files.get(decisionFile(point))?.value as RuleRow[] | undefined;
  if (rules === undefined) throw problem('not-found');
  const { sheets } = decisionSheets({ point, rules, ids: deadlineIdsOf(book.catalogue('000000')) });
  return await writeWorkbook(sheets).catch((error: unknown) => {
    throw asProblem(error);
  });
}

/** The pack of a book as its files. Throws a problem where there is none. */
export function packOf(book: RuleBook, folder: string): PackSource {
  const pack = sourcesWith(book).find((source) => source.folder === folder);
  if (pack === undefined) throw problem('not-found');
  return pack;
}

/**
 * The decision that a workbook holds, checked as a part of the pack laid in the book. Throws a problem that names each cell at fault, or, where
 * the table is right and something else in the packs is not, the file.
 */
export async function decisionOf(workbook: Buffer, pack: PackSource, book: RuleBook): Promise<ImportedDecision> {
  const sheets = await readWorkbook(workbook).catch((error: unknown) => {
    throw asProblem(error);
  });
  const others = sourcesWith(book).filter(({ folder }) => folder !== pack.folder);
  const imported = importDecision(sheets, pack, others);
  if (imported.faults.length > 0) {
    const places = imported.faults.map(({ sheet, cell, code, reason }) => ({
      field: `${sheet}!${cell}`,
      code,
      ...reason,
    }));
    throw problem('table-invalid', { errors: places.slice(0, 100) });
  }
  return imported as ImportedDecision;
}

/** The text of a draft with the decision that a workbook holds in place of its own; what else is wrong with it, its check says. */
export async function withTable(deps: ApiDeps, release: WholeRelease, workbook: Buffer): Promise<DraftText> {
  const source = sourceOfDocument(release.content as PackDocument);
  const book = await deps.releases.on(addDays(deps.releases.today(), 1));
  const { point, rules } = await decisionOf(workbook, source, book);
  const { subject, region } = release;
  return { subject, region, content: documentOf(withDecision(source, point, rules)) };
}

function asProblem(error: unknown): ProblemError {
  if (!(error instanceof WorkbookFault)) throw error;
  const { code, reason, cell = '' } = error;
  if (code === 'too-large') return problem('too-large', { about: reason });
  return problem('table-invalid', { errors: [{ field: cell, code, ...reason }] });
}
