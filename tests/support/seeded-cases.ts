/** Cases written straight into the record, as their workflows would have left it: for what only reads. */
import { type Db, json } from '../../db/client.ts';
import { addDays } from '../../domain/time/day.ts';

/** A procedure of the chain: how it ended after so many days, or that it is under way. */
interface SeededRun {
  procedure: string;
  days: number;
  outcome?: string;
  next?: string;
  /** Fields of its state. */
  state?: Record<string, unknown>;
  /** Clocks that ran out in it because nobody acted. */
  silences?: string[];
  /** Deadlines of the run, by the part of their key after it. */
  deadlines?: Record<string, string>;
}

export interface SeededCase {
  caseNo: string;
  /** The day of its registration. */
  on: string;
  runs: SeededRun[];
  organisation?: string;
  splitFrom?: string;
  workers?: number;
}

const at = (on: string) => `${on}T04:00:00.000Z`;

/** Writes one case with its runs one after the other, in the order given. */
export async function seedCase(db: Db, { caseNo, on, runs, organisation, splitFrom, workers = 1 }: SeededCase) {
  const last = runs.at(-1);
  const organised = organisation === undefined ? {} : { organisation: { kind: organisation } };
  await db`
    insert into cases ${db({
      ...{ case_no: caseNo, region: caseNo.slice(0, 6), channel: 'window', split_from: splitFrom ?? null },
      ...{ stage: last?.next === 'closed' ? 'closed' : (last?.procedure ?? 'registering') },
      ...{ outcome: last?.outcome ?? null, run: last === undefined ? null : String(runs.length) },
      ...{ seq: 0, intake: json(db, { registeredOn: on }), created_at: at(on) },
    })}`;
  const people = Array.from({ length: workers }, (_, index) => [
    `w${index + 1}`,
    'applicant',
    'worker',
    `测试工人${index}`,
  ]);
  const parties = [...people, ['r1', 'respondent', 'employer', '=测试"甲",公司']];
  await db`
    insert into parties ${db(
      parties.map(([party_id = '', side = '', kind = '', name = '']) => ({
        ...{ case_no: caseNo, party_id, side, kind, name },
      })),
    )}`;
  await db`
    insert into claims ${db({
      ...{ case_no: caseNo, claim_id: 'c1', worker: 'w1', kind: 'pay', subject: 'wages', amount_fen: 1_200_050 },
    })}`;
  let day = on;
  let seq = 0;
  for (const [index, run] of runs.entries()) {
    const opened = day;
    day = addDays(day, run.days);
    const number = String(index + 1);
    await db`
      insert into procedures ${db({
        ...{ case_no: caseNo, run: number, workflow_id: `case-${caseNo}`, procedure: run.procedure },
        ...{
          opened_at: at(opened),
          ended_at: run.outcome === undefined ? null : at(day),
          outcome: run.outcome ?? null,
        },
        ...{ next: run.next ?? runs[index + 1]?.procedure ?? null, view_step: index },
        view: json(db, { procedure: run.procedure, case: { caseNo, ...organised }, ...run.state }),
      })}`;
    for (const [key, dueOn] of Object.entries(run.deadlines ?? {}))
      await db`
        insert into deadlines ${db({
          ...{ case_no: caseNo, key: `${number}:${key}`, workflow_id: `case-${caseNo}`, status: 'closed' },
          ...{
            deadline_id: key.split('#')[0] ?? key,
            legal_ref: 'L5',
            source: '',
            title_zh: '',
            title_en: '',
            subject: null,
          },
          ...{ purpose: 'enforcing', anchor: '', anchor_on: opened, amount: 1, unit: 'calendarDays', due_on: dueOn },
          ...{
            extensions: json(db, []),
            due_at: at(dueOn),
            provisional: false,
            calendar_version: '',
            rule_release: '',
          },
          ...{ basis: 'statute', explanation: json(db, []) },
        })}`;
    for (const deadlineId of run.silences ?? []) {
      seq += 1;
      const step = { workflow_id: `case-${caseNo}`, dedup: `due:${number}:${deadlineId}`, case_no: caseNo, seq };
      await db`
        insert into events ${db({
          ...{ ...step, type: 'deadline.ranOut', procedure: run.procedure, at: at(day), title_zh: '', title_en: '' },
          ...{ legal_ref: 'L5', source: '', actor_id: 'system', actor_role: 'system' },
          ...{ detail: json(db, { deadlineId }), result: json(db, { seq, clocks: [] }) },
        })}`;
      await db`insert into steps ${db({ ...step, chain: 'c', run: number, step: seq, at: at(day) })}`;
      await db`
        insert into decisions ${db({
          ...{
            case_no: caseNo,
            seq,
            number: 0,
            point: 'silence.default',
            facts: json(db, {}),
            release: '',
            sha256: '',
          },
          ...{ outcome: json(db, {}), matched: json(db, []) },
        })}`;
    }
  }
  await db`update cases set seq = ${seq} where case_no = ${caseNo}`;
}

const routed: SeededRun = { procedure: 'intake', days: 0, outcome: 'routed' };
const followUp: SeededRun = { procedure: 'followUp', days: 20, outcome: 'archived', next: 'closed' };
const mediated = (acceptedOn: string): SeededRun => ({
  ...{ procedure: 'mediation', days: 12, outcome: 'agreement', state: { acceptedOn } },
});
const paid = (procedure: string, paidOn: string, dueOn: string): SeededRun => ({
  ...{ procedure, days: 30, outcome: 'performed' },
  state: {
    items: [{ id: 'o1.1', form: 'money', status: 'done' }],
    payments: [{ id: 'p1', item: 'o1.1', paidOn, status: 'confirmed', evidence: true }],
  },
  deadlines: { [`${procedure}.instalment#o1.1`]: dueOn },
});

/** Ways that cases go, by how they end; each begins on a day. */
export const stories: Record<string, (on: string) => Pick<SeededCase, 'runs' | 'organisation'>> = {
  settled: (on) => ({
    runs: [
      ...[routed, { procedure: 'negotiation', days: 8, outcome: 'settled' }],
      ...[paid('settlementPerformance', addDays(on, 20), addDays(on, 30)), followUp],
    ],
  }),
  mediatedLate: (on) => ({
    organisation: 'townshipStreet',
    runs: [
      ...[routed, { procedure: 'negotiation', days: 5, outcome: 'noResponse', silences: ['negotiation.response'] }],
      ...[mediated(addDays(on, 7)), paid('agreementPerformance', addDays(on, 40), addDays(on, 30))],
      { ...followUp, silences: ['followUp.visit', 'followUp.archive'] },
    ],
  }),
  courtMediated: (on) => ({
    organisation: 'arbitrationCourtCentre',
    runs: [
      routed,
      { procedure: 'preLitigationMediation', days: 20, outcome: 'agreement', state: { takenOn: addDays(on, 2) } },
      ...[paid('agreementPerformance', addDays(on, 25), addDays(on, 30)), { procedure: 'followUp', days: 1 }],
    ],
  }),
  broken: (on) => ({
    organisation: 'townshipStreet',
    runs: [
      ...[routed, mediated(addDays(on, 3)), { procedure: 'agreementPerformance', days: 31, outcome: 'breached' }],
      followUp,
    ],
  }),
  failed: (on) => ({
    organisation: 'peopleMediation',
    runs: [
      routed,
      { procedure: 'mediation', days: 15, outcome: 'failed', state: { acceptedOn: addDays(on, 1) } },
      followUp,
    ],
  }),
  declined: () => ({
    organisation: 'peopleMediation',
    runs: [routed, { procedure: 'mediation', days: 4, outcome: 'declined' }, followUp],
  }),
  withdrawn: () => ({ runs: [routed, { procedure: 'negotiation', days: 3, outcome: 'withdrawn' }, followUp] }),
  refused: () => ({ runs: [{ procedure: 'intake', days: 0, outcome: 'notAdmissible', next: 'closed' }] }),
  transferred: () => ({
    runs: [routed, { procedure: 'negotiation', days: 3, outcome: 'transferred', next: 'closed' }],
  }),
  merged: () => ({ runs: [routed, { procedure: 'negotiation', days: 3, outcome: 'merged', next: 'closed' }] }),
  underWay: () => ({ runs: [routed, { procedure: 'negotiation', days: 0 }] }),
  /** Settled and performed, then found unpaid at the visit, and mediated without agreement. */
  reopened: (on) => ({
    organisation: 'townshipStreet',
    runs: [
      ...[routed, { procedure: 'negotiation', days: 8, outcome: 'settled' }],
      paid('settlementPerformance', addDays(on, 20), addDays(on, 30)),
      { procedure: 'followUp', days: 5, outcome: 'reopened' },
      ...[{ procedure: 'mediation', days: 15, outcome: 'expired', silences: ['mediation.conclusion'] }, followUp],
    ],
  }),
  /** Reopened and under way again: it has no end now. */
  reopenedNow: (on) => ({
    runs: [
      ...[routed, { procedure: 'negotiation', days: 8, outcome: 'settled' }],
      paid('settlementPerformance', addDays(on, 20), addDays(on, 30)),
      ...[
        { procedure: 'followUp', days: 5, outcome: 'reopened' },
        { procedure: 'mediation', days: 0 },
      ],
    ],
  }),
  paidByOrder: (on) => ({
    organisation: 'townshipStreet',
    runs: [
      ...[routed, mediated(addDays(on, 3)), { procedure: 'agreementPerformance', days: 31, outcome: 'breached' }],
      ...[{ procedure: 'paymentOrder', days: 40, outcome: 'paid' }, followUp],
    ],
  }),
};
