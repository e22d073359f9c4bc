import { randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { type ActAnswer, sendAct, startCase } from '../api/temporal.ts';
import { besideWorkflowId, caseWorkflowId, formatCaseNo } from '../contracts/ids.ts';
import type { ActMessage, ActResult, IntakeInput } from '../contracts/record.ts';
import type { BesideProcedure, CaseFacts, Claim, Party } from '../domain/case/case.ts';
import { besideProcedures, paperRoutes } from '../domain/case/case.ts';
import { findAct } from '../domain/procedures/index.ts';
import { instantOf, shanghaiDay } from '../domain/time/day.ts';
import type { LegalDay } from '../domain/time/types.ts';
import { type By, messageOf } from './act-message.ts';
import type { KeptClock, KeptEvent, KeptNotice, MemoryRecord } from './memory-record.ts';
import type { Stage } from './stage.ts';

const DAY = 24 * 3_600_000;

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

/** An act that the workflow took. */
export interface Done extends ActResult {
  actId: string;
}

/** A case on its way, told with the verbs of those who work on it. */
export class StagedCase {
  readonly env: TestWorkflowEnvironment;
  readonly record: MemoryRecord;
  private number = 0;
  /** The case the verbs speak of. */
  caseNo = '';

  constructor({ env, record }: Stage) {
    this.env = env;
    this.record = record;
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
    const answer = await this.send(name, message);
    if (answer.kind !== 'done')
      throw new Error(`${name} was not taken: ${answer.kind === 'refused' ? answer.refusal.en : answer.kind}`);
    const { result } = answer;
    await this.followed(name, result);
    return { ...result, actId: message.actId };
  }

  /** Sends an act and gives the answer as it comes. */
  send(name: string, message: ActMessage): Promise<ActAnswer> {
    return sendAct(this.env.client, this.workflowOf(name), name, message);
  }

  /** Waits until what an act leads to has begun. */
  async followed(name: string, result: ActResult): Promise<void> {
    if (result.outcome !== undefined) await this.arrived(result.seq, this.workflowOf(name));
    if (name === 'judicialConfirmation.confirm') await this.newsTaken(result.seq, '.paperTaken');
    if (name.endsWith('.recordArbitration')) await this.opened('arbitration', result.seq);
    if (name.endsWith('.applyJointly'))
      await this.record.seen(
        'the opening of what was applied for',
        ({ type, seq, caseNo }) =>
          type === name.replace('applyJointly', 'opened') && seq > result.seq && caseNo === this.caseNo,
      );
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
      const moment = this.nextMoment(now);
      if (moment === undefined) throw new Error(`nothing is left to wait for, and no ${type}`);
      await this.sleepMs(moment - now + 1_000);
    }
    throw new Error(`no ${type} in 400 moments`);
  }

  /** Lets time pass until a clock of that deadline has run out, and what follows has begun. */
  async untilRunOut(deadlineId: string): Promise<KeptEvent> {
    const event = await this.until('deadline.ranOut', ({ detail }) => detail.deadlineId === deadlineId);
    await this.arrived(event.seq, event.workflowId);
    return event;
  }

  async sleepDays(days: number): Promise<void> {
    await this.sleepMs(days * DAY);
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

  /** The newest clock of that deadline, open or not; of one subject where it is named. */
  findClock(deadlineId: string, subject?: string): KeptClock | undefined {
    return this.record.clocks
      .filter((one) => one.caseNo === this.caseNo && one.deadlineId === deadlineId && one.subject === subject)
      .at(-1);
  }

  noticesOf(template: string): KeptNotice[] {
    return this.record.notices.filter((notice) => notice.caseNo === this.caseNo && notice.template === template);
  }

  async today(): Promise<LegalDay> {
    return shanghaiDay(instantOf(await this.env.currentTimeMs()));
  }

  protected async sleepMs(ms: number): Promise<void> {
    await this.env.sleep(ms);
  }

  protected workflowOf(act: string): string {
    const procedure = besideProcedures.find((name) => findAct(act)?.procedure === name);
    return procedure === undefined ? caseWorkflowId(this.caseNo) : besideWorkflowId(this.caseNo, procedure);
  }

  /** The next moment that an open clock names: its end, or a reminder. */
  private nextMoment(now: number): number | undefined {
    const moments = this.record.clocks
      .filter(({ open }) => open)
      .flatMap(({ dueAt, rungs }) => [dueAt, ...rungs.map(({ at }) => at)])
      .map(Date.parse)
      .filter((moment) => moment > now);
    return moments.length === 0 ? undefined : Math.min(...moments);
  }

  /** How many events of history are not workflow tasks, once no task is under way: what is remembered of a case. */
  protected async historyOf(workflowId: string): Promise<number> {
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

  /** The event an act's end is followed by: the next procedure's opening, or that there is none. */
  protected async arrived(seq: number, workflowId = caseWorkflowId(this.caseNo)): Promise<void> {
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

  private mine(event: KeptEvent): boolean {
    return event.caseNo === this.caseNo;
  }
}
