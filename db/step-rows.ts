import type { RecordInput, RecordResult } from '../contracts/record.ts';
import type { Clock } from '../domain/case/case.ts';
import { handedTo } from '../domain/case/transfer.ts';
import { outcomeSoFar } from '../domain/procedures/beside.ts';
import type { ComputedDeadline, DeadlineDefinition, DeadlineInput } from '../domain/time/types.ts';
import type { CalendarDays } from '../domain/time/watched-calendar.ts';
import { json, type Tx } from './client.ts';
import { queueReport } from './docking.ts';
import { writeJoined } from './join-workers.ts';
import { liaisonOf } from './liaisons.ts';

/** A clock with what only readers need: how its date was found, and by which rules. */
export interface WrittenClock {
  clock: Clock;
  definition: DeadlineDefinition;
  /** What was handed to the count. */
  input: DeadlineInput;
  computed: ComputedDeadline;
  /** What the calendar said of the days that the count asked for. */
  calendarDays: CalendarDays[];
  /** The rule book that the definition is of. */
  release: string;
  sha256: string;
}

/** A step as it is written: what the workflow says, and what was computed for it. */
export interface WrittenStep {
  input: RecordInput;
  clocks: WrittenClock[];
  release: string;
}

/** Writes a step that is new: its event under the number given, its decisions, the notices it queues, the act's answer. */
export async function appendEvent(tx: Tx, { input }: WrittenStep, result: RecordResult): Promise<void> {
  const { event } = input;
  const { seq } = result;
  await Promise.all([
    ...writeJoined(tx, input),
    tx`
      insert into events ${tx({
        case_no: input.caseNo,
        seq,
        workflow_id: input.workflowId,
        dedup: input.dedup,
        type: event.type,
        procedure: input.state.procedure,
        at: input.at,
        title_zh: event.title.zh,
        title_en: event.title.en,
        legal_ref: event.legalRef,
        source: event.source,
        actor_id: event.actor.actorId,
        actor_role: event.actor.role,
        party_id: event.actor.partyId ?? null,
        channel: event.channel ?? null,
        act_id: event.actId ?? null,
        detail: json(tx, event.detail),
        result: json(tx, result),
      })}`,
    tx`
      insert into steps ${tx({
        workflow_id: input.workflowId,
        dedup: input.dedup,
        case_no: input.caseNo,
        seq,
        chain: input.chain,
        run: input.state.run,
        step: input.step,
        at: input.at,
      })}`,
    ...input.decisions.map(
      (decision, number) => tx`
      insert into decisions ${tx({
        case_no: input.caseNo,
        seq,
        number,
        point: decision.point,
        facts: json(tx, decision.facts),
        outcome: json(tx, decision.outcome),
        matched: json(tx, decision.matched),
        release: decision.release,
        sha256: decision.sha256,
      })}`,
    ),
    ...input.tell.map(({ template, to, clockKey }, number) => {
      const data = json(tx, { clockKey, event: event.type, detail: event.detail });
      const queued = { seq, number, template, data };
      if (to === 'applicant' || to === 'respondent')
        return queueForParties(tx, input, queued, tx`side = ${to} and moved_to is null`);
      if (to === 'liaison') return queueForLiaison(tx, input, queued);
      if (typeof to === 'string') return queueForOffice(tx, input, queued, to);
      return 'party' in to
        ? queueForParties(tx, input, queued, tx`party_id = ${to.party}`)
        : queueForOffice(tx, input, queued, `${to.office}@${to.region}`);
    }),
    ...queueReport(tx, input, seq),
    ...answerAct(tx, input, seq),
  ]);
}

/** What the act's caller is told when it comes again. */
export const answerAct = (tx: Tx, { event, caseNo, state }: RecordInput, seq: number) =>
  event.actId === undefined
    ? []
    : [
        tx`update acts set status = 'recorded', case_no = ${caseNo},
           response = ${json(tx, { seq, stage: state.stage, outcome: state.outcome })}
           where act_id = ${event.actId} and status <> 'done'`,
      ];

/**
 * Brings the read model to where the step leaves the case. A writer that is late does not overwrite what is newer,
 * unless the record was ahead of the workflow: then the step is the newest, whatever its number.
 */
export async function writeReadModel(
  tx: Tx,
  { input, clocks, release }: WrittenStep,
  state: RecordInput['state'],
  wasAhead: boolean,
): Promise<void> {
  await Promise.all([
    writeProcedure(tx, input, state, wasAhead),
    ...(input.stop.length === 0
      ? []
      : [tx`update deadlines set status = 'closed' where case_no = ${input.caseNo} and key in ${tx(input.stop)}`]),
    ...clocks.map((clock) => writeDeadline(tx, input, clock)),
    ...(input.next === 'beside' || input.workflowId !== `case-${input.caseNo}`
      ? []
      : [writeCase(tx, input, release, wasAhead)]),
    ...(input.stop.length === 0 && clocks.length === 0 ? [] : [writeNextDue(tx, input.caseNo)]),
  ]);
}

/** The next day that binds, for the list of cases. */
export const writeNextDue = (tx: Tx, caseNo: string) => tx`
  update cases set (next_due_on, next_due_at) =
    (select min(due_on), min(due_at) from deadlines
     where case_no = ${caseNo} and status = 'open' and purpose = 'enforcing')
  where case_no = ${caseNo}`;

const writeProcedure = (tx: Tx, input: RecordInput, state: unknown, wasAhead: boolean) => tx`
  insert into procedures ${tx({
    case_no: input.caseNo,
    run: input.state.run,
    workflow_id: input.workflowId,
    procedure: input.state.procedure,
    opened_at: input.at,
    ended_at: input.next === undefined ? null : input.at,
    outcome: outcomeSoFar(input.state) ?? null,
    next: input.next ?? null,
    view: json(tx, state),
    view_step: input.step,
  })}
  on conflict (case_no, run) do update set
    ended_at = excluded.ended_at, outcome = excluded.outcome, next = excluded.next,
    view = excluded.view, view_step = excluded.view_step
  where procedures.view_step <= excluded.view_step or ${wasAhead}`;

const writeCase = (tx: Tx, input: RecordInput, release: string, wasAhead: boolean) => tx`
  update cases set
    stage = ${input.next === 'closed' ? 'closed' : input.state.procedure},
    status = ${input.state.stage},
    outcome = ${input.state.outcome ?? null},
    release = ${release},
    sha256 = ${input.sha256},
    handed_to = ${handedTo(input.state.case.transfer) ?? null},
    run = ${input.state.run},
    view_step = ${input.step}
  where case_no = ${input.caseNo} and (view_step <= ${input.step} or ${wasAhead})`;

const writeDeadline = (
  tx: Tx,
  input: RecordInput,
  { clock, definition, input: countedFrom, computed, calendarDays, release, sha256 }: WrittenClock,
) => tx`
  insert into deadlines ${tx({
    case_no: input.caseNo,
    key: clock.key,
    workflow_id: input.workflowId,
    deadline_id: clock.deadlineId,
    status: 'open',
    legal_ref: clock.legalRef,
    source: clock.source,
    title_zh: definition.title.zh,
    title_en: definition.title.en,
    purpose: clock.purpose,
    subject: clock.subject ?? null,
    anchor: definition.anchor,
    anchor_on: clock.anchorOn,
    amount: clock.amount,
    unit: clock.unit,
    extensions: json(tx, clock.extensions),
    due_on: clock.dueOn,
    due_at: clock.dueAt,
    provisional: clock.provisional,
    calendar_version: clock.calendarVersion,
    rule_release: release,
    rule_sha256: sha256,
    counted_from: json(tx, withoutReasons(countedFrom)),
    calendar_days: json(tx, calendarDays),
    basis: definition.basis,
    explanation: json(tx, computed.explanation),
  })}
  on conflict (case_no, key) do update set
    status = 'open', anchor_on = excluded.anchor_on, amount = excluded.amount, unit = excluded.unit,
    extensions = excluded.extensions, due_on = excluded.due_on, due_at = excluded.due_at,
    provisional = excluded.provisional, calendar_version = excluded.calendar_version,
    rule_release = excluded.rule_release, rule_sha256 = excluded.rule_sha256, counted_from = excluded.counted_from,
    calendar_days = excluded.calendar_days, explanation = excluded.explanation, workflow_id = excluded.workflow_id`;

/** What the count takes of its input: lengths and days, not why and by whom. */
const withoutReasons = ({ extensions = [], suspensions = [], ...input }: DeadlineInput) => ({
  ...input,
  extensions: extensions.map(({ amount, unit, until }) => ({ amount, unit, until })),
  suspensions: suspensions.map(({ fromOn, toOn }) => ({ fromOn, toOn })),
});

/** A notice to be queued: the event that it comes of, its place among those of the event, its words and what they are about. */
interface Queued {
  seq: number;
  number: number;
  template: string;
  data: ReturnType<typeof json>;
}

/** For parties of the case: `who` says which. */
export const queueForParties = (
  tx: Tx,
  { caseNo }: { caseNo: string },
  { seq, number, template, data }: Queued,
  who: ReturnType<Tx>,
) => tx`
  insert into notices (case_no, seq, number, template, recipient, email, phone, data, status)
  select case_no, ${seq}, ${number}, ${template}, party_id, email, phone, ${data},
         case when coalesce(email, phone) is null then 'noAddress' else 'queued' end
  from parties where case_no = ${caseNo} and ${who}`;

/** The arbitrator who looks after the organisation that mediates the case, where the region has named one. */
const queueForLiaison = (tx: Tx, input: RecordInput, { seq, number, template, data }: Queued) => tx`
  insert into notices (case_no, seq, number, template, recipient, email, data, status)
  select ${input.caseNo}, ${seq}, ${number}, ${template}, 'liaison', email, ${data},
         case when email is null then 'noAddress' else 'queued' end
  from (${liaisonOf(tx, input.region, input.state.case.organisation?.kind ?? null)}) as liaison`;

/** The office of the narrowest region that has one. */
const queueForOffice = (tx: Tx, input: RecordInput, { seq, number, template, data }: Queued, recipient: string) => tx`
  insert into notices (case_no, seq, number, template, recipient, email, data, status)
  select case_no, ${seq}, ${number}, ${template}, ${recipient}, office_email, ${data},
         case when office_email is null then 'noAddress' else 'queued' end
  from (select case_no, office_email(cases, ${recipient}) from cases where case_no = ${input.caseNo}) as told`;
