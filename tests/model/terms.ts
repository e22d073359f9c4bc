import type { Answer, Body, Model, Obligation } from './model.ts';
import { sideOf, workers } from './model.ts';

/** L4, L5: what each paper must state. The parties are known, and instalments are the period of performance. */
const contents = {
  settlement: ['matter', 'terms'],
  mediation: ['requests', 'result', 'performanceManner'],
};

/** Why terms cannot be agreed as they are written. */
export function terms(m: Model, kind: keyof typeof contents, body: Body): Answer | undefined {
  const { coveredWorkers = [], obligations = [], content = {} } = body;
  if (coveredWorkers.length === 0) return 'nobody-covered';
  if (coveredWorkers.some((id) => !workers(m).includes(id))) return 'unknown-worker';
  if (contents[kind].some((field) => !(field in content)) || obligations.length === 0) return 'agreement-incomplete';
  return obligations.map((one) => obligation(m, one)).find((answer) => answer !== undefined);
}

function obligation(m: Model, { debtor, creditor, amount = 0, instalments }: Obligation): Answer | undefined {
  if (sideOf(m, debtor) === undefined || sideOf(m, creditor) === undefined) return 'unknown-party';
  if (debtor === creditor) return 'same-debtor-and-creditor';
  if (instalments.reduce((sum, part) => sum + (part.amount ?? 0), 0) !== amount) return 'instalments-do-not-add-up';
  for (const { dueOn, daysAfterEffect } of instalments) {
    // A condition that may never come is no term of payment.
    if (dueOn === undefined && daysAfterEffect === undefined) return 'term-missing';
    if (dueOn !== undefined && dueOn < m.today) return 'due-before-today';
  }
  return undefined;
}
