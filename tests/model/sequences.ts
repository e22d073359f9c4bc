import fc from 'fast-check';
import type { CaseFacts, Claim, Party } from '../../domain/case/case.ts';
import type { Referral } from '../../domain/case/referral.ts';
import { addDays } from '../../domain/time/day.ts';
import { MONDAY } from '../support/story.ts';
import { bodies } from './bodies.ts';
import type { Registration } from './intake.ts';
import type { Model, Who } from './model.ts';
import { workers } from './model.ts';
import { goals, type Happening, type Opening, openings, towards, untilSilence } from './openings.ts';
import { acts, may, openActs } from './play.ts';

/** What is drawn: read against the case as it then stands, so that what is left after shrinking still means something. */
type Drawn =
  | { draw: 'open' | 'near' | 'any'; act: number; body: number; by: number }
  | { draw: 'silence' }
  | { draw: 'wait'; days: number };

/** A case from its registration on. `opening` takes it some way as the law would have it, so that what is far off is reached too. */
export interface Sequence {
  registration: Registration;
  opening: Opening;
  /** Which of the terms that can be agreed are agreed in the opening. */
  terms: number;
  drawn: Drawn[];
}

const often = <T>(first: T, ...rest: T[]): fc.Arbitrary<T> =>
  fc.oneof({ weight: 5, arbitrary: fc.constant(first) }, { weight: 1, arbitrary: fc.constantFrom(first, ...rest) });

const claim: fc.Arbitrary<Pick<Claim, 'kind' | 'subject' | 'amountFen'>> = often<
  Pick<Claim, 'kind' | 'subject' | 'amountFen'>
>(
  { kind: 'pay', subject: 'wages', amountFen: 500_000 },
  { kind: 'pay', subject: 'wages' },
  { kind: 'pay', subject: 'economicCompensation', amountFen: 200_000 },
  { kind: 'pay', subject: 'overtime', amountFen: 90_000 },
  { kind: 'conditions', subject: 'socialInsurance' },
  { kind: 'relationship', subject: 'other' },
);

const facts: fc.Arbitrary<CaseFacts> = fc.record({
  relation: often<CaseFacts['relation']>('labour', 'personnel', 'newEmploymentForm', 'service', 'none'),
  exclusion: often<CaseFacts['exclusion']>('none', 'none', 'household', 'housingReform'),
  personnelKind: often<CaseFacts['personnelKind']>('none', 'publicInstitution', 'appointedCivilServant'),
  overAge: often(false, true),
  overAgeMatter: fc.boolean(),
  enterpriseCommittee: fc.boolean(),
  employed: fc.boolean(),
  negotiatedBefore: often(false, true),
});

/** How a court sends a case: before filing or after it, by its platform or on paper. */
const referral = fc.record({
  kind: fc.constantFrom<Referral['kind']>('delegated', 'entrusted'),
  trial: fc.constantFrom<NonNullable<Referral['trial']>>('ordinary', 'simple'),
  online: fc.boolean(),
});

const registration: fc.Arbitrary<Sequence['registration']> = fc
  .record({
    // Every day of a year may be the first one: weekends, and the days before the long holidays.
    on: fc.nat(364).map((days) => addDays(MONDAY, days)),
    region: fc.constantFrom('110101', '510107', '310116'),
    channel: often('window', 'petition', 'court'),
    requestedRoute: fc.constantFrom<Registration['requestedRoute']>('any', 'negotiation', 'mediation'),
    claims: fc.array(fc.array(claim, { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 3 }),
    facts,
  })
  .map(({ claims, ...given }) => ({
    ...given,
    parties: [
      ...claims.map((_, index): Party => ({ id: `w${index + 1}`, side: 'applicant', kind: 'worker' })),
      { id: 'r1', side: 'respondent', kind: 'employer' },
    ],
    claims: claims
      .flatMap((own, index) => own.map((one) => ({ ...one, worker: `w${index + 1}` })))
      .map((one, index): Claim => ({ id: `c${index + 1}`, ...one })),
  }));

const choice = {
  act: fc.nat(99),
  body: fc.oneof({ weight: 1, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(20) }),
  by: fc.nat(9),
};
const drawn: fc.Arbitrary<Drawn> = fc.oneof(
  { weight: 9, arbitrary: fc.record({ draw: fc.constant('open' as const), ...choice }) },
  { weight: 3, arbitrary: fc.record({ draw: fc.constant('near' as const), ...choice }) },
  { weight: 1, arbitrary: fc.record({ draw: fc.constant('any' as const), ...choice }) },
  { weight: 2, arbitrary: fc.constant({ draw: 'silence' as const }) },
  { weight: 1, arbitrary: fc.record({ draw: fc.constant('wait' as const), days: fc.integer({ min: 1, max: 12 }) }) },
);

export const sequence: fc.Arbitrary<Sequence> = fc
  .record({
    registration,
    opening: fc.constantFrom(...openings),
    terms: fc.nat(4),
    drawn: fc.array(drawn, { maxLength: 12, size: 'max' }),
    referral,
    sent: often(false, true),
  })
  .map(({ registration: given, referral: how, sent, ...rest }) => {
    const { route = given.requestedRoute, byCourt } = goals[rest.opening];
    const asked = { ...given, requestedRoute: route };
    const registration = byCourt || (sent && rest.opening === 'none') ? sentByCourt(asked, how) : asked;
    return { ...rest, registration };
  });

/** A labour dispute as a court sends it; what else it may send has tests of its own. */
function sentByCourt(given: Registration, how: Pick<Referral, 'kind' | 'trial' | 'online'>): Registration {
  const { relation } = given.facts;
  const labour = relation === 'newEmploymentForm' ? relation : 'labour';
  return {
    ...given,
    channel: 'court',
    facts: { ...given.facts, relation: labour, exclusion: 'none', overAge: false },
    referral: { by: 'court', ref: 'C-1', receivedOn: given.on, ...how },
  };
}

/** Acts that end a procedure are there in every stage; drawn as often as the others they would leave nothing to tell. */
const enders = /withdraw|decline|refuse|dismiss|reject|terminate|fail|breakOff|reopen|reportBreach|confirmPerformed/i;

const staff: Who[] = ['operator', 'union', 'mediator', 'arbitrator', 'court'];
const pick = <T>(list: T[], index: number): T | undefined => list[index % list.length];

/** What is drawn, as it is in the case as it stands; nothing where nothing is left to do or to wait for. */
export function read(m: Model, drawn: Drawn): Happening | undefined {
  switch (drawn.draw) {
    case 'silence':
      return untilSilence(m);
    case 'wait':
      return { until: addDays(m.today, drawn.days) };
    default: {
      const open = openActs(m).flatMap((name) => (enders.test(name) ? [name] : [name, name, name]));
      const all = Object.keys(acts);
      const near = all.filter((one) => one.startsWith(`${m.procedure}.`));
      const name = pick({ open, near, any: all }[drawn.draw], drawn.act);
      const rule = name === undefined ? undefined : acts[name];
      if (name === undefined || rule === undefined) return undefined;
      const everyone: Who[] = [...staff, ...(workers(m) as Who[]), 'r1'];
      const doers = drawn.draw === 'open' ? everyone.filter((who) => may(m, rule, who)) : everyone;
      return { name, by: pick(doers, drawn.by) ?? 'operator', body: pick(bodies[name]?.(m) ?? [], drawn.body) ?? {} };
    }
  }
}

/** What happens next: the opening to its end, then one thing drawn after the other. */
export function* happenings({ opening, terms, drawn }: Sequence, m: () => Model): Generator<Happening> {
  for (let next = towards(m(), opening, terms); next; next = towards(m(), opening, terms)) yield next;
  for (const one of drawn) {
    const next = m().closed ? undefined : read(m(), one);
    if (next) yield next;
  }
}
