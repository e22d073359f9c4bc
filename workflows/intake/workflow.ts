import type { IntakeInput } from '../../contracts/record.ts';
import type { Next } from '../../domain/case/afterwards.ts';
import { type CaseSnapshot, rulesOf } from '../../domain/case/case.ts';
import { declaredByRule, majorDispute } from '../../domain/case/collective.ts';
import { firstSnapshot } from '../../domain/case/first-snapshot.ts';
import { isLongPast, LIMITATION } from '../../domain/case/limitation.ts';
import type { Effects, Question } from '../../domain/procedures/definition.ts';
import { admissibility, firstProcedure, intakeProcedure, limitationClock } from '../../domain/procedures/intake.ts';
import { openBeside } from '../beside.ts';
import { handOn } from '../hand-on.ts';
import { moment } from '../moment.ts';
import { decide, pinRelease } from '../ports.ts';
import { openProcedure } from '../run.ts';

/**
 * 受理登记. Pins the case to the rules in force, asks whether the law lets us take it (调解仲裁法 第二条),
 * and hands on to the first procedure, or closes the case and says where to go.
 */
export async function intake(input: IntakeInput): Promise<void> {
  const pinned = await pinRelease({ region: input.region, on: moment().today });
  const snapshot = firstSnapshot(input, pinned);
  const ask = (...questions: Question[]) => decide({ ...rulesOf(snapshot), on: moment().today, questions });

  const [admissible] = await ask(admissibility(snapshot));
  if (!admissible) throw new Error('intake.admissible gave no answer');
  snapshot.scope = String(admissible.outcome.scope ?? 'none');
  const taken = admissible.outcome.admissible === true;
  const [limitation, first, major] = await ask(
    limitationClock(snapshot),
    ...(taken ? [firstProcedure(snapshot), majorDispute(snapshot)] : []),
  );
  if (!limitation) throw new Error('limitation.clock gave no answer');
  const { state, effects } = intakeProcedure.begin(snapshot, moment(input.actor));
  const start = limitationStart(snapshot, limitation.outcome, moment().now);
  const run = openProcedure(
    intakeProcedure,
    { state, effects: { ...effects, ...toldElsewhere(snapshot), start } },
    { actor: input.actor, actId: input.actId, channel: input.channel },
  );

  if (!taken) {
    Object.assign(state, { stage: 'ended', outcome: 'notAdmissible' });
    state.goTo = admissible.outcome.goTo as { zh: string; en: string };
    return handOn(run, intakeProcedure, {
      next: { next: 'closed', tell: ['applicant'] },
      decisions: [admissible],
      effects: { detail: { goTo: state.goTo, article: admissible.matched[0]?.source } },
    });
  }

  if (!first) throw new Error('intake.firstProcedure gave no answer');
  const emergency = major && declaredByRule(state.case, [major]);
  if (emergency) {
    await run.quiet();
    await openBeside(state.case, emergency);
  }
  Object.assign(state, { stage: 'ended', outcome: 'routed' });
  return handOn(run, intakeProcedure, {
    next: first.outcome as unknown as Next,
    decisions: [admissible, first, limitation, ...(major ? [major] : [])],
  });
}

/** The office of the region that takes part is told of the case, which is led by the other region's rules. */
const toldElsewhere = ({ region, secondRegion }: CaseSnapshot): Effects =>
  secondRegion === undefined
    ? {}
    : {
        tell: [{ template: 'secondRegion', to: { office: 'operator', region: secondRegion } }],
        detail: { region, secondRegion },
      };

/**
 * The limitation runs from the day its rule names; where nobody said that day, from registration, which interrupts it
 * anyhow (LIM-02). One that ran out long ago has no clock: the case says so, and no calendar of those years is needed.
 */
function limitationStart(snapshot: CaseSnapshot, outcome: Record<string, unknown>, now: string) {
  const { deadlineId } = outcome as { deadlineId: string };
  if (deadlineId === 'none') return [];
  const { knownOn, employmentEndedOn } = snapshot.facts;
  const known = deadlineId === 'limitation.wagesAfterTermination' ? (employmentEndedOn ?? knownOn) : knownOn;
  if (known !== undefined && isLongPast(known, snapshot.registeredOn)) {
    snapshot.limitationRanOut = true;
    return [];
  }
  return [{ key: LIMITATION, deadlineId, anchorOn: known ?? snapshot.registeredOn, anchorAt: now }];
}
