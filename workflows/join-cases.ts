import { condition, getExternalWorkflowHandle, log, setHandler, sleep } from '@temporalio/workflow';
import { caseWorkflowId } from '../contracts/ids.ts';
import type { ActMessage, JoinAnswer, JoinMessage } from '../contracts/record.ts';
import { askedOfMore } from '../domain/case/collective.ts';
import { earlierLimitation, joinRequestOf, takeInRefusal } from '../domain/case/consolidation.ts';
import { LIMITATION } from '../domain/case/limitation.ts';
import { ONE_WINDOW } from '../domain/case/transfer.ts';
import type { Effects, ProcedureState } from '../domain/procedures/definition.ts';
import { type Refusal, refuse } from '../domain/refusal.ts';
import { openBeside } from './beside.ts';
import { caseTakenIn, takeCaseIn } from './messages.ts';
import { moment } from './moment.ts';
import { takeInCase } from './ports.ts';
import type { Run } from './run.ts';

/** What joining two cases needs of the procedure that each is in. */
interface Joint<S extends ProcedureState> extends Pick<Run<S>, 'state' | 'commit'> {
  /** One local activity after another. */
  inTurn<T>(work: () => Promise<T>): Promise<T>;
  /** Nothing else happens to the case until the work is done. */
  hold<T>(work: () => Promise<T>): Promise<T>;
  isHeld(): boolean;
}

const notNow = (): Refusal =>
  refuse('procedure-closing', '另一案正在办理其他事项，请稍后再试。', 'The other case is busy; try again in a moment.');

/**
 * Two cases become one. The one that is to end asks and waits; the other takes its parties and claims in, in one transaction, and
 * answers; only then the first ends. Each question is asked until it is answered, and answered alike however often it is asked, so
 * that a side that dies in between loses nothing and does nothing twice (docs/decisions/0014).
 */
export function joining<S extends ProcedureState>({ state, commit, inTurn, hold, isHeld }: Joint<S>) {
  /** The other case we are asking just now. */
  let asking: JoinMessage | undefined;
  let answer: JoinAnswer | undefined;
  /** Cases that are just being taken in: asked again meanwhile, they hear the same. */
  const underWay = new Map<string, Promise<Refusal | undefined>>();

  setHandler(caseTakenIn, (heard) => {
    // Of several tries the last counts; whoever has been taken in, has been.
    if (heard.actId === asking?.actId && (heard.attempt === asking.attempt || heard.refusal === undefined))
      answer = heard;
  });

  setHandler(takeCaseIn, async (asked) => {
    const { actId, attempt, request } = asked;
    const refusal = await tookIn(asked);
    const heard = { actId, attempt, ...(refusal === undefined ? {} : { refusal }) };
    try {
      await getExternalWorkflowHandle(caseWorkflowId(request.from)).signal(caseTakenIn, heard);
    } catch (error) {
      log.warn('the case that asked to be taken in has ended', { from: request.from, error: String(error) });
    }
  });

  /** Takes another case in, once; or says why not. */
  async function tookIn(asked: JoinMessage): Promise<Refusal | undefined> {
    const { from } = asked.request;
    if (state.case.tookIn?.includes(from)) return undefined;
    const before = underWay.get(from);
    if (before) return before;
    if (isHeld() || state.outcome !== undefined) return notNow();
    const refusal = takeInRefusal(state, asked.request);
    if (refusal) return refusal;
    const work = takeIn(asked);
    underWay.set(from, work);
    return work.finally(() => underWay.delete(from));
  }

  async function takeIn({ request, actor }: JoinMessage): Promise<Refusal | undefined> {
    const { caseNo, tookIn: before = [], groups = [] } = state.case;
    const effects: Effects = {};
    const refusal = await hold(async () => {
      const taken = await inTurn(() => takeInCase({ caseNo, from: request.from }));
      if ('refusal' in taken) return taken.refusal;
      const told = state.case.parties;
      state.case = {
        ...state.case,
        parties: [...state.case.parties, ...taken.parties],
        claims: [...state.case.claims, ...taken.claims],
        groups: [...new Set([...groups, ...(request.groups ?? [])])].sort(),
        tookIn: [...before, request.from],
      };
      Object.assign(effects, {
        start: earlierLimitation(state, request, moment().now),
        tell: told.map(({ id }) => ({ template: 'caseTookIn', to: { party: id }, clockKey: LIMITATION })),
        detail: { from: request.from, as: taken.as, claims: taken.claims.map(({ id }) => id) },
        ...askedOfMore(state),
      } satisfies Effects);
      await commit({
        dedup: `tookIn:${request.from}`,
        event: {
          type: 'case.tookIn',
          title: { zh: `${request.from} 并入本案`, en: `${request.from} is consolidated into this case` },
          legalRef: 'POL-01',
          source: ONE_WINDOW,
          actor,
        },
        effects,
      });
      return undefined;
    });
    if (effects.open) await openBeside(state.case, effects.open);
    return refusal;
  }

  /** Asks another case to take this one in, and waits for its answer; says why it does not. */
  async function askOtherCase(into: string, { actId, actor }: ActMessage): Promise<Refusal | undefined> {
    return hold(async () => {
      const other = getExternalWorkflowHandle(caseWorkflowId(into));
      answer = undefined;
      for (let attempt = 1; ; attempt += 1) {
        asking = { actId, actor, attempt, request: joinRequestOf(state) };
        try {
          await other.signal(takeCaseIn, asking);
        } catch (error) {
          if (answer !== undefined && (answer as JoinAnswer).refusal === undefined) return undefined;
          log.info('the case that should take another in has ended', { into, error: String(error) });
          return refuse('other-case-closed', `${into} 已经结束。`, `${into} is closed.`, { field: '/into' });
        }
        await condition(() => answer !== undefined, '10s');
        if (answer === undefined) continue;
        const { refusal } = answer as JoinAnswer;
        if (refusal?.code !== 'procedure-closing' || attempt >= 3) return refusal;
        answer = undefined;
        await sleep('300ms');
      }
    });
  }

  return { askOtherCase };
}
