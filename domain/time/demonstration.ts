import { daysBetween, instantOf, laterDay, shanghaiDay } from './day.ts';
import { anchorMs, checkLength, extensionLength, joinSuspensions, momentText, rangeText, unitOf } from './lengths.ts';
import type { ComputedDeadline, DeadlineDefinition, DeadlineInput, ExplanationLine, LegalDay, Unit } from './types.ts';

const demonstrationDays: Record<Exclude<Unit, 'seconds'>, number> = {
  calendarDays: 1,
  workingDays: 1,
  hours: 1 / 24,
  months: 30,
  years: 365,
};

/**
 * The demonstration region: a day, working or not, lasts so many seconds, so that a case can be watched. No calendar is
 * asked. A named last day, or an anchor still to come, is as many days away as the calendar says; a last day that is
 * today still lasts one day, as it would in earnest.
 */
export function computeDemonstration(
  def: Pick<DeadlineDefinition, 'amount' | 'unit'>,
  input: DeadlineInput,
  secondsPerDay: number,
): ComputedDeadline {
  if (!(secondsPerDay > 0) || !Number.isFinite(secondsPerDay))
    throw new RangeError(`not a length of day: ${secondsPerDay}`);
  const { anchorOn, until, extensions = [], suspensions = [] } = input;
  const startMs = anchorMs(input);
  const startOn = shanghaiDay(instantOf(startMs));
  const lines: ExplanationLine[] = [];
  const say = (code: string, zh: string, en: string, on?: LegalDay): void => {
    lines.push({ code, zh, en, ...(on === undefined ? {} : { on }) });
  };

  const secondsTo = (on: LegalDay): number => Math.max(1, daysBetween(startOn, on)) * secondsPerDay;
  const secondsOf = (amount: number, unit: Unit): number => {
    checkLength(amount, unit);
    return unit === 'seconds' ? amount : amount * demonstrationDays[unit] * secondsPerDay;
  };

  say('anchor', `起算事件发生于 ${anchorOn}。`, `The event was on ${anchorOn}.`, anchorOn);
  say(
    'counted',
    `演示地区：每一日（含工作日）按 ${secondsPerDay} 秒计，一个月按 30 日、一年按 365 日计，不查放假安排。`,
    `Demonstration region: every day, working or not, lasts ${secondsPerDay} seconds, a month 30 days, a year 365; no calendar is asked.`,
  );

  const unit = input.unit ?? def.unit;
  const length = input.amount ?? def.amount;
  let base: number;
  if (until !== undefined) base = secondsTo(until);
  else if (unit === 'seconds') base = secondsOf(length, unit);
  else {
    const lead = Math.max(0, daysBetween(startOn, anchorOn)) * secondsPerDay;
    base = lead + secondsOf(length, unit);
    if (base === 0) base = secondsPerDay;
  }

  let total = base;
  for (const extension of extensions) {
    const extensionUnit = unitOf(extension, def, input);
    const more = extensionLength(extension, extensionUnit);
    if (more !== undefined) total += secondsOf(more, extensionUnit);
    else if (extension.until !== undefined) total = secondsTo(extension.until);
    say('extended', `延长，自起算时刻起共 ${total} 秒。`, `Extended: ${total} seconds from the event in all.`);
  }
  for (const { fromOn, toOn } of joinSuspensions(suspensions)) {
    const firstOn = laterDay(fromOn, startOn);
    if (toOn < firstOn || firstOn > shanghaiDay(instantOf(startMs + total * 1000))) continue;
    const paused = (daysBetween(firstOn, toOn) + 1) * secondsPerDay;
    total += paused;
    const range = rangeText(firstOn, toOn);
    say(
      'suspended',
      `${range.zh} 期间中止，${paused} 秒不计。`,
      `${range.en}: suspended, ${paused} seconds do not count.`,
      firstOn,
    );
  }

  const dueAt = instantOf(startMs + Math.round(total * 1000));
  const dueOn = shanghaiDay(dueAt);
  const due = momentText(dueAt);
  say('due', due.zh, due.en, dueOn);
  return {
    anchorOn,
    dueOn,
    dueAt,
    provisional: false,
    calendarVersion: 'none',
    unit: 'seconds',
    amount: base,
    explanation: lines,
  };
}
