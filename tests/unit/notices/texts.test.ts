import { describe, expect, it } from 'vitest';
import { type ApprovedText, noticeTextNames } from '../../../domain/notices.ts';
import { renderDigest } from '../../../notices/digest.ts';
import { ownTexts } from '../../../notices/load.ts';
import { render } from '../../../notices/render.ts';
import { sampleNotice } from '../../../notices/sample.ts';
import { createTextSource } from '../../../notices/text-source.ts';
import { layTexts, textOf } from '../../../notices/texts.ts';
import { sha256Of } from '../../../rules/canonical.ts';

const own = await ownTexts();
const saying = (zh: string) => ({
  ...{ subject: { zh, en: 'Request' }, text: { zh: ['请回应。'], en: ['Please answer.'] } },
  short: { zh: '请回应。', en: 'Please answer.' },
});
const approved = (region: string, text: unknown, notice = 'requestServed'): ApprovedText => ({ region, notice, text });
const subjectIn = (region: string, ...texts: ApprovedText[]) =>
  layTexts(own, texts)(region).notices.get('requestServed')?.subject.zh;

describe('the text of a notice in a region', () => {
  it('is that of the narrowest region which has one, and the project’s where none has', () => {
    const texts = [
      approved('310116', saying('区')),
      approved('310000', saying('市')),
      approved('510000', saying('省')),
    ];
    expect(subjectIn('310116', ...texts)).toBe('区');
    expect(subjectIn('310115', ...texts)).toBe('市');
    expect(subjectIn('520100', ...texts)).toBe('协商要求');
    expect(subjectIn('520100', ...texts, approved('000000', saying('国')))).toBe('国');
  });

  it('is the wider one again where a district has given its own up', () => {
    expect(subjectIn('310116', approved('310116', null), approved('310000', saying('市')))).toBe('市');
  });

  it('is the wider one, and that is told, where a text names what the program no longer says', () => {
    const told: ApprovedText[] = [];
    const gone = [approved('310116', { ...saying('区'), text: { zh: ['{gone}'], en: ['{gone}'] } })];
    gone.push(approved('310116', saying('无'), 'noticeOfOld'));
    const texts = layTexts(own, gone, (one) => told.push(one))('310116');
    expect(texts.notices.get('requestServed')?.subject.zh).toBe('协商要求');
    expect(told).toEqual(gone);
  });

  it('is of the region of each case in a mail that holds several, within the words of the first', () => {
    const words = {
      subject: { zh: '本区 {count} 件', en: '{count}' },
      dueToday: own.digest.dueToday,
      others: own.digest.others,
    };
    const textsIn = layTexts(own, [approved('310116', words, 'digest'), approved('510000', saying('省'))]);
    const { subject, text } = renderDigest(
      textsIn,
      [
        { ...sampleNotice('requestServed'), region: '310116' },
        { ...sampleNotice('requestServed'), region: '510104' },
      ],
      '2026-11-30T00:00:00.000Z',
    );
    expect(subject).toBe('【和解】本区 2 件 2');
    expect(text).toMatch(/\] 协商要求 Request to negotiate\n[\s\S]*\] 省 Request\n/);
  });

  it('can be shown for every notice with sample facts, no line left out', () => {
    for (const name of noticeTextNames) {
      if (name === 'digest') continue;
      const { text } = render(own, sampleNotice(name), 'zh');
      expect(text.trimEnd().split('\n').length, name).toBeGreaterThan(own.notices.get(name)?.text.zh.length ?? 0);
    }
  });
});

describe('the texts of a day', () => {
  it('are asked for once, kept before anything is sent by them, and others on the day that begins', async () => {
    let day = '2027-01-01';
    const asked: string[] = [];
    const kept = new Set<string>();
    let down = true;
    const texts = createTextSource({
      ...{ own, today: () => day, broken: () => undefined },
      store: {
        async approvedOn(on) {
          asked.push(on);
          if (down) throw new Error('the database is away');
          return on < '2027-01-02' ? [] : [approved('310116', saying('区'))];
        },
        keep: async (list) => {
          for (const { sha256 } of list) kept.add(sha256);
        },
      },
    });
    await expect(texts()).rejects.toThrow('away');
    down = false;
    const said = async () => textOf((await texts())('310116'), 'requestServed').subject.zh;
    expect([await said(), await said()]).toEqual(['协商要求', '协商要求']);
    day = '2027-01-02';
    expect([await said(), await said()]).toEqual(['区', '区']);
    expect(asked).toEqual(['2027-01-01', '2027-01-01', '2027-01-02']);
    expect(kept).toContain(sha256Of(saying('区')));
  });
});
