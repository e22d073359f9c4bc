import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createApp } from '../../api/app.ts';
import { createPrinter } from '../../api/papers/printer.ts';
import { unzip } from '../../papers/docx/unzip.ts';
import type { Person } from '../support/app.ts';
import { docxText, pdfFonts, pdfText } from '../unit/papers/read-back.ts';
import { askedToSign, download, makePaper } from './paper.ts';
import {
  administrator,
  agree,
  arbitrator,
  atStage,
  court,
  done,
  employer,
  expectProblem,
  hejie,
  items,
  mediating,
  mediator,
  nothingChanges,
  operator,
  personal,
  register,
  settlement,
  stranger,
  theEmployer,
  today,
  union,
  worker,
} from './stage.ts';

const make = (by: Person, caseNo: string, body: unknown, key?: string) =>
  hejie().post(by, `/v1/cases/${caseNo}/papers`, body, key === undefined ? {} : { key });

const read = (by: Person, caseNo: string, file: string) => hejie().get(by, `/v1/cases/${caseNo}/papers/${file}`);
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const events = async (caseNo: string) =>
  (await items(`/v1/cases/${caseNo}/timeline?limit=200`)).filter(({ type }: { type: string }) => type === 'paper.made');

const CONCEDED = '承认本月曾迟到三次';
const organisation = '测试街道劳动争议调解委员会';
const agreement = { kind: 'mediationAgreement', organisation, mediators: ['测试调解员'] };

/** What was said at a session. */
const said = {
  ...{ organisation, mediators: ['测试调解员'], present: ['双方'], result: '再谈一次' },
  statements: [{ speaker: '申请人', text: CONCEDED }],
};

let signed: Promise<string> | undefined;
/** A mediation agreement in effect, made for all tests here; facts were conceded to reach it. */
const agreedCase = () => {
  signed ??= (async () => {
    const caseNo = await mediating();
    await done(mediator, caseNo, 'mediation.holdSession', { heldOn: today(), channel: 'room', summary: CONCEDED });
    await agree(caseNo, { concededFacts: [{ by: 'w1', text: CONCEDED }] });
    return caseNo;
  })();
  return signed;
};

describe('the papers of a case', () => {
  it('MED-10: the mediation agreement is made of the record, kept, and read back from what is handed out', async () => {
    const caseNo = await agreedCase();
    const paper = await makePaper(mediator, caseNo, agreement, 'paper-1');
    expect(paper).toMatchObject({ number: 1, kind: 'mediationAgreement', version: 1, replaces: null, byHand: [] });
    expect(paper.registerNo).toMatch(/^310116-\d{4}-调-\d{6}$/);
    expect(paper.article).toContain('第二十六条');

    const pdf = await download(worker, paper.pdf.href);
    expect(pdf.status).toBe(200);
    expect(pdf.headers.get('content-type')).toBe('application/pdf');
    expect(pdf.headers.get('cache-control')).toBe('no-store');
    expect(pdf.headers.get('etag')).toBe(`"${sha256(pdf.bytes)}"`);
    expect(sha256(pdf.bytes)).toBe(paper.pdf.sha256);
    expect(pdf.headers.get('content-disposition')).toBe(
      `attachment; filename="${paper.registerNo.replace('调-', '')}.pdf"; filename*=UTF-8''${encodeURIComponent(`调解协议书 ${paper.registerNo}.pdf`)}`,
    );
    const { text } = await pdfText({ pdf });
    for (const said of [paper.registerNo, personal.worker, personal.employer, organisation, '支付工资', '1000'])
      expect(text).toContain(said);
    expect(text).not.toContain(CONCEDED);
    expect(pdfFonts({ pdf }).every(({ embedded }) => embedded)).toBe(true);

    const docx = await download(employer, paper.docx.href);
    expect(docx.headers.get('content-type')).toContain('wordprocessingml');
    expect(sha256(docx.bytes)).toBe(paper.docx.sha256);
    expect(await docxText({ docx })).toContain(paper.registerNo);
    const again = await download(worker, paper.pdf.href, { 'if-none-match': `"${paper.pdf.sha256}"` });
    expect({ status: again.status, size: again.bytes.length }).toEqual({ status: 304, size: 0 });
  });

  it('MED-10: made again under its key it is the same paper, anew it is the next version and names the one before', async () => {
    const caseNo = await agreedCase();
    const before = await items(`/v1/cases/${caseNo}/papers`);
    expect(await makePaper(mediator, caseNo, agreement, 'paper-1')).toMatchObject({ number: 1, version: 1 });
    expect(await items(`/v1/cases/${caseNo}/papers`)).toEqual(before);
    const next = await makePaper(operator, caseNo, { ...agreement, mediators: ['测试调解员乙'] });
    expect(next).toMatchObject({ number: 2, version: 2, replaces: 1 });
    const told = await events(caseNo);
    expect(told.map(({ detail }: { detail: unknown }) => detail)).toMatchObject([
      { kind: 'mediationAgreement', number: 1, version: 1 },
      { kind: 'mediationAgreement', number: 2, version: 2, replaces: 1, pdfSha256: next.pdf.sha256 },
    ]);
    // The event tells which paper, and nothing of what is in it.
    expect(told.map(({ words }: { words: unknown }) => words)).toEqual([{}, {}]);
    expect(JSON.stringify(told)).not.toContain('测试');
  });

  it('POL-01, JR-02, JC-03: with the agreement in effect, the notice of performance and the applications refer to it', async () => {
    const caseNo = await agreedCase();
    const contract = (await items(`/v1/cases/${caseNo}/papers`, worker)).at(-1);
    const notice = await makePaper(mediator, caseNo, { kind: 'performanceNotice', organisation });
    const { text } = await pdfText({ pdf: await download(worker, notice.pdf.href) });
    expect(text).toContain(contract.registerNo);
    const review = { kind: 'reviewApplication', organisation, commission: '测试仲裁委员会', papers: ['application'] };
    const missing = await make(mediator, caseNo, review);
    // The employer gave no address for service.
    expectProblem(missing, 422, 'paper-content-missing', '/serviceAddresses/1/address');
    expect(missing.body.source).toContain('第七十四条');
    const serviceAddresses = ['w1', 'r1'].map((party) => ({ party, address: '送达路一号', phone: '19900000000' }));
    expect(await makePaper(mediator, caseNo, { ...review, serviceAddresses })).toMatchObject({
      kind: 'reviewApplication',
    });
    expectProblem(
      await make(mediator, caseNo, { ...review, serviceAddresses: [{ party: 'w9', address: '无', phone: '无' }] }),
      422,
      'unknown-party',
      '/serviceAddresses/0/party',
    );
  });

  it('MED-01, MED-02: the catalogue says which papers a case may have now, and what each lacks yet', async () => {
    const caseNo = await mediating({ reason: '测试路上拖欠三个月工资' });
    const catalogue = await items(`/v1/cases/${caseNo}/papers/catalogue`, mediator);
    const kinds = catalogue.map(({ kind }: { kind: string }) => kind);
    expect(kinds).toEqual(['mediationApplication', 'acceptanceNotice']);
    const [application, acceptance] = catalogue;
    expect(application).toMatchObject({ missing: [], made: [], outside: true });
    expect(application.article).toContain('第二十一条');
    expect(acceptance.contents.map(({ content }: { content: string }) => content)).toContain('conclusion');
    for (const { kind, missing } of catalogue) {
      const answer = await make(mediator, caseNo, { kind });
      if (missing.length === 0) expect(answer.status, answer.text.slice(0, 300)).toBe(201);
      else expectProblem(answer, 422, 'paper-content-missing', missing[0].field);
    }
    // A party sees what was made, and makes none itself.
    expect(await items(`/v1/cases/${caseNo}/papers/catalogue`, worker)).toEqual([]);
    expect((await items(`/v1/cases/${caseNo}/papers/catalogue`, mediator))[0].made).toEqual([1]);
  });

  it('NEG-06, NEG-08: the settlement is put in writing without what was conceded to reach it', async () => {
    const caseNo = await register();
    await done(operator, caseNo, 'negotiation.serveRequest', { servedOn: today(), method: 'hand' });
    await done(operator, caseNo, 'negotiation.respond', { willing: true, form: 'written', party: 'r1' });
    const request = await makePaper(operator, caseNo, { kind: 'negotiationRequest' });
    expect((await pdfText({ pdf: await download(employer, request.pdf.href) })).text).toContain(
      '自本要求书送达之日起5日内',
    );
    const shielded = { ...settlement({ concededFacts: [{ by: 'w1', text: CONCEDED }] }) };
    await done(operator, caseNo, 'negotiation.settle', shielded);
    const paper = await makePaper(operator, caseNo, { kind: 'settlementAgreement' });
    // It was signed already: nobody is asked to sign it.
    expect(paper.signing.missing).toEqual([]);
    expect(await askedToSign(caseNo, request.number)).toEqual(['w1']);
    expect(await askedToSign(caseNo, paper.number)).toEqual([]);
    // Signed elsewhere, as it was recorded.
    expect(paper.signing).toMatchObject({ missing: [], signed: [{ by: 'r1', form: 'recorded' }, { by: 'w1' }] });
    const [kept] = await hejie().db`select data from papers where case_no = ${caseNo} and number = ${paper.number}`;
    expect(JSON.stringify(kept?.data)).toContain('分期支付');
    expect(JSON.stringify(kept?.data)).not.toContain(CONCEDED);
    expect((await pdfText({ pdf: await download(worker, paper.pdf.href) })).text).not.toContain(CONCEDED);
  });

  it('MED-13, NEG-08: the record of a session stays with those who help to settle', async () => {
    const caseNo = await mediating();
    await done(mediator, caseNo, 'mediation.holdSession', { heldOn: today(), channel: 'room' });
    const record = await makePaper(mediator, caseNo, { kind: 'mediationRecord', ...said });
    const file = `${record.number}.pdf`;
    expect((await download(union, record.pdf.href)).status).toBe(200);
    for (const outsider of [worker, arbitrator, court, administrator]) {
      expectProblem(await read(outsider, caseNo, file), 403, 'not-allowed');
      expect(await items(`/v1/cases/${caseNo}/papers`, outsider)).toEqual([]);
    }
  });

  it('refuses a paper that the case has nothing for, that says too much or too little, or from somebody who may not', async () => {
    const [caseNo, other] = [await agreedCase(), await mediating()];
    await nothingChanges(other, async () => {
      const early = await make(mediator, other, agreement);
      expectProblem(early, 409, 'paper-not-open');
      expect(early.body.source).toContain('第二十六条');
      expectProblem(
        await make(operator, other, { kind: 'mediationApplication', factsAndReasons: '很'.repeat(20_001) }),
        422,
        'paper-data-invalid',
        '/factsAndReasons',
      );
      expectProblem(await make(operator, other, { kind: 'verdict' }), 422, 'bad-input');
      expectProblem(await make(operator, other, { kind: 'settlementAgreement', more: 1 }), 422, 'bad-input', '/more');
      for (const nobody of [worker, arbitrator, administrator])
        expectProblem(await make(nobody, other, { kind: 'mediationApplication' }), 403, 'not-allowed');
      expectProblem(await make(stranger, other, agreement), 404, 'not-found');
      expectProblem(await make(mediator, other, agreement, 'paper-1'), 422, 'idempotency-key-reused');
    });
    // A number of one case names nothing in another.
    expect((await download(operator, `/v1/cases/${caseNo}/papers/1.pdf`)).status).toBe(200);
    for (const file of ['1.pdf', '0.pdf', '1.exe', '999999999999.pdf', '../1.pdf'])
      expect((await read(operator, other, file)).status, file).toBe(404);
    expectProblem(await read(operator, other, '1.pdf'), 404, 'unknown-paper');
    expectProblem(await read(stranger, caseNo, '1.pdf'), 404, 'not-found');
  });

  it('POL-01, NEG-08: the bundle is whole by its index, holds this case alone, and nothing of what was conceded or said to settle', async () => {
    const [caseNo, other] = [await agreedCase(), await mediating()];
    const elsewhere = await makePaper(mediator, other, { kind: 'mediationApplication', factsAndReasons: '另案的理由' });
    const inside = await makePaper(mediator, caseNo, { kind: 'mediationRecord', ...said });
    const answer = await download(arbitrator, `/v1/cases/${caseNo}/bundle`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('application/zip');
    const files = unzip(answer.bytes);
    const index = JSON.parse(String(files.get('index.json')));
    expect(index.caseNo).toBe(caseNo);
    const listed = index.files.map(({ path }: { path: string }) => path);
    expect([...files.keys()].filter((path) => path !== 'index.json').sort()).toEqual([...listed].sort());
    for (const { path, sha256: hash, bytes } of index.files) {
      const file = files.get(path) as Buffer;
      expect({ hash: sha256(file), bytes: file.length }, path).toEqual({ hash, bytes });
    }
    const papers = await items(`/v1/cases/${caseNo}/papers`, arbitrator);
    expect(index.papers.map(({ number }: { number: number }) => number)).toEqual(
      papers.map(({ number }: { number: number }) => number),
    );
    expect(papers.length).toBeGreaterThan(0);
    for (const { pdf, docx } of papers)
      for (const { sha256: hash } of [pdf, docx])
        expect(index.files.map((file: { sha256: string }) => file.sha256)).toContain(hash);
    const hashes = index.files.map((file: { sha256: string }) => file.sha256);
    for (const { pdf } of [elsewhere, inside]) expect(hashes).not.toContain(pdf.sha256);
    const clocks = JSON.parse(String(files.get('deadlines.json')));
    expect(clocks.map(({ id }: { id: string }) => id)).toContain('arbitrationReview.application');
    for (const { article, explanation } of clocks) expect([article, explanation.length > 0]).toEqual([article, true]);
    const timeline = String(files.get('timeline.json'));
    expect(timeline).toContain('agreement');
    for (const secret of [CONCEDED, other]) {
      expect(String(files.get('index.json'))).not.toContain(secret);
      expect(timeline).not.toContain(secret);
    }
    // The same for whoever fetches it, also for a party; nobody else gets one.
    expect((await download(worker, `/v1/cases/${caseNo}/bundle`)).bytes.equals(answer.bytes)).toBe(true);
    expectProblem(await hejie().get(stranger, `/v1/cases/${caseNo}/bundle`), 404, 'not-found');
  });

  it('MED-03, MED-13, JC-03, L6, POL-01: the papers of a refusal, a failure, a confirmation, a payment order, a transfer and the file', async () => {
    const refusedCase = await register({ requestedRoute: 'mediation' });
    await done(operator, refusedCase, 'mediation.apply', { receivedOn: today(), form: 'oral' });
    await done(mediator, refusedCase, 'mediation.decline', { ground: 'noConsent', reason: '对方不同意' });
    await atStage(refusedCase, 'followUp');
    const failed = await mediating({ respondents: [{ ...theEmployer, address: '测试路一号' }] });
    await done(mediator, failed, 'mediation.fail', { reason: '分歧太大' });
    await atStage(failed, 'followUp');
    const confirmed = await mediating({ respondents: [{ ...theEmployer, address: '测试路一号' }] });
    await agree(confirmed);
    const moved = await register();
    await done(operator, moved, 'case.transfer', { to: 'inspection', handedOverOn: today(), reason: '属监察职责' });

    const court = { court: '测试区人民法院' };
    const says = async (caseNo: string, body: Record<string, unknown>) => {
      const paper = await makePaper(operator, caseNo, body);
      return (await pdfText({ pdf: await download(operator, paper.pdf.href) })).text;
    };
    expect(await says(refusedCase, { kind: 'refusalNotice', organisation })).toContain('对方不同意');
    expect(await says(failed, { kind: 'failureNotice', organisation })).toContain('分歧太大');
    expect(await says(failed, { kind: 'archiveCover', organisation })).toContain(failed);
    expect(await says(failed, { kind: 'archiveIndex' })).toContain('调解终结告知书');
    await done(worker, failed, 'followUp.choosePaymentOrder');
    await atStage(failed, 'paymentOrder');
    const order = { kind: 'paymentOrderApplication', ...court, facts: '到期未付', evidence: ['payslip'] };
    expect(await says(failed, order)).toContain('12000.50');
    const confirmation = { kind: 'confirmationApplication', organisation, ...court, papers: ['agreement'] };
    expect(await says(confirmed, confirmation)).toContain('测试区人民法院');
    const letter = { kind: 'transferLetter', from: '测试街道受理窗口', to: '测试区劳动保障监察大队' };
    expect(await says(moved, letter)).toContain('属监察职责');
    const suggested = await register(
      {
        ...{ channel: 'arbitration', requestedRoute: 'mediation' },
        referral: { by: 'arbitration', kind: 'suggested', ref: 'T-77', receivedOn: today() },
      },
      arbitrator,
    );
    const suggestion = { kind: 'mediationSuggestion', organisation, commission: '测试仲裁委员会' };
    expect(await makePaper(arbitrator, suggested, suggestion)).toMatchObject({ kind: 'mediationSuggestion' });
  });

  it('MED-01: where too many papers wait to be printed, the caller is told to come again, and nothing is kept', async () => {
    const caseNo = await mediating();
    const printer = createPrinter({ mostWaiting: 0 });
    const busy = createApp({ ...hejie().deps, printer });
    const body = JSON.stringify({ kind: 'mediationApplication', factsAndReasons: '拖欠工资' });
    const headers = {
      ...{ authorization: `Bearer ${await hejie().tokenOf(mediator)}`, 'content-type': 'application/json' },
      'idempotency-key': 'while-busy',
    };
    const answer = await busy.request(`/v1/cases/${caseNo}/papers`, { method: 'POST', body, headers });
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
    expect(await items(`/v1/cases/${caseNo}/papers`, mediator)).toEqual([]);
    expect(await makePaper(mediator, caseNo, JSON.parse(body), 'while-busy')).toMatchObject({ number: 1 });
    await printer.stop();
  });

  it('what was made stays: no paper is changed or taken away', async () => {
    const { db } = hejie();
    const caseNo = await agreedCase();
    await expect(db`update papers set version = 9 where case_no = ${caseNo}`).rejects.toThrow('append-only');
    await expect(db`delete from papers where case_no = ${caseNo}`).rejects.toThrow('append-only');
    await expect(db`truncate papers cascade`).rejects.toThrow('append-only');
  });
});
