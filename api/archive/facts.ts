import { type ArchiveFacts, mediationFact } from '../../domain/case/archive.ts';
import type { ArbitrationState } from '../../domain/procedures/arbitration-state.ts';
import { type FollowUpState, isDenied } from '../../domain/procedures/follow-up.ts';
import type { PaymentOrderState } from '../../domain/procedures/payment-order-state.ts';
import { type Dossier, lastRun } from '../papers/dossier.ts';

/** The last return visit of the case, as it was written. */
export const followUpOf = (dossier: Dossier): FollowUpState | undefined =>
  lastRun(dossier, 'followUp')?.view as FollowUpState | undefined;

/** What the record of a case says for the rules on its file. */
export function archiveFacts(dossier: Dossier, ending: ArchiveFacts['ending']): ArchiveFacts {
  const { runs, snapshot } = dossier;
  const mediation = lastRun(dossier, 'mediation', 'preLitigationMediation');
  const order = lastRun(dossier, 'paymentOrder')?.view as PaymentOrderState | undefined;
  const arbitration = lastRun(dossier, 'arbitration')?.view as ArbitrationState | undefined;
  const followUp = followUpOf(dossier);
  return {
    ending,
    settlement: runs.some(({ procedure, outcome }) => procedure === 'negotiation' && outcome === 'settled'),
    mediation: mediationFact(mediation?.outcome),
    applied: dossier.last('mediation.apply') !== undefined,
    accepted: runs.some(({ procedure, view }) => procedure === 'mediation' && 'acceptedOn' in view),
    session: dossier.last('mediation.holdSession', 'preLitigationMediation.holdSession') !== undefined,
    forCourt: mediation?.procedure === 'preLitigationMediation',
    review: dossier.last('arbitrationReview.applyJointly') !== undefined,
    confirmation: dossier.last('judicialConfirmation.applyJointly') !== undefined,
    paymentOrder: order?.appliedOn !== undefined,
    officialDocument:
      snapshot.routes.some(({ stage }) => stage === 'granted') ||
      order?.issuedOn !== undefined ||
      (arbitration?.documents ?? []).length > 0,
    denied: followUp !== undefined && isDenied(followUp),
  };
}
