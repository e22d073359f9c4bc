/** L2: 办案规则 第七十五条第二款, why an application for review is not accepted. */
export const reviewAcceptanceGrounds = [
  'notWithinScope',
  'noJurisdiction',
  'outOfTime',
  'relationshipConfirmation',
  'alreadyConfirmed',
] as const;

/** L1: 办案规则 第七十八条, why a mediation document is not issued. */
export const reviewRefusalGrounds = [
  'violatesMandatoryLaw',
  'harmsPublicOrOthers',
  'falseEvidence',
  'involuntary',
  'unclear',
  'other',
] as const;

/** L3: 民诉解释 第三百五十五条, why a court does not docket the application. */
export const confirmationAcceptanceGrounds = [
  'notWithinScope',
  'noJurisdiction',
  'identityRelation',
  'otherSpecialProcedure',
  'propertyRight',
] as const;

/** L3: 民诉解释 第三百五十八条, why a court dismisses it; 第三百五十五条第二款: also where it should not have been docketed. */
export const confirmationDismissalGrounds = [
  'violatesMandatoryLaw',
  'harmsPublicOrOthers',
  'againstMorals',
  'involuntary',
  'unclear',
  'other',
  ...confirmationAcceptanceGrounds,
] as const;
