import {
  abilities,
  chainProcedures,
  channels,
  claimSubjects,
  driverKinds,
  employerSizes,
  claimKinds as kindsOfClaims,
  workerGroups,
} from '../domain/case/case.ts';
import { referralFacts } from '../domain/case/referral.ts';
import { noticeChannels, noticeTemplates } from '../domain/notices.ts';
import { officeKinds } from '../domain/offices.ts';
import {
  arbitrationOutcomes,
  arbitrationStages,
  rightClocks,
  statedFinalities,
} from '../domain/procedures/arbitration-state.ts';
import { arrearsKinds, assetBands, industries, operations } from '../domain/procedures/assess-ability.ts';
import { archiveEndings, type DecisionPoint, organisationKinds, scopes } from '../domain/rules.ts';
import { servers, serviceMethods, serviceResults } from '../domain/service.ts';

/** What a fact may be. `deadlineId` and `enforcingDeadlineId` take their domain from the nation's catalogue, `decided` adds the points. */
export type FactSpec =
  | {
      type: 'string';
      domain: readonly string[] | 'deadlineId' | 'enforcingDeadlineId' | 'decided';
    }
  | { type: 'day' }
  | { type: 'boolean' }
  /** Nothing below zero, as a rule counts or sums: people, yuan. */
  | { type: 'number' }
  | { type: 'strings'; domain: readonly string[] };

export interface PointSpec {
  /** `first`: the strongest rule's outcome. `collect`: the outcomes of all that match. */
  mode: 'first' | 'collect';
  facts: Readonly<Record<string, FactSpec>>;
}

const boolean = { type: 'boolean' } as const;
const number = { type: 'number' } as const;
const oneOf = (...domain: string[]): FactSpec => ({ type: 'string', domain });

/** Items 1–6 of article 2 of the mediation and arbitration law (legal table L7). */
const claimKinds: FactSpec = { type: 'strings', domain: kindsOfClaims };
const scope = oneOf(...scopes);
const personnelKind = oneOf(
  'none',
  'appointedCivilServant',
  'publicInstitution',
  'socialOrganisation',
  'civilianMilitary',
);
/** Who delegated or entrusted the case (委派、委托), if anyone did. */
const referredBy = oneOf('none', 'arbitration', 'court');
/** How a court or a commission sent the case, if one did. */
const referral = oneOf(...referralFacts);
/** When the time of the clock that a notice is tied to ends, against the day it is in Shanghai. */
const lastDay = oneOf('none', 'past', 'today', 'later');
const organisationKind = oneOf(...organisationKinds);

/** The procedures of the chain, and how they end. */
const procedures = chainProcedures;
const outcomes = [
  'routed',
  'notAdmissible',
  'withdrawn',
  'settled',
  'refused',
  'noResponse',
  'expired',
  'brokenOff',
  'unserved',
  'performed',
  'overdue',
  'disputed',
  'agreement',
  'declined',
  'returned',
  'failed',
  'notApplied',
  'breached',
  'paid',
  'enforceable',
  'objected',
  'turnedToSuit',
  'suitDeclined',
  'terminated',
  'rejected',
  'notAccepted',
  'lapsed',
  'orderChosen',
  'referred',
  'archived',
  'reopened',
  'transferred',
  'merged',
];

/** The one catalogue of facts: a procedure hands over exactly those of its point. */
export const pointSpecs = {
  'intake.admissible': {
    mode: 'first',
    facts: {
      relation: oneOf('labour', 'personnel', 'newEmploymentForm', 'service', 'none'),
      exclusion: oneOf(
        'none',
        'socialInsuranceAgency',
        'housingReform',
        'disabilityAppraisal',
        'household',
        'artisanApprentice',
        'ruralContractor',
        'assessmentOrDiscipline',
      ),
      claimKinds,
      /** The worker is over the statutory retirement age. */
      overAge: boolean,
      /** All claims are about remuneration, rest and leave, safety and health, or work injury. */
      overAgeMatter: boolean,
      personnelKind,
      registeredOn: { type: 'day' },
      referredBy,
    },
  },
  'intake.firstProcedure': {
    mode: 'first',
    facts: {
      requestedRoute: oneOf('any', 'negotiation', 'mediation'),
      negotiatedBefore: boolean,
      scope,
      referral,
    },
  },
  'intake.majorDispute': {
    mode: 'first',
    facts: {
      /** Workers in the case. */
      workers: number,
      /** Of these, how many share one claim: the largest such group. */
      withCommonClaim: number,
      /** What all claims for money come to, in yuan. */
      amountYuan: number,
      /** Groups that any of the workers belongs to. */
      groups: { type: 'strings', domain: workerGroups },
      /** How the case came in. */
      channel: oneOf(...channels),
      /** The dispute is spoken of in public. */
      publicOpinion: boolean,
    },
  },
  'emergencyResponse.members': {
    mode: 'collect',
    facts: {
      channel: oneOf(...channels),
      /** What the claims are for. */
      subjects: { type: 'strings', domain: claimSubjects },
    },
  },
  'case.representatives': {
    mode: 'first',
    facts: { withCommonClaim: number },
  },
  'procedure.next': {
    mode: 'first',
    facts: {
      procedure: oneOf(...procedures),
      outcome: oneOf(...outcomes),
      /** What the mediation agreement has become beside the performance. */
      enforceable: oneOf('none', 'reviewed', 'confirmed', 'courtDocument'),
      /** The way to a payment order that is open, or was taken. */
      paymentOrder: oneOf('none', 'A', 'B'),
      scope,
      referral,
    },
  },
  'silence.default': {
    mode: 'first',
    facts: {
      wait: { type: 'string', domain: 'enforcingDeadlineId' },
      side: oneOf('applicant', 'respondent', 'organisation', 'none'),
      origin: oneOf('offer', 'escalation', 'direct'),
      /** Whether proof lies beside what is waited for, e.g. a bank slip beside a recorded payment. */
      evidence: boolean,
    },
  },
  'notice.ladder': {
    mode: 'first',
    facts: {
      deadlineId: { type: 'string', domain: 'deadlineId' },
      purpose: oneOf('advisory', 'enforcing'),
      /** Of an instalment: how likely its debtor is to perform. */
      ability: oneOf('notAssessed', ...abilities),
    },
  },
  'notice.sending': {
    mode: 'first',
    facts: {
      template: oneOf(...noticeTemplates),
      recipient: oneOf('party', 'liaison', ...officeKinds),
      lastDay,
      /** Whether such an address of the recipient is known. */
      email: boolean,
      phone: boolean,
      preferred: oneOf('none', ...noticeChannels),
    },
  },
  'notice.quietHours': {
    mode: 'first',
    facts: {
      template: oneOf(...noticeTemplates),
      recipient: oneOf('party', 'liaison', ...officeKinds),
      lastDay,
      channel: oneOf(...noticeChannels),
    },
  },
  'notice.digest': {
    mode: 'first',
    facts: { template: oneOf(...noticeTemplates), office: oneOf(...officeKinds), lastDay },
  },
  'mediation.organisation': {
    mode: 'first',
    facts: {
      /** The employer has a labour-dispute mediation committee. */
      enterpriseCommittee: boolean,
      newEmploymentForm: boolean,
      workers: number,
      claimKinds,
      referredBy,
    },
  },
  'court.organisations': { mode: 'collect', facts: { scope } },
  'agreement.routes': {
    mode: 'collect',
    facts: {
      claimKinds,
      scope,
      organisationKind,
      paymentOnly: boolean,
      /** How a court sent the case to the mediation that the agreement comes from. */
      referral: oneOf('none', 'courtDelegated', 'courtEntrusted'),
    },
  },
  'arbitrationReview.refusal': {
    mode: 'first',
    facts: {
      stage: oneOf('acceptance', 'review'),
      ground: oneOf(
        'notWithinScope',
        'noJurisdiction',
        'outOfTime',
        'relationshipConfirmation',
        'alreadyConfirmed',
        'violatesMandatoryLaw',
        'harmsPublicOrOthers',
        'falseEvidence',
        'involuntary',
        'unclear',
        'other',
      ),
    },
  },
  'judicialConfirmation.dismissal': {
    mode: 'first',
    facts: {
      stage: oneOf('acceptance', 'review'),
      ground: oneOf(
        'notWithinScope',
        'noJurisdiction',
        'identityRelation',
        'otherSpecialProcedure',
        'propertyRight',
        'violatesMandatoryLaw',
        'harmsPublicOrOthers',
        'againstMorals',
        'involuntary',
        'unclear',
        'other',
      ),
    },
  },
  'paymentOrder.eligibility': {
    mode: 'first',
    facts: {
      scope,
      /** What the money is owed under, if the parties have agreed. */
      agreement: oneOf('none', 'settlement', 'mediation'),
      /** Who mediated it. */
      organisationKind: oneOf('none', ...organisationKinds),
      /** What the claims for money are for. */
      subjects: { type: 'strings', domain: claimSubjects },
      /** Money is due to a worker and unpaid. */
      moneyOwed: boolean,
    },
  },
  'performance.ability': {
    mode: 'first',
    facts: {
      assets: oneOf(...assetBands),
      /** What the debtor owes elsewhere. */
      arrears: { type: 'strings', domain: arrearsKinds },
      operation: oneOf(...operations),
      industry: oneOf(...industries),
      /** Earlier cases in which the same debtor did not perform. */
      pastBreaches: oneOf('none', 'one', 'several'),
    },
  },
  'case.remedies': {
    mode: 'collect',
    facts: {
      scope,
      procedure: oneOf(...procedures),
      /** The strongest paper that there is. */
      paper: oneOf('none', 'settlement', 'agreement', 'reviewed', 'confirmed', 'courtDocument', 'paymentOrder'),
      /** What was agreed has not been performed in its time. */
      breached: boolean,
      reviewOpen: boolean,
      confirmationOpen: boolean,
      /** The commission has found that the settlement may be used as evidence (NEG-07). */
      settlementUsable: boolean,
      /** The commission did not accept the agreement for review, or issued no document on it. */
      reviewRefused: boolean,
      /** The way to a payment order that is open. */
      paymentOrder: oneOf('none', 'A', 'B'),
      /** A payment order on the agreement was asked for and came to nothing. */
      orderFailed: boolean,
      /** The claims are for remuneration only. */
      wagesOnly: boolean,
      /** Arbitration was applied for, and what comes of it is recorded beside the case. */
      arbitrationFiled: boolean,
      /** The case was sent by the arbitration commission: it has been applied for. */
      arbitrationUnderWay: boolean,
      /** The claims are for wages on the employer's IOU, and for nothing else (PO-17). */
      wageIou: boolean,
      /** An order in vain has become a suit, which the court decides. */
      inSuit: boolean,
    },
  },
  'case.services': {
    mode: 'collect',
    facts: {
      scope,
      /** Lorry drivers (货运车司机) and drivers of ride-hailing cars (网约车司机). */
      drivers: oneOf('none', ...driverKinds),
      employerSize: oneOf('unknown', ...employerSizes),
    },
  },
  'arbitration.remedies': {
    mode: 'collect',
    facts: {
      stage: oneOf(...arbitrationStages),
      outcome: oneOf('none', ...arbitrationOutcomes),
      /** The commission is late. */
      suitOpen: boolean,
      /** The clocks by which somebody may still act against the award. */
      running: { type: 'strings', domain: rightClocks },
      /** The limitation had run out when arbitration was applied for. */
      limitationOver: boolean,
    },
  },
  'service.servedDay': {
    mode: 'first',
    facts: {
      server: oneOf(...servers),
      method: oneOf(...serviceMethods),
      result: oneOf(...serviceResults),
      /** The addressee's consent to this way is kept. */
      consent: boolean,
      /** The paper takes effect by being signed for. */
      signedFor: boolean,
      /** The addressee has refused to take it. */
      refused: boolean,
      /** The employer has closed down and cannot be reached. */
      closedDown: boolean,
      /** Workers in the case. */
      workers: number,
    },
  },
  'award.finality': {
    mode: 'first',
    facts: {
      /** What the document itself says. */
      stated: oneOf(...statedFinalities),
      subject: oneOf(...claimSubjects),
      /** The item is about national standards of hours, rest, social insurance and the like. */
      standards: boolean,
      creditorIsWorker: boolean,
      /** The item is for money, not more than twelve months of the local minimum wage. */
      withinTwelveMonths: boolean,
      personnelKind,
    },
  },
  'claim.overAge': {
    mode: 'first',
    facts: { kind: oneOf(...kindsOfClaims), subject: oneOf(...claimSubjects) },
  },
  'limitation.clock': {
    mode: 'first',
    facts: {
      scope,
      personnelKind,
      /** The employment still runs. */
      employed: boolean,
      /** Every claim is for remuneration in arrears. */
      wagesOnly: boolean,
    },
  },
  'statistics.target': {
    mode: 'collect',
    facts: {
      /** The share of cases settled by negotiation and mediation. */
      figure: oneOf('share'),
    },
  },
  'archive.contents': {
    mode: 'collect',
    facts: {
      /** How the case ended. */
      ending: oneOf(...archiveEndings),
      /** A settlement was signed. */
      settlement: boolean,
      /** What came of the last mediation. */
      mediation: oneOf('none', 'agreement', 'failed', 'refused', 'declined'),
      applied: boolean,
      accepted: boolean,
      /** A session was held. */
      session: boolean,
      /** The mediation was for a court. */
      forCourt: boolean,
      review: boolean,
      confirmation: boolean,
      paymentOrder: boolean,
      /** A commission or a court has issued something on the case. */
      officialDocument: boolean,
      /** The return visit denies the performance that is recorded. */
      denied: boolean,
    },
  },
  'release.decides': {
    mode: 'first',
    facts: {
      what: oneOf('decision', 'deadline'),
      /** The decision point, or the deadline. */
      about: { type: 'string', domain: 'decided' },
    },
  },
  'limitation.interruption': {
    mode: 'first',
    facts: {
      procedure: oneOf(...procedures),
      /** Besides the outcomes: `opened` (negotiation asked for) and `applied` (mediation applied for). */
      outcome: oneOf('opened', 'applied', ...outcomes),
    },
  },
} satisfies Record<DecisionPoint, PointSpec>;

export function specOf(point: DecisionPoint): PointSpec {
  return pointSpecs[point];
}

export function isPoint(point: string): point is DecisionPoint {
  return Object.hasOwn(pointSpecs, point);
}
