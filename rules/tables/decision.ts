import type { DecisionPoint, PackError } from '../../domain/rules.ts';
import type { Bilingual } from '../../domain/time/types.ts';
import { checkPacks } from '../checks/packs.ts';
import type { DeadlineIds } from '../fact-checks.ts';
import { isPoint } from '../facts.ts';
import { parseLocatedJson } from '../located-json.ts';
import { fileText } from '../pack-document.ts';
import type { RuleRow } from '../pack-schema.ts';
import { decisionFile, type PackSource } from '../packs.ts';
import type { Cell } from './cell.ts';
import { helpRows } from './help.ts';
import { rulesOf } from './read-table.ts';
import { tableOf } from './write-table.ts';

export interface Sheet {
  name: string;
  rows: Cell[][];
  /** How many rows at the top are headings. */
  headings: number;
}

/** A decision as the sheets of a workbook: its table, named by the point, and how it is filled in. */
export function decisionSheets({
  point,
  rules,
  ids,
}: {
  point: DecisionPoint;
  rules: readonly RuleRow[];
  ids: DeadlineIds;
}) {
  const { rows, notTabular } = tableOf(point, rules);
  const sheets: Sheet[] = [
    { name: point, rows, headings: 2 },
    { name: '说明 Help', rows: helpRows(point, ids), headings: 1 },
  ];
  return { sheets, notTabular };
}

/** What is wrong with a table: in which cell of which sheet. */
export interface SheetFault {
  sheet: string;
  cell: string;
  code: string;
  reason: Bilingual;
}

export interface ImportedDecision {
  point: DecisionPoint;
  /** In the order of the pack's own file, new ones last; only of use where nothing is wrong. */
  rules: Record<string, unknown>[];
  faults: SheetFault[];
  /** What is wrong with the packs elsewhere. */
  elsewhere: PackError[];
}

/**
 * Reads a decision from a workbook's sheets and checks it as a part of its pack, among the others. Nothing is left out: what cannot be
 * read is a fault, and so is every complaint of the pack's own check, shown in the cell that it comes from.
 */
export function importDecision(
  sheets: readonly { name: string; rows: readonly (readonly Cell[])[] }[],
  pack: PackSource,
  others: readonly PackSource[],
): ImportedDecision | { faults: SheetFault[] } {
  const sheet = sheets.find(({ name }) => isPoint(name));
  if (sheet === undefined || !isPoint(sheet.name)) {
    const names = sheets.map(({ name }) => name).join(', ');
    return {
      faults: [
        {
          sheet: sheets[0]?.name ?? '',
          cell: 'A1',
          code: 'unknown-sheet',
          reason: { zh: `没有以决策点命名的工作表：${names}`, en: `no sheet is named by a decision point: ${names}` },
        },
      ],
    };
  }
  const point = sheet.name;
  const { rules, faults, cellOf } = rulesOf(point, sheet.rows);
  const here = (fault: Omit<SheetFault, 'sheet'>): SheetFault => ({ sheet: point, ...fault });
  if (faults.length > 0) return { point, rules, faults: faults.map(here), elsewhere: [] };
  const { errors } = checkPacks([...others, withDecision(pack, point, rules)]);
  const file = `${pack.folder}/${decisionFile(point)}`;
  return {
    point,
    rules: inFileOrder(rules, pack.files.get(decisionFile(point))?.value),
    faults: errors
      .filter((error) => error.file === file)
      .map(({ pointer, code, reason }) => here({ cell: cellOf(pointer), code, reason })),
    elsewhere: errors.filter((error) => error.file !== file),
  };
}

/** The pack with other rules for a point. */
export const withDecision = (pack: PackSource, point: DecisionPoint, rules: readonly unknown[]): PackSource => ({
  folder: pack.folder,
  files: new Map([...pack.files, [decisionFile(point), parseLocatedJson(fileText(rules))]]),
});

/** The order of rows means nothing, and that of a file neither: a rule that was there stays at its place, so that a file's history shows what changed. */
function inFileOrder(rules: readonly Record<string, unknown>[], existing: unknown): Record<string, unknown>[] {
  const ids = Array.isArray(existing) ? existing.map((rule: { id?: unknown } | null) => rule?.id) : [];
  const places = new Map(ids.map((id, place) => [id, place]));
  const place = ({ id }: Record<string, unknown>): number => places.get(id) ?? places.size;
  return [...rules].sort((a, b) => place(a) - place(b));
}
