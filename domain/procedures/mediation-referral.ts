import { interrupted } from '../case/limitation.ts';
import { liveReferral, type ReferralFact } from '../case/referral.ts';
import type { Refusal } from '../refusal.ts';
import { refuse } from '../refusal.ts';
import { clockKey, type Effects, startClock } from './definition.ts';
import type { MediationState } from './mediation-state.ts';

/** 劳动人事争议仲裁办案规则（人社部令第33号）. */
const ARBITRATION_RULES = '劳动人事争议仲裁办案规则';

type At = Parameters<typeof startClock>[2]['at'];

/** How the arbitration commission sent the case into this mediation, if it did. */
export const arbitrationReferral = ({ case: snapshot }: MediationState): ReferralFact =>
  snapshot.referral?.by === 'arbitration' ? liveReferral(snapshot) : 'none';

/** The parties sent the case here before its hearing; the tribunal waits ten working days and no longer (MED-16). */
export const isEntrusted = (state: MediationState): boolean => arbitrationReferral(state) === 'arbitrationEntrusted';

/**
 * Mediation that the arbitration commission suggested (第六十九条: both are asked) or entrusted (第七十条: both have agreed).
 * The clocks of the answer and of the end have the keys they have in every mediation, and the numbers of these articles.
 */
export function beginReferred(state: MediationState, at: At): Effects {
  const { referral } = state.case;
  if (referral === undefined) return {};
  state.receivedOn = referral.receivedOn;
  const entrusted = isEntrusted(state);
  const { as, deadlineId, anchorOn, template } = entrusted
    ? {
        as: 'mediation.conclusion',
        deadlineId: 'mediation.entrusted',
        anchorOn: referral.consentedOn ?? referral.receivedOn,
        template: 'mediationEntrusted' as const,
      }
    : {
        as: 'mediation.consent',
        deadlineId: 'mediation.suggested',
        anchorOn: referral.receivedOn,
        template: 'mediationSuggested' as const,
      };
  state.stage = entrusted ? 'accepting' : 'consenting';
  if (entrusted) state.consents = { applicant: true, respondent: true };
  const key = clockKey(state, as);
  return {
    start: [
      { ...startClock(state, deadlineId, { on: anchorOn, at }), key },
      // LIM-02: who has applied for arbitration has sought relief.
      ...interrupted(state.clocks, referral.receivedOn, at.now),
    ],
    tell: [
      { template, to: 'applicant', clockKey: key },
      { template, to: 'respondent', clockKey: key },
      { template: 'liaisonTold', to: 'liaison' },
    ],
    detail: { referral: arbitrationReferral(state), ref: referral.ref, receivedOn: referral.receivedOn },
  };
}

/** Both have agreed to what the commission suggested while their case was before it. */
export const isMediatedFirst = (state: MediationState): boolean =>
  state.consents.applicant === true &&
  state.consents.respondent === true &&
  state.case.referral?.after !== undefined &&
  arbitrationReferral(state) === 'arbitrationSuggested';

/** MED-15: with the consent of both the commission suspends acceptance, and the organisation has an application. */
export function suspendArbitration(state: MediationState, at: At): Effects {
  if (arbitrationReferral(state) !== 'arbitrationSuggested') return {};
  state.receivedOn = at.today;
  const anchor = { on: at.today, at };
  return {
    start: [startClock(state, 'mediation.acceptance', anchor), startClock(state, 'mediation.arbitrationGate', anchor)],
    tell: [{ template: 'arbitrationSuspended', to: 'commission' }],
  };
}

/** MED-16: the ten working days are the regulation's; the parties cannot add to them. */
export const refusesToExtend = (state: MediationState): Refusal | undefined =>
  isEntrusted(state)
    ? refuse(
        'act-not-open',
        '仲裁委托调解自双方同意之日起十个工作日内未达成协议的，应当开庭审理，不能延期。',
        'Mediation entrusted by the tribunal ends ten working days after both agreed; then the hearing is held.',
        { source: `${ARBITRATION_RULES} 第七十条第二款、第八十条` },
      )
    : undefined;
