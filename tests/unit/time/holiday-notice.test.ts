import { readFileSync } from 'node:fs';
import chineseDays from 'chinese-days';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { validateCalendarYear } from '../../../domain/time/calendar.ts';
import { addDays } from '../../../domain/time/day.ts';
import { readNotice } from '../../../domain/time/holiday-notice/read-notice.ts';
import { published2024, published2025, published2026, statutory } from './data.ts';

const published = (year: number): string =>
  readFileSync(new URL(`../../../fixtures/holiday-notices/${year}.txt`, import.meta.url), 'utf8');
/** Copies of a news agency leave the number out. */
const numbers: Record<number, string> = { 2025: '国办发明电〔2024〕12号', 2026: '国办发明电〔2025〕7号' };
const read = (text: string, year: number, more: { notice?: string } = {}) =>
  readNotice({
    ...{ text, source: 'https://example.test', statutory: statutory.years },
    ...(numbers[year] === undefined ? {} : { notice: numbers[year] }),
    ...more,
  });
const understood = (text: string, year: number) => {
  const answer = read(text, year);
  if ('faults' in answer) throw new Error(JSON.stringify(answer.faults, null, 1));
  return answer.read;
};
const faultsOf = (text: string, year: number, more: { notice?: string } = {}) => {
  const answer = read(text, year, more);
  return 'faults' in answer ? answer.faults : [];
};
const codesOf = (...asked: Parameters<typeof faultsOf>) => faultsOf(...asked).map(({ code }) => code);
const fullWidth = (text: string): string =>
  text.replaceAll(',', '，').replaceAll(':', '：').replaceAll('(', '（').replaceAll(')', '）');

describe('a notice as it was published', () => {
  it('says the days that the calendars of 2024, 2025 and 2026 have, name by name', () => {
    for (const { source, ...calendar } of [published2024, published2025, published2026]) {
      const { source: read_, ...days } = understood(published(calendar.year), calendar.year);
      expect(days).toEqual(calendar);
      expect(read_).toBe('https://example.test');
      expect(validateCalendarYear({ ...days, source }, statutory, calendar.year)).toEqual([]);
    }
  });

  it('of 2021, 2022 and 2023 says the days that an independent list has', () => {
    for (const year of [2021, 2022, 2023]) {
      const { notice, daysOff, workdays } = understood(published(year), year);
      expect(notice).toBe(`国办发明电〔${year - 1}〕${{ 2021: 27, 2022: 11, 2023: 16 }[year]}号`);
      const off = new Set(daysOff.map(({ on }) => on));
      const worked = new Set(workdays.map(({ on }) => on));
      for (let on = `${year}-01-01`; on <= `${year}-12-30`; on = addDays(on, 1)) {
        const free = off.has(on) || (!worked.has(on) && [0, 6].includes(new Date(on).getUTCDay()));
        expect([on, chineseDays.isHoliday(on)]).toEqual([on, free]);
      }
    }
    expect(understood(published(2023), 2023).daysOff[0]).toEqual({
      on: '2022-12-31',
      name: { zh: '元旦', en: "New Year's Day" },
    });
  });

  it('is read alike with full-width signs, on one line, and broken by the page wherever no number is', () => {
    for (const year of [2021, 2022, 2023, 2024, 2025, 2026]) {
      const text = published(year);
      const days = understood(text, year);
      const wide = fullWidth(text).replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
      const broken = [...text].map((char) => (/[,、。(:]/.test(char) ? `${char}\r\n\u3000\u00a0` : char)).join('');
      for (const pasted of [wide, text.replace(/\s+/g, ' '), broken]) expect(understood(pasted, year)).toEqual(days);
    }
  });

  it('is read out of a page that says other things before and after it', () => {
    const page = `首页 > 时政\n来源:新华网2025-11-04 22:15\n${published(2026)}\n[责编:张]\n相关阅读 8000 列 2026年放假安排来了\n`;
    expect(understood(page, 2026)).toEqual(understood(published(2026), 2026));
  });
});

describe('a notice is refused with its place, and nothing is guessed, when', () => {
  const replaced = (year: number, from: string, to: string): string => {
    const text = published(year);
    expect(text, from).toContain(from);
    return text.replace(from, to);
  };
  const cases: Array<[string, number, string, string, string]> = [
    ['its title is missing', 2024, '国务院办公厅关于', '关于', 'no-title'],
    ['it is no notice of holidays', 2024, '部分节假日安排的通知', '春节假期延长的通知', 'no-title'],
    ['the title says another year than the list', 2024, '关于2024年', '关于2025年', 'years-differ'],
    ['the list says no year', 2024, '现将2024年', '现将', 'no-opening'],
    ['it has no number', 2024, '国办发明电〔2023〕7号', '', 'no-number'],
    ['its number is of another year', 2024, '〔2023〕7号', '〔2022〕7号', 'number-of-other-year'],
    ['it has two numbers', 2024, '〔2023〕7号', '〔2023〕7号 国办发明电〔2023〕8号', 'numbers-differ'],
    ['it is not signed: the end is cut off', 2024, '国务院办公厅\n2023年10月25日', '', 'not-signed'],
    ['it is signed on no day', 2024, '2023年10月25日', '2023年10月35日', 'no-such-day'],
    ['a day of the week is wrong', 2025, '1月28日(农历除夕、周二)', '1月28日(农历除夕、周三)', 'weekday-differs'],
    ['a lunar day is wrong', 2025, '(农历正月初七、周二)', '(农历正月初八、周二)', 'lunar-differs'],
    ['a lunar day of the twelfth month is wrong', 2026, '农历腊月二十八', '农历腊月二十六', 'lunar-differs'],
    ['a lunar day is none', 2026, '农历腊月二十八', '农历闰月初二', 'not-understood'],
    ['the number of days is wrong', 2025, '共8天。1月26日', '共7天。1月26日', 'count-differs'],
    ['the number of days is not said', 2024, '放假调休,共8天', '放假调休', 'count-missing'],
    ['a day does not exist', 2024, '4月4日至6日', '4月31日至6日', 'no-such-day'],
    ['a holiday ends before it begins', 2024, '5月1日至5日', '5月9日至5日', 'range-reversed'],
    ['a day lies in a far year', 2023, '2022年12月31日至', '2021年12月31日至', 'other-year'],
    ['a weekday is worked', 2024, '2月4日(星期日)', '2月5日(星期一)', 'not-a-weekend'],
    ['a worked day says no day of the week', 2024, '2月4日(星期日)', '2月4日', 'weekday-missing'],
    ['a worked day is far off', 2024, '2月4日(星期日)', '1月21日(星期日)', 'too-far'],
    ['a worked day is off', 2024, '2月18日(星期日)', '2月11日(星期日)', 'day-twice'],
    ['a worked day is left out', 2024, '、2月18日(星期日)', '', 'swap-unbalanced'],
    ['a statutory day is not off', 2026, '4月4日(周六)至6日(周一)', '4月6日(周一)至8日(周三)', 'statutory-missing'],
    ['a day is said to stand beside a weekend and does not', 2024, '1月1日放假', '1月2日放假', 'not-beside-weekend'],
    ['days are worked where nothing is exchanged', 2024, '4月4日至6日放假调休', '4月4日至6日放假', 'swap-without-swap'],
    ['nothing is exchanged and something is', 2025, '放假1天,不调休', '放假调休1天,不调休', 'not-understood'],
    ['an encouragement means another day', 2024, '除夕(2月9日)', '除夕(2月8日)', 'lunar-differs'],
    ['a festival is unknown', 2024, '三、清明节:', '三、冬至节:', 'unknown-festival'],
    [
      'a festival is arranged and not announced',
      2024,
      '劳动节、端午节、中秋节和',
      '劳动节、中秋节和',
      'festival-unexpected',
    ],
    ['a festival is announced and not arranged', 2025, '六、国庆节、中秋节', '六、国庆节', 'festival-missing'],
    ['an item is missing', 2024, '五、端午节:6月10日放假,与周末连休。', '', 'not-understood'],
    ['an item comes twice', 2025, '三、清明节', '三、劳动节', 'festival-unexpected'],
    ['items are not in their order', 2024, '三、清明节', '四、清明节', 'not-understood'],
    ['an item says no days', 2024, '6月10日放假,与周末连休。', '', 'not-understood'],
    [
      'a sentence of an item is unknown',
      2024,
      '(星期日)上班。鼓励',
      '(星期日)上班。2月19日补休。鼓励',
      'not-understood',
    ],
    ['it ends in the middle of a sentence', 2024, '、10月12日(星期六)上班。', '', 'not-understood'],
    ['a sentence that follows arranges a day', 2024, '节假日期间', '10月8日延长一天。节假日期间', 'not-understood'],
    [
      'a sentence after the list speaks of days',
      2024,
      '国务院办公厅\n2023',
      '春节假期另行延长。国务院办公厅\n2023',
      'not-understood',
    ],
    [
      'the introduction says of days what is not known',
      2025,
      '劳动节放假调休5天,元旦',
      '劳动节放假调休6天,元旦',
      'not-understood',
    ],
    ['a blank divides a number', 2024, '2月10日至17日', '2月1 0日至17日', 'broken-number'],
    [
      'a page says more of days than the notice',
      2024,
      '国务院办公厅\n2023年10月25日',
      '国务院办公厅\n2023年10月25日\n另:2月9日放假',
      'outside-notice',
    ],
  ];

  for (const [why, year, from, to, code] of cases)
    it(why, () => {
      const faults = faultsOf(replaced(year, from, to), year);
      expect(faults.map((fault) => fault.code)).toContain(code);
      for (const { line, column, zh, en } of faults) {
        expect(Math.min(line, column)).toBeGreaterThan(0);
        expect(zh).toMatch(/。$/);
        expect(en).toMatch(/\.$/);
      }
    });

  it('the number given is not the one of the text, or is of another year', () => {
    expect(codesOf(published(2024), 2024, { notice: '国办发明电〔2023〕8号' })).toEqual(['numbers-differ']);
    expect(codesOf(published(2025), 2025, { notice: '国办发明电〔2025〕7号' })).toEqual(['number-of-other-year']);
    expect(codesOf(published(2025), 2025, { notice: '第七号' })).toEqual(['number-of-other-year']);
    expect(codesOf('', 2025)).toEqual(['no-title']);
  });

  it('and the place is that of the words, as an editor counts lines and columns', () => {
    const [fault] = faultsOf(replaced(2024, '4月7日(星期日)', '4月7日(星期六)'), 2024);
    expect(fault).toMatchObject({ code: 'weekday-differs', line: 13, column: 23 });
    expect(fault?.zh).toContain('“4月7日(星期六)”');
  });
});

describe('whatever one slip of the pen does to a notice', () => {
  /** The sentences that arrange days, where a slip would move deadlines. */
  const list = (text: string): [number, number] => [text.indexOf('一、'), text.indexOf('节假日期间')];
  const outcome = (text: string, year: number) => {
    const answer = read(text, year);
    return 'faults' in answer ? undefined : answer.read;
  };

  it('in a number or a day of the week, it is refused', () => {
    const slips = [2024, 2025, 2026].flatMap((year) => {
      const text = published(year);
      const [start, end] = list(text);
      return [...text.slice(start, end).matchAll(/\d+|(?<=星期|周)[一二三四五六日]/g)].map((found) => ({
        ...{ year, text, at: start + found.index, was: found[0] },
      }));
    });
    expect(slips.length).toBeGreaterThan(150);
    const other = fc.tuple(fc.constantFrom(...slips), fc.integer({ min: 1, max: 6 }), fc.boolean());
    fc.assert(
      fc.property(other, ([{ year, text, at, was }, by, up]) => {
        const days = '一二三四五六日';
        const now = /\d/.test(was)
          ? String(Math.max(0, Number(was) + (up ? by : -by)))
          : (days[(days.indexOf(was) + by) % 7] as string);
        fc.pre(now !== was);
        expect(outcome(text.slice(0, at) + now + text.slice(at + was.length), year)).toBeUndefined();
      }),
      { numRuns: 400 },
    );
  });

  it('in any one sign of the list, it is refused or says the same days', () => {
    const anywhere = fc.constantFrom(2024, 2025, 2026).chain((year) => {
      const [start, end] = list(published(year));
      const sign = fc.constantFrom(...'0123456789一二三四五六日月年周放假调休上班共天至、,。:()〔', '');
      return fc.tuple(fc.constant(year), fc.integer({ min: start, max: end - 1 }), sign);
    });
    fc.assert(
      fc.property(anywhere, ([year, at, sign]) => {
        const text = published(year);
        const days = outcome(text.slice(0, at) + sign + text.slice(at + 1), year);
        if (days !== undefined) expect(days).toEqual(understood(text, year));
      }),
      { numRuns: 400 },
    );
  });

  it('and a text that is cut off anywhere is refused', () => {
    const cut = fc.constantFrom(2021, 2022, 2023, 2024).chain((year) => {
      const text = published(year).trimEnd();
      return fc.tuple(
        fc.constant(year),
        fc.integer({ min: 0, max: text.length - 1 }).map((at) => text.slice(0, at)),
      );
    });
    fc.assert(
      fc.property(cut, ([year, text]) => {
        expect(outcome(text, year)).toBeUndefined();
      }),
      { numRuns: 60 },
    );
  });
});
