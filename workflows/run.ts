import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import {
  ApplicationFailure,
  allHandlersFinished,
  condition,
  defineUpdate,
  getExternalWorkflowHandle,
  log,
  ParentClosePolicy,
  proxyLocalActivities,
  setHandler,
  sleep,
  startChild,
  workflowInfo,
} from '@temporalio/workflow';
import { besideWorkflowId, caseWorkflowId, WORKFLOW_TASK_MS } from '../contracts/ids.ts';
import type {
  ActMessage,
  ActResult,
  BesideInput,
  EventRecord,
  RecordInput,
  RecordPort,
  RulesPort,
} from '../contracts/record.ts';
import { type Next, questionsAfterRevocation, tellOfSilence } from '../domain/case/afterwards.ts';
import type { Actor, Clock, Moment, Paper } from '../domain/case/case.ts';
import { ENFORCEMENT } from '../domain/case/enforcement.ts';
import { LIMITATION } from '../domain/case/limitation.ts';
import { splitOff } from '../domain/case/split.ts';
import { applyPaper } from '../domain/procedures/agreement-performance.ts';
import {
  type AnyAct,
  clockKey,
  type Effects,
  endBySilence,
  type ProcedureDefinition,
  type ProcedureState,
  type Question,
  refusalOf,
  restartClock,
  type Tell,
} from '../domain/procedures/definition.ts';
import { firstRefusal, type Refusal, refuse } from '../domain/refusal.ts';
import type { Decision } from '../domain/rules.ts';
import { shanghaiDay } from '../domain/time/day.ts';
import { askToMakeWay } from './make-way.ts';
import { calendarLoaded, paperDecided, REFUSED } from './messages.ts';
import { attributesOf, showNextDue } from './search-attributes.ts';

const activities = proxyLocalActivities<RulesPort & RecordPort>({
  startToCloseTimeout: '10s',
  retry: { initialInterval: '200ms', backoffCoefficient: 2, maximumInterval: '5s' },
  localRetryThreshold: '30s',
});

export const { pinRelease, decide, splitCase } = activities;

const SYSTEM: Actor = { actorId: 'system', role: 'system' };

/** The moment as this workflow sees it. */
export function moment(actor: Actor = SYSTEM): Moment {
  const now = new Date().toISOString();
  return { now, today: shanghaiDay(now), actor };
}

/** What a step of the case writes; see `RecordInput`. */
interface Step {
  dedup: string;
  event: Omit<EventRecord, 'detail' | 'actor'> & { actor?: Actor };
  effects: Effects;
  decisions?: Decision[];
  voids?: string;
  next?: RecordInput['next'];
}

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
  const calendarsHeard = new Set<string>();
  let shown: string | undefined;

  /**
   * One local activity after another. Two beside each other come back from a replay in another order than they ended in
   * (sdk-typescript #1744), and what follows on them then does not match the history.
   */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = tail.then(work);
    tail = done.catch(() => undefined);
    return done;
  }

  const askNow = (questions: Question[]): Promise<Decision[]> =>
    decide({ region: state.case.region, sha256: state.case.sha256, questions });

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
      const decisions = [...(step.decisions ?? []), ...asked];
      const { seq, clocks } = await activities.record({
        caseNo: state.case.caseNo,
        region: state.case.region,
        sha256: state.case.sha256,
        workflowId,
        chain,
        dedup: step.dedup,
        step: order,
        at,
        event: { ...step.event, actor: step.event.actor ?? SYSTEM, detail: effects.detail ?? {} },
        state,
        title: definition.title,
        start,
        stop,
        decisions,
        tell: effects.tell ?? [],
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
    if (within !== undefined && starting.has(clockKey(state, within)))
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
    const act = definition.acts[name];
    if (!act) throw new Error(`${definition.procedure} has no act ${name}`);
    const refusal = message.recorded ? refusalOfAct(act, message) : undefined;
    if (refusal) return notDone(act, message, refusal);
    const effects = act.apply(state, message.input, moment(message.actor));
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
    if (others && effects.split) await goOn(others, effects.split.workers, message.actId);
    if (effects.open) await openBeside(effects.open, message.input);
    return { seq, stage: state.stage, ...(state.outcome === undefined ? {} : { outcome: state.outcome }) };
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

  /** The workers an agreement does not cover go on in a linked case, where this one stood. */
  async function goOn(others: S, workers: string[], actId: string): Promise<void> {
    const { caseNo } = await inTurn(() =>
      splitCase({ caseNo: state.case.caseNo, dedup: `split:${actId}`, workers, at: moment().now }),
    );
    const { case: snapshot, ...resume } = others;
    await startChild(definition.procedure, {
      workflowId: caseWorkflowId(caseNo),
      typedSearchAttributes: attributesOf(definition.procedure, snapshot),
      args: [{ ...snapshot, caseNo, splitFrom: state.case.caseNo, step: 0, seq: 0, resume }],
      workflowTaskTimeout: WORKFLOW_TASK_MS,
      parentClosePolicy: ParentClosePolicy.ABANDON,
    });
  }

  async function openBeside(open: NonNullable<Effects['open']>, input: Record<string, unknown>): Promise<void> {
    const args: [BesideInput] = [
      { snapshot: { ...state.case, step: 0, seq: 0 }, ...open, appliedOn: String(input.appliedOn) },
    ];
    for (;;) {
      try {
        await startChild(open.procedure, {
          workflowId: besideWorkflowId(state.case.caseNo, open.procedure),
          typedSearchAttributes: attributesOf(open.procedure, state.case),
          args,
          workflowTaskTimeout: WORKFLOW_TASK_MS,
          parentClosePolicy: ParentClosePolicy.ABANDON,
        });
        return;
      } catch (error) {
        // The application before has told us its outcome and is about to end, or waits for objections to it.
        if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
        if (open.procedure === 'judicialConfirmation') await askToMakeWay(state.case.caseNo);
        await sleep('1s');
      }
    }
  }

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

  for (const [name, act] of Object.entries(definition.acts)) {
    setHandler(defineUpdate<ActResult, [ActMessage]>(name), (message) => performed(name, message), {
      // Synchronous on purpose: an async validator would refuse nothing.
      validator(message) {
        const refusal = refusalOfAct(act, message);
        // What the record has already is answered in the record, by the handler; not now, or done, is an answer for both.
        const later = refusal?.code === 'procedure-closing' || refusal?.code === 'already-done';
        if (refusal && (!message.recorded || later))
          throw ApplicationFailure.create({
            type: REFUSED,
            message: refusal.code,
            nonRetryable: true,
            details: [refusal],
          });
      },
    });
  }

  setHandler(calendarLoaded, async ({ version, notice }) => {
    // A rollout that begins again tells the same twice; the record would answer with the clocks of the first time.
    if (calendarsHeard.has(version)) return;
    calendarsHeard.add(version);
    // A clock whose date is just being computed may be computed by the calendar of before.
    await condition(() => starting.size === 0);
    const open = state.clocks.filter((clock) => !clock.expired);
    if (open.length === 0) return;
    await commit({
      dedup: `calendar:${version}:${state.run}`,
      event: {
        type: 'calendar.loaded',
        title: { zh: '节假日安排公布，重新推算期限', en: 'Calendar loaded, dates computed again' },
        legalRef: 'CAL-01',
        source: '全国年节及纪念日放假办法',
      },
      effects: {
        start: open.map((clock) => restartClock(clock)),
        detail: { version, notice, before: Object.fromEntries(open.map((clock) => [clock.key, clock.dueOn])) },
      },
    });
  });

  setHandler(paperDecided, async (paper: Paper) => {
    const attempt = state.case.routes.find(({ route }) => route === paper.route)?.attempt ?? 0;
    const news = definition.takePaper?.(state, paper) ?? applyPaper(state.case, paper);
    // Readers see from then on whether the way is open again; nothing is written behind the end of a procedure.
    if (handedOn || !news) return;
    const decisions = await ask(questionsAfterRevocation(state, paper));
    const instead = decisions[0]?.outcome as Next | undefined;
    if (instead) Object.assign(state.case, { remedy: instead.remedy, rightToArbitrate: instead.rightToArbitrate });
    if (handedOn) return;
    await commit({
      decisions,
      // What was confirmed may be revoked later.
      dedup: `paper:${paper.route}:${attempt}:${paper.outcome}:${state.run}`,
      event: {
        type: `${definition.procedure}.paperTaken`,
        title: { zh: '收到审查或确认的结果', en: 'The outcome of the application arrives' },
        ...(paper.route === 'arbitrationReview'
          ? { legalRef: 'JR-08', source: '劳动人事争议仲裁办案规则 第七十七条' }
          : paper.outcome === 'revoked'
            ? { legalRef: 'JC-08', source: '最高人民法院关于适用《民事诉讼法》的解释 第三百七十二条' }
            : { legalRef: 'JC-07', source: '民事诉讼法 第二百零六条' }),
      },
      effects: {
        // ENF-01: what is revoked cannot be enforced any more.
        stop: instead === undefined ? [] : [ENFORCEMENT],
        tell: instead?.rightToArbitrate
          ? [{ template: 'rightToArbitrate', to: 'applicant', clockKey: LIMITATION }]
          : [],
        detail: { route: paper.route, outcome: paper.outcome, enforceable: paper.enforceable },
      },
    });
  });

  const ended = () => state.outcome !== undefined;

  async function until(happened: () => boolean): Promise<void> {
    while (!ended() && !happened()) {
      // Dates that are just being computed are waited for, so that what is shown and slept for is set once.
      if (starting.size > 0) {
        await condition(() => ended() || happened() || starting.size === 0);
        continue;
      }
      shown = showNextDue(state.clocks, shown);
      const wake = nextWake(state.clocks);
      const changed = () => ended() || happened() || (starting.size === 0 && nextWake(state.clocks)?.id !== wake?.id);
      if (!wake) {
        await condition(changed);
        continue;
      }
      const left = Date.parse(wake.at) - Date.now();
      if (left > 0 && (await condition(changed, left))) continue;
      // While the moment came, the clock may have been stopped or set anew.
      if (starting.size > 0 || !state.clocks.includes(wake.clock)) continue;
      await (wake.rung === undefined ? runOut(wake.clock) : remind(wake.clock, wake.rung));
    }
  }

  const reminded = (clock: Clock): Array<Tell['to']> =>
    clock.key === LIMITATION || clock.key === ENFORCEMENT
      ? ['applicant']
      : (definition.reminds?.(state, clock) ?? ['operator']);

  async function remind(clock: Clock, rung: string): Promise<void> {
    clock.rungs = clock.rungs.filter(({ id }) => id !== rung);
    clock.fired = [...clock.fired, rung];
    await commit({
      // By the moment it is about: a clock that was started again has reminders of its own.
      dedup: `rung:${clock.key}:${clock.dueAt}:${rung}`,
      event: {
        type: 'deadline.reminded',
        title: { zh: '期限提醒', en: 'Reminder' },
        legalRef: clock.legalRef,
        source: clock.source,
      },
      effects: {
        tell: reminded(clock).map((to) => ({
          template: rung.startsWith('after') ? 'overdueReminder' : 'reminder',
          to,
          clockKey: clock.key,
        })),
        detail: { deadlineId: clock.deadlineId, key: clock.key, rung },
      },
    });
  }

  async function runOut(clock: Clock): Promise<void> {
    const enforcing = clock.purpose === 'enforcing';
    const decisions = enforcing ? await ask([silenceQuestion(definition, state, clock)]) : [];
    // An act may have come in while the rules were asked.
    if (ended() || !state.clocks.includes(clock) || clock.expired) return;
    clock.expired = true;
    const outcome = decisions[0]?.outcome.outcome;
    const effects: Effects =
      outcome === undefined
        ? {
            ...definition.passed?.(state, clock, moment()),
            tell: reminded(clock).map((to) => ({ template: 'deadlinePassed', to, clockKey: clock.key })),
          }
        : (definition.silence?.(state, clock, String(outcome), moment()) ??
          endBySilence(definition, state, clock, String(outcome)));
    await commit({
      dedup: `due:${clock.key}:${clock.dueAt}`,
      event: {
        type: 'deadline.ranOut',
        title: { zh: '期限届满', en: 'The time ran out' },
        legalRef: clock.legalRef,
        source: clock.source,
      },
      effects: {
        ...effects,
        tell: [...(effects.tell ?? []), ...tellOfSilence(state, clock, decisions[0], effects)],
        detail: {
          ...effects.detail,
          deadlineId: clock.deadlineId,
          key: clock.key,
          dueOn: clock.dueOn,
          outcome: outcome ?? clock.onExpiry,
        },
      },
      decisions,
    });
  }

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

function silenceQuestion<S extends ProcedureState>(
  definition: ProcedureDefinition<S>,
  state: S,
  clock: Clock,
): Question {
  const { side = 'none', evidence = false } = definition.silenceFacts?.(state, clock) ?? {};
  return {
    point: 'silence.default',
    facts: { wait: clock.deadlineId, side, origin: state.case.origin, evidence },
  };
}

interface Wake {
  id: string;
  at: string;
  clock: Clock;
  rung?: string;
}

/** The earliest thing a procedure must wake for: a rung not fired or a clock not run out. Ties go by name. */
function nextWake(clocks: Clock[]): Wake | undefined {
  let first: Wake | undefined;
  const offer = (wake: Wake) => {
    if (!first || wake.at < first.at || (wake.at === first.at && wake.id < first.id)) first = wake;
  };
  for (const clock of clocks) {
    const name = `${clock.key}:${clock.revision}`;
    if (!clock.expired) offer({ id: `${name}:due:${clock.dueAt}`, at: clock.dueAt, clock });
    for (const { id, at } of clock.rungs) offer({ id: `${name}:${id}:${at}`, at, clock, rung: id });
  }
  return first;
}

/** Tells the chain what came of an application. A chain that has ended needs to know nothing more. */
export async function tellChain(caseNo: string, paper: Paper): Promise<void> {
  try {
    await getExternalWorkflowHandle(caseWorkflowId(caseNo)).signal(paperDecided, paper);
  } catch (error) {
    log.warn('the chain of the case has ended; the paper is in the record', { caseNo, error: String(error) });
  }
}
