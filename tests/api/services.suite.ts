import { describe, expect, it } from 'vitest';
import { createApp } from '../../api/app.ts';
import { saveRelease } from '../../db/releases.ts';
import { unzip } from '../../papers/docx/unzip.ts';
import { packsFolder, readSources } from '../../rules/load.ts';
import { ruleBookOf } from '../../rules/rule-book.ts';
import type { Person } from '../support/app.ts';
import { formOf, smallPdf } from '../support/files.ts';
import {
  act,
  administrator,
  agree,
  arbitrator,
  done,
  employer,
  expectProblem,
  find,
  hejie,
  inDays,
  items,
  mediating,
  mediator,
  nothingChanges,
  operator,
  register,
  stranger,
  today,
  worker,
} from './stage.ts';

const begin = (
  by: Person,
  caseNo: string,
  body: Record<string, unknown>,
  more: { paper?: number; key?: string } = {},
) =>
  hejie().post(
    by,
    `/v1/cases/${caseNo}/papers/${more.paper ?? 1}/services`,
    { to: 'r1', sentOn: today(), ...body },
    more,
  );
const result = (by: Person, caseNo: string, number: number, body: Record<string, unknown>, key?: string) =>
  hejie().post(by, `/v1/cases/${caseNo}/services/${number}/result`, { on: today(), ...body }, { key });
const services = (caseNo: string, by: Person = operator) => items(`/v1/cases/${caseNo}/services`, by);
const events = async (caseNo: string, type: string) =>
  (await items(`/v1/cases/${caseNo}/timeline?limit=200`)).filter((event: { type: string }) => event.type === type);
const clock = async (caseNo: string, wanted: string) =>
  (await items(`/v1/cases/${caseNo}/deadlines`)).find(({ id }: { id: string }) => id === wanted);

/** The packs as they were before there were rules of service. */
async function bookOfBefore() {
  const packs = await readSources(packsFolder);
  return ruleBookOf(
    packs.map((pack) => ({
      ...pack,
      files: new Map([...pack.files].filter(([file]) => file !== 'decisions/service.servedDay.json')),
    })),
  );
}

/** A case with its request to negotiate made as paper 1, and pieces of evidence 1 and 2. */
async function requested(): Promise<string> {
  const caseNo = await register();
  const made = await hejie().post(operator, `/v1/cases/${caseNo}/papers`, { kind: 'negotiationRequest' });
  expect(made.status, made.text).toBe(201);
  for (const mark of ['consent', 'receipt']) {
    const form = formOf({ bytes: smallPdf(mark), name: `${mark}.pdf` }, { kind: 'serviceProof', title: mark });
    expect((await hejie().call(operator, 'POST', `/v1/cases/${caseNo}/evidence`, { raw: form })).status).toBe(201);
  }
  return caseNo;
}

let waiting: Promise<string> | undefined;
const theCase = () => {
  waiting ??= requested();
  return waiting;
};

describe('the service of a paper', () => {
  it('is refused to who may not, for what the case does not have, before the paper was made and in the future', async () => {
    const caseNo = await theCase();
    const hand = { method: 'hand' };
    await nothingChanges(caseNo, async () => {
      expectProblem(await begin(stranger, caseNo, hand), 404, 'not-found');
      expectProblem(await begin(administrator, caseNo, hand), 403, 'not-allowed');
      expectProblem(await begin(operator, caseNo, hand, { paper: 9 }), 404, 'unknown-paper');
      expectProblem(await begin(operator, caseNo, { ...hand, to: 'r9' }), 422, 'unknown-party', '/to');
      expectProblem(
        await begin(operator, caseNo, { ...hand, sentOn: inDays(-1) }),
        422,
        'service-before-paper',
        '/sentOn',
      );
      expectProblem(await begin(operator, caseNo, { ...hand, sentOn: inDays(1) }), 422, 'day-in-the-future', '/sentOn');
      for (const method of ['email', 'electronic'])
        expectProblem(await begin(operator, caseNo, { method }), 409, 'consent-missing', '/consent');
      expectProblem(
        await begin(operator, caseNo, { method: 'email', consent: 9 }),
        422,
        'unknown-evidence',
        '/consent',
      );
      expectProblem(await begin(operator, caseNo, { method: 'pigeon' }), 422, 'bad-input', '/method');
      expectProblem(await result(operator, caseNo, 1, { result: 'received', proof: 2 }), 404, 'not-found');
      // Left although nobody has refused it, or for the reason of ten where there is one.
      const left = { servedOn: today(), method: 'left', ground: 'closedDown' };
      const answer = await act(operator, caseNo, 'negotiation.serveRequest', left);
      expectProblem(answer, 409, 'service-not-deemed', '/ground');
      expect(answer.body.source).toContain('第二十条第二款');
    });
  });

  it('ARB-06 NEG-03 fails, is tried another way, and on the day of receipt begins the time to answer', async () => {
    const caseNo = await theCase();
    const first = await begin(operator, caseNo, { method: 'hand' }, { key: 'service-1' });
    expect(first.status, first.text).toBe(201);
    expect(first.body).toMatchObject({ number: 1, to: 'r1', method: 'hand', open: true, result: null });
    await nothingChanges(caseNo, async () => {
      expect((await begin(operator, caseNo, { method: 'hand' }, { key: 'service-1' })).body.number).toBe(1);
      expectProblem(
        await begin(operator, caseNo, { method: 'post' }, { key: 'service-1' }),
        422,
        'idempotency-key-reused',
      );
      const received = { result: 'received', proof: 2 };
      expectProblem(await result(operator, caseNo, 1, { ...received, on: inDays(1) }), 422, 'day-in-the-future', '/on');
      expectProblem(await result(operator, caseNo, 1, { ...received, on: inDays(-1) }), 422, 'day-too-early', '/on');
      expectProblem(await result(operator, caseNo, 1, { result: 'received' }), 422, 'evidence-missing', '/proof');
      expectProblem(await result(operator, caseNo, 1, { ...received, proof: 9 }), 422, 'unknown-evidence', '/proof');
      expectProblem(await result(operator, caseNo, 1, { result: 'arrived', proof: 2 }), 422, 'bad-input', '/result');
      expectProblem(await result(operator, caseNo, 1, { result: 'failed' }), 422, 'bad-input', '/reason');
      expectProblem(await result(worker, caseNo, 1, received), 403, 'not-allowed');
    });
    const failed = await result(operator, caseNo, 1, { result: 'failed', reason: '测试门卫不让进' });
    expect(failed.body).toMatchObject({
      open: true,
      next: ['post', 'electronic', 'email'],
      served: { how: 'no', on: null },
    });
    expectProblem(await result(operator, caseNo, 1, { result: 'received', proof: 2 }), 409, 'already-done');
    const [told] = await events(caseNo, 'service.failed');
    expect(told).toMatchObject({ detail: { service: 1, next: failed.body.next }, words: { reason: '测试门卫不让进' } });

    await begin(operator, caseNo, { method: 'electronic', consent: 1 });
    await result(operator, caseNo, 2, { result: 'failed', reason: '退回' });
    await begin(operator, caseNo, { method: 'post' });
    expect((await services(caseNo)).map(({ open }: { open: boolean }) => open)).toEqual([false, false, true]);
    const received = { result: 'received', proof: 2 };
    // The engine is away in between: the result is kept, and the retry does the act that is missing.
    const cut = createApp({ ...hejie().deps, temporal: undefined as never });
    const path = `/v1/cases/${caseNo}/services/3/result`;
    const authorization = `Bearer ${await hejie().tokenOf(operator)}`;
    const headers = { authorization, 'idempotency-key': 'service-result-3' };
    const body = JSON.stringify({ on: today(), ...received });
    expect((await cut.request(path, { method: 'POST', headers, body })).status).toBe(500);
    expect((await services(caseNo))[2]).toMatchObject({ act: { done: false }, served: { on: today() } });
    const served = await result(operator, caseNo, 3, received, 'service-result-3');
    expect(served.status, served.text).toBe(201);
    expect(served.body).toMatchObject({
      ...{ open: false, next: [], act: { name: 'negotiation.serveRequest', done: true } },
      served: { on: today(), counted: true, how: 'onReceipt', article: expect.stringContaining('第二十条第一款') },
    });
    expect(await clock(caseNo, 'negotiation.response')).toMatchObject({ anchorOn: today(), status: 'open' });
    // Sent again nothing is lost and nothing is done twice.
    await nothingChanges(caseNo, async () => {
      expect((await result(operator, caseNo, 3, received, 'service-result-3')).body).toEqual(served.body);
    });
    expect((await services(caseNo, employer)).map(({ open }: { open: boolean }) => open)).toEqual([
      false,
      false,
      false,
    ]);
    expect((await find(caseNo)).status).toBe('awaitingAnswer');
    // Whom it is served on again, the case has moved on: the record stays, and says so.
    await begin(operator, caseNo, { method: 'hand' });
    const late = await result(operator, caseNo, 4, received);
    expect(late.body).toMatchObject({ act: { done: false, refused: 'act-not-open' }, served: { counted: true } });
    expect((await services(caseNo)).at(-1)).toMatchObject({ number: 4, act: { done: false } });
  });

  it('ARB-06 refused, it is left; its days run in the case with their article, and a receipt takes their place', async () => {
    const caseNo = await requested();
    await begin(worker, caseNo, { method: 'hand' });
    const refused = await result(worker, caseNo, 1, { result: 'refusedToReceive', reason: '拒收' });
    expect(refused.body.next).toEqual(['left', 'posted', 'post']);
    await begin(operator, caseNo, { method: 'left' });
    const left = await result(operator, caseNo, 2, { result: 'left', proof: 2 });
    expect(left.body).toMatchObject({
      open: false,
      act: { done: true },
      served: { how: 'afterClock', counted: false },
    });
    const deemed = await clock(caseNo, 'service.deemed');
    expect(deemed).toMatchObject({ legalRef: 'ARB-06', subject: 'r1', status: 'open', anchorOn: today() });
    expect(left.body.served).toMatchObject({ on: deemed.dueOn, deadline: { explanation: deemed.explanation } });
    expect((await find(caseNo)).status).toBe('serving');
    const [decision] = (await items(`/v1/cases/${caseNo}/decisions`)).filter(
      ({ point }: { point: string }) => point === 'service.servedDay',
    );
    expect(decision).toMatchObject({ outcome: { served: 'afterClock' }, facts: { refused: true, workers: 1 } });

    await begin(operator, caseNo, { method: 'hand' });
    const received = await result(operator, caseNo, 3, { result: 'received', proof: 2 });
    expect(received.body).toMatchObject({ act: { done: true }, served: { on: today(), counted: true } });
    expect((await clock(caseNo, 'service.deemed')).status).not.toBe('open');
    // Who decides later finds how it was served, with the proof, in the bundle.
    const headers = { authorization: `Bearer ${await hejie().tokenOf(arbitrator)}` };
    const bundle = await hejie().app.request(`/v1/cases/${caseNo}/bundle`, { headers });
    const kept = JSON.parse(String(unzip(Buffer.from(await bundle.arrayBuffer())).get('services.json')));
    expect(kept.map(({ served }: { served: { how: string } }) => served.how)).toEqual([
      'no',
      'afterClock',
      'onReceipt',
    ]);
    expect(kept[2]).toMatchObject({ to: 'r1', result: { on: today(), proof: 2 }, served: { on: today() } });
    expect((await find(caseNo)).status).toBe('awaitingAnswer');
  });

  it('JR-08 POL-01 of an agreement is a matter of signatures, of the notice an act of the case; what stays in the office is not served', async () => {
    const caseNo = await mediating();
    const organisation = '测试街道调解委员会';
    const [mediators, present] = [['测试调解员'], ['双方']];
    await done(mediator, caseNo, 'mediation.holdSession', { heldOn: today(), channel: 'room' });
    await agree(caseNo);
    const statements = [{ speaker: '申请人', text: '再想想' }];
    for (const body of [
      { kind: 'mediationRecord', organisation, mediators, present, result: '达成一致', statements },
      { kind: 'mediationAgreement', organisation, mediators },
      { kind: 'performanceNotice', organisation },
    ]) {
      const made = await hejie().post(mediator, `/v1/cases/${caseNo}/papers`, body);
      expect(made.status, made.text).toBe(201);
    }
    expectProblem(await begin(operator, caseNo, { method: 'hand' }), 403, 'not-allowed');

    await begin(mediator, caseNo, { method: 'hand' }, { paper: 2 });
    const refused = await result(mediator, caseNo, 1, { result: 'refusedToReceive', reason: '不签' });
    expect(refused.body).toMatchObject({ next: ['hand', 'post'], served: { legalRef: 'JR-08' } });
    await begin(mediator, caseNo, { method: 'hand' }, { paper: 3 });
    const picture = formOf({ bytes: smallPdf('picture'), name: '照片.pdf' }, { kind: 'serviceProof', title: '照片' });
    await hejie().call(mediator, 'POST', `/v1/cases/${caseNo}/evidence`, { raw: picture });
    const served = await result(mediator, caseNo, 2, { result: 'received', proof: 1 });
    expect(served.body.act).toEqual({ name: 'agreementPerformance.serveNotice', done: true });
    expect((await find(caseNo)).procedure).toMatchObject({ noticeServedOn: today() });

    // A case from before the rules had anything to say of service is answered by those of today.
    const { db } = hejie();
    const old = await bookOfBefore();
    await saveRelease(db, old);
    await db`
      update procedures set view = jsonb_set(view, '{case,sha256}', to_jsonb(${old.sha256}::text)) where case_no = ${caseNo}`;
    expect((await find(caseNo)).release.sha256).not.toBe(old.sha256);
    await begin(mediator, caseNo, { method: 'post' }, { paper: 2 });
    const posted = await result(mediator, caseNo, 3, { result: 'received', proof: 1 });
    expect(posted.status, posted.text).toBe(201);
    expect(posted.body).toMatchObject({ served: { legalRef: expect.any(String) } });
    expect((await hejie().get(operator, `/v1/cases/${caseNo}/remedies`)).body.items).not.toEqual([]);
  });

  it('is kept as it was: no attempt and no result is changed or taken away', async () => {
    const { db } = hejie();
    const caseNo = await theCase();
    for (const table of ['services', 'service_results'])
      await expect(db`delete from ${db(table)} where case_no = ${caseNo}`).rejects.toThrow('append-only');
  });
});
