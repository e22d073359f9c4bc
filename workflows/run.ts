import {
  ApplicationFailure,
  allHandlersFinished,
  condition,
  defineUpdate,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { ActMessage, ActResult, EventRecord, RecordInput } from '../contracts/record.ts';
import { type Actor, rulesOf } from '../domain/case/case.ts';
import type { CaseUnder } from '../domain/case/release-move.ts';
import { splitOff } from '../domain/case/split.ts';
import { actsOf } from '../domain/procedures/case-acts/index.ts';
import {
  type AnyAct,
  type Effects,
  type ProcedureDefinition,
  type ProcedureState,
  type Question,
  refusalOf,
} from '../domain/procedures/definition.ts';
import { firstRefusal, type Refusal, refuse } from '../domain/refusal.ts';
import type { Decision } from '../domain/rules.ts';
import { openBeside, tellMoved } from './beside.ts';
import { clockwork } from './clockwork.ts';
import { goOnApart } from './go-on-apart.ts';
import { joining } from './join-cases.ts';
import { REFUSED } from './messages.ts';
import { moment, SYSTEM } from './moment.ts';
import { decide, placesFor, record, splitCase, underRelease } from './ports.ts';
import { refer } from './refer.ts';
import { showRelease } from './search-attributes.ts';
import { listen } from './signals.ts';

/** What a step of the case writes; see `RecordInput`. */
interface Step {
  dedup: string;
  event: Omit<EventRecord, 'detail' | 'actor'> & { actor?: Actor };
  effects: Effects;
  decisions?: Decision[];
  voids?: string;
  next?: RecordInput['next'];
}

/** How a handler or its validator refuses. */
const failureOf = (refusal: Refusal): ApplicationFailure =>
  ApplicationFailure.create({ type: REFUSED, message: refusal.code, nonRetryable: true, details: [refusal] });

/** A procedure under way: its state, and the few verbs its story is told with. */
export interface Run<S extends ProcedureState> {
  readonly state: S;
  /**
   * Waits until `happened`, or until the procedure has an outcome. On the way every clock that runs out gets
   * its silence's default, and every reminder rung fires once.
   */
  until(happened: () => boolean): Promise<void>;
  /** `until`, naming the clock that bounds the wait, so that the story reads like the regulation. */
  before(deadlineId: string, happened: () => boolean): Promise<void>;
  /** Writes one step of the case. */
  commit(step: Step): Promise<number>;
  /** Answers of the rules under the release of the case. */
  ask(questions: Question[]): Promise<Decision[]>;
  /** Resolves when no act is being written any more. */
  quiet(): Promise<void>;
}

/**
 * Opens a procedure: handlers first, then the event that says it began.
 * People's acts are Updates named like the act; a refused one leaves nothing in history.
 */
export function openProcedure<S extends ProcedureState>(
  definition: ProcedureDefinition<S>,
  begun: { state: S; effects: Effects },
  by: Partial<Pick<EventRecord, 'actor' | 'actId' | 'channel'>> = {},
): Run<S> & { opened: Promise<number> } {
  const { state } = begun;
  const acts = actsOf(definition);
  // The open clocks are the procedure's now; the snapshot's copy would only grow old.
  state.case = { ...state.case, clocks: [] };
  const { workflowId, firstExecutionRunId: chain } = workflowInfo();
  /** Steps are written in the order in which they happened. */
  let tail: Promise<unknown> = Promise.resolve();
  let writing = 0;
  /** Clocks whose date is being computed, by how many steps: a clock may be set anew before it is there. */
  const starting = new Map<string, number>();
  /** The end of the procedure has been written, and where the case goes. */
  let handedOn = false;
  /** Another case is being joined with this one: nothing else happens until that is decided. */
  let held = false;

  /**
   * One local activity after another. Two beside each other come back from a replay in another order than they ended in
   * (sdk-typescript #1744), and what follows on them then does not match the history.
   */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = tail.then(work);
    tail = done.catch(() => undefined);
    return done;
  }

  async function hold<T>(work: () => Promise<T>): Promise<T> {
    held = true;
    try {
      return await work();
    } finally {
      held = false;
    }
  }

  const askNow = (questions: Question[]): Promise<Decision[]> =>
    decide({ ...rulesOf(state.case), on: moment().today, questions });

  const ask = (questions: Question[]): Promise<Decision[]> =>
    questions.length === 0 ? Promise.resolve([]) : inTurn(() => askNow(questions));

  function commit(step: Step): Promise<number> {
    const { effects } = step;
    const stop = effects.stop ?? [];
    const start = effects.start ?? [];
    // A clock that is stopped or computed anew must not run out while the step is being written.
    const gone = new Set([...stop, ...start.map((clock) => clock.key)]);
    for (const { key } of start) starting.set(key, (starting.get(key) ?? 0) + 1);
    state.clocks = state.clocks.filter((clock) => !gone.has(clock.key));
    if (step.next !== undefined) handedOn = true;
    const at = moment().now;
    const order = state.case.step++;
    const written = inTurn(async () => {
      // A clock that an earlier step was still starting is there only now.
      state.clocks = state.clocks.filter((clock) => !gone.has(clock.key));
      const asked = effects.ask === undefined ? [] : await askNow(effects.ask);
      const answer = effects.answered?.(asked);
      const decisions = [...(step.decisions ?? []), ...asked];
      effects.open ??= answer?.open;
      const { seq, clocks } = await record({
        caseNo: state.case.caseNo,
        region: state.case.region,
        sha256: state.case.sha256,
        workflowId,
        chain,
        dedup: step.dedup,
        step: order,
        at,
        event: { ...step.event, actor: step.event.actor ?? SYSTEM, detail: { ...effects.detail, ...answer?.detail } },
        state,
        title: definition.title,
        start,
        stop,
        decisions,
        ...(effects.joined === undefined ? {} : { joined: effects.joined }),
        tell: [...(effects.tell ?? []), ...(answer?.tell ?? [])],
        voids: step.voids,
        next: step.next,
      });
      state.clocks = [...state.clocks, ...clocks];
      state.case.seq = Math.max(state.case.seq, seq);
      return seq;
    });
    writing += 1;
    const over = () => {
      writing -= 1;
      for (const { key } of start) {
        const left = (starting.get(key) ?? 1) - 1;
        if (left === 0) starting.delete(key);
        else starting.set(key, left);
      }
    };
    written.then(over, over);
    return written;
  }

  function checkNew(message: ActMessage, within: string | undefined): Refusal | undefined {
    // An act bound by a clock waits until the clock is there; the API tries again by itself.
    if (held || [...starting.keys()].some((key) => key.endsWith(`:${within}`)))
      return refuse(
        'procedure-closing',
        '上一步正在登记，请稍后再试。',
        'The step before is being written; try again in a moment.',
      );
    if (state.case.recentActs.includes(message.actId))
      return refuse('already-done', '这项操作已经完成。', 'This act has been done already.');
    return message.ifSeq !== undefined && (writing > 0 || state.case.seq > message.ifSeq)
      ? refuse('stale', '案件已有变化，请刷新后再操作。', 'The case has changed; look again first.')
      : undefined;
  }

  async function performed(name: string, message: ActMessage): Promise<ActResult> {
    const act = acts[name];
    if (!act) throw new Error(`${definition.procedure} has no act ${name}`);
    const refusal = message.recorded ? refusalOfAct(act, message) : undefined;
    if (refusal) return notDone(act, message, refusal);
    // What waits for nothing is applied in the same breath in which it was looked at: of two acts of one look only one is let in.
    const found = waits(act, message) ? await lookedUp(act, message) : { input: message.input };
    if ('refusal' in found) {
      if (message.recorded) return notDone(act, message, found.refusal);
      throw failureOf(found.refusal);
    }
    const { input } = found;
    const effects = act.apply(state, input, moment(message.actor));
    state.case.recentActs = [...state.case.recentActs.slice(-49), message.actId];
    const others = effects.split ? splitOff(state, effects.split) : undefined;
    const seq = await commit({
      dedup: `act:${message.actId}`,
      event: {
        type: act.event,
        title: act.title,
        legalRef: act.legalRef,
        source: act.source,
        actor: message.actor,
        channel: message.channel,
        actId: message.actId,
      },
      effects,
    });
    if (others && effects.split) {
      const { workers } = effects.split;
      const { caseNo } = state.case;
      const linked = await inTurn(() =>
        splitCase({ caseNo, dedup: `split:${message.actId}`, workers, at: moment().now }),
      );
      await goOnApart(others, linked.caseNo, state.case);
    }
    if (effects.open) await openBeside(state.case, effects.open);
    if (effects.refer) await refer({ state, ask }, effects.refer);
    if (act.asksRelease) await moved(message);
    return { seq, stage: state.stage, ...(state.outcome === undefined ? {} : { outcome: state.outcome }) };
  }

  const waits = ({ asksCase, brings, asksRelease }: AnyAct<S>, { input }: ActMessage): boolean =>
    asksCase?.(state, input) !== undefined || brings === true || asksRelease !== undefined;

  /** What an act waits for before it is applied: another case, the names in the database, the rules. Meanwhile nothing else is taken. */
  async function lookedUp(
    act: AnyAct<S>,
    message: ActMessage,
  ): Promise<{ input: ActMessage['input'] } | { refusal: Refusal }> {
    const into = act.asksCase?.(state, message.input);
    const unwilling = into === undefined ? undefined : await askOtherCase(into, message);
    if (unwilling) return { refusal: unwilling };
    const first = act.brings && (await placesOfNew(message));
    if (first && 'refusal' in first) return first;
    const sha256 = act.asksRelease?.(message.input);
    const under = sha256 === undefined ? undefined : await hold(() => underOther(sha256));
    const input = { ...message.input, ...(first ? { first } : {}), ...(under ? { under } : {}) };
    const refusal = under && refusalOf(act, state, input, moment(message.actor));
    return refusal ? { refusal } : { input };
  }

  const placesOfNew = ({ actId }: ActMessage) =>
    hold(() => inTurn(() => placesFor({ caseNo: state.case.caseNo, actId })));

  /** The case under another release, with the clocks that are there when the steps before are written. */
  const underOther = (sha256: string): Promise<CaseUnder> =>
    inTurn(() => {
      const clocks = state.clocks.filter(({ expired }) => !expired);
      return underRelease({ ...rulesOf(state.case), to: sha256, clocks, now: moment().now });
    });

  async function moved({ actId }: ActMessage): Promise<void> {
    showRelease(state.case);
    await tellMoved(state.case, { actId, sha256: state.case.sha256 });
  }

  /** An act that the record had before the history, and that cannot be done any more: the record says so. */
  async function notDone(act: AnyAct<S>, { actId }: ActMessage, refusal: Refusal): Promise<ActResult> {
    const { code, zh, en } = refusal;
    const seq = await commit({
      dedup: `void:${actId}`,
      voids: `act:${actId}`,
      event: {
        type: 'record.voided',
        title: { zh: `更正：${act.title.zh}不生效`, en: `Correction: "${act.title.en}" does not count` },
        legalRef: act.legalRef,
        source: act.source,
      },
      effects: { detail: { actId, code, zh, en } },
    });
    return { seq, stage: state.stage, voided: refusal };
  }

  const refusalOfAct = (act: AnyAct<S>, message: ActMessage): Refusal | undefined =>
    firstRefusal(
      () => checkNew(message, act.within),
      () => refusalOf(act, state, message.input, moment(message.actor)),
    );

  // Written before the first act, which may be waiting already when the run starts.
  const opened = commit({
    dedup: `opened:${state.run}`,
    event: {
      type:
        state.case.splitFrom !== undefined && state.case.step === 0 ? 'case.split' : `${definition.procedure}.opened`,
      title: { zh: `进入${definition.title.zh}`, en: `${definition.title.en} begins` },
      legalRef: definition.legalRef,
      source: definition.source,
      ...by,
    },
    effects: begun.effects,
  });

  for (const [name, act] of Object.entries(acts)) {
    setHandler(defineUpdate<ActResult, [ActMessage]>(name), (message) => performed(name, message), {
      // Synchronous on purpose: an async validator would refuse nothing.
      validator(message) {
        const refusal = refusalOfAct(act, message);
        // What the record has already is answered in the record, by the handler; not now, or done, is an answer for both.
        const later = refusal?.code === 'procedure-closing' || refusal?.code === 'already-done';
        if (refusal && (!message.recorded || later)) throw failureOf(refusal);
      },
    });
  }

  const isHeld = () => held;
  const told = { state, definition, commit, ask, isHeld, isStarting: () => starting.size > 0 || held };
  listen({ ...told, underOther, isHandedOn: () => handedOn });
  const { askOtherCase } = joining({ state, commit, inTurn, hold, isHeld });
  const until = clockwork(told);

  return {
    state,
    opened,
    until,
    before: (_deadlineId, happened) => until(happened),
    commit,
    ask,
    quiet: async () => {
      await condition(allHandlersFinished);
      await tail;
    },
  };
}
