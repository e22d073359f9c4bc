import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { describe, expect, it } from 'vitest';
import { unzip } from '../../papers/docx/unzip.ts';
import type { Person } from '../support/app.ts';
import { formOf, type SentFile, smallPdf, smallPng } from '../support/files.ts';
import {
  act,
  administrator,
  agreed,
  arbitrator,
  court,
  done,
  employer,
  expectProblem,
  find,
  hejie,
  items,
  mediating,
  mediator,
  nothingChanges,
  operator,
  stranger,
  today,
  union,
  worker,
} from './stage.ts';

const bring = (by: Person, caseNo: string, file: SentFile, about: unknown, key?: string) =>
  hejie().call(by, 'POST', `/v1/cases/${caseNo}/evidence`, {
    raw: formOf(file, about),
    ...(key === undefined ? {} : { key }),
  });

const pdf = (mark: string): SentFile => ({ bytes: smallPdf(mark), name: `${mark}.pdf`, type: 'application/pdf' });
const payslip = { kind: 'evidence', title: '测试工资条' };
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

/** A file as it comes over the wire. */
async function download(
  by: Person,
  href: string,
  init: { method?: string; body?: string; headers?: Record<string, string> } = {},
) {
  const authorization = `Bearer ${await hejie().tokenOf(by)}`;
  const answer = await hejie().app.request(href, { ...init, headers: { authorization, ...init.headers } });
  return { status: answer.status, headers: answer.headers, bytes: Buffer.from(await answer.arrayBuffer()) };
}

let performed: Promise<string> | undefined;
/** A mediation agreement being performed, made once for all tests here. */
const theCase = () => {
  performed ??= agreed();
  return performed;
};

describe('the evidence of a case', () => {
  it('POL-01 is brought by a party, kept with its hash and what it is about, and handed out to both sides and the office', async () => {
    const caseNo = await theCase();
    const file = pdf('payslip');
    const links = { claims: ['c1'], obligations: ['o1', 'o1.1'] };
    const answer = await bring(worker, caseNo, file, { ...payslip, links }, 'evidence-1');
    expect(answer.status, answer.text).toBe(201);
    expect(answer.body).toMatchObject({
      ...{ number: 1, kind: 'evidence', title: '测试工资条', fileName: 'payslip.pdf', contentType: 'application/pdf' },
      ...{ bytes: file.bytes.length, sha256: sha256(file.bytes), shielded: false, known: false },
      ...{ links: { ...links, payments: [], papers: [] }, by: { role: 'party', party: 'w1' } },
    });
    for (const reader of [employer, arbitrator, court]) {
      const handed = await download(reader, answer.body.href);
      expect(handed.bytes.equals(file.bytes)).toBe(true);
      expect(handed.headers.get('content-type')).toBe('application/pdf');
      expect(handed.headers.get('x-content-type-options')).toBe('nosniff');
      expect(handed.headers.get('content-disposition')).toMatch(/^attachment; filename="payslip.pdf"/);
      expect(handed.headers.get('etag')).toBe(`"${sha256(file.bytes)}"`);
    }
    const again = await download(worker, answer.body.href, { headers: { 'if-none-match': `"${sha256(file.bytes)}"` } });
    expect({ status: again.status, size: again.bytes.length }).toEqual({ status: 304, size: 0 });
    const told = (await items(`/v1/cases/${caseNo}/timeline?limit=200`)).filter(
      ({ type }: { type: string }) => type === 'evidence.added',
    );
    expect(told).toMatchObject([{ detail: { number: 1, sha256: sha256(file.bytes), claims: ['c1'] }, words: {} }]);
    expect(JSON.stringify(told)).not.toContain('测试');
  });

  it('POL-01 is there once: the same request and the same file again are answered with the piece that is there', async () => {
    const caseNo = await theCase();
    await bring(worker, caseNo, pdf('payslip'), payslip);
    const links = { claims: ['c1'], obligations: ['o1', 'o1.1'] };
    await nothingChanges(caseNo, async () => {
      const same = await bring(worker, caseNo, pdf('payslip'), { ...payslip, links }, 'evidence-1');
      expect({ status: same.status, number: same.body.number }).toEqual({ status: 201, number: 1 });
      const file = await bring(
        operator,
        caseNo,
        { ...pdf('payslip'), name: 'copy.pdf' },
        { kind: 'other', title: '复印件' },
      );
      expect({ status: file.status, ...file.body }).toMatchObject({
        status: 200,
        number: 1,
        known: true,
        title: '测试工资条',
      });
      expectProblem(await bring(worker, caseNo, pdf('other'), payslip, 'evidence-1'), 422, 'idempotency-key-reused');
    });
    const two = await Promise.all([1, 2].map(() => bring(operator, caseNo, pdf('twice'), payslip)));
    expect(two.map(({ status }) => status).sort()).toEqual([200, 201]);
    expect(new Set(two.map(({ body }) => body.number)).size).toBe(1);
  });

  it('NEG-06 a payment rests on a piece of evidence of the case, and the piece may name the payment and a paper', async () => {
    const caseNo = await theCase();
    const receipt = await bring(employer, caseNo, pdf('receipt'), { kind: 'evidence', title: '转账回单' });
    const paid = { instalment: 'o1.1', amount: 400, paidOn: today(), proof: receipt.body.number };
    const record = (more: Record<string, unknown>) =>
      act(operator, caseNo, 'agreementPerformance.recordPayment', { ...paid, ...more });
    await nothingChanges(caseNo, async () => {
      expectProblem(await record({ proof: 99 }), 422, 'unknown-evidence', '/proof');
      expectProblem(await record({ proof: undefined }), 422, 'bad-input', '/evidence');
    });
    await done(operator, caseNo, 'agreementPerformance.recordPayment', paid);
    expect((await find(caseNo)).procedure.payments).toMatchObject([{ id: 'p1', evidence: true, proof: paid.proof }]);
    const notice = await hejie().post(mediator, `/v1/cases/${caseNo}/papers`, {
      ...{ kind: 'performanceNotice', organisation: '测试街道调解委员会' },
    });
    expect(notice.status, notice.text).toBe(201);
    const links = { payments: ['p1'], papers: [notice.body.number] };
    const proof = await bring(
      mediator,
      caseNo,
      { bytes: smallPng(), name: '回执.png' },
      { kind: 'serviceProof', title: '回执', links },
    );
    expect(proof.body).toMatchObject({ contentType: 'image/png', links, by: { role: 'mediator' } });
  });

  it('POL-01 is not taken from who may not, as what it is not, or for what the case does not have', async () => {
    const caseNo = await theCase();
    await nothingChanges(caseNo, async () => {
      expectProblem(await bring(stranger, caseNo, pdf('x'), payslip), 404, 'not-found');
      expectProblem(await bring(administrator, caseNo, pdf('x'), payslip), 403, 'not-allowed');
      expectProblem(await bring(worker, caseNo, pdf('x'), { ...payslip, party: 'r1' }), 403, 'not-your-party');
      expectProblem(
        await bring(operator, caseNo, pdf('x'), { ...payslip, party: 'w9' }),
        422,
        'unknown-party',
        '/party',
      );
      const wrongLinks: Array<[Record<string, unknown>, Parameters<typeof expectProblem>[2], string]> = [
        [{ claims: ['c1', 'c9'] }, 'unknown-claim', '/links/claims/1'],
        [{ obligations: ['o7'] }, 'unknown-obligation', '/links/obligations/0'],
        [{ obligations: ['o1.7'] }, 'unknown-instalment', '/links/obligations/0'],
        [{ payments: ['p9'] }, 'unknown-payment', '/links/payments/0'],
        [{ papers: [77] }, 'bad-input', '/links/papers/0'],
        [{ claims: ['w1'] }, 'bad-input', '/links/claims/0'],
      ];
      for (const [links, code, field] of wrongLinks)
        expectProblem(await bring(operator, caseNo, pdf('x'), { ...payslip, links }), 422, code, field);
      expectProblem(
        await bring(worker, caseNo, { bytes: smallPng(), name: 'x.pdf' }, payslip),
        422,
        'file-type-differs',
        '/file',
      );
      expectProblem(
        await bring(worker, caseNo, { bytes: Buffer.from('MZ'), name: 'x.exe' }, payslip),
        422,
        'file-type-unknown',
      );
      expectProblem(
        await bring(worker, caseNo, { bytes: Buffer.alloc(0), name: 'x.pdf' }, payslip),
        422,
        'file-unreadable',
      );
      expectProblem(await bring(worker, caseNo, pdf('x'), { ...payslip, title: ' ' }), 422, 'bad-input', '/title');
      expectProblem(await bring(worker, caseNo, pdf('x'), '{'), 400, 'bad-json');
      const path = `/v1/cases/${caseNo}/evidence`;
      expectProblem(await hejie().post(worker, path, payslip), 422, 'bad-input', '/file');
      const most = { bytes: Buffer.concat([smallPdf(), Buffer.alloc(20_000_000)]), name: 'x.pdf' };
      expectProblem(await bring(worker, caseNo, most, payslip), 413, 'too-large');
    });
    for (const number of ['0', '77', '1.pdf', '../1'])
      expect((await hejie().get(worker, `/v1/cases/${caseNo}/evidence/${number}`)).status, number).toBe(404);
    expectProblem(await hejie().get(stranger, `/v1/cases/${caseNo}/evidence/1`), 404, 'not-found');
    const other = await mediating();
    expectProblem(await hejie().get(operator, `/v1/cases/${other}/evidence/1`), 404, 'not-found');
  });

  it('NEG-08 what was brought to settle is shown by a look alone, which is an event, and is not brought again as evidence', async () => {
    const caseNo = await theCase();
    const offer = { ...payslip, title: '测试让步方案', shielded: true };
    expectProblem(await bring(mediator, caseNo, pdf('offer'), offer), 422, 'bad-input', '/party');
    const { body: piece } = await bring(mediator, caseNo, pdf('offer'), { ...offer, party: 'w1' });
    expect(piece).toMatchObject({ shielded: true, href: expect.stringMatching(/\/looks$/) });
    expect(JSON.stringify(piece)).not.toContain('让步');

    const known = async (by: Person) =>
      (await items(`/v1/cases/${caseNo}/evidence`, by)).some(
        ({ number }: { number: number }) => number === piece.number,
      );
    for (const by of [worker, mediator, operator, union]) expect(await known(by), by.subject).toBe(true);
    for (const by of [employer, arbitrator, court, administrator]) expect(await known(by), by.subject).toBe(false);

    const file = `/v1/cases/${caseNo}/evidence/${piece.number}`;
    for (const by of [worker, mediator, arbitrator]) expectProblem(await hejie().get(by, file), 403, 'facts-shielded');
    const look = (by: Person, more: Record<string, unknown> = {}) =>
      download(by, `${file}/looks`, { method: 'POST', body: JSON.stringify({ reason: '核对经过', ...more }) });
    expect((await look(worker)).bytes.equals(smallPdf('offer'))).toBe(true);
    expect((await look(mediator, { basis: 'settling' })).status).toBe(200);
    for (const by of [employer, arbitrator, court, administrator])
      expect((await look(by)).status, by.subject).toBe(403);
    expect((await look(court, { basis: 'law', article: '民事诉讼法 第六十七条' })).status).toBe(200);
    const looks = (await items(`/v1/cases/${caseNo}/timeline?limit=200`)).filter(({ type }: { type: string }) =>
      type.startsWith('shieldedEvidence.'),
    );
    expect(
      looks.map(({ type, by }: { type: string; by: { role: string } }) => `${by.role} ${type.split('.')[1]}`),
    ).toEqual([
      ...['party looked', 'mediator looked', 'party refused', 'arbitrator refused', 'court refused'],
      ...['administrator refused', 'court looked'],
    ]);
    expect((await hejie().post(worker, `/v1/cases/${caseNo}/evidence/1/looks`, { reason: '看' })).status).toBe(404);

    await nothingChanges(caseNo, async () => {
      expectProblem(await bring(employer, caseNo, pdf('offer'), payslip), 403, 'facts-shielded');
      const paid = { instalment: 'o1.1', amount: 1, paidOn: today(), proof: piece.number };
      const answer = await act(operator, caseNo, 'agreementPerformance.recordPayment', paid);
      expectProblem(answer, 422, 'unknown-evidence', '/proof');
    });
  });

  it('NEG-08 the bundle holds the open evidence with its hash, and nothing that was brought to settle', async () => {
    const caseNo = await theCase();
    const files = unzip((await download(arbitrator, `/v1/cases/${caseNo}/bundle`)).bytes);
    const index = JSON.parse(String(files.get('index.json')));
    const open = await items(`/v1/cases/${caseNo}/evidence`, arbitrator);
    expect(index.evidence.map(({ number }: { number: number }) => number)).toEqual(
      open.map(({ number }: { number: number }) => number),
    );
    const listed = index.files.map((file: { sha256: string }) => file.sha256);
    for (const { sha256: hash } of open) expect(listed).toContain(hash);
    expect(files.get('evidence/001 证据材料.pdf')?.equals(smallPdf('payslip'))).toBe(true);
    expect(listed).not.toContain(sha256(smallPdf('offer')));
    for (const text of files.values()) expect(text.includes(sha256(smallPdf('offer')))).toBe(false);
    expect(String(files.get('timeline.json'))).not.toContain('shielded":true');
  });

  it('POL-01 two hundred megabytes are refused before they are read, with their length said, or without, and memory stays', async () => {
    const caseNo = await theCase();
    const server = serve({ fetch: hejie().app.fetch, port: 0 });
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const authorization = `Bearer ${await hejie().tokenOf(worker)}`;
    const megabyte = Buffer.alloc(1_000_000);
    const send = async (length: Record<string, string>) => {
      let [sent, most] = [0, 0];
      const outgoing = request({
        ...{ port, method: 'POST', path: `/v1/cases/${caseNo}/evidence` },
        headers: { authorization, 'content-type': 'multipart/form-data; boundary=x', ...length },
      });
      const answered = new Promise<number>((resolve, reject) => {
        outgoing.on('response', (answer) => {
          answer.resume();
          resolve(answer.statusCode ?? 0);
        });
        outgoing.on('error', reject);
      });
      let over = false;
      answered
        .catch(() => undefined)
        .finally(() => {
          over = true;
        });
      outgoing.write('--x\r\ncontent-disposition: form-data; name="file"; filename="x.pdf"\r\n\r\n%PDF-1.4\n');
      while (sent < 200 && !over) {
        sent += 1;
        if (!outgoing.write(megabyte)) await Promise.race([once(outgoing, 'drain'), answered.catch(() => undefined)]);
        most = Math.max(most, process.memoryUsage().arrayBuffers);
      }
      const status = await answered;
      outgoing.destroy();
      return { status, sent, most };
    };
    try {
      const lengths: Array<Record<string, string>> = [
        { 'content-length': '200000200' },
        { 'transfer-encoding': 'chunked' },
      ];
      for (const length of lengths) {
        const before = process.memoryUsage().arrayBuffers;
        const { status, sent, most } = await send(length);
        expect(status).toBe(413);
        expect(sent).toBeLessThan(100);
        expect(most - before).toBeLessThan(100_000_000);
      }
    } finally {
      server.close();
    }
  });

  it('POL-01 what was brought stays: no piece is changed or taken away', async () => {
    const { db } = hejie();
    const caseNo = await theCase();
    await expect(db`update evidence set title = '' where case_no = ${caseNo}`).rejects.toThrow('append-only');
    await expect(db`delete from evidence where case_no = ${caseNo}`).rejects.toThrow('append-only');
    await expect(db`truncate evidence cascade`).rejects.toThrow('append-only');
  });
});
