import { z } from 'zod';
import { decisionPoints, type ExplainedCondition } from '../../domain/rules.ts';
import { isLegalDay } from '../../domain/time/day.ts';
import type { CalendarDays } from '../../domain/time/watched-calendar.ts';
import { sha256Of } from '../canonical.ts';
import { knownOperators } from '../conditions.ts';
import { DeadlineOverride, DeadlineRow } from '../pack-schema.ts';

/**
 * A receipt 凭据: a decision or a deadline with everything it rests on, so that anybody can compute it again without this system.
 * It names a case by its number and nobody by name.
 */
const day = z.string().refine(isLegalDay, { error: 'day' });
const instant = z.iso.datetime();
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const region = z.string().regex(/^\d{6}$/);
const number = z.number().int().min(0);
const bilingual = z.strictObject({ zh: z.string(), en: z.string() });
const scalar = z.union([z.string(), z.number(), z.boolean()]);
const fact = z.union([scalar, z.array(z.string())]);

const Head = {
  format: z.literal(1),
  region,
  /** The rule book: its name, and the hash of what is in it. */
  release: z.strictObject({ name: z.string(), sha256 }),
  /** Packs in force for the region, from the nation to the district. */
  packs: z.array(z.string()).min(1),
};
/** Over the canonical JSON of all the rest: shows damage, and is short enough to be quoted. It is no signature. */
const Seal = { sha256 };

const Condition: z.ZodType<ExplainedCondition> = z.lazy(() =>
  z.union([
    z.strictObject({ all: z.array(Condition), met: z.boolean() }),
    z.strictObject({ any: z.array(Condition), met: z.boolean() }),
    z.strictObject({ not: Condition, met: z.boolean() }),
    z.strictObject({
      fact: z.string(),
      operator: z.string().refine((name) => knownOperators.has(name)),
      value: z.union([scalar, z.array(scalar)]),
      actual: fact,
      met: z.boolean(),
    }),
  ]),
);

/** What is cited of a rule, and from which pack. */
const cited = {
  pack: z.string(),
  id: z.string(),
  title: bilingual,
  source: z.string(),
  legalRef: z.string(),
  priority: z.number(),
};
const outcome = z.record(z.string(), z.unknown());
const Rule = z.strictObject({
  ...cited,
  basis: DeadlineRow.shape.basis.optional(),
  note: bilingual.optional(),
  matched: z.boolean(),
  when: Condition,
  // biome-ignore lint/suspicious/noThenProperty: the word of the pack format; never a function
  then: outcome,
});
/** A rule that was asked, with every condition and the value that was compared. */
export type ReceiptRule = z.infer<typeof Rule>;

export const DecisionReceipt = z.strictObject({
  ...Head,
  kind: z.literal('decision'),
  /** The case, the event and the place within it; null where the rules were only asked. */
  case: z.strictObject({ no: z.string(), seq: number, number }).nullable(),
  at: instant.nullable(),
  on: day.nullable(),
  point: z.enum(decisionPoints),
  /** `first`: the strongest rule decides; `collect`: all that match. */
  mode: z.enum(['first', 'collect']),
  facts: z.record(z.string(), fact),
  outcome,
  /** Ids of the rules that gave the outcome. */
  decidedBy: z.array(z.string()),
  matched: z.array(z.strictObject({ ...cited, outcome })),
  /** Every rule of the point in force, in the order in which they win. */
  rules: z.array(Rule),
  ...Seal,
});
export type DecisionReceipt = z.infer<typeof DecisionReceipt>;

const unit = DeadlineRow.shape.unit;
const length = { amount: z.number().min(0).optional(), unit: unit.optional(), until: day.optional() };
const NationLayer = z.strictObject({ pack: z.string(), row: DeadlineRow });
const LocalLayer = z.strictObject({ pack: z.string(), row: DeadlineOverride });
export type DeadlineLayers = [z.infer<typeof NationLayer>, ...z.infer<typeof LocalLayer>[]];

export const DeadlineReceipt = z.strictObject({
  ...Head,
  kind: z.literal('deadline'),
  case: z.strictObject({ no: z.string(), key: z.string() }).nullable(),
  deadline: z.string(),
  dueOn: day,
  dueAt: instant,
  provisional: z.boolean(),
  /** Counted: what the parties agreed, else what the rules say. */
  amount: z.number().min(0),
  unit,
  /** What the count began with. `anchorAt` stands where it counts from a moment. */
  countedFrom: z.strictObject({
    anchorOn: day,
    anchorAt: instant.optional(),
    ...length,
    extensions: z.array(z.strictObject(length)),
    suspensions: z.array(z.strictObject({ fromOn: day, toOn: day })),
    secondsPerDay: z.number().positive().optional(),
  }),
  /** As in force for the region: the layers laid over each other. */
  definition: DeadlineRow.omit({ open: true }),
  /** What each pack says of it, the widest first: the nation everything, a narrower one only what it changes. */
  layers: z.tuple([NationLayer]).rest(LocalLayer),
  /** What the calendar said of every day that the count asked for. */
  calendar: z.strictObject({
    version: z.string(),
    days: z.array(
      z.strictObject({
        fromOn: day,
        toOn: day,
        working: z.boolean(),
        why: bilingual,
        provisional: z.boolean(),
        version: z.string(),
      }) satisfies z.ZodType<CalendarDays>,
    ),
  }),
  /** The count, line by line. */
  explanation: z.array(z.strictObject({ code: z.string(), on: day.optional(), zh: z.string(), en: z.string() })),
  ...Seal,
});
export type DeadlineReceipt = z.infer<typeof DeadlineReceipt>;

export const Receipt = z.discriminatedUnion('kind', [DecisionReceipt, DeadlineReceipt]);
export type Receipt = z.infer<typeof Receipt>;

/** A receipt whole: with the hash over all the rest of it. */
export function sealed<R extends Receipt>({ sha256: _, ...rest }: Omit<R, 'sha256'> & { sha256?: string }): R {
  return { ...rest, sha256: sha256Of(rest) } as unknown as R;
}
