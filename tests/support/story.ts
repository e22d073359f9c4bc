import { randomUUID } from 'node:crypto';
import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import type { History } from '@temporalio/common/lib/proto-utils';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker } from '@temporalio/worker';
import { createRulesActivities } from '../../activities/rules.ts';
import { sendAct, startCalendarRollout, startCase } from '../../api/temporal.ts';
import { actContracts } from '../../contracts/acts/index.ts';
import { besideWorkflowId, calendarRolloutId, caseWorkflowId, formatCaseNo } from '../../contracts/ids.ts';
import type { ActMessage, ActResult, IntakeInput } from '../../contracts/record.ts';
import type { Actor, BesideProcedure, CaseFacts, Claim, Party } from '../../domain/case/case.ts';
import { besideProcedures, paperRoutes } from '../../domain/case/case.ts';
import type { ProcedureState } from '../../domain/procedures/definition.ts';
import { findAct } from '../../domain/procedures/index.ts';
import type { Refusal } from '../../domain/refusal.ts';
import type { RuleBook } from '../../domain/rules.ts';
import { buildCalendar, type CalendarYear } from '../../domain/time/calendar.ts';
import { instantOf, shanghaiDay } from '../../domain/time/day.ts';
import type { Calendar, LegalDay } from '../../domain/time/types.ts';
import { readCalendarFiles } from '../../rules/calendar-source.ts';
import { loadRuleBook } from '../../rules/index.ts';
import { searchAttributes } from '../../temporal-config/dev-server.ts';
import { readEnv } from '../../temporal-config/env.ts';
import { caseWorkerOptions, workflowBundle } from '../../temporal-config/worker-options.ts';
import './quiet-runtime.ts';
import { type KeptClock, type KeptEvent, type KeptNotice, MemoryRecord } from './memory-record.ts';
import { testServerExecutable } from './servers.ts';

/** A Monday, with no holiday before Friday 2030-04-05; no notice covers the year, so only weekends and statutory days are off. */
export const MONDAY: LegalDay = '2030-03-04';

/** `INDEXED_VALUE_TYPE_KEYWORD` of temporal.api.enums.v1. */
const KEYWORD = 2;

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

export interface Setting {
  /** The day on which the story begins, at ten in the morning in Shanghai. */
  on?: LegalDay;
  book?: RuleBook;
  /** Years published beyond those that come with the program. */
  published?: CalendarYear[];
}

export interface Registration {
  region?: string;
  channel?: string;
  requestedRoute?: IntakeInput['requestedRoute'];
  referral?: IntakeInput['referral'];
  /** How many workers; `w1`, `w2` … */
  workers?: number;
  parties?: Party[];
  claims?: Claim[];
  facts?: Partial<CaseFacts>;
  groups?: IntakeInput['groups'];
}

/** `w1`, `r1`: the party itself; else staff by role. */
export type By = Actor['role'] | `w${number}` | `r${number}`;

/** An act that the workflow took. */
export interface Done extends ActResult {
  actId: string;
}

const files = await readCalendarFiles();
const nationalBook = await loadRuleBook();

/** Tells one story in an environment of its own, so that its clock begins where the story does. */
export async function tell(setting: Setting, happens: (story: Story) => Promise<void>): Promise<void> {
  const path = await testServerExecutable();
  const env = await TestWorkflowEnvironment.createTimeSkipping({
    server: { executable: { type: 'existing-path', path } },
  });
  try {
    const begin = instantOfShanghai(`${setting.on ?? MONDAY}T10:00`);
    const skip = begin - (await env.currentTimeMs());
    if (skip < 0) throw new Error('the stories begin in the past by now: move MONDAY on');
    await env.sleep(skip);

    // This server cannot list them, as `ensureSearchAttributes` would.
    await env.connection.operatorService.addSearchAttributes({
      namespace: 'default',
      searchAttributes: Object.fromEntries(Object.keys(searchAttributes).map((name) => [name, KEYWORD])),
    });

    let years = [...files.years, ...(setting.published ?? [])];
    let calendar: Calendar = buildCalendar({ years, statutory: files.statutory });
    const book = setting.book ?? nationalBook;
    const record = new MemoryRecord(book, () => calendar);
    const worker = await Worker.create({
      ...caseWorkerOptions(),
      workflowThreadPoolSize: 1,
      connection: env.nativeConnection,
      workflowBundle: await workflowBundle(readEnv().cacheDir),
      activities: {
        ...createRulesActivities({ refresh: async () => book, ruleBook: async () => book }),
        record: (input: Parameters<MemoryRecord['record']>[0]) => record.record(input),
        splitCase: (input: Parameters<MemoryRecord['splitCase']>[0]) => record.splitCase(input),
        placesFor: (input: Parameters<MemoryRecord['placesFor']>[0]) => record.placesFor(input),
        takeInCase: (input: Parameters<MemoryRecord['takeInCase']>[0]) => record.takeInCase(input),
        workflowsTouchedBy: (input: Parameters<MemoryRecord['workflowsTouchedBy']>[0]) =>
          record.workflowsTouchedBy(input),
      },
    });
    const running = worker.run();
    try {
      await happens(
        new Story(env, record, (year) => {
          years = [...years.filter((known) => known.year !== year.year), year];
          calendar = buildCalendar({ years, statutory: files.statutory });
        }),
      );
    } finally {
      worker.shutdown();
      await running;
    }
  } finally {
    await env.teardown();
  }
}

/** A case on its way, told with the verbs of those who work on it. */
export class Story {
  readonly env: TestWorkflowEnvironment;
  readonly record: MemoryRecord;
  private readonly publish: (year: CalendarYear) => void;
  private readonly rollouts: Array<{ workflowId: string; runId: string }> = [];
  private number = 0;
  /** The case the verbs speak of. */
  caseNo = '';

  constructor(env: TestWorkflowEnvironment, record: MemoryRecord, publish: (year: CalendarYear) => void) {
    this.env = env;
    this.record = record;
    this.publish = publish;
  }

  /** Registers a case at the window and waits until intake has sent it on its way. */
  async register(given: Registration = {}): Promise<void> {
    this.number += 1;
    const region = given.region ?? '110101';
    const workers = Array.from({ length: given.workers ?? 1 }, (_, index) => `w${index + 1}`);
    const today = await this.today();
    this.caseNo = formatCaseNo(region, Number(today.slice(0, 4)), this.number);
    const { caseNo } = this;
    await startCase(this.env.client, {
      caseNo,
      region,
      channel: given.channel ?? 'window',
      requestedRoute: given.requestedRoute ?? 'any',
      ...(given.referral === undefined ? {} : { referral: given.referral }),
      registeredOn: today,
      parties: given.parties ?? [
        ...workers.map((id): Party => ({ id, side: 'applicant', kind: 'worker' })),
        { id: 'r1', side: 'respondent', kind: 'employer' },
      ],
      claims:
        given.claims ??
        workers.map((worker, index): Claim => ({ id: `c${index + 1}`, worker, kind: 'pay', subject: 'wages' })),
      facts: {
        ...{ relation: 'labour', exclusion: 'none', personnelKind: 'none', overAge: false, overAgeMatter: false },
        ...{ enterpriseCommittee: false, employed: false, negotiatedBefore: false },
        ...given.facts,
      },
      ...(given.groups === undefined ? {} : { groups: given.groups }),
      actId: randomUUID(),
      actor: { actorId: randomUUID(), role: 'operator' },
    });
    await this.arrived(0);
  }

  /** Performs an act as the API would: the contract takes the words away, the workflow gets the rest. */
  async act(name: string, body: Record<string, unknown> = {}, by: By = 'operator', actId?: string): Promise<Done> {
    const message = messageOf(name, body, by, actId);
    const workflowId = this.workflowOf(name);
    const answer = await sendAct(this.env.client, workflowId, name, message);
    if (answer.kind !== 'done')
      throw new Error(`${name} was not taken: ${answer.kind === 'refused' ? answer.refusal.en : answer.kind}`);
    const { result } = answer;
    if (result.outcome !== undefined) await this.arrived(result.seq, workflowId);
    if (name === 'judicialConfirmation.confirm') await this.newsTaken(result.seq, '.paperTaken');
    if (name.endsWith('.recordArbitration')) await this.opened('arbitration', result.seq);
    if (name.endsWith('.applyJointly'))
      await this.record.seen(
        'the opening of what was applied for',
        ({ type, seq, caseNo }) =>
          type === name.replace('applyJointly', 'opened') && seq > result.seq && caseNo === this.caseNo,
      );
    return { ...result, actId: message.actId };
  }

  /**
   * The refusal of an act; `elsewhere` where the run that is there does not know the act.
   * Throws when the act is taken, or leaves a trace in history or in the record.
   */
  async refused(
    name: string,
    body: Record<string, unknown> = {},
    by: By = 'operator',
    more: { actId?: string; ifSeq?: number } = {},
  ): Promise<Refusal | { code: 'elsewhere' }> {
    const message = { ...messageOf(name, body, by, more.actId), ifSeq: more.ifSeq };
    const workflowId = this.workflowOf(name);
    const before = [await this.historyOf(workflowId), this.record.events.length];
    const answer = await sendAct(this.env.client, workflowId, name, message);
    if (answer.kind === 'done') throw new Error(`${name} was taken`);
    const after = [await this.historyOf(workflowId), this.record.events.length];
    if (before.join() !== after.join()) throw new Error(`${name} was refused and left a trace: ${before} → ${after}`);
    return answer.kind === 'elsewhere' ? { code: 'elsewhere' } : answer.refusal;
  }

  /** Waits until a procedure beside the chain has begun: the newest, or the first after an event. */
  async opened(beside: BesideProcedure, after = 0): Promise<KeptEvent> {
    return this.written(`${beside}.opened`, after);
  }

  /** Waits, while time stands still, for the first event of that type after another one. */
  async written(name: string, after = 0): Promise<KeptEvent> {
    return this.record.seen(
      `${name} after ${after}`,
      ({ type, seq, caseNo }) => type === name && seq > after && caseNo === this.caseNo,
    );
  }

  /** Lets time pass, from one moment that a clock names to the next, until an event of that type is new. */
  async until(type: string, fits: (event: KeptEvent) => boolean = () => true): Promise<KeptEvent> {
    const from = this.record.events.length;
    const found = () =>
      this.record.events.slice(from).find((event) => event.type === type && this.mine(event) && fits(event));
    for (let times = 0; times < 400; times += 1) {
      const event = found();
      if (event) return event;
      const now = await this.env.currentTimeMs();
      const moments = this.record.clocks
        .filter(({ open }) => open)
        .flatMap(({ dueAt, rungs }) => [dueAt, ...rungs.map(({ at }) => at)])
        .map(Date.parse)
        .filter((moment) => moment > now);
      if (moments.length === 0) throw new Error(`nothing is left to wait for, and no ${type}`);
      await this.sleepMs(Math.min(...moments) - now + 1_000);
    }
    throw new Error(`no ${type} in 400 moments`);
  }

  /** Sleeps until a time in Shanghai, `2030-03-09T23:59`; a day alone means ten in the morning. */
  async sleepUntil(when: string): Promise<void> {
    const ms = instantOfShanghai(when.length === 10 ? `${when}T10:00` : when) - (await this.env.currentTimeMs());
    if (ms < 0) throw new Error(`${when} has passed`);
    await this.sleepMs(ms);
  }

  async sleepDays(days: number): Promise<void> {
    await this.sleepMs(days * DAY);
  }

  /**
   * Shows that a clock runs out with the end of its last day, not before and not later: at 23:59 it is still open,
   * and what ends it is written within a minute of 24:00.
   */
  async runsOut(deadlineId: string, on: LegalDay, subject?: string): Promise<KeptEvent> {
    const { key, dueOn, dueAt } = this.clock(deadlineId, subject);
    if (dueOn !== on) throw new Error(`${key} ends on ${dueOn}, not on ${on}`);
    const ranOut = () =>
      this.record.events.find(
        ({ type, detail, caseNo }) =>
          type === 'deadline.ranOut' && caseNo === this.caseNo && detail.key === key && detail.dueOn === on,
      );
    await this.sleepUntil(`${on}T23:59`);
    if (ranOut()) throw new Error(`${key} ran out before the end of ${on}`);
    await this.sleepMs(60_000 + 1_000);
    const event = ranOut();
    const late = event === undefined ? undefined : Date.parse(event.at) - Date.parse(dueAt);
    if (event === undefined || late === undefined || late < 0 || late > 60_000)
      throw new Error(`${key} should have run out at ${dueAt}: ${event?.at ?? 'it did not'}`);
    await this.arrived(event.seq, event.workflowId);
    return event;
  }

  /** Lets time pass until a clock of that deadline has run out, and what follows has begun. */
  async untilRunOut(deadlineId: string): Promise<KeptEvent> {
    const event = await this.until('deadline.ranOut', ({ detail }) => detail.deadlineId === deadlineId);
    await this.arrived(event.seq, event.workflowId);
    return event;
  }

  /** Publishes a year's arrangement and waits until every workflow with an open clock has heard of it. */
  async loadCalendar(year: CalendarYear): Promise<void> {
    this.publish(year);
    const from = this.record.events.length;
    const version = `${year.year}@${year.notice}`;
    const touched = await this.record.workflowsTouchedBy({ after: '', limit: Number.POSITIVE_INFINITY });
    await startCalendarRollout(this.env.client, { year: year.year, version, notice: year.notice ?? '' });
    const rollout = this.workflow(calendarRolloutId(version));
    // Looked at, not awaited: this server lets time run on while somebody awaits a result.
    let told = await rollout.describe();
    for (; told.status.name === 'RUNNING'; told = await rollout.describe()) await sleep(10);
    if (told.status.name !== 'COMPLETED') throw new Error(`the rollout of ${version} ended as ${told.status.name}`);
    this.rollouts.push({ workflowId: told.workflowId, runId: told.runId });
    for (const workflowId of touched)
      await this.record.seen(
        `${workflowId} hearing of ${version}`,
        (event) =>
          event.type === 'calendar.loaded' &&
          event.workflowId === workflowId &&
          this.record.events.indexOf(event) >= from,
      );
  }

  /** The case's chain, or another workflow. */
  workflow(workflowId = caseWorkflowId(this.caseNo)) {
    return this.env.client.workflow.getHandle(workflowId);
  }

  /** The procedures the case has entered since intake, in order. */
  path(): string[] {
    return this.events()
      .filter(
        ({ type, workflowId }) => workflowId === caseWorkflowId(this.caseNo) && /(\.opened|^case\.split)$/.test(type),
      )
      .map(({ procedure }) => procedure)
      .filter((procedure) => procedure !== 'intake');
  }

  /** What was written for the case, in order; of one type where it is named. */
  events(type?: string): KeptEvent[] {
    return this.record.events.filter((event) => this.mine(event) && (type === undefined || event.type === type));
  }

  /** The newest event of that type. Throws when there is none. */
  last(type: string): KeptEvent {
    const event = this.events(type).at(-1);
    if (!event) throw new Error(`no ${type}; there is: ${this.events().map((one) => one.type)}`);
    return event;
  }

  /** The newest clock of that deadline, open or not. Throws when there is none. */
  clock(deadlineId: string, subject?: string): KeptClock {
    const clock = this.record.clocks
      .filter((one) => one.caseNo === this.caseNo && one.deadlineId === deadlineId && one.subject === subject)
      .at(-1);
    if (!clock) throw new Error(`no clock ${deadlineId} ${subject ?? ''}`);
    return clock;
  }

  /** Who was told by that template, with the day, in order: `r1 2030-03-04`. */
  told(template: string): string[] {
    const name = (to: KeptNotice['to']) =>
      typeof to === 'string' ? to : 'party' in to ? to.party : `${to.office}@${to.region}`;
    return this.noticesOf(template).map(({ to, at }) => `${name(to)} ${shanghaiDay(at)}`);
  }

  noticesOf(template: string): KeptNotice[] {
    return this.record.notices.filter((notice) => notice.caseNo === this.caseNo && notice.template === template);
  }

  /** State as last written by the chain, or by a procedure beside it. */
  state<S extends ProcedureState = ProcedureState>(beside?: BesideProcedure): S {
    const id = beside === undefined ? caseWorkflowId(this.caseNo) : besideWorkflowId(this.caseNo, beside);
    const state = this.record.states.get(id);
    if (!state) throw new Error(`nothing is written of ${id}`);
    return state as S;
  }

  /** State as last written by a procedure beside the chain, if there has been one. */
  stateOf(beside: BesideProcedure): ProcedureState | undefined {
    return this.record.states.get(besideWorkflowId(this.caseNo, beside));
  }

  async today(): Promise<LegalDay> {
    return shanghaiDay(instantOf(await this.env.currentTimeMs()));
  }

  /** Tells on from the linked case instead, or from the first one again. */
  follow(caseNo: string): void {
    this.caseNo = caseNo;
  }

  /** The event an act's end is followed by: the next procedure's opening, or that there is none. */
  private async arrived(seq: number, workflowId = caseWorkflowId(this.caseNo)): Promise<void> {
    const ended = this.events().find(
      (event) => event.seq >= seq && event.workflowId === workflowId && event.type.endsWith('.ended'),
    );
    const ends = this.events().some(
      (event) => event.seq === seq && event.workflowId === workflowId && event.outcome !== undefined,
    );
    if (ended === undefined && !ends && seq > 0) return;
    const end =
      ended ??
      (await this.record.seen(
        'the end of the procedure',
        (event) => event.workflowId === workflowId && event.seq > seq && event.type.endsWith('.ended'),
      ));
    if (end.next === 'closed') return;
    // What the court confirmed was told when it did.
    if (end.next === 'beside') {
      if (end.procedure === 'emergencyResponse') return this.newsTaken(end.seq, '.emergencyOver');
      const givesPaper = paperRoutes.some((route) => route === end.procedure) && end.outcome !== 'confirmed';
      return givesPaper ? this.newsTaken(end.seq, '.paperTaken') : undefined;
    }
    await this.record.seen(
      'the next procedure',
      (event) => event.workflowId === workflowId && event.seq > end.seq && event.type.endsWith('.opened'),
    );
  }

  /** The news of a procedure beside reaches the chain, unless the case is closed. */
  private async newsTaken(after: number, news: '.paperTaken' | '.emergencyOver'): Promise<void> {
    const { caseNo } = this;
    if (this.events().some(({ next }) => next === 'closed')) return;
    await this.record.seen(
      'that the chain takes the news',
      (event) => event.caseNo === caseNo && event.seq > after && event.type.endsWith(news),
    );
  }

  /** Every run of every workflow so far, with its history. */
  async histories(): Promise<Array<{ workflowId: string; type: string; history: History }>> {
    const starts = [...this.record.chains.values(), ...this.rollouts];
    const found: Array<{ workflowId: string; type: string; history: History }> = [];
    for (const { workflowId, runId } of starts) {
      let next: string | undefined = runId;
      while (next) {
        const history: History = await this.env.client.workflow.getHandle(workflowId, next).fetchHistory();
        const first = history.events?.[0]?.workflowExecutionStartedEventAttributes;
        found.push({ workflowId, type: first?.workflowType?.name ?? '', history });
        next = history.events?.at(-1)?.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId ?? undefined;
      }
    }
    return found;
  }

  private async sleepMs(ms: number): Promise<void> {
    await this.env.sleep(ms);
  }

  private mine(event: KeptEvent): boolean {
    return event.caseNo === this.caseNo;
  }

  private workflowOf(act: string): string {
    const procedure = besideProcedures.find((name) => findAct(act)?.procedure === name);
    return procedure === undefined ? caseWorkflowId(this.caseNo) : besideWorkflowId(this.caseNo, procedure);
  }

  /** How many events of history are not workflow tasks, once no task is under way: what is remembered of a case. */
  private async historyOf(workflowId: string): Promise<number> {
    for (;;) {
      const events = (await this.workflow(workflowId).fetchHistory()).events ?? [];
      const lasting = events.filter(
        (event) =>
          !(
            event.workflowTaskScheduledEventAttributes ||
            event.workflowTaskStartedEventAttributes ||
            event.workflowTaskCompletedEventAttributes
          ),
      );
      const last = events.at(-1);
      if (!last?.workflowTaskScheduledEventAttributes && !last?.workflowTaskStartedEventAttributes)
        return lasting.length;
      await setImmediate();
    }
  }
}

/** An act's message as the API makes it. */
export function messageOf(name: string, body: Record<string, unknown>, by: By, actId?: string): ActMessage {
  const contract = actContracts[name];
  if (!contract) throw new Error(`no act ${name}`);
  const party = /^[wr]\d+$/.test(by);
  return {
    actId: actId ?? randomUUID(),
    actor: {
      actorId: randomUUID(),
      role: party ? 'party' : (by as Actor['role']),
      ...(party ? { partyId: by } : {}),
    },
    channel: typeof body.channel === 'string' ? body.channel : 'window',
    input: contract.facts(contract.schema.parse(body)),
  };
}

/** Milliseconds since the epoch of a time in Shanghai, `2030-03-09T23:59`. */
function instantOfShanghai(time: string): number {
  const ms = Date.parse(`${time}:00+08:00`);
  if (Number.isNaN(ms)) throw new Error(`not a time: ${time}`);
  return ms;
}
