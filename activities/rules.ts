import type { Pinned, RulesPort } from '../contracts/record.ts';
import type { Decision } from '../domain/rules.ts';
import type { Calendar } from '../domain/time/types.ts';
import { caseUnder, contentsOf } from '../rules/case-under.ts';
import { type Books, decideInCase } from '../rules/deciding-book.ts';

/** Answers of the rule packs, with the newest calendars. Nothing is written; the workflow's history freezes the answer. */
export function createRulesActivities(books: Books, calendar: () => Calendar | Promise<Calendar>): RulesPort {
  return {
    async pinRelease({ region, on }): Promise<Pinned> {
      const book = await books.on(on);
      return { release: book.release, sha256: book.sha256, contents: contentsOf(book, region) };
    },
    async decide({ on, questions, ...of }): Promise<Decision[]> {
      const decisions: Decision[] = [];
      for (const question of questions) decisions.push(await decideInCase(books, of, on, question));
      return decisions;
    },
    underRelease: async ({ to, clocks, now, ...of }) => caseUnder(books, of, { to, clocks, now }, await calendar()),
  };
}
