import { afterAll, describe, expect, it } from 'vitest';
import { readCaughtMail } from '../../temporal-config/mail-catcher.ts';
import { eventually, type Person } from '../support/app.ts';
import { act, shownAtOnce } from './release-acts.ts';
import { done, expectProblem, hejie, inDays, items, operator, register, today, worker } from './stage.ts';

/** A city whose districts no other suite registers cases in. */
const REGION = '330300';
const author: Person = { subject: 'administrator-wenzhou-1', role: 'administrator', region: REGION };
const second: Person = { subject: 'administrator-wenzhou-2', role: 'administrator', region: REGION };
const window: Person = { ...operator, subject: 'window-wenzhou', region: '330302' };

const text = {
  subject: { zh: '温州协商要求', en: 'Request to negotiate in Wenzhou' },
  text: { zh: ['请到窗口回应。', '{due}'], en: ['Please answer at the window.', '{due}'] },
  short: { zh: '请到窗口回应。', en: 'Please answer at the window.' },
};
const document = (said: unknown, notice = 'requestServed') => ({ region: REGION, notice, text: said });
const drafted = (said: unknown, notice?: string, by = author) =>
  hejie().post(by, '/v1/releases', {
    ...{ kind: 'noticeTemplate', reason: '本市用语', document: document(said, notice) },
  });
const inForce = async (region: string) =>
  (await items(`/v1/notice-texts?region=${region}`, window)).find(
    ({ notice }: { notice: string }) => notice === 'requestServed',
  );

/** A request served today: the mail that the employer gets, and the notice that it was. */
async function served() {
  const caseNo = await register({ region: '330302' }, window);
  await done(window, caseNo, 'negotiation.serveRequest', { servedOn: today(), method: 'hand' });
  return eventually('the mail of the request', async () => {
    const notice = (await items(`/v1/cases/${caseNo}/notices`, window)).find(
      ({ template }: { template: string }) => template === 'requestServed',
    );
    const mail = (await readCaughtMail(hejie().servers.dataDir)).find(
      ({ messageId }) => messageId === `<${notice?.id}@hejie>`,
    );
    return notice?.status === 'sent' && mail !== undefined && { notice, mail };
  });
}

describe('the texts of notices', () => {
  afterAll(() => {
    hejie().clock.daysAheadForRules = 0;
  });

  it('NEG-03: a text is drafted, mended, shown and approved by a second person; the mail of its day has the new words, that of the day before the old', async () => {
    const { clock } = hejie();
    clock.daysAheadForRules = -2;
    const { id } = (await drafted({ ...text, text: { zh: ['{salary}'], en: text.text.en } })).body;
    const { body } = await act(author, id, 'check');
    expect(body.status).toBe('draft');
    expect(body.findings).toContainEqual(
      expect.objectContaining({
        ...{ code: 'unknown-fact', file: 'requestServed.json', line: 8, pointer: '/text/zh/0', severity: 'error' },
      }),
    );
    const mended = await hejie().call(author, 'PUT', `/v1/releases/${id}`, {
      body: { reason: '改正占位', document: document(text) },
    });
    expect(mended.body).toMatchObject({ status: 'draft', findings: null });
    const { samples } = (await shownAtOnce(author, { ...mended, status: 201 })).body.preview;
    expect(samples).toMatchObject([
      {
        language: 'zh',
        subject: expect.stringContaining('温州协商要求'),
        short: expect.stringMatching(/^【和解】请到/),
      },
      { language: 'en', text: expect.stringContaining('Please answer at the window.') },
    ]);
    const day = { inForceFrom: inDays(-1) };
    expectProblem(await act(author, id, 'approve', day), 403, 'own-draft');
    expect((await act(second, id, 'approve', day)).body.standing).toBe('approved');
    const before = await served();
    expect(before.mail.subject).toContain('【和解】协商要求 ');

    clock.daysAheadForRules = -1;
    const after = await served();
    expect(after.mail.subject).toContain('温州协商要求 Request to negotiate in Wenzhou');
    expect(after.mail.text).toContain('请到窗口回应。\n协商回应');
    // What was sent is known by its hash, also the words of before.
    const said = async ({ notice }: typeof after) => (await hejie().get(window, notice.links.text)).body.subject.zh;
    expect(await said(after)).toBe('温州协商要求');
    expect(await said(before)).toBe('协商要求');
    expect(await inForce('330302')).toMatchObject({ office: REGION, sha256: after.notice.textSha256, text });
    expect(await inForce('330100')).toMatchObject({ office: null, sha256: before.notice.textSha256 });

    const back = await shownAtOnce(author, await drafted(null));
    expect(back.body.preview.samples[0].subject).not.toContain('温州');
    expect((await act(second, back.body.id, 'approve', { inForceFrom: today() })).status).toBe(200);
    clock.daysAheadForRules = 0;
    expect((await inForce('330302')).office).toBeNull();
    const [nothing] = (await act(author, (await drafted(null)).body.id, 'check')).body.findings;
    expect(nothing.code).toBe('nothing-to-give-up');
  });

  it('the words round several notices in one mail are a text too; a key that stands twice and a notice that nobody sends are refused', async () => {
    const words = {
      subject: { zh: '本市今日 {count} 件', en: '{count} of today' },
      dueToday: text.short,
      others: text.short,
    };
    const { samples } = (await shownAtOnce(author, await drafted(words, 'digest'))).body.preview;
    expect(samples).toMatchObject([{ language: 'both', subject: '【和解】本市今日 2 件 2 of today' }]);
    const raw = JSON.stringify({ kind: 'noticeTemplate', reason: '试', document: document(text) });
    const twice = await hejie().call(author, 'POST', '/v1/releases', {
      raw: raw.replace('"short"', '"text":{},"short"'),
    });
    expectProblem(twice, 422, 'release-invalid', '/document/text/text');
    expectProblem(await drafted(text, 'greeting'), 422, 'bad-input', '/document/notice');
    expectProblem(await drafted(text, 'urged', operator), 403, 'not-allowed');
    expectProblem(await hejie().get(worker, `/v1/notice-texts?region=${REGION}`), 403, 'not-allowed');
    expectProblem(await hejie().get(window, `/v1/notice-texts/${'0'.repeat(64)}`), 404, 'not-found');
  });
});
