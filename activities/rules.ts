import type { Pinned, RulesPort } from '../contracts/record.ts';
import type { ContentDocument, Decision } from '../domain/rules.ts';
import { type Books, decideInCase } from '../rules/deciding-book.ts';

/** Answers of the rule packs. Nothing is written; the workflow's history freezes the answer. */
export function createRulesActivities(books: Books): RulesPort {
  return {
    async pinRelease({ region, on }): Promise<Pinned> {
      const book = await books.on(on);
      const fields = (document: ContentDocument) => book.contents(region, document).map(({ field }) => field);
      return {
        release: book.release,
        sha256: book.sha256,
        contents: {
          settlementAgreement: fields('settlementAgreement'),
          mediationAgreement: fields('mediationAgreement'),
          reviewApplication: fields('reviewApplication'),
        },
      };
    },
    async decide({ on, questions, ...of }): Promise<Decision[]> {
      const decisions: Decision[] = [];
      for (const question of questions) decisions.push(await decideInCase(books, of, on, question));
      return decisions;
    },
  };
}
