import { setTimeout as sleep } from 'node:timers/promises';
import type { History } from '@temporalio/common/lib/proto-utils';
import { startCalendarRollout } from '../../api/temporal.ts';
import { besideWorkflowId, calendarRolloutId, caseWorkflowId } from '../../contracts/ids.ts';
import type { BesideProcedure } from '../../domain/case/case.ts';
import type { ProcedureState } from '../../domain/procedures/definition.ts';
import type { Refusal } from '../../domain/refusal.ts';
import type { CalendarYear } from '../../domain/time/calendar.ts';
import { shanghaiDay } from '../../domain/time/day.ts';
import type { LegalDay } from '../../domain/time/types.ts';
import { type By, messageOf } from '../../rehearsal/act-message.ts';
import type { KeptClock, KeptEvent, KeptNotice } from '../../rehearsal/memory-record.ts';
import { instantOfShanghai, onStage, type Setting, type Stage } from '../../rehearsal/stage.ts';
import { StagedCase } from '../../rehearsal/staged-case.ts';
import { loadRuleBook } from '../../rules/index.ts';
import { readEnv } from '../../temporal-config/env.ts';
import '../../rehearsal/quiet-runtime.ts';

/** A Monday, with no holiday before Friday 2030-04-05; no notice covers the year, so only weekends and statutory days are off. */
export const MONDAY: LegalDay = '2030-03-04';

const nationalBook = await loadRuleBook();

/** Tells one story on a stage of its own: on a Monday under the packs as they are, unless said otherwise. */
export const tell = (setting: Partial<Setting>, happens: (story: Story) => Promise<void>): Promise<void> =>
  onStage({ on: MONDAY, book: nationalBook, cacheDir: readEnv().cacheDir, ...setting }, (stage) =>
    happens(new Story(stage)),
  );

/** A case on its way, with what a test looks at besides. */
export class Story extends StagedCase {
  private readonly publish: (year: CalendarYear) => void;
  private readonly rollouts: Array<{ workflowId: string; runId: string }> = [];

  constructor(stage: Stage) {
    super(stage);
    this.publish = stage.publish;
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
    const answer = await this.send(name, message);
    if (answer.kind === 'done') throw new Error(`${name} was taken`);
    const after = [await this.historyOf(workflowId), this.record.events.length];
    if (before.join() !== after.join()) throw new Error(`${name} was refused and left a trace: ${before} → ${after}`);
    return answer.kind === 'elsewhere' ? { code: 'elsewhere' } : answer.refusal;
  }

  /** Sleeps until a time in Shanghai, `2030-03-09T23:59`; a day alone means ten in the morning. */
  async sleepUntil(when: string): Promise<void> {
    const ms = instantOfShanghai(when.length === 10 ? `${when}T10:00` : when) - (await this.env.currentTimeMs());
    if (ms < 0) throw new Error(`${when} has passed`);
    await this.sleepMs(ms);
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

  /** The newest event of that type. Throws when there is none. */
  last(type: string): KeptEvent {
    const event = this.events(type).at(-1);
    if (!event) throw new Error(`no ${type}; there is: ${this.events().map((one) => one.type)}`);
    return event;
  }

  /** The newest clock of that deadline, open or not. Throws when there is none. */
  clock(deadlineId: string, subject?: string): KeptClock {
    const clock = this.findClock(deadlineId, subject);
    if (!clock) throw new Error(`no clock ${deadlineId} ${subject ?? ''}`);
    return clock;
  }

  /** Who was told by that template, with the day, in order: `r1 2030-03-04`. */
  told(template: string): string[] {
    const name = (to: KeptNotice['to']) =>
      typeof to === 'string' ? to : 'party' in to ? to.party : `${to.office}@${to.region}`;
    return this.noticesOf(template).map(({ to, at }) => `${name(to)} ${shanghaiDay(at)}`);
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

  /** Tells on from the linked case instead, or from the first one again. */
  follow(caseNo: string): void {
    this.caseNo = caseNo;
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
}
