import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { Server } from 'node:http';
import { serve } from '@hono/node-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CourtResultType } from '../../contracts/docking.ts';
import type { ErrorCode } from '../../contracts/errors.ts';
import { eventually } from '../support/app.ts';
import { CourtSimulator } from '../support/court-simulator.ts';
import { paperSays } from './paper.ts';
import {
  atStage,
  besideOpen,
  done,
  find,
  hejie,
  mediator,
  nothingChanges,
  personal,
  registration,
  scanned,
  terms,
  today,
} from './stage.ts';

let server: Server;
let court: CourtSimulator;

beforeAll(async () => {
  server = serve({ fetch: hejie().app.fetch, port: 0, hostname: '127.0.0.1' }) as Server;
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  const [shanghai] = hejie().deps.courts;
  if (!shanghai) throw new Error('no court to dock with');
  court = new CourtSimulator(shanghai, `http://127.0.0.1:${port}`);
});
afterAll(async () => {
  await court.goDown();
  server.close();
});

let number = 0;
const delegation = (more: Record<string, unknown> = {}) =>
  registration({
    facts: { relation: 'service' },
    referral: { by: 'court', kind: 'delegated', receivedOn: today(), ref: `SQT-${++number}`, online: true },
    ...more,
  });

/** A court sends a case; its number here. */
async function delegated(sent = delegation()): Promise<string> {
  const answer = await court.send('delegations', sent);
  expect(answer.status).toBe(201);
  const { case: caseNo } = (await answer.json()) as { case: string };
  await atStage(caseNo, 'preLitigationMediation');
  return caseNo;
}

const told = (caseNo: string) => court.heard.filter((one) => one.case === caseNo).map(({ type }) => type);
const heard = (caseNo: string, type: string) =>
  eventually(`the court hearing ${type}`, async () => told(caseNo).includes(type), 30);

async function expectCode(answer: Response, status: number, code: ErrorCode): Promise<void> {
  const body = (await answer.json()) as { code: string };
  hejie().sawProblem(body.code);
  expect({ status: answer.status, code: body.code }).toEqual({ status, code });
}

describe('docking with a court', () => {
  it('CRT-01 CRT-06 CRT-10 POL-07: a court delegates over its own system, is down and comes back, and hears everything in order', async () => {
    const caseNo = await delegated();
    const found = await find(caseNo);
    expect(found).toMatchObject({ scope: 'civil', channel: 'court', parties: [{ name: personal.worker }, {}] });
    await done(mediator, caseNo, 'preLitigationMediation.declineTaking', { ground: 'noCapacity', reason: '人手不足' });
    await done(mediator, caseNo, 'preLitigationMediation.take', { takenOn: today() });
    await done(mediator, caseNo, 'preLitigationMediation.invite', { invitedOn: today() });
    await done(mediator, caseNo, 'preLitigationMediation.returnToCourt', { ground: 'notSuitable', reason: '须鉴定' });
    await atStage(caseNo, 'followUp');
    // The court was down all the while; nothing is lost.
    expect(told(caseNo)).toEqual([]);
    const waiting = await hejie().db`select status from docking_reports where case_no = ${caseNo}`;
    expect(waiting.map(({ status }) => status)).toEqual(['queued', 'queued', 'queued']);
    await court.comeUp();
    await hejie().db`update docking_reports set next_attempt_at = now()`;
    await heard(caseNo, 'returned');
    expect(told(caseNo)).toEqual(['declined', 'taken', 'returned']);
    const last = court.heard.at(-1)?.body;
    expect(last).toMatchObject({ ref: `SQT-${number}`, case: caseNo, detail: { next: 'followUp' } });
    for (const words of [personal.worker, personal.employer, '须鉴定'])
      expect(JSON.stringify(court.heard)).not.toContain(words);

    const filed = await court.send('results', { case: caseNo, type: 'filed', input: { filedOn: today() } });
    expect(filed.status).toBe(200);
    const { deadlines } = await find(caseNo);
    expect(deadlines.map(({ id }: { id: string }) => id)).not.toContain('followUp.filing');
  });

  it('CRT-04 JC-02 NEG-08: the agreement made for the court is told to it, without what was conceded', async () => {
    const caseNo = await delegated();
    const mediation = (name: string, body: unknown) => done(mediator, caseNo, `preLitigationMediation.${name}`, body);
    await mediation('take', { takenOn: today() });
    await mediation('consent', { party: 'r1', willing: true });
    await mediation('chooseMediator', { mediatorId: 'T-3', agreedBy: ['w1', 'r1'] });
    const link = 'https://example.invalid/room-7';
    await mediation('arrangeSession', { on: today(), channel: 'video', link });
    const conceded = [{ by: 'r1', text: '承认欠付三个月' }];
    await mediation('holdSession', { heldOn: today(), channel: 'video', concededFacts: conceded });
    await mediation('draftAgreement', terms());
    const { paper, text: says } = await paperSays(mediator, caseNo, {
      ...{ kind: 'mediationAgreement', organisation: '测试区调解中心' },
    });
    // The parties make it, without a seal.
    expect(paper.signing.missing).toEqual(['r1', 'w1']);
    const signing = { form: 'hand', paper: paper.number, scan: await scanned(caseNo) };
    for (const by of ['w1', 'r1']) await mediation('sign', { by, signedOn: today(), electronic: true, signing });
    const { routes } = await atStage(caseNo, 'agreementPerformance');
    expect(routes).toMatchObject([{ route: 'judicialConfirmation', stage: 'available' }]);
    await heard(caseNo, 'agreement');
    expect(says).toContain('特邀调解的规定');
    for (const left of ['加盖调解组织印章后生效', '承认欠付']) expect(says).not.toContain(left);
    const { text } = await hejie().get(mediator, `/v1/cases/${caseNo}/timeline?limit=200`);
    expect(text).toContain(link);
    expect(text).not.toContain('承认欠付');
    const shielded = await hejie().db`select text from shielded_facts where case_no = ${caseNo}`;
    expect(shielded).toEqual([{ text: '承认欠付三个月' }]);
  });

  it('CRT-02 CRT-05 CRT-10 JC-04 JC-07: whatever the court does next it says over its own system, and the case goes on', async () => {
    const said = async (caseNo: string, type: CourtResultType, input: Record<string, unknown> = {}) => {
      const answer = await court.send('results', { case: caseNo, type, input });
      expect([type, answer.status, await answer.text()]).toEqual([type, 200, expect.any(String)]);
    };
    const ref = () => ({
      by: 'court',
      kind: 'entrusted',
      trial: 'ordinary',
      receivedOn: today(),
      ref: `SQT-${++number}`,
    });
    const entrusted = () => delegated(registration({ referral: ref() }));
    const signed = async (caseNo: string) => {
      const mediation = (name: string, body: unknown) => done(mediator, caseNo, `preLitigationMediation.${name}`, body);
      await mediation('take', { takenOn: today() });
      if ((await find(caseNo)).status === 'inviting') await mediation('consent', { party: 'r1', willing: true });
      await mediation('chooseMediator', { mediatorId: 'T-3', agreedBy: ['w1', 'r1'] });
      await mediation('draftAgreement', terms());
      for (const by of ['w1', 'r1']) await mediation('sign', { by, signedOn: today(), electronic: true });
      await atStage(caseNo, 'agreementPerformance');
    };
    const asked = async (caseNo: string) => {
      const application = { appliedOn: today(), agreedBy: ['w1', 'r1'] };
      await done(mediator, caseNo, 'judicialConfirmation.applyJointly', application);
      await besideOpen(caseNo);
    };
    const outcome = (caseNo: string) =>
      eventually(`what the court made of ${caseNo}`, async () => {
        const { beside } = await find(caseNo);
        return beside.at(-1)?.outcome as string | undefined;
      });

    const withdrawn = await entrusted();
    await said(withdrawn, 'suitWithdrawn', { reason: '撤诉' });
    await atStage(withdrawn, 'followUp');

    const [document, approved] = [await entrusted(), await entrusted()];
    await signed(document);
    await said(document, 'mediationDocumentReceived', { receivedOn: today() });
    expect((await find(document)).routes).toMatchObject([{ route: 'courtDocument', stage: 'granted' }]);
    await signed(approved);
    await said(approved, 'withdrawalApproved', { withdrawnOn: today() });
    expect((await find(approved)).routes).toMatchObject([{ route: 'courtDocument', stage: 'refused' }]);

    const confirmed = await delegated();
    await signed(confirmed);
    await asked(confirmed);
    await said(confirmed, 'confirmationDocketed', { acceptedOn: today() });
    await said(confirmed, 'confirmed');
    expect(await outcome(confirmed)).toBe('confirmed');

    for (const [type, ground, expected] of [
      ['confirmationRefused', 'noJurisdiction', 'notAccepted'],
      ['confirmationDismissed', 'unclear', 'dismissed'],
    ] as const) {
      const caseNo = await delegated();
      await signed(caseNo);
      await asked(caseNo);
      if (type === 'confirmationDismissed') await said(caseNo, 'confirmationDocketed', { acceptedOn: today() });
      await said(caseNo, type, { ground, reason: '见裁定' });
      expect(await outcome(caseNo)).toBe(expected);
    }
  });

  it('POL-07: the same message again gets the same answer and one case; the id with another body is refused', async () => {
    const id = randomUUID();
    const body = delegation();
    const first = await court.send('delegations', body, { id });
    const again = await court.send('delegations', body, { id });
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(await again.json()).toEqual(await first.json());
    await nothingChanges(undefined, async () => {
      await expectCode(await court.send('delegations', delegation(), { id }), 409, 'message-replayed');
      await expectCode(await court.send('delegations', body), 409, 'already-done');
    });
  });

  it('POL-07: two messages about the same case in the same moment make one case; the other is told that it has been sent', async () => {
    const { db } = hejie();
    const body = delegation();
    const ref = `SQT-${number}`;
    const ids = [randomUUID(), randomUUID()];
    const gate = await db.reserve();
    const sent = await (async () => {
      try {
        // Both look whether the case is there, and find nothing, before either is written.
        await gate`begin`;
        await gate`lock table docked_cases in share row exclusive mode`;
        const both = ids.map((id) => court.send('delegations', body, { id }));
        // One stands before the table, the other behind it, for the next number.
        await eventually('both to be writing', async () => {
          const [row] = await db<Array<{ n: number }>>`
            select count(*)::int as n from pg_stat_activity
            where wait_event_type = 'Lock' and query ~ 'insert into (docked_cases|counters)'`;
          return row?.n === 2;
        });
        return both;
      } finally {
        await gate`commit`;
        gate.release();
      }
    })();
    const answers = await Promise.all(sent);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    const late = answers.findIndex(({ status }) => status === 409);
    await expectCode(answers[late] as Response, 409, 'already-done');
    await expectCode(await court.send('delegations', body, { id: ids[late] as string }), 409, 'already-done');
    const { case: caseNo } = (await (answers[1 - late] as Response).json()) as { case: string };
    const docked = await db`select case_no as "caseNo" from docked_cases where ref = ${ref}`;
    expect(docked).toEqual([{ caseNo }]);
  });

  it('POL-07: what is not signed, too old, from an unknown court, or not of a case that it sent changes nothing', async () => {
    const caseNo = await delegated();
    const naming = { case: caseNo, type: 'mediatorNamed', input: { mediatorId: 'T-9' } };
    const body = delegation();
    const other = Buffer.from('another key, which the court does not have').toString('base64');
    const beijing = hejie().deps.courts.find(({ id }) => id === 'beijing');
    await nothingChanges(undefined, async () => {
      await expectCode(await court.send('delegations', body, { secret: `whsec_${other}` }), 401, 'bad-signature');
      await expectCode(await court.send('delegations', body, { body: delegation() }), 401, 'bad-signature');
      await expectCode(await court.send('delegations', body, { id: 'a b' }), 401, 'bad-signature');
      for (const minutes of [-6, 6]) {
        const now = Date.now() + minutes * 60_000;
        await expectCode(await court.send('delegations', body, { now }), 401, 'message-too-old');
      }
      await expectCode(await court.send('delegations', body, { court: 'nowhere' }), 401, 'unknown-court');
      await expectCode(await court.send('results', { ...naming, case: '310116-2020-000001' }), 404, 'not-delegated');
      const byBeijing = { court: 'beijing', secret: beijing?.secret ?? '' };
      await expectCode(await court.send('results', naming, byBeijing), 404, 'not-delegated');
      await expectCode(await court.send('delegations', body, byBeijing), 403, 'not-allowed');
      // Before it was taken there is no mediator to be named.
      await expectCode(await court.send('results', naming), 409, 'act-not-open');
      await expectCode(await court.send('results', { ...naming, type: 'judged' }), 422, 'bad-input');
      await expectCode(await court.send('delegations', registration()), 422, 'bad-input');
      await expectCode(await court.send('delegations', { ...body, workers: [] }), 422, 'bad-input');
    });
    // What was refused left its id free.
    expect((await court.send('delegations', body)).status).toBe(201);
  });
});
