import type { Pinned, RulesPort } from '../contracts/record.ts';
import type { ContentDocument, Decision, RuleBook } from '../domain/rules.ts';

/** What the rules need from the worker. */
export interface RulesDeps {
  /** The release in force today. */
  refresh(): Promise<RuleBook>;
  ruleBook(sha256: string): Promise<RuleBook>;
}

/** Answers of the rule packs. Nothing is written; the workflow's history freezes the answer. */
export function createRulesActivities(deps: RulesDeps): RulesPort {
  return {
    async pinRelease({ region }): Promise<Pinned> {
      const book = await deps.refresh();
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
    async decide({ region, sha256, questions }): Promise<Decision[]> {
      const book = await deps.ruleBook(sha256);
      const decisions: Decision[] = [];
      for (const { point, facts } of questions) decisions.push(await book.decide(region, point, facts));
      return decisions;
    },
  };
}
