import { addDays } from '../../domain/time/day.ts';
import type { LegalDay } from '../../domain/time/types.ts';
import { agreementPerformance } from './agreement-performance.ts';
import { arbitrationReview } from './arbitration-review.ts';
import { followUp } from './follow-up.ts';
import { intake } from './intake.ts';
import { judicialConfirmation } from './judicial-confirmation.ts';
import type { ClockName } from './law.ts';
import { mediation } from './mediation.ts';
import { type Act, type Answer, type Chapter, type Model, type Rule, sideOf, standing, type Who } from './model.ts';
import { negotiation } from './negotiation.ts';
import { bind } from './path.ts';
import { paymentOrder } from './payment-order.ts';
import { settlementPerformance } from './performance.ts';
import { preLitigationMediation } from './pre-litigation-mediation.ts';

/** The procedures of which the model speaks. */
export const chapters: Record<string, Chapter> = {
  ...{ intake, negotiation, settlementPerformance, mediation, agreementPerformance, paymentOrder, followUp },
  ...{ preLitigationMediation, arbitrationReview, judicialConfirmation },
};
bind(chapters);

/** Every act of the law, by name. */
export const acts: Record<string, Rule> = Object.assign({}, ...Object.values(chapters).map((chapter) => chapter.acts));

/** Whether somebody is among those who may do it. */
export function may(m: Model, { by }: Rule, who: Who): boolean {
  const side = sideOf(m, who);
  return by.some((one) => one === who || one === `party:${side}`);
}

/** Whether an act belongs to a procedure that is under way. */
function isHere(m: Model, name: string): boolean {
  const { procedure, stage } = standing(m, name);
  if (stage === 'ended') return false;
  return Object.hasOwn(chapters[procedure]?.acts ?? {}, name);
}

/** Why an act is not open at all, whatever it brings. */
function notOpen(m: Model, name: string, rule: Rule): Answer | undefined {
  if (!isHere(m, name)) return 'elsewhere';
  const { stage, clocks } = standing(m, name);
  if (!rule.in.includes(stage) || rule.when?.(m) === false) return 'act-not-open';
  return rule.within !== undefined && clocks[rule.within]?.over ? 'deadline-passed' : undefined;
}

/** The acts that are open now, by name. */
export const openActs = (m: Model): string[] =>
  Object.entries(acts)
    .filter(([name, rule]) => notOpen(m, name, rule) === undefined)
    .map(([name]) => name)
    .sort();

/** What an act leads to: taken with what it changes, or refused with nothing changed. */
export function perform(before: Model, { name, by, body }: Act): { answer: Answer; model: Model } {
  const rule = acts[name];
  if (!rule) throw new Error(`the law knows no act ${name}`);
  const m = structuredClone({ ...before, leftOut: undefined });
  const answer = may(m, rule, by)
    ? (speaksForAnother(m, by, body.party ?? body.for) ?? notOpen(m, name, rule) ?? rule.unless?.(m, body, by))
    : 'not-allowed';
  if (answer !== undefined) return { answer, model: m };
  rule.does(m, body, by);
  lapse(m);
  return { answer: 'taken', model: m };
}

const speaksForAnother = (m: Model, who: Who, named: string | undefined): Answer | undefined =>
  sideOf(m, who) !== undefined && named !== undefined && named !== who ? 'not-your-party' : undefined;

/** The day with whose end the next clock runs out. */
export const nextEnd = (m: Model): LegalDay | undefined =>
  m.closed
    ? undefined
    : open(m)
        .map(({ clock }) => clock.dueOn)
        .sort()[0];

/** What silence leads to when days pass: each clock that runs out has its say, on the day after its last. */
export function pass(before: Model, until: LegalDay): Model {
  const m = structuredClone({ ...before, leftOut: undefined });
  for (let end = nextEnd(m); end !== undefined && end < until; end = nextEnd(m)) {
    m.today = addDays(end, 1);
    lapse(m);
  }
  m.today = until;
  return m;
}

/** Every clock that runs, of the chain and beside it. A closed case waits for nothing; what is beside it goes on. */
function open(m: Model) {
  return [m, ...Object.values(m.beside)].flatMap((one) =>
    Object.entries(one.clocks)
      .filter(([, clock]) => !clock.over)
      .map(([key, clock]) => ({ key, clock })),
  );
}

function lapse(m: Model): void {
  for (;;) {
    const [first] = open(m)
      .filter(({ clock }) => clock.dueOn < m.today)
      .sort((one, other) => `${one.clock.dueOn}${one.key}`.localeCompare(`${other.clock.dueOn}${other.key}`));
    if (!first) return;
    const { key, clock } = first;
    clock.over = true;
    const [name = '', about = ''] = key.split('#');
    chapters[standing(m, name).procedure]?.silence[name as ClockName]?.(m, clock, about);
  }
}
