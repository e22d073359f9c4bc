import type { RuleBook } from '../domain/rules.ts';
import { shanghaiDay } from '../domain/time/day.ts';
import type { LegalDay } from '../domain/time/types.ts';
import { sha256Of } from './canonical.ts';
import { type PackDocument, sourceOfDocument } from './pack-document.ts';
import type { PackSource } from './packs.ts';
import { nationCode } from './regions.ts';
import { ruleBookFrom, ruleBookOf, sourcesIn } from './rule-book.ts';

/** Where releases are kept, so that a case pinned to one finds it after the files have changed. */
export interface ReleaseStore {
  save(book: { release: string; sha256: string; content: unknown }): Promise<void>;
  content(sha256: string): Promise<unknown>;
  /** The documents of the packs that are approved to be in force on a day. */
  approvedPacksOn(day: LegalDay): Promise<unknown[]>;
  noteInForce(fromDay: LegalDay, sha256: string): Promise<void>;
  inForceOn(day: LegalDay): Promise<string | undefined>;
}

/** A release that is neither loaded nor kept here. */
export class UnknownRelease extends Error {
  constructor(sha256: string) {
    super(`rule release ${sha256} is not kept here`);
  }
}

export interface ReleaseSource {
  /** The packs that come with the program, with nothing that was approved. */
  readonly shipped: RuleBook;
  now(): Date;
  /** The day it is in Shanghai. */
  today(): LegalDay;
  /** The book of today, as of the last `refresh`. */
  current(): RuleBook;
  /** The book of today; nothing is asked when it is known, since nothing is approved for a day that has begun. */
  refresh(): Promise<RuleBook>;
  /**
   * The book in force on a day: of today and before it what was in force, of a later day what is approved by now. Kept, so that
   * its hash finds it again.
   */
  on(day: LegalDay): Promise<RuleBook>;
  /** Throws `UnknownRelease` when the release is neither loaded nor kept. */
  ruleBook(sha256: string): Promise<RuleBook>;
}

/** The rules over time: the packs that come with the program, and over them what administrators have approved. */
export async function createReleaseSource(
  shipped: RuleBook,
  store: ReleaseStore,
  now: () => Date = () => new Date(),
): Promise<ReleaseSource> {
  const today = () => shanghaiDay(now().toISOString());
  const known = new Map<string, Promise<RuleBook>>([[shipped.sha256, Promise.resolve(shipped)]]);
  const laid = new Map<string, Promise<RuleBook>>();
  let current: { day: LegalDay; book: RuleBook } | undefined;
  let taking: Promise<RuleBook> | undefined;

  function ruleBook(sha256: string): Promise<RuleBook> {
    return remember(known, sha256, async () => {
      const content = await store.content(sha256);
      if (content === undefined) throw new UnknownRelease(sha256);
      return ruleBookFrom(content);
    });
  }

  async function made(day: LegalDay): Promise<RuleBook> {
    const approved = await store.approvedPacksOn(day);
    const packs = packsOn(
      day,
      shipped,
      approved.map((document) => sourceOfDocument(document as PackDocument)),
    );
    // The same packs make the same book: a day to come is asked about often, and laid together once.
    const which = sha256Of([approved, packs.map(({ folder }) => folder)]);
    return remember(laid, which, async () => {
      const isShipped = approved.length === 0 && packs.length === sourcesIn(shipped.content).length;
      const book = isShipped ? shipped : ruleBookOf(packs);
      await store.save(book);
      return remember(known, book.sha256, () => Promise.resolve(book));
    });
  }

  async function take(): Promise<RuleBook> {
    const day = today();
    const book = await made(day);
    await store.noteInForce(day, book.sha256);
    current = { day, book };
    return book;
  }

  async function refresh(): Promise<RuleBook> {
    if (current?.day === today()) return current.book;
    taking ??= take().finally(() => {
      taking = undefined;
    });
    return taking;
  }

  const was = async (day: LegalDay): Promise<RuleBook> => {
    const sha256 = await store.inForceOn(day);
    return sha256 === undefined ? refresh() : ruleBook(sha256);
  };
  const past = new Map<LegalDay, Promise<RuleBook>>();

  await refresh();
  return {
    shipped,
    now,
    today,
    current: () => (current as { book: RuleBook }).book,
    refresh,
    on(day) {
      if (day === today()) return refresh();
      return day > today() ? made(day) : remember(past, day, () => was(day));
    },
    ruleBook,
  };
}

/** The shipped packs with the approved texts in their place. A local pack holds only between the days that it names. */
function packsOn(day: LegalDay, shipped: RuleBook, approved: readonly PackSource[]): PackSource[] {
  const replaced = new Set(approved.map(({ folder }) => folder));
  const packs = sourcesIn(shipped.content).filter(({ folder }) => !replaced.has(folder));
  return [...packs, ...approved].filter((pack) => isInForce(pack, day));
}

function isInForce({ files }: PackSource, day: LegalDay): boolean {
  const head = files.get('pack.json')?.value as Partial<Record<string, string>> | undefined;
  if (head?.regionCode === nationCode) return true;
  return (head?.effectiveFrom ?? day) <= day && day <= (head?.effectiveUntil ?? day);
}

/** Remembered by its key, unless it fails. */
function remember<K, V>(known: Map<K, Promise<V>>, key: K, make: () => Promise<V>): Promise<V> {
  const there = known.get(key);
  if (there) return there;
  const making = make();
  known.set(key, making);
  making.catch(() => known.delete(key));
  return making;
}
