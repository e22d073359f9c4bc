import type { ProcedureState } from '../procedures/definition.ts';

/** What a court is told of a case that it sent: the kind of news, and facts without a name. */
export interface CourtReport {
  type: string;
  detail: Record<string, unknown>;
}

const news: Record<string, string> = {
  'preLitigationMediation.taken': 'taken',
  'preLitigationMediation.takingDeclined': 'declined',
  'preLitigationMediation.mediatorChosen': 'mediatorChosen',
  'preLitigationMediation.extended': 'extended',
  'judicialConfirmation.applied': 'confirmationApplied',
  'agreementPerformance.ended': 'performanceEnded',
};
const silences: Record<string, string> = { reassigned: 'reassigned', courtNames: 'mediatorToBeNamed' };

/** What an event of a case is to the court that sent it; nothing for most. */
export function courtReport(
  { type, detail }: { type: string; detail: Record<string, unknown> },
  { procedure, outcome, case: { agreement } }: ProcedureState,
): CourtReport | undefined {
  if (type === 'preLitigationMediation.ended') {
    const made = outcome === 'agreement' ? { effectiveOn: agreement?.effectiveOn } : {};
    return { type: outcome ?? 'ended', detail: { next: detail.next, ...made } };
  }
  const kind =
    type === 'deadline.ranOut' && procedure === 'preLitigationMediation'
      ? silences[String(detail.outcome)]
      : news[type];
  return kind === undefined ? undefined : { type: kind, detail };
}
