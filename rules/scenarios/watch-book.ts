import { type Decision, type RuleBook, RuleError } from '../../domain/rules.ts';
import type { Touched } from '../../domain/scenarios.ts';

/** A book that answers as the other one does, and notes what it is asked. */
export interface WatchedBook {
  book: RuleBook;
  touched(): Touched;
}

/** Watches a book. `onFailure` hears of a question that the rules could not answer, besides whoever asked it. */
export function watchBook(watched: RuleBook, onFailure: (error: RuleError) => void = () => undefined): WatchedBook {
  const rules = new Set<string>();
  const deadlines = new Set<string>();
  // Everything that is not said here the other book does: it stands behind this one.
  const book = Object.assign(Object.create(watched) as RuleBook, {
    async decide(...asked: Parameters<RuleBook['decide']>) {
      try {
        const decision = await watched.decide(...asked);
        for (const id of decidingRules(decision)) rules.add(`${decision.point}/${id}`);
        return decision;
      } catch (error) {
        if (error instanceof RuleError) onFailure(error);
        throw error;
      }
    },
    deadline(region: string, id: string) {
      const found = watched.deadline(region, id);
      deadlines.add(id);
      return found;
    },
  });
  return { book, touched: () => ({ rules: [...rules].sort(), deadlines: [...deadlines].sort() }) };
}

/** All that matched where the rules collect, else the one that wins: another could be changed and nothing would show it. */
export const decidingRules = ({ outcome, matched }: Decision): string[] =>
  ('items' in outcome ? matched : matched.slice(0, 1)).map(({ id }) => id);
