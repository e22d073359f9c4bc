import { describe, expect, it } from 'vitest';
import { unzip } from '../../papers/docx/unzip.ts';
import type { Person } from '../support/app.ts';
import { reviewPapers } from '../support/terms.ts';
import { askedToSign, makePaper } from './paper.ts';
import {
  act,
  atStage,
  done,
  employer,
  expectProblem,
  find,
  hejie,
  inDays,
  items,
  mediating,
  mediator,
  negotiating,
  nothingChanges,
  operator,
  scanned,
  stranger,
  terms,
  today,
  worker,
} from './stage.ts';

const TYPED = '本人已阅读并同意上述协议';
const organisation = '测试街道劳动争议调解委员会';
const agreement = { kind: 'mediationAgreement', organisation, mediators: ['测试调解员'] };

const made = (caseNo: string, body: Record<string, unknown>, by: Person = mediator) => makePaper(by, caseNo, body);

const typed = ({ number, pdf }: { number: number; pdf: { sha256: string } }) => ({
  ...{ form: 'typed', paper: number, sha256: pdf.sha256, typed: TYPED },
});
const hand = (paper: number, scan: number) => ({ form: 'hand', paper, scan });

const signatures = (caseNo: string, number: number) => `/v1/cases/${caseNo}/papers/${number}/signatures`;
const sign = (by: Person, caseNo: string, number: number, body: unknown, key?: string) =>
  hejie().post(by, signatures(caseNo, number), body, key === undefined ? {} : { key });
const signing = async (caseNo: string, number: number, by: Person = operator) =>
  (await hejie().get(by, signatures(caseNo, number))).body;

describe('signing', () => {
  it('MED-10, JR-01: an agreement is signed on its paper, each in his own way, and takes effect with the last; so is the application', async () => {
    const caseNo = await mediating({ reason: '拖欠三个月工资' });
    await done(mediator, caseNo, 'mediation.draftAgreement', terms());
    const application = await made(caseNo, { kind: 'mediationApplication' });
    const first = await made(caseNo, agreement);
    expect(first.signing).toEqual({
      ...{ mustSign: ['r1', 'w1', 'mediator', 'seal'], signed: [], superseded: false },
      missing: ['r1', 'w1', 'mediator', 'seal'],
    });
    const second = await made(caseNo, { ...agreement, mediators: ['测试调解员乙'] });
    const text = await scanned(caseNo, 'text/plain');
    const shielded = await scanned(caseNo, 'image/png', true);
    const scan = await scanned(caseNo);
    const refused = async (by: Person, body: Record<string, unknown>, ...why: [number, never, string?]) =>
      expectProblem(await act(by, caseNo, 'mediation.sign', body), ...why);
    const all = async (cases: Array<[Person, Record<string, unknown>, number, string, string?]>) => {
      await nothingChanges(caseNo, async () => {
        for (const [by, body, status, code, field] of cases) await refused(by, body, status, code as never, field);
      });
    };
    const byHand = { by: 'r1', signedOn: today() };
    await all([
      [worker, { by: 'w1', signedOn: today() }, 422, 'signing-missing', '/signing'],
      [worker, { by: 'w1', signing: { ...typed(second), paper: 99 } }, 404, 'unknown-paper', '/signing/paper'],
      [worker, { by: 'w1', signing: typed(application) }, 422, 'wrong-paper', '/signing/paper'],
      [worker, { by: 'w1', signing: typed(first) }, 409, 'paper-superseded', '/signing/paper'],
      [worker, { by: 'w1', signing: { ...typed(second), sha256: first.pdf.sha256 } }, 409, 'paper-differs'],
      [worker, { by: 'w1', signedOn: today(), signing: typed(second) }, 422, 'bad-input', '/signedOn'],
      [worker, { by: 'w1', signing: { ...typed(second), typed: ' ' } }, 422, 'bad-input', '/signing/typed'],
      [employer, { by: 'w1', signing: typed(second) }, 409, 'wrong-side', '/by'],
      [employer, { by: 'mediator', signing: typed(second) }, 409, 'wrong-side', '/by'],
      [stranger, { by: 'w1', signing: typed(second) }, 404, 'not-found'],
      [operator, { by: 'w1', signing: typed(second) }, 409, 'signature-by-own-account', '/signing/form'],
      [operator, { by: 'w9', signedOn: today(), signing: hand(second.number, scan) }, 422, 'unknown-party', '/by'],
      [operator, { ...byHand, signing: hand(second.number, 99) }, 422, 'unknown-evidence', '/signing/scan'],
      [operator, { ...byHand, signing: hand(second.number, shielded) }, 422, 'unknown-evidence', '/signing/scan'],
      [operator, { ...byHand, signing: hand(second.number, text) }, 422, 'scan-unreadable', '/signing/scan'],
      [operator, { ...byHand, signedOn: inDays(-1), signing: hand(second.number, scan) }, 422, 'day-too-early'],
      [operator, { ...byHand, signedOn: inDays(1), signing: hand(second.number, scan) }, 422, 'day-in-the-future'],
    ]);

    // Drafted again, the terms are others: what was made of the old ones is not signed any more.
    await done(mediator, caseNo, 'mediation.draftAgreement', terms());
    await all([[worker, { by: 'w1', signing: typed(second) }, 409, 'paper-superseded', '/signing/paper']]);
    for (const { number } of [first, second])
      expect(await signing(caseNo, number)).toMatchObject({ missing: [], superseded: true });
    const paper = await made(caseNo, agreement);
    expect(await askedToSign(caseNo, paper.number)).toEqual(['r1', 'w1']);
    await done(worker, caseNo, 'mediation.sign', { by: 'w1', signing: typed(paper) });
    const again = await hejie().post(mediator, `/v1/cases/${caseNo}/papers`, agreement);
    expectProblem(again, 409, 'paper-signed');
    await all([[worker, { by: 'w1', signing: typed(paper) }, 409, 'already-signed']]);
    expect((await find(caseNo)).stage).toBe('mediation');
    await done(operator, caseNo, 'mediation.sign', { ...byHand, signing: hand(paper.number, scan) });
    expect(await signing(caseNo, paper.number)).toMatchObject({ missing: ['mediator', 'seal'] });
    // The mediator's was recorded of the sheet alone.
    await done(mediator, caseNo, 'mediation.sign', { by: 'mediator', signedOn: today() });
    await done(mediator, caseNo, 'mediation.seal', { sealedOn: today(), signing: hand(paper.number, scan) });
    const { agreement: inEffect } = await atStage(caseNo, 'agreementPerformance');
    expect(inEffect.effectiveOn).toBe(today());
    const clocks = await items(`/v1/cases/${caseNo}/deadlines`);
    for (const id of ['arbitrationReview.application', 'judicialConfirmation.application'])
      expect(clocks.find((clock: { id: string }) => clock.id === id).anchorOn, id).toBe(today());
    const shown = await hejie().get(employer, signatures(caseNo, paper.number));
    expect(shown.body).toEqual({
      ...{ mustSign: ['r1', 'w1', 'mediator', 'seal'], missing: [], superseded: false },
      signed: [
        {
          by: 'w1',
          on: today(),
          form: 'typed',
          at: expect.any(String),
          recordedBy: { role: 'party' },
          sha256: paper.pdf.sha256,
        },
        { by: 'r1', on: today(), form: 'hand', at: expect.any(String), recordedBy: { role: 'operator' }, scan },
        { by: 'mediator', on: today(), form: 'recorded', at: expect.any(String), recordedBy: { role: 'mediator' } },
        { by: 'seal', on: today(), form: 'hand', at: expect.any(String), recordedBy: { role: 'mediator' }, scan },
      ],
    });
    // What was typed is in the database, and went nowhere else.
    const [kept] = await hejie().db`
      select words, message, actor_id from acts where case_no = ${caseNo} and words->'signing'->>'form' = 'typed'`;
    expect(kept?.words.signing).toMatchObject({ typed: TYPED, sha256: paper.pdf.sha256 });
    expect(JSON.stringify(kept?.message)).not.toContain(TYPED);
    expect(shown.text).not.toContain(TYPED);

    // Both apply for review on a paper that both have signed.
    await done(mediator, caseNo, 'agreementPerformance.serveNotice', { servedOn: today() });
    const notice = await made(caseNo, { kind: 'performanceNotice', organisation });
    expect(notice.signing).toBeNull();
    const serviceAddresses = ['w1', 'r1'].map((party) => ({ party, address: '送达路一号', phone: '19900000000' }));
    const review = await made(caseNo, {
      ...{ kind: 'reviewApplication', organisation, commission: '测试仲裁委员会' },
      ...{ papers: ['application', 'agreement', 'identity'], serviceAddresses },
    });
    const own = { form: 'typed', by: 'w1', sha256: review.pdf.sha256, typed: TYPED };
    const jointly = { appliedOn: today(), agreedBy: ['w1', 'r1'], ...reviewPapers, paper: review.number };
    const apply = 'arbitrationReview.applyJointly';
    await nothingChanges(caseNo, async () => {
      const on = review.number;
      expectProblem(await sign(worker, caseNo, paper.number, own), 409, 'signed-by-act');
      expectProblem(await sign(worker, caseNo, notice.number, own), 422, 'not-a-signatory');
      expectProblem(await sign(worker, caseNo, 99, own), 404, 'unknown-paper');
      expectProblem(await sign(employer, caseNo, on, own), 403, 'not-your-party');
      expectProblem(await sign(stranger, caseNo, on, own), 404, 'not-found');
      expectProblem(await sign(operator, caseNo, on, own), 409, 'signature-by-own-account', '/form');
      expectProblem(await sign(worker, caseNo, on, { ...own, sha256: paper.pdf.sha256 }), 409, 'paper-differs');
      const byScan = { form: 'hand', by: 'r1', scan, signedOn: inDays(1) };
      expectProblem(await sign(operator, caseNo, on, byScan), 422, 'day-in-the-future', '/signedOn');
      expectProblem(await sign(operator, caseNo, on, { ...byScan, signedOn: inDays(-1) }), 422, 'day-too-early');
      expectProblem(await sign(operator, caseNo, on, { ...byScan, by: 'w2' }), 422, 'not-a-signatory');
      expectProblem(await act(operator, caseNo, apply, { ...jointly, paper: 99 }), 404, 'unknown-paper', '/paper');
      expectProblem(await act(operator, caseNo, apply, { ...jointly, paper: paper.number }), 422, 'wrong-paper');
    });
    const answer = await sign(worker, caseNo, review.number, own, 'signs-once');
    expect([answer.status, answer.body.missing]).toEqual([201, ['r1']]);
    const unsigned = await act(operator, caseNo, apply, jointly);
    expectProblem(unsigned, 409, 'signature-missing', '/paper');
    expect(unsigned.body.detail.zh).toContain('缺少 r1 的签名');
    await nothingChanges(caseNo, async () => {
      expect((await sign(worker, caseNo, review.number, own, 'signs-once')).body).toEqual(answer.body);
      expectProblem(await sign(worker, caseNo, review.number, own), 409, 'already-signed', '/by');
      expectProblem(
        await sign(worker, caseNo, review.number, { ...own, typed: '同意' }, 'signs-once'),
        422,
        'idempotency-key-reused',
      );
    });
    await sign(operator, caseNo, review.number, { form: 'hand', by: 'r1', scan, signedOn: today() });
    expect(await signing(caseNo, review.number, worker)).toMatchObject({ missing: [], mustSign: ['w1', 'r1'] });
    await done(operator, caseNo, apply, jointly);
    const timeline = await items(`/v1/cases/${caseNo}/timeline?limit=200`);
    expect(
      timeline.findLast(({ type }: { type: string }) => type === 'arbitrationReview.applied').detail,
    ).toMatchObject({
      paper: review.number,
    });
    const bundle = await hejie().app.request(`/v1/cases/${caseNo}/bundle`, {
      headers: { authorization: `Bearer ${await hejie().tokenOf(worker)}` },
    });
    const files = unzip(Buffer.from(await bundle.arrayBuffer()));
    const index = JSON.parse(String(files.get('index.json')));
    expect(index.papers.at(-1).signing).toMatchObject({
      missing: [],
      signed: [{ by: 'w1', form: 'typed' }, { by: 'r1' }],
    });
    for (const file of ['index.json', 'timeline.json']) expect(String(files.get(file))).not.toContain(TYPED);
    for (const account of ['account-worker', 'account-employer'])
      expect(String(files.get('index.json'))).not.toContain(account);
    await expect(hejie().db`update events set detail = '{}' where type = 'paper.signed'`).rejects.toThrow(
      'append-only',
    );
  });

  it('NEG-06, NEG-07: a settlement is drafted, made a paper, signed by each, and performed from the day of the last signature', async () => {
    const caseNo = await negotiating();
    await done(operator, caseNo, 'negotiation.draftSettlement', terms());
    const paper = await made(caseNo, { kind: 'settlementAgreement' }, operator);
    expect(paper.signing.mustSign).toEqual(['r1', 'w1']);
    const scan = await scanned(caseNo, 'application/pdf');
    const without = await act(operator, caseNo, 'negotiation.sign', { by: 'w1', signedOn: today() });
    expectProblem(without, 422, 'bad-input', '/signing');
    await done(worker, caseNo, 'negotiation.sign', { by: 'w1', signing: typed(paper) });
    expect(await find(caseNo)).toMatchObject({ stage: 'negotiation', agreement: null });
    const redraft = await act(operator, caseNo, 'negotiation.draftSettlement', terms());
    expectProblem(redraft, 409, 'act-not-open');
    await done(operator, caseNo, 'negotiation.sign', {
      ...{ by: 'r1', signedOn: today(), signing: hand(paper.number, scan) },
    });
    const settled = await atStage(caseNo, 'settlementPerformance');
    expect(settled.agreement).toMatchObject({ kind: 'settlement', effectiveOn: today() });
    const [listed] = await items(`/v1/cases/${caseNo}/papers`, employer);
    expect(listed.signing).toMatchObject({
      missing: [],
      signed: [
        { by: 'w1', form: 'typed' },
        { by: 'r1', form: 'hand' },
      ],
    });
  });
});
