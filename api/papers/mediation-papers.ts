import { z } from '@hono/zod-openapi';
import { LIMITATION } from '../../domain/case/limitation.ts';
import type { MediationState } from '../../domain/procedures/mediation-state.ts';
import { shanghaiDay } from '../../domain/time/day.ts';
import {
  fillAcceptanceNotice,
  fillFailureNotice,
  fillMediationApplication,
  fillMediationRecord,
  fillNegotiationRequest,
  fillRefusalNotice,
} from '../../papers/index.ts';
import {
  applicants,
  casePaper,
  helpers,
  mediators,
  organisation,
  organisationOf,
  several,
  words,
} from './definition.ts';
import { clockOf, type Dossier, lastRun } from './dossier.ts';

const mediation = (dossier: Dossier) => lastRun(dossier, 'mediation')?.view as MediationState | undefined;

/** Outcomes after which the parties are told that mediation ended, and of the right to arbitrate (MED-13). */
const ended: readonly string[] = ['failed', 'expired', 'refused'];
const sessions = ['mediation.holdSession', 'preLitigationMediation.holdSession'] as const;

const limitation = (dossier: Dossier) =>
  dossier.deadlines.find(({ key, status }) => key === LIMITATION && status === 'open');

/** The papers of negotiation and of mediation up to its end. */
export const mediationPapers = {
  negotiationRequest: casePaper('negotiationRequest', {
    ...{ sign: '协', by: helpers, given: { reply: words.optional().meta({ description: '回应方式 How to answer' }) } },
    signers: applicants,
    about: (dossier) => (dossier.row.stage === 'negotiation' ? lastRun(dossier, 'negotiation')?.run : undefined),
    fill: (dossier, { reply }, head) =>
      fillNegotiationRequest(dossier.record, { ...head, reply, answer: dossier.answerWithin }),
  }),
  mediationApplication: casePaper('mediationApplication', {
    ...{ sign: '申', by: helpers },
    given: { organisation, factsAndReasons: words.optional(), evidence: several.optional() },
    signers: applicants,
    about: (dossier) => dossier.last('mediation.apply')?.actId,
    fill(dossier, given, head) {
      const act = dossier.last('mediation.apply');
      const { receivedOn, form } = (act?.input ?? {}) as { receivedOn: string; form: 'oral' | 'written' };
      return fillMediationApplication(dossier.record, {
        ...{ ...head, ...given, organisation: organisationOf(dossier, given.organisation) },
        ...{ appliedOn: receivedOn, form, requests: act?.words.requests as string | undefined },
      });
    },
  }),
  acceptanceNotice: casePaper('acceptanceNotice', {
    ...{ sign: '受', by: helpers, given: { organisation, mediators } },
    about(dossier) {
      const state = mediation(dossier);
      return state?.acceptedOn === undefined ? undefined : state.run;
    },
    fill(dossier, given, head) {
      const { run, receivedOn = '', acceptedOn = '' } = mediation(dossier) as MediationState;
      // Entrusted and one-stop mediation have clocks of their own under the key that every mediation has.
      const end = dossier.deadlines.find(({ key }) => key === `${run}:mediation.conclusion`);
      return fillAcceptanceNotice(dossier.record, {
        ...{ ...head, ...given, organisation: organisationOf(dossier, given.organisation) },
        ...{ appliedOn: receivedOn, acceptedOn, endsOn: end?.dueOn ?? '', endsSource: end?.article },
        arbitrationFrom: clockOf(dossier, 'mediation.arbitrationGate', run)?.dueOn,
      });
    },
  }),
  refusalNotice: casePaper('refusalNotice', {
    ...{ sign: '不', by: helpers, given: { organisation } },
    about: (dossier) =>
      mediation(dossier)?.outcome === 'declined' ? dossier.last('mediation.decline')?.actId : undefined,
    fill(dossier, given, head) {
      const act = dossier.last('mediation.decline');
      const { rightToArbitrate = false, remedy } = dossier.snapshot;
      return fillRefusalNotice(dossier.record, {
        ...{ ...head, organisation: organisationOf(dossier, given.organisation) },
        appliedOn: mediation(dossier)?.receivedOn ?? '',
        ground: act?.input.ground as 'other',
        reason: String(act?.words.reason ?? ''),
        ...{ rightToArbitrate, remedy, limitation: limitation(dossier) },
      });
    },
  }),
  mediationRecord: casePaper('mediationRecord', {
    ...{ sign: '录', by: helpers },
    given: {
      ...{ organisation, mediators, time: words.optional(), place: words.optional(), recorder: words.optional() },
      ...{ present: several.optional(), result: words.optional() },
      statements: z
        .array(z.strictObject({ speaker: words, text: words }))
        .max(500)
        .optional(),
    },
    about: (dossier) => dossier.last(...sessions)?.actId,
    fill(dossier, given, head) {
      const { heldOn, channel } = (dossier.last(...sessions)?.input ?? {}) as { heldOn: string; channel: 'room' };
      const { mediators: named = [], present = [], statements = [], result = '' } = given;
      return fillMediationRecord(dossier.record, {
        ...{ ...head, ...given, organisation: organisationOf(dossier, given.organisation) },
        ...{ heldOn, channel, mediators: named, present, statements, result },
        rightToArbitrate: dossier.snapshot.rightToArbitrate === true,
      });
    },
  }),
  failureNotice: casePaper('failureNotice', {
    ...{ sign: '终', by: helpers, given: { organisation, commission: words.optional() } },
    about(dossier) {
      const run = lastRun(dossier, 'mediation');
      return run?.outcome != null && ended.includes(run.outcome) ? run.run : undefined;
    },
    fill(dossier, given, head) {
      const run = lastRun(dossier, 'mediation');
      const { rightToArbitrate = false, remedy, limitationRanOut } = dossier.snapshot;
      return fillFailureNotice(dossier.record, {
        ...{ ...head, ...given, organisation: organisationOf(dossier, given.organisation) },
        ...{ acceptedOn: mediation(dossier)?.acceptedOn, endedOn: shanghaiDay(run?.endedAt ?? '') },
        ...{ outcome: run?.outcome ?? '', reason: dossier.last('mediation.fail')?.words.reason as string | undefined },
        ...{ rightToArbitrate, remedy, limitation: limitation(dossier), limitationRanOut, remedies: dossier.remedies },
      });
    },
  }),
};
