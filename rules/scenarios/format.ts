import { z } from 'zod';
import { actContracts } from '../../contracts/acts/index.ts';
import { RegisterCase } from '../../contracts/intake.ts';
import { channels } from '../../domain/case/case.ts';
import { contentDocuments, decisionPoints } from '../../domain/rules.ts';
import { isLegalDay } from '../../domain/time/day.ts';

const text = z.string().trim().min(1);
const about = {
  id: z.string().regex(/^[A-Za-z0-9.-]+$/),
  title: z.strictObject({ zh: text, en: text }),
  region: z.string().regex(/^\d{6}$/),
};
const legalDay = z.string().refine(isLegalDay, { error: 'day' });
const factValue = z.union([z.string(), z.boolean(), z.number(), z.array(z.string())]);

/** A file of decision scenarios. */
export const DecisionScenarios = z.array(
  z.strictObject({
    ...about,
    point: z.enum(decisionPoints),
    facts: z.record(z.string(), factValue),
    expect: z.record(z.string(), z.unknown()),
    rule: about.id.optional(),
  }),
);

/** A file of scenarios of what documents must contain. */
export const ContentsScenarios = z.array(
  z.strictObject({
    ...about,
    document: z.enum(contentDocuments),
    expect: z.array(z.looseObject({ field: text })).min(1),
  }),
);

const deadlineId = z.string().regex(/^[a-zA-Z]+\.[a-zA-Z]+$/);
const act = z.string().refine((name) => Object.hasOwn(actContracts, name), { error: 'act' });
const MOST_DAYS = 3_660;

const expectation = z.union([
  z.strictObject({
    clock: deadlineId,
    subject: text.optional(),
    days: z.number().int().min(0).max(MOST_DAYS).optional(),
    dueOn: legalDay.optional(),
    open: z.boolean().optional(),
  }),
  z.strictObject({ ended: text, outcome: text, next: text.optional() }),
  z.strictObject({ told: text, notice: text.optional() }),
]);

const step = z.union([
  z.strictObject({
    act,
    input: z.record(z.string(), z.unknown()).optional(),
    by: z
      .string()
      .regex(/^(?:[wr][1-9]\d{0,3}|operator|union|mediator|arbitrator|court)$/)
      .optional(),
    refused: text.optional(),
  }),
  z.strictObject({ wait: deadlineId }),
  z.strictObject({ silent: z.number().int().min(1).max(MOST_DAYS) }),
  z.strictObject({ expect: expectation }),
]);

/** A file with a story. */
export const Story = z.strictObject({
  ...about,
  registeredOn: legalDay.optional(),
  case: z
    .strictObject({
      workers: z.number().int().min(1).max(50).optional(),
      channel: z.enum(channels).optional(),
      requestedRoute: z.enum(['any', 'negotiation', 'mediation']).optional(),
      facts: RegisterCase.shape.facts.optional(),
    })
    .optional(),
  story: z.array(step).min(1).max(100),
  path: z.array(text).min(1),
});
