import type { Paper } from '../domain/case/case.ts';
import type { BesideState } from '../domain/procedures/beside.ts';
import type { Effects, ProcedureDefinition, ProcedureState } from '../domain/procedures/definition.ts';
import { tellChain } from './beside.ts';
import type { Run } from './run.ts';

/** Writes the end of a procedure beside the chain; its clocks stop with it. */
export async function endBesideRun<S extends ProcedureState>(
  run: Run<S>,
  definition: ProcedureDefinition<S>,
  { tell, detail }: Pick<Effects, 'tell' | 'detail'> = {},
): Promise<void> {
  const { state } = run;
  await run.quiet();
  await run.commit({
    dedup: `ended:${state.run}`,
    event: {
      type: `${definition.procedure}.ended`,
      title: { zh: `${definition.title.zh}结束`, en: `${definition.title.en} ends` },
      legalRef: definition.legalRef,
      source: definition.source,
    },
    effects: { stop: state.clocks.map(({ key }) => key), tell, detail: { outcome: state.outcome, ...detail } },
    next: 'beside',
  });
}

/**
 * Ends an application for a paper: its event, both sides told, and the chain told whether the paper can be enforced,
 * unless it has been `told` that paper already.
 */
export async function finishBeside(
  run: Run<BesideState>,
  definition: ProcedureDefinition<BesideState>,
  told?: Paper,
): Promise<void> {
  const { state } = run;
  await endBesideRun(run, definition, {
    tell: [
      { template: 'result', to: 'applicant' },
      { template: 'result', to: 'respondent' },
    ],
    detail: { enforceable: state.paper?.enforceable ?? false, ground: state.ground },
  });
  if (state.paper && state.paper !== told) await tellChain(state.case.caseNo, state.paper);
  await run.quiet();
}
