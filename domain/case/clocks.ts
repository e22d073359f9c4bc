/**
 * The deadlines whose clocks the procedures run, by what the clock belongs to. Those that only a rule names, as the limitation's, are
 * not here. A test holds this to the sources.
 */
const names = {
  negotiation: ['service', 'response', 'agreedPeriod'],
  mediation: ['offer', 'consent', 'suggested', 'acceptance', 'conclusion', 'oneStop', 'entrusted', 'arbitrationGate'],
  settlementPerformance: ['instalment', 'grace', 'confirmation'],
  agreementPerformance: ['notice', 'instalment', 'grace', 'confirmation'],
  arbitrationReview: ['application', 'acceptance', 'review', 'extendedReview', 'longstop', 'receipt'],
  judicialConfirmation: [
    'application',
    'acceptance',
    'ruling',
    'longstop',
    'receipt',
    'partyObjection',
    'thirdPartyObjection',
    'objectionDecision',
  ],
  paymentOrder: ['offer', 'acceptance', 'issue', 'longstop', 'service', 'objection', 'ruling', 'suitDeclined'],
  arbitration: [
    'acceptance',
    'acceptanceResumed',
    'suitAfterRefusal',
    'afterAgreement',
    'award',
    'longstop',
    'receipt',
    'workerSuit',
    'setAside',
    'suitAfterSetAside',
    'suit',
    'setAsideAfterSuit',
    'court',
  ],
  emergencyResponse: ['assembly', 'plan', 'report', 'superior'],
  enforcement: ['application'],
  case: ['transferAnswer'],
  followUp: ['visit', 'archive', 'filing'],
  preLitigationMediation: [
    'taking',
    'delegated',
    'entrustedOrdinary',
    'entrustedSimple',
    'invitation',
    'consent',
    'mediatorChoice',
    'mediatorNaming',
  ],
  courtDocument: ['application'],
  service: ['deemed'],
} as const;

export const procedureClocks: readonly string[] = Object.entries(names).flatMap(([of, own]) =>
  own.map((name) => `${of}.${name}`),
);
