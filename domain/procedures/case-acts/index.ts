import { type Clock, chainProcedures } from '../../case/case.ts';
import { DEEMED } from '../deemed-service.ts';
import type { AnyAct, Effects, ProcedureDefinition, ProcedureState, Tell } from '../definition.ts';
import { applicationReminds, applicationSilence, applyJointly } from './apply-jointly.ts';
import { chooseRepresentatives } from './choose-representatives.ts';
import { consentToDisclosure } from './consent-to-disclosure.ts';
import { consolidate } from './consolidate.ts';
import { declareMajor } from './declare-major.ts';
import { examineConcession } from './examine-concession.ts';
import { joinWorkers } from './join-workers.ts';
import { moveToRelease } from './move-to-release.ts';
import { recordArbitration } from './record-arbitration.ts';
import { recordInterruption } from './record-interruption.ts';
import { reportPublicOpinion } from './report-public-opinion.ts';
import { reviewSettlement } from './review-settlement.ts';
import { splitCase } from './split-case.ts';
import { answerTransfer, transferCase, transferUnanswered } from './transfer.ts';

/**
 * Acts of the case as a whole, open in every procedure of the chain once it has been taken, whatever stage that is at.
 * Each says by `open` when it makes sense.
 */
export const caseActs: Record<string, AnyAct<ProcedureState>> = {
  'case.recordInterruption': recordInterruption,
  'case.transfer': transferCase,
  'case.answerTransfer': answerTransfer,
  'case.split': splitCase,
  'case.consolidate': consolidate,
  'case.joinWorkers': joinWorkers,
  'case.moveToRelease': moveToRelease,
  'case.chooseRepresentatives': chooseRepresentatives,
  'case.reportPublicOpinion': reportPublicOpinion,
  'emergencyResponse.declare': declareMajor,
  'case.consentToDisclosure': consentToDisclosure,
  'case.reviewSettlement': reviewSettlement,
  'case.examineConcession': examineConcession,
  'case.recordArbitration': recordArbitration,
  'arbitrationReview.applyJointly': applyJointly('arbitrationReview'),
  'judicialConfirmation.applyJointly': applyJointly('judicialConfirmation'),
};

/** What a silence does that is the case's affair, whatever procedure it is in. */
export const caseSilence = (state: ProcedureState, clock: Clock): Effects | undefined =>
  clock.deadlineId === 'case.transferAnswer' ? transferUnanswered(state, clock) : applicationSilence(state, clock);

/** All that `silence.default` may answer for the clocks that are the case's affair, or that several procedures run. */
export const caseSilences: Readonly<Record<string, readonly string[]>> = {
  'case.transferAnswer': ['goesOnHere'],
  'arbitrationReview.application': ['lapsed'],
  'judicialConfirmation.application': ['lapsed'],
  'courtDocument.application': ['lapsed'],
  [DEEMED]: ['deemedServed'],
};

/** Who is reminded of a clock that is the case's affair. */
export const caseReminds = (state: ProcedureState, clock: Clock): Array<Tell['to']> | undefined =>
  applicationReminds(state, clock);

/** Intake decides at once; what runs beside the chain has a mailbox of its own. */
const takers: readonly string[] = chainProcedures.filter((procedure) => procedure !== 'intake');

/** Every act a procedure takes: its own, and in the chain those of the case. */
export const actsOf = <S extends ProcedureState>({
  procedure,
  acts,
}: ProcedureDefinition<S>): Record<string, AnyAct<S>> => (takers.includes(procedure) ? { ...acts, ...caseActs } : acts);
