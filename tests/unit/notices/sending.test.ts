import { describe, expect, it } from 'vitest';
import { noticeChannels, openChannels } from '../../../domain/notices.ts';
import { renderDigest } from '../../../notices/digest.ts';
import { loadTemplates } from '../../../notices/load.ts';
import { type Addressed, planSending } from '../../../notices/sending.ts';
import { loadRuleBook } from '../../../rules/index.ts';
import { withPackCopy } from '../../rules/support.ts';

const book = await loadRuleBook();
const templates = await loadTemplates();
const noon = '2030-03-04T04:00:00.000Z';
const evening = '2030-03-04T14:00:00.000Z';
const morning = '2030-03-05T00:00:00.000Z';

const until = (dueOn: string, dueAt: string) => ({
  ...{ titleZh: '协商回应', titleEn: 'Answer', dueOn, dueAt, provisional: false, source: '第十条' },
});
const notice = (more: Partial<Addressed> = {}): Addressed => ({
  ...{ template: 'requestServed', region: '310116', recipient: 'r1', deadline: null, preferred: null, wanted: null },
  ...{ email: 'r1@example.test', phone: '13800000000', ...more },
});
const channelsOf = async (
  more: Partial<Addressed>,
  open = noticeChannels as readonly (typeof noticeChannels)[number][],
) => (await planSending(book, notice(more), noon, open)).channels;

describe('by which channel a notice goes', () => {
  it('is what the party prefers, and after it the others for which there is an address', async () => {
    expect(await channelsOf({ preferred: 'sms' })).toEqual(['sms', 'im', 'email']);
    expect(await channelsOf({ preferred: 'im', email: null })).toEqual(['im', 'sms']);
    expect(await channelsOf({ preferred: 'sms', phone: null })).toEqual(['email']);
  });

  it('is e-mail first for who has said nothing, and SMS first on the last day', async () => {
    expect(await channelsOf({})).toEqual(['email', 'sms', 'im']);
    expect(await channelsOf({ deadline: until('2030-03-04', '2030-03-04T16:00:00.000Z') })).toEqual([
      'sms',
      'email',
      'im',
    ]);
  });

  it('is e-mail only where no gateway is connected: who has none is not reached', async () => {
    expect(await channelsOf({ preferred: 'sms' }, openChannels(false))).toEqual(['email']);
    expect(await channelsOf({ email: null }, openChannels(false))).toEqual([]);
  });

  it('is the one that was asked for when it is sent again', async () => {
    expect(await channelsOf({ preferred: 'im', wanted: 'sms' })).toEqual(['sms']);
  });
});

describe('when a notice goes', () => {
  const plan = (more: Partial<Addressed>, now: string, by = book) => planSending(by, notice(more), now, noticeChannels);

  it('is at once by day, and in the morning when it comes at night', async () => {
    expect((await plan({}, noon)).at).toBe(noon);
    expect((await plan({}, evening)).at).toBe(morning);
  });

  it('is at once at night where the time limit would be over in the morning, in an emergency, and in the demonstration', async () => {
    const last = { deadline: until('2030-03-04', '2030-03-04T16:00:00.000Z') };
    expect((await plan(last, evening)).at).toBe(evening);
    const emergency = { template: 'emergencyDeclared', recipient: 'labourInspection' };
    expect(await plan(emergency, evening)).toMatchObject({ at: evening, digest: false });
    expect((await plan({ region: '990000' }, evening)).at).toBe(evening);
  });

  it('is 8 o’clock, with others in one mail, for an office’s reminders; a party gets each by itself', async () => {
    const reminder = { template: 'reminder', recipient: 'operator@330304', phone: null };
    expect(await plan(reminder, noon)).toEqual({ channels: ['email'], at: morning, digest: true });
    expect(await plan({ template: 'reminder' }, noon)).toMatchObject({ at: noon, digest: false });
    expect(await plan({ template: 'helpAsked', recipient: 'union' }, noon)).toMatchObject({ at: noon, digest: false });
  });

  it('is not 8 o’clock where the time limit is over before that, nor for what is sent again', async () => {
    const reminder = { template: 'reminder', recipient: 'operator' };
    const last = { ...reminder, deadline: until('2030-03-04', '2030-03-04T16:00:00.000Z') };
    expect(await plan(last, noon)).toMatchObject({ at: noon, digest: false });
    expect(await plan({ ...reminder, wanted: 'email' }, noon)).toMatchObject({ at: noon, digest: false });
  });

  it('may be quieter by the rule of a district, within the bounds of the nation', () =>
    withPackCopy(async (copy) => {
      const rules = JSON.parse(await copy.read('990000-demo/decisions/notice.quietHours.json')) as [{ id: string }];
      const local = (then: Record<string, number>) =>
        JSON.stringify([{ ...rules[0], id: '310116-quiet', source: '金山条例 第一条', then }]);
      const file = '310116-jinshan/decisions/notice.quietHours.json';
      await copy.write(file, local({ from: 20, hours: 13 }));
      const quieter = await loadRuleBook(copy.dir);
      expect((await plan({}, '2030-03-04T12:30:00.000Z', quieter)).at).toBe('2030-03-05T01:00:00.000Z');
      await copy.write(file, local({ from: 12, hours: 13 }));
      await expect(loadRuleBook(copy.dir)).rejects.toMatchObject({
        errors: [{ code: 'bound-broken', pointer: '/0/then/from' }],
      });
    }));
});

describe('the one mail of an office', () => {
  it('has first what ends today, then the others, each with its case and no name', () => {
    const one = (caseNo: string, dueOn: string) => ({
      ...{
        template: 'reminder',
        caseNo,
        region: '310116',
        data: { detail: {} },
        deadline: until(dueOn, `${dueOn}T16:00:00.000Z`),
      },
    });
    const { subject, text } = renderDigest(
      () => templates,
      [one('310116-2030-000001', '2030-03-06'), one('310116-2030-000002', '2030-03-04')],
      noon,
    );
    expect(subject).toBe('【和解】今日事项 2 件 2 matters of today');
    expect(text).toMatch(/^今日届满： Ending today:\n\n\[310116-2030-000002\] 期限将至 A time limit is near\n/);
    expect(text.indexOf('其他：')).toBeLessThan(text.indexOf('310116-2030-000001'));
  });
});
