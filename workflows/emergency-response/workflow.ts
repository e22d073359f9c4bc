import { setHandler, setWorkflowOptions } from '@temporalio/workflow';
import type { BesideInput } from '../../contracts/record.ts';
import type { EmergencyOpening } from '../../domain/case/case.ts';
import type { Tell } from '../../domain/procedures/definition.ts';
import { emergencyResponseProcedure } from '../../domain/procedures/emergency-response.ts';
import { endWithCase, tellMembers } from '../../domain/procedures/emergency-state.ts';
import { tellEmergencyOver } from '../beside.ts';
import { endBesideRun } from '../finish-beside.ts';
import { caseOver } from '../messages.ts';
import { moment } from '../moment.ts';
import { openProcedure } from '../run.ts';
import { autoUpgrade } from '../versioning.ts';

/** 重大劳动人事争议应急联合调处, 人社部发〔2022〕71号 第十四条. Runs beside the case, which stays on its path and never waits for it. */
export async function emergencyResponse({
  snapshot,
  procedure: _,
  ...opening
}: BesideInput<EmergencyOpening>): Promise<void> {
  const run = openProcedure(
    emergencyResponseProcedure,
    emergencyResponseProcedure.beginWith(snapshot, opening, moment()),
  );
  const { state } = run;
  setHandler(caseOver, (over) => endWithCase(state, over));

  // The members come together; if nobody does, the higher level is told, and takes over when that helps nothing.
  await run.before('emergencyResponse.assembly', () => state.stage !== 'declared');
  // 第五条: they make a plan.
  await run.before('emergencyResponse.plan', () => state.stage !== 'assembled');
  // They report on a clock until they stand down.
  await run.before('emergencyResponse.report', () => false);

  const superior: Tell[] = state.outcome === 'escalated' ? [{ template: 'emergencyEscalated', to: 'superior' }] : [];
  await endBesideRun(run, emergencyResponseProcedure, {
    tell: [
      { template: 'result', to: 'applicant' },
      { template: 'result', to: 'respondent' },
      ...tellMembers(state, 'result'),
      ...superior,
    ],
    detail: { endedByCase: state.endedByCase ?? false, reports: state.reports },
  });
  await tellEmergencyOver(snapshot.caseNo, { attempt: state.attempt, outcome: state.outcome ?? '' });
  await run.quiet();
}

setWorkflowOptions(autoUpgrade, emergencyResponse);
