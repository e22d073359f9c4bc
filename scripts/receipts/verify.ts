import { readFile, stat } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { PackErrors } from '../../domain/rules.ts';
import { buildCalendar } from '../../domain/time/calendar.ts';
import type { Bilingual } from '../../domain/time/types.ts';
import { readCalendarFiles } from '../../rules/calendar-source.ts';
import { loadRuleBook } from '../../rules/index.ts';
import type { LocatedJson } from '../../rules/located-json.ts';
import type { Difference } from '../../rules/receipts/differences.ts';
import { MOST_RECEIPT_BYTES, NoReceipt, readReceipt, tooLarge } from '../../rules/receipts/read-receipt.ts';
import type { Receipt } from '../../rules/receipts/receipt.ts';
import { type Release, releaseFrom, releaseOf } from '../../rules/receipts/release.ts';
import { stated, verifyReceipt } from '../../rules/receipts/verify.ts';
import { type Command, UsedWrongly } from '../rules/command.ts';

const MOST_LINES = 40;
const MOST_RELEASE_BYTES = 50_000_000;

/** Computes a receipt again, without a server or a database, and says whether it says the same. */
export const verify: Command = {
  usage: '<receipt.json> [--release <content.json | folder>]',
  summary: {
    zh: '离线重新计算凭据：一致，或哪一行不同',
    en: 'computes a receipt again, offline: a match, or which line differs',
  },
  async run(args) {
    const { path, release: given } = argumentsOf(args);
    try {
      const { receipt, lineOf } = readReceipt(await textOf(path, MOST_RECEIPT_BYTES));
      const release = given === undefined ? await shipped(receipt) : await releaseAt(given);
      const known = { release, calendar: buildCalendar(await readCalendarFiles()) };
      const { differences, unchecked } = await verifyReceipt(receipt, known);
      const lines = differences.slice(0, MOST_LINES).map((one) => `  ${lineFor(one, lineOf)}`);
      if (differences.length > MOST_LINES) lines.push(`  … +${differences.length - MOST_LINES}`);
      const verdict = differences.length === 0 ? '一致 match' : `不一致 differs (${differences.length})`;
      console.log([`${verdict}: ${titleOf(receipt)}`, ...lines].join('\n'));
      const { name, sha256 } = receipt.release;
      console.log(`  规则版本 release ${name} ${sha256}${release === undefined ? '' : ` ← ${given ?? 'rules/packs'}`}`);
      for (const { zh, en } of unchecked) console.log(`  未核对 not checked: ${zh} ${en}`);
      console.log(`  仅为凭据所称 only stated, not computed: ${stated(receipt, known).join(' ')}`);
      return differences.length === 0 ? 0 : 1;
    } catch (error) {
      if (!(error instanceof NoReceipt)) throw error;
      for (const { line, pointer, reason } of error.faults.slice(0, MOST_LINES))
        console.error(`${path}:${line} ${pointer} ${reason.zh} / ${reason.en}`);
      return 2;
    }
  },
};

function argumentsOf(args: string[]): { path: string; release: string | undefined } {
  try {
    const { values, positionals } = parseArgs({
      args,
      options: { release: { type: 'string' } },
      allowPositionals: true,
    });
    const [path, ...more] = positionals;
    if (path === undefined || more.length > 0) throw new UsedWrongly('请给出一个凭据文件 Give one receipt');
    return { path, release: values.release };
  } catch (error) {
    if (error instanceof UsedWrongly || !(error instanceof TypeError)) throw error;
    throw new UsedWrongly(error.message);
  }
}

/** A file's text, not read at all where it is larger than it may be. */
async function textOf(path: string, mostBytes: number): Promise<string> {
  try {
    if ((await stat(path)).size > mostBytes) throw new NoReceipt([tooLarge]);
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error)
      throw new UsedWrongly(`读不出“${path}” "${path}" cannot be read: ${String(error.code)}`);
    throw error;
  }
}

/** The packs that come with the program, where they are those that decided. */
async function shipped(receipt: Receipt): Promise<Release | undefined> {
  const release = releaseOf(await loadRuleBook());
  return release.sha256 === receipt.release.sha256 ? release : undefined;
}

/** A folder of packs, or the content of a rule book as one file. */
async function releaseAt(path: string): Promise<Release> {
  const found = await stat(path).catch(() => undefined);
  try {
    if (found?.isDirectory()) return releaseOf(await loadRuleBook(path));
    const release = releaseFrom(JSON.parse(await textOf(path, MOST_RELEASE_BYTES)) as unknown);
    if (release !== undefined) return release;
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof PackErrors || error instanceof NoReceipt)) throw error;
  }
  throw new UsedWrongly(`“${path}”不是规则版本的内容 "${path}" is not the content of a rule release`);
}

const titleOf = (receipt: Receipt): string =>
  receipt.kind === 'decision'
    ? `决定 decision ${receipt.case ? `${receipt.case.no} ${receipt.case.seq}/${receipt.case.number} ` : ''}${receipt.point}`
    : `期限 deadline ${receipt.case ? `${receipt.case.no} ` : ''}${receipt.deadline} → ${receipt.dueOn}`;

function lineFor({ pointer, said, computed, reason }: Difference, lineOf: LocatedJson['lineOf']): string {
  const values: Bilingual = {
    zh: `凭据写 ${shown(said)}，算出 ${shown(computed)}`,
    en: `the receipt says ${shown(said)}, computed is ${shown(computed)}`,
  };
  const words =
    reason === undefined ? values : said === undefined && computed === undefined ? reason : both(reason, values);
  return `line ${lineOf(pointer)} ${pointer}  ${words.zh} / ${words.en}`;
}

const both = (reason: Bilingual, values: Bilingual): Bilingual => ({
  zh: `${reason.zh}：${values.zh}`,
  en: `${reason.en}: ${values.en}`,
});

const shown = (value: unknown): string => {
  const text = JSON.stringify(value) ?? '—';
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
};
