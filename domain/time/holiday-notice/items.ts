import { isWeekend, type NamedDay } from '../calendar.ts';
import { addDays, daysBetween } from '../day.ts';
import type { LegalDay } from '../types.ts';
import { besideWeekend, datePattern, notUnderstood, readDate } from './dates.ts';
import { nameOf } from './festivals.ts';
import type { PastedText, Span } from './pasted-text.ts';

/** One numbered item: `二、春节:…`. */
export interface Item {
  festivals: string[];
  /** Its number and names. */
  head: Span;
  /** Each up to its full stop, without it. */
  sentences: Span[];
}

/** What is known beside the item. */
interface Beside {
  year: number;
  statutory: readonly NamedDay[];
}

const holiday = new RegExp(
  `^(${datePattern})(?:至(${datePattern}))?放假(调休)?(?:(\\d{1,3})天)?((?:,(?:共\\d{1,3}天|不调休|与周末连休))*)$`,
);
const workdays = new RegExp(`^${datePattern}(?:、${datePattern})*上班$`);
const encouraged = /^鼓励各单位结合带薪年休假等制度落实,安排职工在除夕\((\d{1,2}月\d{1,2}日)\)休息$/;
const MOST_DAYS = 31;
const FARTHEST_SWAP_DAYS = 14;

/** The days of an item. What contradicts something else of the item, the calendar or the law is told with its place. */
export function readItem(text: PastedText, item: Item, beside: Beside): { daysOff: NamedDay[]; workdays: NamedDay[] } {
  const name = nameOf(item.festivals);
  const [first, ...others] = item.sentences;
  const off = first === undefined ? undefined : readHoliday(text, first, beside);
  const worked: LegalDay[] = [];
  for (const sentence of others) {
    const words = text.squeezed.slice(sentence.start, sentence.end);
    if (workdays.test(words) && worked.length === 0) worked.push(...readWorkdays(text, sentence, beside, off));
    else if (encouraged.test(words) && item.festivals.includes('春节')) checkEve(text, sentence, beside, off);
    else notUnderstood(text, sentence);
  }
  if (off !== undefined) {
    checkStatutory(text, item, beside, off, worked);
    if (worked.length > 0 && !off.swaps)
      text.fault('swap-without-swap', item.head, {
        zh: '没有写明调休，却有上班的日子。',
        en: 'days are worked although nothing is said to be exchanged.',
      });
  }
  return {
    daysOff: (off?.days ?? []).map((on) => ({ on, name })),
    workdays: worked.map((on) => ({ on, name })),
  };
}

interface DaysOff {
  days: LegalDay[];
  /** 放假调休. */
  swaps: boolean;
}

function readHoliday(text: PastedText, sentence: Span, { year, statutory }: Beside): DaysOff | undefined {
  const found = holiday.exec(text.squeezed.slice(sentence.start, sentence.end));
  const [, from = '', to, swaps, days, clauses = ''] = found ?? [];
  if (found === null || !from.includes('月')) {
    notUnderstood(text, sentence);
    return undefined;
  }
  const start = { start: sentence.start, end: sentence.start + from.length };
  const first = readDate(text, start, { year, statutory });
  const end = { start: start.end + 1, end: start.end + 1 + (to?.length ?? 0) };
  const last =
    to === undefined || first === undefined ? first : readDate(text, end, { year, statutory, after: first.on });
  if (first === undefined || last === undefined) return undefined;
  const length = daysBetween(first.on, last.on) + 1;
  if (length < 1 || length > MOST_DAYS || (to !== undefined && length === 1)) {
    text.fault('range-reversed', sentence, {
      zh: `从 ${first.on} 到 ${last.on} 不是一段假期。`,
      en: `from ${first.on} to ${last.on} is no holiday.`,
    });
    return undefined;
  }
  const said = [...clauses.matchAll(/共(\d+)天/g)].map(([, count]) => Number(count));
  if (days !== undefined) said.push(Number(days));
  if (to !== undefined && said.length === 0)
    text.fault('count-missing', sentence, {
      zh: '没有写明共几天，无从核对。',
      en: 'the number of days is not said, so nothing can be held against it.',
    });
  for (const count of said)
    if (count !== length)
      text.fault('count-differs', sentence, {
        zh: `起止日期为 ${length} 天，文字为 ${count} 天。`,
        en: `from the first to the last it is ${length} days, the words say ${count}.`,
      });
  const beside = clauses.includes('与周末连休');
  if (beside && (to !== undefined || !besideWeekend(first.on)))
    text.fault('not-beside-weekend', sentence, {
      zh: '不与周末相连。',
      en: 'it does not stand beside a weekend.',
    });
  if (swaps !== undefined && (beside || clauses.includes('不调休'))) notUnderstood(text, sentence);
  return { days: Array.from({ length }, (_, at) => addDays(first.on, at)), swaps: swaps !== undefined };
}

function readWorkdays(text: PastedText, sentence: Span, beside: Beside, off: DaysOff | undefined): LegalDay[] {
  const words = text.squeezed.slice(sentence.start, sentence.end);
  const read: LegalDay[] = [];
  for (const { index, 0: date } of words.matchAll(new RegExp(datePattern, 'g'))) {
    const span = { start: sentence.start + index, end: sentence.start + index + date.length };
    if (!date.includes('月')) {
      notUnderstood(text, span);
      continue;
    }
    const found = readDate(text, span, beside);
    if (found === undefined) continue;
    const { on, weekdayGiven } = found;
    if (!weekdayGiven)
      text.fault('weekday-missing', span, {
        zh: '上班的日子没有写明星期几，无从核对。',
        en: 'the day of the week is not said, so the day cannot be held against it.',
      });
    if (!isWeekend(on))
      text.fault('not-a-weekend', span, { zh: `${on} 不是周六或周日。`, en: `${on} is no weekend day.` });
    if (off !== undefined && distance(on, off.days) > FARTHEST_SWAP_DAYS)
      text.fault('too-far', span, {
        zh: `离假期超过 ${FARTHEST_SWAP_DAYS} 天。`,
        en: `it lies more than ${FARTHEST_SWAP_DAYS} days from the holiday.`,
      });
    read.push(on);
  }
  return read;
}

const distance = (on: LegalDay, days: readonly LegalDay[]): number =>
  Math.min(...days.map((day) => Math.abs(daysBetween(on, day))));

/** An encouragement gives no day off; still it must mean the day before the holiday. */
function checkEve(text: PastedText, sentence: Span, beside: Beside, off: DaysOff | undefined): void {
  const words = text.squeezed.slice(sentence.start, sentence.end);
  const date = encouraged.exec(words)?.[1] ?? '';
  const start = sentence.start + words.indexOf(date);
  const eve = readDate(text, { start, end: start + date.length }, beside);
  const [first] = off?.days ?? [];
  if (eve !== undefined && first !== undefined && eve.on !== addDays(first, -1))
    text.fault('lunar-differs', sentence, {
      zh: `除夕应为假期前一日 ${addDays(first, -1)}。`,
      en: `the eve is the day before the holiday, ${addDays(first, -1)}.`,
    });
}

/**
 * Each statutory day of the item's festivals must be off; and beyond them and the weekends every day off must be paid for by a weekend day
 * that is worked, a statutory day on a weekend being made up for. A notice that grants more is right and is written as JSON.
 */
function checkStatutory(
  text: PastedText,
  item: Item,
  { statutory }: Beside,
  off: DaysOff,
  worked: readonly LegalDay[],
): void {
  if (statutory.length === 0) return;
  const own = statutory.flatMap(({ on, name }) =>
    name.zh
      .split('、')
      .filter((festival) => item.festivals.includes(festival))
      .map(() => on),
  );
  const missing = own.filter((on) => !off.days.includes(on));
  for (const on of new Set(missing))
    text.fault('statutory-missing', item.head, {
      zh: `法定节日 ${on} 没有放假。`,
      en: `the statutory day ${on} is not off.`,
    });
  const owed = off.days.filter((on) => !isWeekend(on)).length - own.length;
  if (missing.length === 0 && owed !== worked.length)
    text.fault('swap-unbalanced', item.head, {
      zh: `除法定节日和周末外多放 ${owed} 天，却有 ${worked.length} 天调休上班。`,
      en: `${owed} days off are neither statutory nor weekend, and ${worked.length} weekend days are worked for them.`,
    });
}
