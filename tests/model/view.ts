import type { BesideProcedure } from '../../domain/case/case.ts';
import { paperRoutes } from '../../domain/case/case.ts';
import { type ProcedureState, refusalToOpen } from '../../domain/procedures/definition.ts';
import { actsIn } from '../../domain/procedures/index.ts';
import { instantOf, shanghaiDay } from '../../domain/time/day.ts';
import type { LegalDay } from '../../domain/time/types.ts';
import type { Story } from '../support/story.ts';
import { law } from './law.ts';
import type { Model, Standing } from './model.ts';
import { acts, openActs } from './play.ts';

/** A procedure as both sides of the comparison describe it. */
interface Told {
  stage: string;
  outcome?: string;
  /** Open clocks with their last days. */
  clocks: Record<string, LegalDay>;
}

/** What is compared after every step. */
export interface View extends Told {
  procedure: string;
  path: string;
  /** The acts that are open. */
  acts: string;
  /** What may be asked for by a payment order, in yuan. */
  owed?: number;
  arbitrationReview?: Told;
  judicialConfirmation?: Told;
}

const sorted = (clocks: Array<[string, LegalDay]>): Record<string, LegalDay> => Object.fromEntries(clocks.sort());

const toldOf = ({ stage, outcome, clocks }: Standing): Told => ({
  stage,
  ...(outcome === undefined ? {} : { outcome }),
  clocks: sorted(
    Object.entries(clocks)
      .filter(([, { over }]) => !over)
      .map(([name, { dueOn }]) => [name, dueOn]),
  ),
});

/** How the law has it. */
export const expected = (m: Model): View => ({
  procedure: m.procedure,
  path: m.path.join(' → '),
  ...toldOf(m),
  acts: openActs(m).join(' '),
  ...(m.procedure === 'paymentOrder' ? { owed: m.order?.owed } : {}),
  ...Object.fromEntries(Object.entries(m.beside).map(([name, beside]) => [name, toldOf(beside)])),
});

/** What the model does not speak of has tests of its own: clocks that outlive procedures, acts of the case as a whole. */
const isModelled = (name: string): boolean => name in law || name in acts;

const toldBy = ({ stage, outcome, clocks }: ProcedureState): Told => ({
  stage,
  ...(outcome === undefined ? {} : { outcome }),
  clocks: sorted(
    clocks
      .filter(({ expired, deadlineId }) => !expired && isModelled(deadlineId))
      .map(({ deadlineId, subject, dueOn }) => [
        subject === undefined ? deadlineId : `${deadlineId}#${subject}`,
        dueOn,
      ]),
  ),
});

/** How the case really stands, as its workflows have written it down. */
export async function actual(story: Story): Promise<View> {
  const now = instantOf(await story.env.currentTimeMs());
  const at = { now, today: shanghaiDay(now), actor: { actorId: '', role: 'operator' as const } };
  const open = (state: ProcedureState): string[] =>
    actsIn(state)
      .filter(([name, act]) => isModelled(name) && refusalToOpen(act, state, at) === undefined)
      .map(([name]) => name);

  const chain = story.state();
  // Of the watch, the arbitration and the joint response beside a case the model does not speak.
  const beside = paperRoutes.flatMap((name): Array<[BesideProcedure, ProcedureState]> => {
    const state = story.stateOf(name);
    return state ? [[name, state]] : [];
  });
  return {
    procedure: chain.procedure,
    path: story.path().join(' → '),
    ...toldBy(chain),
    ...('owedFen' in chain ? { owed: Number(chain.owedFen) / 100 } : {}),
    acts: [chain, ...beside.map(([, state]) => state)].flatMap(open).sort().join(' '),
    ...Object.fromEntries(beside.map(([name, state]) => [name, toldBy(state)])),
  };
}
