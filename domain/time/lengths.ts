import { addDays, compareDays, instantMs, parseDay, shanghaiTime } from './day.ts';
import type {
  Bilingual,
  DeadlineDefinition,
  DeadlineInput,
  Extension,
  Instant,
  LegalDay,
  Suspension,
  Unit,
} from './types.ts';

/** Both days included. */
export interface DayRange {
  fromOn: LegalDay;
  toOn: LegalDay;
}

const unitNames: Record<Unit, { zh: string; one: string; many: string }> = {
  calendarDays: { zh: '日', one: 'day', many: 'days' },
  workingDays: { zh: '个工作日', one: 'working day', many: 'working days' },
  hours: { zh: '小时', one: 'hour', many: 'hours' },
  months: { zh: '个月', one: 'month', many: 'months' },
  years: { zh: '年', one: 'year', many: 'years' },
  seconds: { zh: '秒', one: 'second', many: 'seconds' },
};

export function lengthText(amount: number, unit: Unit): Bilingual {
  const { zh, one, many } = unitNames[unit];
  return { zh: `${amount} ${zh}`, en: `${amount} ${amount === 1 ? one : many}` };
}

/** Throws `RangeError` for a negative length, and for a broken one where the unit does not break. */
export function checkLength(amount: number, unit: Unit): void {
  const divisible = unit === 'hours' || unit === 'seconds';
  if (amount < 0 || !(divisible ? Number.isFinite(amount) : Number.isSafeInteger(amount)))
    throw new RangeError(`not a length: ${amount} ${unit}`);
}

/** The unit an extension is in where it does not say. */
export function unitOf(extension: Extension, def: Pick<DeadlineDefinition, 'unit'>, input: DeadlineInput): Unit {
  // A clock with a named day answers in days, one of the demonstration region in seconds; neither is the rule's unit.
  const answered = input.until !== undefined || input.secondsPerDay !== undefined;
  return extension.unit ?? (answered ? def.unit : (input.unit ?? def.unit));
}

/** The length of an extension, or undefined where it names a day. */
export function extensionLength(extension: Extension, unit: Unit): number | undefined {
  if (extension.until !== undefined) {
    parseDay(extension.until);
    return undefined;
  }
  if (extension.amount === undefined) throw new RangeError('an extension needs an amount or a last day');
  checkLength(extension.amount, unit);
  return extension.amount;
}

/** The moment of the event, as an epoch time. */
export function anchorMs({ anchorAt }: DeadlineInput): number {
  if (anchorAt === undefined) throw new RangeError('hours and seconds need the moment of the event');
  return instantMs(anchorAt);
}

/** Sorted, and those that touch or overlap made one: a day suspended twice is suspended once. */
export function joinSuspensions(suspensions: readonly Suspension[]): DayRange[] {
  const joined: DayRange[] = [];
  for (const { fromOn, toOn } of [...suspensions].sort((left, right) => compareDays(left.fromOn, right.fromOn))) {
    parseDay(fromOn);
    parseDay(toOn);
    if (toOn < fromOn) throw new RangeError(`suspension ends before it begins: ${fromOn} ${toOn}`);
    const last = joined.at(-1);
    if (last !== undefined && fromOn <= addDays(last.toOn, 1)) {
      if (toOn > last.toOn) last.toOn = toOn;
    } else joined.push({ fromOn, toOn });
  }
  return joined;
}

/** `2026-10-03`, `2026-10-01 至 10-07`; the year again where it changes. */
export function rangeText(fromOn: LegalDay, toOn: LegalDay): Bilingual {
  if (fromOn === toOn) return { zh: fromOn, en: fromOn };
  const end = fromOn.slice(0, 4) === toOn.slice(0, 4) ? toOn.slice(5) : toOn;
  return { zh: `${fromOn} 至 ${end}`, en: `${fromOn} to ${end}` };
}

/** That the time runs out at a moment. */
export function momentText(dueAt: Instant): Bilingual {
  const time = shanghaiTime(dueAt);
  return { zh: `期限于 ${time}（北京时间）届满。`, en: `The time runs out at ${time}, Asia/Shanghai.` };
}

/** That the time runs out with a day. */
export const dayText = (dueOn: LegalDay): Bilingual => ({
  zh: `期限于 ${dueOn} 24:00（北京时间）届满。`,
  en: `The time runs out at 24:00 on ${dueOn}, Asia/Shanghai.`,
});
