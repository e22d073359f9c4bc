import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { type Notice, noticeTemplates } from '../../../domain/notices.ts';
import { checkTemplate } from '../../../notices/check.ts';
import { loadTemplates, type TemplateErrors, templatesFolder } from '../../../notices/load.ts';
import { render } from '../../../notices/render.ts';

const templates = await loadTemplates();
const copy = await mkdtemp(join(tmpdir(), 'hejie-notices-'));
afterAll(() => rm(copy, { recursive: true }));

const good = {
  subject: { zh: '协商要求', en: 'Request' },
  text: { zh: ['请回应。', '{due}'], en: ['Please answer.', '{due}'] },
  short: { zh: '请回应。', en: 'Please answer.' },
};
const faultsOf = (template: unknown) =>
  checkTemplate('requestServed', typeof template === 'string' ? template : JSON.stringify(template, null, 2)).faults;

const deadline = {
  ...{ titleZh: '协商回应', titleEn: 'Answer', dueOn: '2030-03-08', dueAt: '2030-03-08T16:00:00.000Z' },
  ...{ provisional: false, source: '企业劳动争议协商调解规定 第十条第一款' },
};
const notice = (template: string, detail: Record<string, unknown> = {}, more: Partial<Notice> = {}): Notice => ({
  ...{ template, caseNo: '310116-2030-000042', data: { detail }, deadline: null, ...more },
});

describe('the templates of notices', () => {
  it('are each sent by somebody, and none is without a use', async () => {
    const folders = ['domain', 'workflows', 'db'].map((room) =>
      fileURLToPath(new URL(`../../../${room}`, import.meta.url)),
    );
    const files = (await Promise.all(folders.map((dir) => readdir(dir, { recursive: true, withFileTypes: true }))))
      .flat()
      .filter(({ name }) => name.endsWith('.ts') && name !== 'notices.ts');
    const sources = (await Promise.all(files.map((file) => readFile(join(file.parentPath, file.name), 'utf8')))).join();
    expect(noticeTemplates.filter((name) => !sources.includes(`'${name}'`))).toEqual([]);
    expect([...templates.notices.keys()].sort()).toEqual([...noticeTemplates].sort());
  });

  it('say the same in both languages, and hold no more than an SMS does in their short form', () => {
    for (const name of noticeTemplates) {
      const { subject, short } = render(
        templates,
        notice(name, { outcome: 'settled', ability: 'likely' }, { deadline }),
      );
      expect(subject, name).toMatch(/^【和解】.+ \(310116-2030-000042\)$/);
      expect([...short].length, name).toBeLessThanOrEqual(70);
      expect(short, name).not.toContain('\n');
    }
  });

  it('stop the start when one is missing, broken or nobody’s, each with its file', async () => {
    await cp(templatesFolder, copy, { recursive: true });
    await rm(join(copy, 'urged.json'));
    await writeFile(join(copy, 'greeting.json'), JSON.stringify(good));
    await writeFile(join(copy, 'result.json'), JSON.stringify({ ...good, text: { zh: ['{who}'], en: ['{who}'] } }));
    const refused = await loadTemplates(copy).then(
      () => [],
      ({ errors }: TemplateErrors) => errors.map(({ file, code }) => `${file} ${code}`),
    );
    expect(refused).toEqual([
      'greeting.json unused',
      'urged.json missing-file',
      'result.json unknown-fact',
      'result.json unknown-fact',
    ]);
  });
});

describe('a template that an administrator hands in', () => {
  it('is taken when everything is right', () => {
    expect(checkTemplate('requestServed', JSON.stringify(good))).toMatchObject({ template: good, faults: [] });
  });

  it('is refused with the line of a fact that does not exist, and of one that this notice does not have', () => {
    const [unknown, other] = faultsOf({
      ...good,
      text: { zh: ['请回应。', '{owner}'], en: ['Please answer.', '{outcome}'] },
    });
    expect(unknown).toMatchObject({ code: 'unknown-fact', pointer: '/text/zh/1', line: 9 });
    expect(unknown?.reason.zh).toContain('{due}');
    expect(other).toMatchObject({ code: 'unknown-fact', pointer: '/text/en/1' });
  });

  it('is refused when a language is missing, or names other facts than the other one', () => {
    expect(faultsOf({ ...good, subject: { zh: '协商要求' } })).toMatchObject([
      { code: 'missing-language', pointer: '/subject/en' },
    ]);
    expect(faultsOf({ ...good, text: { zh: ['请回应。', '{due}'], en: ['Please answer.'] } })).toMatchObject([
      { code: 'languages-differ', pointer: '/text', reason: { en: 'only one of the languages names {due}' } },
    ]);
  });

  it('is refused when it could be empty, when a brace is left open, when it is no JSON, or has a field too many', () => {
    expect(faultsOf({ ...good, text: { zh: ['{due}'], en: ['{due}'] } })).toMatchObject([
      { code: 'no-lasting-line' },
      { code: 'no-lasting-line' },
    ]);
    expect(faultsOf({ ...good, text: { zh: ['请{'], en: ['{ answer }'] } }).map(({ code }) => code)).toEqual([
      'stray-brace',
      'stray-brace',
    ]);
    expect(faultsOf('{"subject": ')).toMatchObject([{ code: 'syntax', line: 1 }]);
    expect(faultsOf('{"subject": {}, "subject": {}}')).toMatchObject([{ code: 'duplicate-key' }]);
    expect(faultsOf({ ...good, html: '<b>' })).toMatchObject([{ code: 'wrong-shape', pointer: '/html' }]);
  });

  it('is refused when its short form is longer than an SMS, or names what may be missing', () => {
    expect(faultsOf({ ...good, short: { zh: '请'.repeat(31), en: 'Answer.' } })).toMatchObject([
      { code: 'too-long', pointer: '/short/zh' },
    ]);
    expect(faultsOf({ ...good, short: { zh: '{due}', en: '{due}' } }).map(({ code }) => code)).toEqual([
      'unknown-fact',
      'unknown-fact',
    ]);
  });
});

describe('a notice as it is written', () => {
  it('leaves out the line whose fact it does not have', () => {
    expect(render(templates, notice('requestServed')).text).not.toContain('届满');
    expect(render(templates, notice('requestServed', {}, { deadline })).text).toContain(
      '视为不愿协商。\n协商回应：2030-03-08 24:00 届满。依据：企业劳动争议协商调解规定 第十条第一款。',
    );
  });

  it('says what came of a procedure, what is next, and each way that is open', () => {
    const remedy = {
      ...{ title: { zh: '申请仲裁', en: 'Arbitration' }, article: '第二十七条', lastDay: '2031-01-01' },
      ...{ papers: [{ zh: '申请书', en: 'Application' }], lostByWaiting: { zh: '时效', en: 'Limitation' } },
    };
    const { text } = render(
      templates,
      notice('overdue', { outcome: 'overdue', next: 'mediation', prefill: 'settlement', remedies: [remedy] }),
    );
    expect(text).toContain('下一步：转入调解，申请书已据协议预填');
    expect(text).toContain('1. 申请仲裁（第二十七条）\n   最后一日：2031-01-01 24:00。\n   材料：申请书。');
    expect(text).toContain('1. Arbitration (第二十七条)');
    const merged = render(templates, notice('result', { outcome: 'merged', into: '310116-2030-000007' })).text;
    expect(merged).toContain('以后请看案件 310116-2030-000007。');
  });

  it('is in one language for who reads one, and its short form in Chinese for who reads both', () => {
    const served = notice('requestServed', {}, { deadline });
    const english = render(templates, served, 'en');
    expect(english.subject).toBe('[Hejie] Request to negotiate (310116-2030-000042)');
    expect(english.text).not.toMatch(/请在期限内/);
    expect(english.short).toContain('Last day 2030-03-08. Case 310116-2030-000042');
    expect(render(templates, served, 'zh').text).not.toContain('Please');
    expect(render(templates, served).short).toBe(
      '【和解】对方要求协商，请按时回应；不回应视为不愿协商。期限至2030-03-08。案号310116-2030-000042',
    );
  });
});
