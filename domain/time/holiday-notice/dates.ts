import { isWeekend, mayName, type NamedDay } from '../calendar.ts';
import { addDays, isLegalDay, weekday } from '../day.ts';
import type { LegalDay } from '../types.ts';
import type { PastedText, Span } from './pasted-text.ts';

/** `2022年12月31日(农历除夕、周六)`; the year and, at the end of a range, the month may be left out. */
export const datePattern = String.raw`(?:\d{4}年)?(?:\d{1,2}月)?\d{1,2}日(?:\([^()。]*\))?`;
const parts = /^(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日(?:\(([^()]*)\))?$/;
const weekdayWord = /^(?:周|星期)([一二三四五六日])$/;
const lunarWord = /^农历(?:(除夕)|(正月|腊月)([初十二廿三][一二三四五六七八九十]{0,2}))$/;
const weekdays = '一二三四五六日';

/** What the text has said before a date, and what is known of its year. */
interface Around {
  /** Of the notice. */
  year: number;
  /** The first date of a range, for its last. */
  after?: LegalDay;
  /** The statutory days of the year; none where the table does not have it. */
  statutory: readonly NamedDay[];
}

/** Reads one date and holds its day of the week and its lunar day against the calendar; undefined, with the fault told, where there is no such day. */
export function readDate(
  text: PastedText,
  span: Span,
  around: Around,
): { on: LegalDay; weekdayGiven: boolean } | undefined {
  const [, year, month, day, beside] = parts.exec(text.squeezed.slice(span.start, span.end)) ?? [];
  const y = year ?? around.after?.slice(0, 4) ?? String(around.year);
  const m = month ?? around.after?.slice(5, 7);
  const on = `${y}-${m?.padStart(2, '0')}-${day?.padStart(2, '0')}`;
  if (!isLegalDay(on)) {
    text.fault('no-such-day', span, { zh: '没有这一天。', en: 'there is no such day.' });
    return undefined;
  }
  if (!mayName(around.year, on)) {
    text.fault('other-year', span, {
      zh: `不在 ${around.year} 年，也不在相邻的年末年初。`,
      en: `it lies neither in ${around.year} nor about its turns.`,
    });
    return undefined;
  }
  const words = beside === undefined ? [] : beside.split('、');
  const weekdayGiven = weekdayWord.test(words.at(-1) ?? '');
  if (weekdayGiven) checkWeekday(text, span, on, words.pop() as string);
  const lunar = words.shift();
  if (lunar !== undefined) checkLunar(text, span, on, lunar, around);
  if (words.length > 0) notUnderstood(text, span);
  return { on, weekdayGiven };
}

function checkWeekday(text: PastedText, span: Span, on: LegalDay, word: string): void {
  const real = weekdays[weekday(on) - 1] as string;
  if (word.endsWith(real)) return;
  text.fault('weekday-differs', span, { zh: `${on} 是星期${real}。`, en: `${on} is not that day of the week.` });
}

/** Lunar days are held against the Spring Festival of the table; the twelfth month has twenty-nine or thirty days. */
function checkLunar(text: PastedText, span: Span, on: LegalDay, word: string, { statutory }: Around): void {
  const [, eve, month, day = ''] = lunarWord.exec(word) ?? [];
  const number = lunarDay(day);
  if (eve === undefined && number === undefined) {
    notUnderstood(text, span);
    return;
  }
  const spring = statutory.filter(({ name }) => name.zh === '春节').map(({ on: one }) => one);
  // Since 2025 the eve is a statutory day too.
  const first = spring.length === 4 ? spring[1] : spring[0];
  if (first === undefined) return;
  const nth = number ?? 0;
  const possible =
    eve !== undefined
      ? [addDays(first, -1)]
      : month === '正月'
        ? [addDays(first, nth - 1)]
        : [addDays(first, nth - 30), addDays(first, nth - 31)];
  if (!possible.includes(on))
    text.fault('lunar-differs', span, {
      zh: `${on} 不是${word}（正月初一为 ${first}）。`,
      en: `${on} is not that day of the lunar year, which begins on ${first}.`,
    });
}

/** 初一 is 1, 十五 is 15, 二十八 and 廿八 are 28, 三十 is 30. */
function lunarDay(word: string): number | undefined {
  const ones = '一二三四五六七八九十';
  const at = (char: string): number => ones.indexOf(char) + 1;
  if (/^初[一二三四五六七八九十]$/.test(word)) return at(word.charAt(1));
  if (/^十[一二三四五六七八九]$/.test(word)) return 10 + at(word.charAt(1));
  if (/^(二十|廿)[一二三四五六七八九]?$/.test(word)) {
    const last = word.replace(/^(二十|廿)/, '');
    return 20 + (last === '' ? 0 : at(last));
  }
  return word === '三十' ? 30 : undefined;
}

/** Whether a day stands beside a weekend, so that the two are taken together. */
export const besideWeekend = (on: LegalDay): boolean =>
  !isWeekend(on) && (isWeekend(addDays(on, 1)) || isWeekend(addDays(on, -1)));

export function notUnderstood(text: PastedText, span: Span): void {
  text.fault('not-understood', span, {
    zh: '读不懂，不作猜测。',
    en: 'this is not understood, and nothing is guessed.',
  });
}
