import { readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { readWorkbook, WorkbookFault, writeWorkbook } from '../../api/administration/workbook.ts';
import { isPoint } from '../../rules/facts.ts';
import { loadRuleBook, packsFolder, readSources } from '../../rules/load.ts';
import { fileText } from '../../rules/pack-document.ts';
import type { RuleRow } from '../../rules/pack-schema.ts';
import { deadlineIdsOf, decisionFile, type PackSource } from '../../rules/packs.ts';
import { decisionSheets, importDecision } from '../../rules/tables/decision.ts';
import { type Command, UsedWrongly } from './command.ts';

/** A decision of a pack as a table in XLSX, and back. */
export const table: Command = {
  usage: 'export <pack> <point> <file.xlsx> | import <file.xlsx> <pack folder>',
  summary: { zh: '决策表：导出为 XLSX，或由 XLSX 导入', en: 'a decision as a table in XLSX, and back' },
  async run([verb, ...args]) {
    if (verb === 'export' && args.length === 3) return exportTable(args as [string, string, string]);
    if (verb === 'import' && args.length === 2) return importTable(args as [string, string]);
    throw new UsedWrongly('table export …, table import …');
  },
};

async function exportTable([name, point, file]: [string, string, string]): Promise<number> {
  if (!isPoint(point)) throw new UsedWrongly(`没有决策点“${point}” There is no decision point "${point}"`);
  const folder = name.includes('/') ? resolve(name) : join(packsFolder, name);
  const book = await loadRuleBook(dirname(folder));
  const pack = packIn(await readSources(dirname(folder)), folder);
  const rules = (pack.files.get(decisionFile(point))?.value ?? []) as RuleRow[];
  const { sheets, notTabular } = decisionSheets({ point, rules, ids: deadlineIdsOf(book.catalogue('000000')) });
  await writeFile(file, await writeWorkbook(sheets));
  for (const { id, reason } of notTabular) console.log(`${id}: ${reason.zh} / ${reason.en}`);
  console.log(`${file}: ${rules.length} 条规则 rules`);
  return 0;
}

async function importTable([file, name]: [string, string]): Promise<number> {
  const folder = resolve(name);
  const sources = await readSources(dirname(folder));
  const pack = packIn(sources, folder);
  let sheets: Awaited<ReturnType<typeof readWorkbook>>;
  try {
    sheets = await readWorkbook(await readFile(file));
  } catch (error) {
    if (!(error instanceof WorkbookFault)) throw error;
    console.error(`${file} ${error.cell ?? ''} [${error.code}] ${error.reason.zh} / ${error.reason.en}`);
    return 1;
  }
  const imported = importDecision(
    sheets,
    pack,
    sources.filter((source) => source !== pack),
  );
  for (const { sheet, cell, code, reason } of imported.faults) {
    console.error(`${file} ${sheet}!${cell} [${code}] ${reason.zh} / ${reason.en}`);
  }
  if (!('point' in imported)) return 1;
  for (const { file: other, line, code, reason } of imported.elsewhere) {
    console.error(`${other}:${line} [${code}] ${reason.zh} / ${reason.en}`);
  }
  if (imported.faults.length > 0 || imported.elsewhere.length > 0) return 1;
  const written = join(folder, decisionFile(imported.point));
  await writeFile(written, fileText(imported.rules));
  console.log(`${written}: ${imported.rules.length} 条规则 rules`);
  return 0;
}

function packIn(sources: readonly PackSource[], folder: string): PackSource {
  const pack = sources.find((source) => source.folder === basename(folder));
  if (pack === undefined) throw new UsedWrongly(`没有规则包“${folder}” There is no pack "${folder}"`);
  return pack;
}
