import { z } from 'zod';
import { abilities } from '../domain/case/case.ts';
import { noticeChannels } from '../domain/notices.ts';
import { officeKinds } from '../domain/offices.ts';
import {
  contentDocuments,
  type DecisionPoint,
  decisionPoints,
  fileItems,
  majorGrounds,
  type OutcomeOf,
  organisationKinds,
  remedies,
  scopes,
} from '../domain/rules.ts';
import { servedDays, serviceMethods } from '../domain/service.ts';
import { isLegalDay } from './fact-checks.ts';

const text = z.string().trim().min(1);
const bilingual = z.strictObject({ zh: text, en: text });
const legalDay = z.string().refine(isLegalDay, { error: 'day' });
const legalRef = z
  .string()
  .regex(/^(?:(?:PER|NEG|MED|JR|JC|PO|CRT|LIM|ARB|FIN|ENF|WAG|POL|CAL)-\d{2}|L\d{1,2}(?:-\d{1,2})?)$/);
const slug = z.string().regex(/^[A-Za-z0-9.-]+$/);
const unit = z.enum(['calendarDays', 'workingDays', 'hours', 'months', 'years', 'seconds']);
const basis = z.enum(['statute', 'agreed', 'local', 'inferred']);
const amount = z.number().int().min(0).max(10_000);

/** A bound that a wider pack sets for a field it leaves open. */
const bound = z.strictObject({ min: z.number().optional(), max: z.number().optional() });
export type Bound = z.infer<typeof bound>;
/** The fields of a deadline that may be left open: numbers only, so that a bound means something. */
export const openableFields = ['amount', 'extension.maxAmount', 'extension.maxTimes'] as const;
export type OpenableField = (typeof openableFields)[number];
const open = z.strictObject({
  amount: bound.optional(),
  'extension.maxAmount': bound.optional(),
  'extension.maxTimes': bound.optional(),
});
export type Open = z.infer<typeof open>;

const extension = z.strictObject({
  by: z.enum(['bothParties', 'approval']),
  written: z.boolean(),
  maxAmount: amount.optional(),
  maxTimes: amount.optional(),
});

export const DeadlineRow = z.strictObject({
  id: z.string().regex(/^[a-zA-Z]+\.[a-zA-Z]+$/),
  legalRef,
  anchor: z.string().regex(/^[a-zA-Z]+\.[a-zA-Z]+$/),
  amount,
  unit,
  purpose: z.enum(['advisory', 'enforcing']),
  onExpiry: slug,
  basis,
  extension: extension.optional(),
  open: open.optional(),
  source: text,
  title: bilingual,
  note: bilingual.optional(),
});
export type DeadlineRow = z.infer<typeof DeadlineRow>;

/**
 * What a narrower pack may write. Closed fields are read too, so that the refusal can name the article
 * that closes them.
 */
export const DeadlineOverride = z.strictObject({
  id: DeadlineRow.shape.id,
  source: text,
  legalRef: legalRef.optional(),
  anchor: DeadlineRow.shape.anchor.optional(),
  amount: amount.optional(),
  unit: unit.optional(),
  purpose: DeadlineRow.shape.purpose.optional(),
  onExpiry: slug.optional(),
  extension: extension.partial().optional(),
  open: open.optional(),
  note: bilingual.optional(),
});
export type DeadlineOverride = z.infer<typeof DeadlineOverride>;

const origin = z.enum(['offer', 'escalation', 'direct']);
const scope = z.enum(scopes);
const tell = z
  .array(
    z.enum(['union', 'applicant', 'respondent', 'debtor', 'creditor', 'operator', 'commission', 'court', 'superior']),
  )
  .min(1)
  .optional();
const rungs = z.array(z.number().int().min(1).max(365)).max(6);
const hour = z.number().int().min(0).max(24);
const feeYuan = z.number().min(0);
const remedy = z.strictObject({
  remedy: z.enum(remedies),
  deadlineId: z.union([z.literal('none'), DeadlineRow.shape.id]),
  papers: z.array(bilingual).min(1),
  lostByWaiting: bilingual,
  fee: z
    .strictObject({
      title: bilingual,
      article: text,
      legalRef,
      yuan: feeYuan.optional(),
      oneIn: z.number().int().min(1).max(100).optional(),
      bands: z
        .array(
          z.strictObject({
            toYuan: feeYuan.optional(),
            yuan: feeYuan.optional(),
            perMille: z.number().int().min(1).max(1000).optional(),
          }),
        )
        .min(1)
        .optional(),
      suitYuan: feeYuan.optional(),
    })
    .optional(),
});
const organisation = z.strictObject({ kind: z.enum(organisationKinds), name: bilingual });
const refusal = z.strictObject({ valid: z.boolean(), article: text });

/** What the rules of a point may answer. */
const outcomeSchemas: { [P in DecisionPoint]: z.ZodType<OutcomeOf[P]> } = {
  'intake.admissible': z.strictObject({
    admissible: z.boolean(),
    scope,
    arbitrationOpen: z.boolean(),
    ground: slug.optional(),
    goTo: bilingual.optional(),
  }),
  'intake.firstProcedure': z.strictObject({
    next: z.enum(['negotiation', 'mediation', 'preLitigationMediation']),
    origin,
  }),
  'intake.majorDispute': z.strictObject({ major: z.boolean(), ground: z.enum(majorGrounds) }),
  'emergencyResponse.members': z.strictObject({
    office: z.enum(officeKinds),
    role: z.enum(['coordinates', 'leads', 'joins']),
  }),
  'case.representatives': z.strictObject({
    mayChoose: z.boolean(),
    least: z.number().int().min(0),
    most: z.number().int().min(0),
  }),
  'procedure.next': z.strictObject({
    next: z.enum(['settlementPerformance', 'mediation', 'agreementPerformance', 'paymentOrder', 'followUp', 'closed']),
    origin: origin.optional(),
    prefill: z.enum(['settlement', 'agreement']).optional(),
    tell,
    rightToArbitrate: z.boolean().optional(),
    remedy: bilingual.optional(),
    examineConcessions: z.boolean().optional(),
  }),
  'silence.default': z.strictObject({ outcome: slug, tell }),
  'notice.ladder': z.strictObject({ before: rungs, after: rungs }),
  'notice.sending': z.strictObject({ channels: z.array(z.enum(noticeChannels)).min(1) }),
  'notice.quietHours': z.strictObject({ from: hour, hours: hour }),
  'notice.digest': z.strictObject({ digest: z.boolean(), hour }),
  'mediation.organisation': organisation,
  'court.organisations': organisation,
  'agreement.routes': z.strictObject({
    route: z.enum(['arbitrationReview', 'judicialConfirmation', 'courtDocument']),
    deadlineId: DeadlineRow.shape.id,
  }),
  'arbitrationReview.refusal': refusal,
  'judicialConfirmation.dismissal': refusal,
  'paymentOrder.eligibility': z.strictObject({ route: z.enum(['A', 'B', 'none']), article: text }),
  'performance.ability': z.strictObject({
    ability: z.enum(abilities),
    tell,
    suggest: z.array(bilingual),
  }),
  'case.remedies': remedy,
  'case.services': z.strictObject({ service: bilingual, offers: bilingual }),
  'arbitration.remedies': remedy,
  'service.servedDay': z.strictObject({
    served: z.enum(servedDays),
    deadlineId: z.union([z.literal('none'), DeadlineRow.shape.id]),
    next: z.array(z.enum(serviceMethods)),
    article: text,
  }),
  'award.finality': z.strictObject({ final: z.boolean(), article: text }),
  'claim.overAge': z.strictObject({ way: z.enum(['labour', 'court', 'stated']), article: text }),
  'limitation.clock': z.strictObject({ deadlineId: z.union([z.literal('none'), DeadlineRow.shape.id]), article: text }),
  'statistics.target': z.strictObject({ atLeastPercent: z.number().min(0).max(100) }),
  'archive.contents': z
    .strictObject({ item: z.enum(fileItems), paper: slug.optional() })
    .refine(({ item, paper }) => ['paper', 'signatures', 'service'].includes(item) === (paper !== undefined), {
      error: 'paper',
      path: ['paper'],
    }),
  'release.decides': z
    .strictObject({
      by: z.enum(['intake', 'event', 'favourable']),
      lastDay: z.enum(['earlier', 'later']).optional(),
      outcomes: z
        .array(z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])))
        .min(1)
        .optional(),
    })
    .refine(
      ({ by, lastDay, outcomes }) =>
        Number(lastDay !== undefined) + Number(outcomes !== undefined) === Number(by === 'favourable'),
      { error: 'favour', path: ['by'] },
    ),
  'limitation.interruption': z.strictObject({
    interrupts: z.boolean(),
    item: z.number().int().min(0).max(8),
    article: text,
  }),
};

const ruleShape = z.strictObject({
  point: z.enum(decisionPoints),
  id: slug,
  title: bilingual,
  /** Article, in Chinese, as cited. */
  source: text,
  legalRef,
  priority: z.number().int().min(1).max(1000),
  /** Held to the facts' catalogue by `conditionFaults`. */
  when: z.unknown(),
  // biome-ignore lint/suspicious/noThenProperty: the word of the pack format; never a function
  then: z.record(z.string(), z.unknown()),
  /** `inferred` where no source says so in words; then a note says why. */
  basis: basis.optional(),
  note: bilingual.optional(),
});
export type RuleRow = z.infer<typeof ruleShape>;

/** One decision file of a point: an array of its rules. */
export function rulesFile(point: DecisionPoint): z.ZodType<RuleRow[]> {
  // biome-ignore lint/suspicious/noThenProperty: the word of the pack format; never a function
  return z.array(ruleShape.extend({ then: outcomeSchemas[point] as z.ZodType<Record<string, unknown>> }));
}

export const ContentRow = z.strictObject({
  document: z.enum(contentDocuments),
  field: z.string().regex(/^[a-zA-Z]+$/),
  title: bilingual,
  source: text,
  legalRef,
  basis,
});
export type ContentRow = z.infer<typeof ContentRow>;

/** What a field of a local rule's `then` may hold. */
const thenBound = z.union([
  z.strictObject({ const: z.union([z.string(), z.boolean(), z.number()]) }),
  z.strictObject({ oneOf: z.array(z.string()).min(1) }),
  /** A list that must hold at least these. */
  z.strictObject({ include: z.array(z.string()).min(1) }),
  z.strictObject({ any: z.literal(true) }),
  /** A number from the least to the most. */
  z.strictObject({ min: z.number(), max: z.number() }),
]);
export type ThenBound = z.infer<typeof thenBound>;

/** How far the nation opens a decision point to narrower packs. `{}` opens it whole. */
const openPoint = z.strictObject({
  /** Local rules stay at or below it, so that stronger national rules always win. */
  maxPriority: z.number().int().min(1).max(1000).optional(),
  /** Local rules must pin these facts, at the top of `all`, to one of these values. */
  facts: z.record(z.string(), z.array(z.string()).min(1)).optional(),
  /** Fields that a local `then` may hold; `const` and `include` must be there. Absent = all. */
  // biome-ignore lint/suspicious/noThenProperty: the word of the pack format; never a function
  then: z.record(z.string(), thenBound).optional(),
  /** The article that leaves it open, and forbids the rest. */
  source: text.optional(),
});
export type OpenPoint = z.infer<typeof openPoint>;

export const PackHead = z
  .strictObject({
    id: z.string().regex(/^\d{6}-[a-z]+(?:-[a-z]+)*$/),
    regionCode: z.string().regex(/^\d{6}$/),
    version: z.string().regex(/^\d{4}\.\d{2}\.\d{2}(?:\.\d+)?$/),
    effectiveFrom: legalDay,
    effectiveUntil: legalDay.optional(),
    title: bilingual,
    sources: z
      .array(z.strictObject({ title: text, number: text.optional(), issuer: text.optional(), on: legalDay.optional() }))
      .min(1),
    timeScale: z.strictObject({ secondsPerDay: z.number().int().min(1).max(86_400) }).optional(),
    openPoints: z.partialRecord(z.enum(decisionPoints), openPoint).optional(),
    /** Documents to which narrower packs may add required contents. */
    openContents: z.array(ContentRow.shape.document).optional(),
  })
  .refine((head) => head.effectiveUntil === undefined || head.effectiveUntil >= head.effectiveFrom, {
    error: 'until',
    path: ['effectiveUntil'],
  });
export type PackHead = z.infer<typeof PackHead>;

const factValue = z.union([z.string(), z.boolean(), z.number(), z.array(z.string())]);

export const DecisionScenarios = z.array(
  z.strictObject({
    id: slug,
    title: bilingual,
    region: z.string().regex(/^\d{6}$/),
    point: z.enum(decisionPoints),
    facts: z.record(z.string(), factValue),
    expect: z.record(z.string(), z.unknown()),
    rule: slug.optional(),
  }),
);

const act = z.string().regex(/^[a-zA-Z]+\.[a-zA-Z]+$/);
export const Story = z.strictObject({
  id: slug,
  title: bilingual,
  region: z.string().regex(/^\d{6}$/),
  registeredOn: legalDay.optional(),
  story: z
    .array(z.union([z.strictObject({ act, input: z.record(z.string(), z.unknown()) }), z.strictObject({ wait: act })]))
    .min(1),
  path: z.array(z.string().min(1)).min(1),
});
