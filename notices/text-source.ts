import { type ApprovedText, noticeTextNames } from '../domain/notices.ts';
import type { LegalDay } from '../domain/time/types.ts';
import { sha256Of } from '../rules/canonical.ts';
import type { Templates } from './load.ts';
import { layTexts, type TextsIn, textOf } from './texts.ts';

/** Where texts are kept. */
interface TextStore {
  /** Those that are approved to be in force on a day. */
  approvedOn(day: LegalDay): Promise<ApprovedText[]>;
  keep(texts: Array<{ sha256: string; content: unknown }>): Promise<void>;
}

/** How texts are known. */
interface TextSourceDeps {
  /** The project's own. */
  own: Templates;
  store: TextStore;
  /** The day it is. */
  today(): LegalDay;
  /** Hears of a text that was approved and cannot be used any more. */
  broken(text: ApprovedText): void;
}

/**
 * The texts in force today, as a question to ask before each notice: it asks the store once a day, since no text comes into force on
 * a day that has begun (0033). Every text that may go out that day is kept first, so that its hash finds it again.
 */
export function createTextSource({ own, store, today, broken }: TextSourceDeps): () => Promise<TextsIn> {
  let current: { day: LegalDay; texts: Promise<TextsIn> } | undefined;

  async function take(day: LegalDay): Promise<TextsIn> {
    const approved = await store.approvedOn(day);
    const said = [
      ...noticeTextNames.map((name) => textOf(own, name)),
      ...approved.flatMap(({ text }) => (text === null ? [] : [text])),
    ];
    const kept = new Map(said.map((content) => [sha256Of(content), content]));
    await store.keep([...kept].map(([sha256, content]) => ({ sha256, content })));
    return layTexts(own, approved, broken);
  }

  return () => {
    const day = today();
    if (current?.day === day) return current.texts;
    const texts = take(day);
    const taken = { day, texts };
    current = taken;
    // What could not be read is asked for again.
    texts.catch(() => {
      if (current === taken) current = undefined;
    });
    return texts;
  };
}
