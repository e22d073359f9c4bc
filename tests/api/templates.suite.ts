import { createHash } from 'node:crypto';
import { afterAll, describe, expect, it } from 'vitest';
import { unzip } from '../../papers/docx/unzip.ts';
import { ownTemplate, type PaperKind, zip } from '../../papers/index.ts';
import type { Person } from '../support/app.ts';
import { formOf } from '../support/files.ts';
import { docxText } from '../unit/papers/read-back.ts';
import { download, paperSays } from './paper.ts';
import { act, shownAtOnce } from './release-acts.ts';
import {
  administrator,
  done,
  expectProblem,
  hejie,
  inDays,
  items,
  operator,
  register,
  today,
  worker,
} from './stage.ts';

const KIND = 'mediationApplication' satisfies PaperKind;
/** A city whose districts no other suite registers cases in. */
const REGION = '320500';
const author: Person = { subject: 'administrator-suzhou-1', role: 'administrator', region: REGION };
const second: Person = { subject: 'administrator-suzhou-2', role: 'administrator', region: REGION };
const window: Person = { ...operator, subject: 'window-suzhou', region: '320505' };

/** The template with words of this office in it. */
function saying(text: string, change = (xml: string) => xml): Buffer {
  const entries = unzip(ownTemplate(KIND));
  const xml = String(entries.get('word/document.xml'));
  const paragraph = `<w:p><w:r><w:t>${text}</w:t></w:r></w:p><w:sectPr`;
  entries.set('word/document.xml', Buffer.from(change(xml.replace('<w:sectPr', paragraph))));
  return zip([...entries]);
}

const about = { kind: 'paperTemplate', reason: '本市统一文书样式', document: { region: REGION, paper: KIND } };
const handIn = (docx: Buffer, more: object = {}, by = author) =>
  hejie().call(by, 'POST', '/v1/releases', {
    raw: formOf({ bytes: docx, name: 'template.docx' }, { ...about, ...more }),
  });
/** A template that is kept, by its hash; null gives the city's own up. */
const named = (sha256: unknown) =>
  hejie().post(author, '/v1/releases', { ...about, document: { ...about.document, sha256 } });

const inForce = async (region: string) =>
  (await items(`/v1/templates?region=${region}`, administrator)).find(({ kind }: { kind: string }) => kind === KIND);

describe('an office’s own templates', () => {
  afterAll(() => {
    hejie().clock.daysAheadForRules = 0;
  });

  it('MED-01: a template drafted by one administrator, seen printed and approved by another is the form of the papers of the city and its districts from its day, until it is given up', async () => {
    const { clock } = hejie();
    clock.daysAheadForRules = -2;
    const caseNo = await register({ region: '320505', requestedRoute: 'mediation' }, window);
    await done(window, caseNo, 'mediation.apply', { receivedOn: today(), form: 'written', requests: '支付工资' });
    const paper = () => paperSays(window, caseNo, { kind: KIND, factsAndReasons: '拖欠工资' });

    const docx = saying('苏州市制');
    const sha256 = createHash('sha256').update(docx).digest('hex');
    const drafted = await handIn(docx);
    const { id } = drafted.body;
    expectProblem(await hejie().get(author, `/v1/releases/${id}/preview.pdf`), 409, 'release-not-simulated');
    const { preview } = (await shownAtOnce(author, drafted)).body;
    const sample = await download(second, preview.docx.href);
    expect(await docxText({ docx: sample })).toContain('苏州市制');
    expect(createHash('sha256').update(sample.bytes).digest('hex')).toBe(preview.docx.sha256);
    expect(String((await download(second, preview.pdf.href)).bytes.subarray(0, 5))).toBe('%PDF-');
    const day = { inForceFrom: inDays(-1) };
    expectProblem(await act(author, id, 'approve', day), 403, 'own-draft');
    const elsewhere = { ...second, subject: 'administrator-nantong', region: '320600' };
    expectProblem(await act(elsewhere, id, 'approve', day), 403, 'not-allowed');
    expect((await act(second, id, 'approve', day)).body).toMatchObject({ standing: 'approved', ...day });
    expect((await inForce('320505')).office).toBeNull();

    clock.daysAheadForRules = -1;
    expect(await inForce('320505')).toMatchObject({
      office: { region: REGION, number: 1, reason: '按会议决定', release: id },
      docx: { sha256 },
    });
    expect((await inForce('320600')).office).toBeNull();
    const made = await paper();
    expect(made.text).toContain('苏州市制');
    expect(made.paper.templateSha256).toBe(sha256);

    const back = await shownAtOnce(author, await named(null));
    expect((await act(second, back.body.id, 'approve', { inForceFrom: today() })).status).toBe(200);
    clock.daysAheadForRules = 0;
    expect((await paper()).text).not.toContain('苏州市制');
    // What a paper was made with is still there.
    expect((await hejie().get(window, `/v1/templates/${KIND}.docx?sha256=${sha256}`)).status).toBe(200);
    const history = await items(`/v1/templates/${KIND}/history?region=${REGION}`, window);
    expect(history.map((one: Record<string, unknown>) => [one.number, one.sha256, one.inForceFrom])).toEqual([
      [1, sha256, inDays(-1)],
      [2, null, today()],
    ]);
    await expect(hejie().db`delete from release_files`).rejects.toThrow('append-only');

    // One that was handed in before templates were released holds on.
    await hejie().db`
      insert into office_templates (region, kind, number, sha256, reason, handed_in_at, actor_id)
      select '320600', ${KIND}, 1, ${sha256}, '统一', now(), id from actors limit 1`;
    expect((await inForce('320600')).office).toMatchObject({ region: '320600', number: 1, release: null });
  });

  it('a template that may not be used stays a draft, with each reason and its place', async () => {
    const findings = async (id: string) => (await act(author, id, 'check')).body.findings;
    const { id } = (await handIn(saying('{salary}'))).body;
    expect(await findings(id)).toMatchObject([
      { code: 'template-unknown-field', file: 'word/document.xml {salary}', severity: 'error' },
    ]);
    expectProblem(await act(second, id, 'approve', { inForceFrom: inDays(2) }), 409, 'release-not-checked');
    const less = saying('不采用', (xml) => xml.replaceAll('{factsAndReasons}', ''));
    const form = formOf({ bytes: less, name: 'template.docx' }, { reason: '改写', document: about.document });
    expect((await hejie().call(author, 'PUT', `/v1/releases/${id}`, { raw: form })).status).toBe(200);
    const [lost] = await findings(id);
    expect(lost).toMatchObject({ code: 'template-content-missing', file: expect.stringContaining('factsAndReasons') });
    expect(lost.reason.zh).toContain('第二十一条');
    expect(await findings((await named(null)).body.id)).toMatchObject([{ code: 'nothing-to-give-up' }]);
    expect(await findings((await named('0'.repeat(64))).body.id)).toMatchObject([{ code: 'not-kept' }]);
  });

  it('refuses who may not set them, a region that is not theirs, and a form that is none', async () => {
    const docx = saying('不采用');
    const of = (document: object) => ({ document: { ...about.document, ...document } });
    for (const nobody of [operator, worker]) expectProblem(await handIn(docx, {}, nobody), 403, 'not-allowed');
    expectProblem(await handIn(docx, of({ region: '320000' })), 403, 'not-allowed');
    expectProblem(await handIn(docx, of({ region: '999999' })), 422, 'unknown-region', '/document/region');
    expectProblem(await handIn(docx, of({ paper: 'verdict' })), 422, 'bad-input', '/document/paper');
    expectProblem(await handIn(docx, { reason: '\u0000' }), 422, 'bad-input', '/reason');
    expectProblem(await named('nonsense'), 422, 'bad-input', '/document/sha256');
    expectProblem(await handIn(docx, { kind: 'noticeTemplate' }), 422, 'bad-input', '/file');
    const torn = { raw: '--x\r\nContent-', headers: { 'content-type': 'multipart/form-data; boundary=x' } };
    expectProblem(await hejie().call(author, 'POST', '/v1/releases', torn), 422, 'bad-input');
    expectProblem(await hejie().get(worker, `/v1/templates?region=${REGION}`), 403, 'not-allowed');
    expectProblem(await hejie().get(operator, `/v1/templates/${KIND}.docx?sha256=0`), 404, 'not-found');
    expectProblem(await hejie().post(author, `/v1/templates/${KIND}`, {}), 404, 'not-found');
  });
});
