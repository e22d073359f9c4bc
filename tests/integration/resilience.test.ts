/**
 * What an operator may break, and what a case must not notice. Worker, API, Temporal and Postgres are processes of their own
 * here and are killed outright; the cases run over HTTP as everybody's do.
 *
 * Promised exactly once: events, acts, clocks that run out. Promised at least once: a mail that was under way when its sender
 * was killed; it goes out again under the same Message-ID, by which mailboxes know it.
 */
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Db, openDb } from '../../db/client.ts';
import { shanghaiDay } from '../../domain/time/day.ts';
import { readCalendarFiles } from '../../rules/calendar-source.ts';
import { childEnv, projectRoot } from '../../temporal-config/env.ts';
import { freePorts } from '../../temporal-config/ports.ts';
import { becomesTrue, tsxFlags } from '../../temporal-config/processes.ts';
import { approveCalendar } from '../support/approve-calendar.ts';
import { type Answer, createCaller, eventually, type Live, type Part, startLive } from '../support/live.ts';
import {
  checkRecord,
  closing,
  LiveCase,
  type Move,
  mediated,
  opening,
  payment,
  readModel,
  registration,
  settlement,
  today,
} from '../support/live-case.ts';
import { temporaryFolder } from '../support/servers.ts';
import { reviewPapers } from '../support/terms.ts';

/** Days of 24 hours: nothing runs out by itself. */
const CALM = '310116';
/** A day lasts one second. */
const FAST = '990000';

let live: Live;
let worker: Part;
let api: Part;
/** How often the process that sends mail was killed: so many mails may have come twice. */
let kills = 0;

beforeAll(async () => {
  live = await startLive();
  [worker, api] = await Promise.all([live.start('worker'), live.start('api')]);
  const twin = await LiveCase.register(live, CALM);
  await play(twin, story);
  await twin.reaches('followUp.ended');
  undisturbed = await readModel(twin);
}, 120_000);
afterAll(() => live?.stop(), 60_000);
afterEach(({ task }) => {
  if (task.result?.state === 'fail')
    for (const part of [worker, api]) console.error(part?.log().split('\n').slice(-12).join('\n'));
});

async function killWorker(): Promise<void> {
  kills += 1;
  await worker.kill('SIGKILL');
}
async function startWorker(): Promise<void> {
  worker = await live.start('worker');
}
async function startApi(): Promise<void> {
  api = await live.start('api');
}

/** Plays moves one after another, each until it is done. */
async function play(of: LiveCase, moves: Move[]): Promise<void> {
  for (const [act, body] of moves) await of.act(act, body);
}

/**
 * Sends an act to each case while their rows are held, so that every step stands in the middle of being written; `then` is
 * what happens at that moment. The rows are let go when it says so, and at the latest when it is over.
 */
async function amidst(
  cases: LiveCase[],
  send: () => Array<Promise<unknown>>,
  then: (rows: { release(): Promise<void> }) => Promise<void>,
): Promise<Array<Promise<unknown>>> {
  const connection = await live.db.reserve();
  let held = true;
  const release = async () => {
    if (held) await connection`commit`;
    held = false;
  };
  try {
    await connection`begin`;
    // As an update of the row does; the acts that refer to it can still be kept.
    await connection`
      select 1 from cases where case_no in ${connection(cases.map(({ caseNo }) => caseNo))} for no key update`;
    const sent = send();
    for (const one of sent) one.catch(() => undefined);
    await eventually('every step to wait for its row', async () => {
      const [row] = await live.db<Array<{ n: number }>>`
        select count(*)::int as n from pg_stat_activity where wait_event_type = 'Lock' and query like '%update cases set seq%'`;
      return row?.n === cases.length;
    });
    await then({ release });
    return sent;
  } finally {
    await release();
    connection.release();
  }
}

/** Keeps steps of cases from being written until `during` is over; `areHeld` says that a worker stands before each of them. */
async function holdSteps(
  steps: Array<[of: LiveCase, type: string]>,
  during: (areHeld: () => Promise<boolean>) => Promise<void>,
): Promise<void> {
  const held = steps.map(([{ caseNo }, type]) => `('${caseNo}', '${type}')`).join(', ');
  const gate = await live.db.reserve();
  try {
    await gate`select pg_advisory_lock(2022)`;
    await live.db.unsafe(`
      create function hold_step() returns trigger language plpgsql as $$
      begin
        if (new.case_no, new.type) in (${held}) then perform pg_advisory_xact_lock(2022); end if;
        return new;
      end $$;
      create trigger hold_step before insert on events for each row execute function hold_step()`);
    await during(async () => {
      const [row] = await live.db<Array<{ n: number }>>`
        select count(*)::int as n from pg_locks where locktype = 'advisory' and objid = 2022 and not granted`;
      return row?.n === steps.length;
    });
  } finally {
    await gate`select pg_advisory_unlock(2022)`;
    gate.release();
    await live.db.unsafe('drop trigger if exists hold_step on events; drop function if exists hold_step');
  }
}

/** Every mail that a case owes has gone out; a mail came twice only where its sender was killed while it was under way. */
async function checkMails(cases: LiveCase[]): Promise<void> {
  const numbers = cases.map(({ caseNo }) => caseNo);
  const sent = await eventually('the mails to go out', async () => {
    const rows = await live.db<Array<{ messageId: string; status: string }>>`
      select '<' || id || '@hejie>' as "messageId", status from notices
      where case_no in ${live.db(numbers)} and status <> 'noAddress'`;
    return rows.every(({ status }) => status === 'sent') && rows.map(({ messageId }) => messageId);
  });
  expect(sent.length).toBeGreaterThan(0);
  const caught = ((await live.servers.mail?.list()) ?? []).filter((mail) =>
    numbers.includes(mail.headers['x-hejie-case'] ?? ''),
  );
  expect(caught.map(({ messageId }) => messageId)).toEqual(expect.arrayContaining(sent));
  const extra = caught.reduce((sum, { deliveries }) => sum + deliveries - 1, 0);
  expect(extra).toBeLessThanOrEqual(kills);
}

/** A worker who comes into a case later. */
const joining = { joining: [{ name: '后来的劳动者', claims: [{ kind: 'pay', subject: 'wages', amount: 3000 }] }] };

const typesOf = (events: Array<{ type: string }>): string[] => events.map(({ type }) => type);

/** The story of a calm case from its registration to its end, as it is when nothing breaks. */
const story: Move[] = [...opening(5, 10), ...closing()];
let undisturbed: Record<string, unknown>;

describe('a worker that is killed', () => {
  it('while acts are being written leaves every case as if nothing had happened', async () => {
    // A talk, the act that ends a procedure, the payment that ends another, and the last act of all.
    const at = [2, 3, 6, 8];
    const cases = await Promise.all(at.map(() => LiveCase.register(live, CALM)));
    await Promise.all(cases.map((one, index) => play(one, story.slice(0, at[index]))));

    const acts = await amidst(
      cases,
      () => cases.map((one, index) => play(one, story.slice(at[index], (at[index] ?? 0) + 1))),
      async () => {
        await killWorker();
      },
    );
    await startWorker();
    await Promise.all(acts);
    await Promise.all(cases.map((one, index) => play(one, story.slice((at[index] ?? 0) + 1))));

    for (const one of cases) {
      await one.reaches('followUp.ended');
      await checkRecord(one);
      expect(await readModel(one)).toEqual(undisturbed);
    }
    await checkMails(cases);
  }, 90_000);

  it('after the record has an act and before the history has it does nothing twice', async () => {
    // Whichever comes first is caught at its very moment, the others a little before or after it.
    const at = [1, 3, 4, 6];
    const cases = await Promise.all(at.map(() => LiveCase.register(live, CALM)));
    await Promise.all(cases.map((one, index) => play(one, story.slice(0, at[index]))));
    const count = async () => (await Promise.all(cases.map((one) => one.events()))).flat().length;
    const before = await count();
    const acts = cases.map((one, index) => play(one, story.slice(at[index], (at[index] ?? 0) + 1)));
    await eventually('the first event', async () => (await count()) > before);
    await killWorker();
    await startWorker();
    await Promise.all(acts);
    await Promise.all(cases.map((one, index) => play(one, story.slice((at[index] ?? 0) + 1))));

    for (const one of cases) {
      await one.reaches('followUp.ended');
      await checkRecord(one);
      expect(await readModel(one)).toEqual(undisturbed);
    }
    await checkMails(cases);
  }, 120_000);

  it('MED-14 POL-01 in the middle of a consolidation, or of a joining, loses nobody and takes nobody in twice', async () => {
    const alone = () => LiveCase.register(live, CALM);
    const two = () => LiveCase.register(live, CALM, { workers: 2 });
    const [taking, from, ended, ending, joined] = await Promise.all([alone(), two(), alone(), two(), alone()]);
    const reason = '同一用人单位，一并处理';
    const acts: Array<Promise<unknown>> = [];
    // The parties are there and the event is not; the other case has them and this one has not ended; who joins is being written.
    const held: Array<[LiveCase, string]> = [
      [taking, 'case.tookIn'],
      [ending, 'case.consolidated'],
      [joined, 'case.workersJoined'],
    ];
    await holdSteps(held, async (areHeld) => {
      acts.push(
        from.act('case.consolidate', { into: taking.caseNo, reason }),
        ending.act('case.consolidate', { into: ended.caseNo, reason }),
        joined.act('case.joinWorkers', joining),
      );
      for (const one of acts) one.catch(() => undefined);
      await eventually('each to stand before its step', areHeld);
      await killWorker();
    });
    await startWorker();
    await Promise.all(acts);

    const whole = async (one: LiveCase, workers: number, event: string): Promise<void> => {
      const ids = Array.from({ length: workers }, (_, index) => `w${index + 1}`);
      expect(typesOf(await checkRecord(one)).filter((type) => type === event)).toHaveLength(1);
      const { body } = await live.get(`/v1/cases/${one.caseNo}`);
      expect(body.parties.map(({ id }: { id: string }) => id).sort()).toEqual(['r1', ...ids]);
      expect(body.claims.map(({ worker, amount }: Record<string, unknown>) => [worker, amount])).toEqual(
        ids.map((id) => [id, 3000]),
      );
      // It goes on with all of them, to the money.
      await play(one, [...opening(5, 10).slice(0, 3), ['negotiation.settle', settlement(5, 10, ids)], ...closing()]);
      await one.reaches('followUp.ended');
      const paid = (await checkRecord(one)).filter(({ type }) => type === 'settlementPerformance.paymentRecorded');
      expect(paid.map(({ detail }) => detail.amountFen)).toEqual([100_000, 200_000]);
    };
    await Promise.all([
      whole(taking, 3, 'case.tookIn'),
      whole(ended, 3, 'case.tookIn'),
      whole(joined, 2, 'case.workersJoined'),
    ]);
    for (const [one, into] of [
      [from, taking],
      [ending, ended],
    ] as const) {
      await one.reaches('negotiation.ended');
      expect(typesOf(await checkRecord(one)).filter((type) => type === 'case.consolidated')).toHaveLength(1);
      const { body } = await live.get(`/v1/cases/${one.caseNo}`);
      expect(body).toMatchObject({ stage: 'closed', outcome: 'merged', mergedInto: into.caseNo });
    }
    await checkMails([taking, from, ended, ending, joined]);
  }, 90_000);

  it('one of two on the same queue is not missed', async () => {
    const second = await live.start('worker');
    const cases = await Promise.all([0, 1, 2, 3].map(() => LiveCase.register(live, CALM)));
    const played = cases.map((one) => play(one, story));
    await eventually('cases under way', async () => {
      const events = await Promise.all(cases.map((one) => one.events()));
      return events.flat().length > 20;
    });
    await killWorker();
    await Promise.all(played);
    for (const one of cases) {
      await one.reaches('followUp.ended');
      await checkRecord(one);
      expect(await readModel(one)).toEqual(undisturbed);
    }
    worker = second;
    await checkMails(cases);
  }, 90_000);
});

describe('an API that is killed', () => {
  it('in the middle of an act leaves it done once, and the next one answers the same key', async () => {
    const one = await LiveCase.register(live, CALM);
    await play(one, story.slice(0, 2));
    const [act, body] = story[2] as Move;
    const key = randomUUID();
    const [cut] = await amidst(
      [one],
      () => [one.send(act, body, key)],
      () => api.kill(),
    );
    expect(await cut).toMatchObject({ status: 0 });
    await startApi();
    const { body: answer } = await one.act(act, body, key);
    expect(typesOf(await checkRecord(one)).filter((type) => type === 'negotiation.sessionHeld')).toHaveLength(1);
    await one.act(act, body, key);
    await play(one, story.slice(3));
    await one.reaches('followUp.ended');
    expect(await readModel(one)).toEqual(undisturbed);
    expect(answer.result.seq).toBe(6);
  }, 60_000);
});

describe('acts without pause', () => {
  it('across the ends of two procedures are each done once or refused once', async () => {
    const one = await LiveCase.register(live, CALM);
    await play(one, story.slice(0, 3));
    const sends: Move[] = Array.from({ length: 50 }, (_, index): Move[] => [
      ['negotiation.recordSession', { heldOn: today(), channel: 'talk' }],
      ...(index === 10 ? [['negotiation.settle', settlement(5, 10)] as Move] : []),
      ['settlementPerformance.urge', { instalment: 'o1.2' }],
      ...(index > 14 ? [payment('o1.1', 50), payment('o1.2', 100)] : []),
      ['followUp.recordVisit', { visitedOn: today() }],
    ]).flat();
    const answers: Array<{ act: string; key: string; status: number }> = [];
    let next = 0;
    const lane = async () => {
      for (let move = sends[next++]; move !== undefined; move = sends[next++]) {
        const key = randomUUID();
        const { status } = await one.send(...move, key);
        answers.push({ act: move[0], key, status });
      }
    };
    await Promise.all(Array.from({ length: 20 }, lane));

    const done = answers.filter(({ status }) => status === 200);
    const refused = answers.filter(({ status }) => status === 409);
    expect(done.length + refused.length).toBe(sends.length);
    expect(done.length).toBeGreaterThan(50);
    expect(refused.length).toBeGreaterThan(50);
    const kept = await live.db<Array<{ key: string; actId: string }>>`
      select idempotency_key as key, act_id as "actId" from acts where case_no = ${one.caseNo} and act <> 'intake.register'`;
    const acts = new Map(kept.map(({ key, actId }) => [key, actId]));
    const events = await checkRecord(one);
    const written = events.flatMap(({ actId }) => (actId === null ? [] : [actId]));
    for (const { act, key } of done)
      expect(
        written.filter((actId) => actId === acts.get(key)),
        act,
      ).toHaveLength(1);
    // A refused act leaves nothing, and nothing is in the record that was not answered: three acts and the registration came before.
    expect(refused.filter(({ key }) => acts.has(key))).toEqual([]);
    expect(written).toHaveLength(done.length + 4);
    expect(typesOf(events)).toContain('followUp.visited');
  }, 60_000);

  it('wait for the next procedure while the one before is being closed, and are refused when it is over', async () => {
    const one = await LiveCase.register(live, CALM);
    await play(one, story.slice(0, 3));
    const answers: Array<Promise<Answer>> = [];
    await holdSteps([[one, 'negotiation.ended']], async (isHeld) => {
      // The settlement is answered while the end of the negotiation still stands to be written.
      await play(one, story.slice(3, 4));
      expect(await isHeld()).toBe(true);
      answers.push(one.send(...payment('o1.1', 1000)), one.send(...(story[2] as Move)));
      await eventually('both to be kept', async () => {
        const [row] = await live.db<Array<{ n: number }>>`
          select count(*)::int as n from acts where case_no = ${one.caseNo} and status = 'pending'`;
        return row?.n === 2;
      });
      // Long enough for the engine to hand them to the run that is ending, which knows the one no more and the other not yet.
      const tasks = async () => {
        const { events } = await live.temporal.workflow.getHandle(`case-${one.caseNo}`).fetchHistory();
        return events?.filter((event) => event.workflowTaskCompletedEventAttributes).length ?? 0;
      };
      const before = await tasks();
      await eventually('the engine to look at them', async () => (await tasks()) > before);
    });
    const [paid, session] = await Promise.all(answers);
    expect(paid?.status).toBe(200);
    expect(session).toMatchObject({ status: 409, body: { code: 'act-not-open' } });
    await play(one, closing().slice(1));
    await one.reaches('followUp.ended');
    expect(await readModel(one)).toEqual(undisturbed);
  }, 60_000);
});

/** Kills a server outright, and waits until its keeper has seen it, who would else take it for running. */
async function killServer(name: 'temporal' | 'postgres'): Promise<void> {
  process.kill(live.servers.pids()[name] ?? 0, 'SIGKILL');
  expect(await becomesTrue(() => live.servers.pids()[name] === undefined, 5_000)).toBe(true);
}

/** A power cut: everything of ours and Temporal with it, while the acts given stand in the record and not yet in any history. */
async function powerCut(cases: LiveCase[], send: () => Array<Promise<unknown>>, meanwhile: () => void): Promise<void> {
  const temporal = live.servers.pids().temporal ?? 0;
  await amidst(cases, send, async ({ release }) => {
    // Nothing gets into a history any more; what the workers hold gets into the record.
    process.kill(temporal, 'SIGSTOP');
    const before = (await Promise.all(cases.map((one) => one.events()))).map((events) => events.length);
    meanwhile();
    await release();
    for (const [index, one] of cases.entries())
      await eventually('the event', async () => (await one.events()).length > (before[index] ?? 0));
    await Promise.all([killWorker(), api.kill()]);
    await killServer('temporal');
  });
}

describe('a power cut after the record has an act and before any history has it', () => {
  it('ends with record and history agreeing: each act is done, or said not to count', async () => {
    const [paid, talk, group, reviewed, silent, joined] = await Promise.all([
      LiveCase.register(live, CALM),
      LiveCase.register(live, CALM),
      LiveCase.register(live, CALM, { workers: 2 }),
      LiveCase.register(live, CALM, { route: 'mediation' }),
      LiveCase.register(live, FAST),
      LiveCase.register(live, CALM),
    ]);
    await Promise.all([
      play(paid, story.slice(0, 4)),
      play(talk, story.slice(0, 2)),
      play(group, story.slice(0, 3)),
      play(joined, story.slice(0, 3)),
      play(reviewed, mediated()),
    ]);
    await reviewed.reaches('agreementPerformance.opened');
    await play(silent, story.slice(0, 1));
    const all = [paid, talk, group, reviewed, silent, joined];
    const key = randomUUID();
    const registered = randomUUID();

    await powerCut(
      all,
      () => [
        paid.send(...payment('o1.1', 1000), key),
        talk.send(...(story[2] as Move)),
        group.send('negotiation.settle', settlement(5, 10, ['w1'])),
        reviewed.send('arbitrationReview.applyJointly', {
          appliedOn: today(),
          agreedBy: ['w1', 'r1'],
          ...reviewPapers,
        }),
        silent.send('negotiation.respond', { willing: true, form: 'oral', party: 'r1' }),
        joined.send('case.joinWorkers', joining),
      ],
      () => void live.post('/v1/cases', registration(CALM), { key: registered }),
    );
    await eventually('the registration to be kept', async () => {
      const [row] = await live.db`select 1 from acts where idempotency_key = ${registered}`;
      return row !== undefined;
    });
    expect(typesOf(await silent.events()).at(-1)).toBe('negotiation.responded');

    // The answer's last moment passes before anybody is there again.
    await live.servers.startTemporal();
    await startWorker();
    await silent.reaches('mediation.opened');
    await startApi();
    // The same money again, by another hand, before the lost act comes again.
    await play(paid, [payment('o1.1', 1000)]);
    // And the settlement without the one who was about to join.
    await play(joined, story.slice(3, 4));

    await eventually('nothing left unfinished', async () => {
      const [row] = await live.db<Array<{ n: number }>>`
        select count(*)::int as n from acts where act <> 'intake.register' and status <> 'done'`;
      return row?.n === 0;
    });

    // The clock ran out first: the answer is in the record and does not count.
    const silence = await silent.events();
    await checkRecord(silent);
    const answer = silence.find(({ type }) => type === 'negotiation.responded');
    expect(silence.filter(({ type }) => type === 'record.voided').map(({ detail }) => detail)).toMatchObject([
      { seq: answer?.seq, event: 'negotiation.responded' },
    ]);
    expect(silence.find(({ type }) => type === 'negotiation.ended')?.detail).toMatchObject({ outcome: 'noResponse' });

    // The other payment came first: the one of before is refused, its event voided, and the case stands as if it had not been.
    const payments = await paid.events();
    const [first, second] = payments.filter(({ type }) => type === 'settlementPerformance.paymentRecorded');
    expect(payments.filter(({ type }) => type === 'record.voided').map(({ detail }) => detail)).toMatchObject([
      { seq: first?.seq, actId: first?.actId, code: 'instalment-closed' },
    ]);
    expect((await checkRecord(paid)).filter(({ seq }) => seq === second?.seq)).toHaveLength(1);
    expect(await paid.send(...payment('o1.1', 1000), key)).toMatchObject({ body: { code: 'instalment-closed' } });
    const { body: view } = await live.get(`/v1/cases/${paid.caseNo}/procedures`);
    expect(view.items.at(-1)).toMatchObject({ procedure: 'settlementPerformance' });
    const { body: due } = await live.get(`/v1/cases/${paid.caseNo}/deadlines`);
    const open = due.items.filter(({ status }: { status: string }) => status === 'open');
    expect(open.map(({ subject }: { subject: string }) => subject)).toContain('o1.2');
    expect(open.map(({ subject }: { subject: string }) => subject)).not.toContain('o1.1');

    // Settled by then: who was about to join is not in the case, nor his claim.
    expect(typesOf(await joined.events()).filter((type) => /voided|workersJoined/.test(type))).toEqual([
      'case.workersJoined',
      'record.voided',
    ]);
    const { body: without } = await live.get(`/v1/cases/${joined.caseNo}`);
    expect(without.parties.map(({ id }: { id: string }) => id)).toEqual(['w1', 'r1']);
    expect(without.claims).toHaveLength(1);
    await play(joined, story.slice(4));
    await joined.reaches('followUp.ended');
    await checkRecord(joined);

    // Nobody came in between: the same event stands.
    expect(typesOf(await checkRecord(talk)).filter((type) => type === 'negotiation.sessionHeld')).toHaveLength(1);
    expect(typesOf(await talk.events())).not.toContain('record.voided');
    await play(talk, story.slice(3));
    await talk.reaches('followUp.ended');
    expect(await readModel(talk)).toEqual(undisturbed);

    // One linked case, which goes on.
    const linked = await live.db<Array<{ caseNo: string }>>`
      select case_no as "caseNo" from cases where split_from = ${group.caseNo}`;
    expect(linked).toHaveLength(1);
    const other = new LiveCase(live, linked[0]?.caseNo ?? '');
    await other.reaches('case.split');
    await play(other, [['negotiation.recordSession', { heldOn: today(), channel: 'phone' }]]);
    await checkRecord(other);
    await checkRecord(group);
    await group.reaches('settlementPerformance.opened');

    // One procedure beside, open for its own acts.
    await play(reviewed, [['arbitrationReview.accept', { acceptedOn: today() }]]);
    expect(typesOf(await checkRecord(reviewed)).filter((type) => type === 'arbitrationReview.opened')).toHaveLength(1);

    // The registration that broke off is a case like any other, and the same one for who comes again.
    const again = await live.post('/v1/cases', registration(CALM), { key: registered });
    expect(again.status).toBe(201);
    const late = new LiveCase(live, again.body.id);
    await late.reaches('negotiation.opened');
    await play(late, story);
    await late.reaches('followUp.ended');
    expect(await readModel(late)).toEqual(undisturbed);
    await checkMails([talk, late, other]);
  }, 180_000);
});

/** A case of fast days whose first instalment is due so many seconds from now and will not be paid. */
async function unpaid(dueIn: number): Promise<LiveCase> {
  const one = await LiveCase.register(live, FAST);
  await one.settle(dueIn, 60);
  return one;
}

/** The day missed is in the record once, and led on once. */
async function checkOverdue(one: LiveCase): Promise<void> {
  await one.reaches('mediation.opened', 45);
  const events = await checkRecord(one);
  const ranOut = events.filter(
    ({ type, detail }) => type === 'deadline.ranOut' && String(detail.key).includes('#o1.1'),
  );
  expect(ranOut.map(({ detail }) => detail.deadlineId)).toEqual([
    'settlementPerformance.instalment',
    'settlementPerformance.grace',
  ]);
  const ends = events.filter(({ type }) => type === 'settlementPerformance.ended');
  expect(ends.map(({ detail }) => detail)).toMatchObject([{ outcome: 'overdue', next: 'mediation' }]);
  expect(typesOf(events).filter((type) => type === 'mediation.opened')).toHaveLength(1);
}

/** Plays calm cases to their end while something breaks and comes back, and lets a day be missed meanwhile. */
async function throughOutage(breakDown: () => Promise<unknown>, comeBack: () => Promise<unknown>): Promise<void> {
  const cases = await Promise.all([0, 1, 2].map(() => LiveCase.register(live, CALM)));
  const missed = await unpaid(2);
  const missedAt = Date.now() + 2_000;
  const played = cases.map((one) => play(one, story));
  await eventually('cases under way', async () =>
    (await cases[0]?.events())?.some(({ type }) => type === 'negotiation.responded'),
  );
  await breakDown();
  await eventually('the day to be missed', async () => Date.now() > missedAt);
  await comeBack();
  await Promise.all(played);
  for (const one of cases) {
    await one.reaches('followUp.ended');
    await checkRecord(one);
    expect(await readModel(one)).toEqual(undisturbed);
  }
  await checkOverdue(missed);
  await checkMails([...cases, missed]);
}

describe('a server that goes and comes back', () => {
  it(
    'loses and doubles nothing: Temporal stopped',
    () =>
      throughOutage(
        () => live.servers.stopTemporal(),
        () => live.servers.startTemporal(),
      ),
    120_000,
  );

  it(
    'loses and doubles nothing: Temporal killed',
    () =>
      throughOutage(
        () => killServer('temporal'),
        () => live.servers.startTemporal(),
      ),
    120_000,
  );

  it(
    'loses and doubles nothing: Postgres stopped for five seconds',
    () =>
      throughOutage(
        () => live.servers.stopPostgres(),
        async () => {
          const since = Date.now();
          await eventually('five seconds', async () => Date.now() - since > 5_000);
          await live.servers.startPostgres();
        },
      ),
    120_000,
  );

  it(
    'loses and doubles nothing: Postgres killed',
    () =>
      throughOutage(
        () => killServer('postgres'),
        () => live.servers.startPostgres(),
      ),
    120_000,
  );
});

describe('a step that cannot be written, for a reason that is no outage', () => {
  it('holds its case, says so in the log by the case, leaves the others alone, and goes on once it is mended', async () => {
    const [poisoned, other] = await Promise.all([LiveCase.register(live, CALM), LiveCase.register(live, CALM)]);
    await play(poisoned, story.slice(0, 2));
    // As a rule of the database would that a release got wrong.
    await live.db.unsafe(`
      create function refuse_session() returns trigger language plpgsql as $$
      begin
        if new.case_no = '${poisoned.caseNo}' and new.type = 'negotiation.sessionHeld' then raise exception 'not so'; end if;
        return new;
      end $$;
      create trigger refuse_session before insert on events for each row execute function refuse_session()`);
    const key = randomUUID();
    const [act, body] = story[2] as Move;
    const answer = poisoned.send(act, body, key);
    await play(other, story);
    await other.reaches('followUp.ended');
    expect(await readModel(other)).toEqual(undisturbed);
    const failures = worker
      .log()
      .split('\n')
      .filter((line) => line.includes('Activity failed'));
    expect(failures.some((line) => line.includes(`"workflowId":"case-${poisoned.caseNo}"`))).toBe(true);
    expect(failures.filter((line) => line.includes(`case-${other.caseNo}`))).toEqual([]);
    const { status } = await live.temporal.workflow.getHandle(`case-${poisoned.caseNo}`).describe();
    expect(status.name).toBe('RUNNING');

    // A worker that has such a step on its hands can be stopped all the same.
    const [{ status: told }] = await Promise.all([answer, worker.kill('SIGTERM')]);
    expect(told).toBe(503);
    await live.db.unsafe('drop trigger refuse_session on events; drop function refuse_session');
    await startWorker();
    await poisoned.act(act, body, key);
    await play(poisoned, story.slice(3));
    await poisoned.reaches('followUp.ended');
    await checkRecord(poisoned);
    expect(await readModel(poisoned)).toEqual(undisturbed);
  }, 90_000);
});

describe('a calendar loaded while cases pass from one procedure to the next', () => {
  it('reaches every one of them, in the procedure it left or in the one it came to', async () => {
    const cases = await Promise.all(Array.from({ length: 5 }, () => LiveCase.register(live, CALM)));
    await Promise.all(cases.map((one) => play(one, story.slice(0, 3))));
    const [held, ...racing] = cases;
    if (!held) throw new Error('no case');
    const last = shanghaiDay(new Date(Date.now() + 10 * 86_400_000).toISOString());
    const year = Number(last.slice(0, 4));
    const { years } = await readCalendarFiles();
    const published = years.find((one) => one.year === year);
    if (!published) throw new Error(`no notice for ${year}`);
    // The last day of the second instalment becomes a day off, and the day after it too.
    const off = [last, shanghaiDay(new Date(Date.now() + 11 * 86_400_000).toISOString())];
    const changed = {
      ...published,
      notice: `${published.notice} 更正`,
      daysOff: [
        ...published.daysOff.filter(({ on }) => !off.includes(on)),
        ...off.map((on) => ({ on, name: { zh: '停工日', en: 'Closed' } })),
      ].sort((one, two) => one.on.localeCompare(two.on)),
      workdays: published.workdays.filter(({ on }) => !off.includes(on)),
    };
    // One stands at the first step of the next procedure, its dates computed by the old calendar and not written yet.
    const settled = [play(held, story.slice(3, 4))];
    await holdSteps([[held, 'settlementPerformance.opened']], async (isHeld) => {
      await eventually('the step to be held', isHeld);
      settled.push(...racing.map((one) => play(one, story.slice(3, 4))));
      await eventually('the first of the others to end', async () => {
        const events = await Promise.all(racing.map((one) => one.events()));
        return events.flat().some(({ type }) => type === 'negotiation.settled');
      });
      const loaded = await approveCalendar(
        (as, path, body) => live.post(path, body, { role: 'administrator', as }),
        changed,
      );
      expect(loaded).toMatchObject({ status: 200, body: { standing: 'inForce', subject: String(year) } });
      await eventually('the one that is held to be told', async () => {
        const { events } = await live.temporal.workflow.getHandle(`case-${held.caseNo}`).fetchHistory();
        const told = events?.findIndex((event) => event.workflowExecutionSignaledEventAttributes) ?? -1;
        return told >= 0 && events?.slice(told).some((event) => event.workflowTaskStartedEventAttributes);
      });
    });
    await Promise.all(settled);

    for (const one of cases) {
      await one.reaches('settlementPerformance.opened');
      const due = await eventually(`the new day of ${one.caseNo}`, async () => {
        const { body } = await live.get(`/v1/cases/${one.caseNo}/deadlines`);
        const clock = body.items.find(({ subject }: { subject: string }) => subject === 'o1.2');
        return clock?.dueOn > last && String(clock.dueOn);
      });
      expect(off).not.toContain(due);
      await checkRecord(one);
      const told = (await one.events()).filter(({ type }) => type === 'calendar.loaded');
      expect(told.length).toBeLessThanOrEqual(2);
      await play(one, closing());
      await one.reaches('followUp.ended');
    }
    await checkMails(cases);
  }, 90_000);
});

describe('the whole of it, stopped by Ctrl-C and started again', () => {
  it('goes on with every open case, and what came due meanwhile happens once', async () => {
    const dataDir = await temporaryFolder();
    const ports = await freePorts(['api', 'temporal', 'temporalUi', 'postgres', 'smtp']);
    const env = childEnv({
      HEJIE_DATA_DIR: dataDir,
      API_PORT: String(ports.api),
      TEMPORAL_PORT: String(ports.temporal),
      TEMPORAL_UI_PORT: String(ports.temporalUi),
      POSTGRES_PORT: String(ports.postgres),
      SMTP_PORT: String(ports.smtp),
    });
    const start = async () => {
      const since = Date.now();
      const child = spawn(process.execPath, [...tsxFlags(), 'scripts/start.ts'], {
        cwd: projectRoot,
        env,
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const ended = once(child, 'exit');
      const lines: string[] = [];
      createInterface({ input: child.stdout }).on('line', (line) => lines.push(line));
      await eventually(
        'it to be ready',
        async () => {
          if (child.exitCode !== null) throw new Error(lines.join('\n'));
          return lines.some((line) => line.includes('已就绪'));
        },
        90,
      );
      return {
        seconds: (Date.now() - since) / 1000,
        async stop() {
          child.kill('SIGINT');
          const [code] = await ended;
          return code;
        },
      };
    };
    let db: Db | undefined;
    let running = await start();
    try {
      const password = (await readFile(join(dataDir, 'postgres.password'), 'utf8')).trim();
      const url = `postgres://hejie:${password}@127.0.0.1:${ports.postgres}/hejie`;
      db = openDb(url, { max: 2 });
      const hands = { ...(await createCaller(dataDir, ports.api)), db };
      const [missed, calm] = await Promise.all([LiveCase.register(hands, FAST), LiveCase.register(hands, CALM)]);
      await play(calm, story.slice(0, 3));
      await missed.settle(3, 60);
      const due = Date.now() + 3_000;
      await db.end({ timeout: 1 });
      expect(await running.stop()).toBe(0);

      await eventually('the day to be missed', async () => Date.now() > due);
      running = await start();
      console.info(`started again in ${running.seconds.toFixed(1)} s`);
      db = openDb(url, { max: 2 });
      const [later, still] = [missed, calm].map(({ caseNo }) => new LiveCase({ ...hands, db: db as Db }, caseNo));
      if (!later || !still) throw new Error('no cases');
      await checkOverdue(later);
      await play(still, story.slice(3));
      await still.reaches('followUp.ended');
      await checkRecord(still);
      expect(await readModel(still)).toEqual(undisturbed);
    } finally {
      await db?.end({ timeout: 1 });
      expect(await running.stop()).toBe(0);
      await rm(dataDir, { recursive: true, force: true });
    }
  }, 150_000);
});
