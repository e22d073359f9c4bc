import { isWeekend } from './calendar.ts';
import {
  addDays,
  addMonths,
  daysBetween,
  endOfDay,
  instantMs,
  instantOf,
  laterDay,
  shanghaiDay,
  shanghaiTime,
  yearOf,
} from './day.ts';
import { checkLength, type DayRange, joinSuspensions, lengthText, rangeText } from './lengths.ts';
import type { Bilingual, Calendar, ExplanationLine, LegalDay, Suspension, Unit } from './types.ts';

/** One stretch of the clock; stretches of one kind that follow each other are one stretch, so that nothing drifts. */
export type Stretch =
  | { kind: 'calendarDays' | 'workingDays' | 'months'; amount: number }
  | { kind: 'exact'; seconds: number }
  | { kind: 'until'; on: LegalDay };

/** Where the clock stands: at the end of a day (before rolling), or at a moment. */
export type End = { on: LegalDay } | { ms: number };

/** A day the walk met, kept to be told. */
interface Mark extends DayRange {
  code: 'skipped' | 'counted' | 'suspended';
  why: Bilingual;
}

/** That the day of the event does not count. */
export const anchorArticles: Bilingual = {
  zh: '民法典第201条、民事诉讼法第85条',
  en: 'Civil Code 201, Civil Procedure Law 85',
};
const rollArticles: Bilingual = {
  zh: '民法典第203条、民事诉讼法第85条',
  en: 'Civil Code 203, Civil Procedure Law 85',
};
const hourMs = 3_600_000;

export function stretchOf(amount: number, unit: Unit): Stretch {
  checkLength(amount, unit);
  switch (unit) {
    case 'calendarDays':
    case 'workingDays':
    case 'months':
      return { kind: unit, amount };
    case 'years':
      return { kind: 'months', amount: amount * 12 };
    case 'hours':
      return { kind: 'exact', seconds: amount * 3600 };
    case 'seconds':
      return { kind: 'exact', seconds: amount };
  }
}

/** Adds a stretch; one of the same kind as the last becomes part of it and so is counted from the anchor too. */
export function append(stretches: readonly Stretch[], next: Stretch): Stretch[] {
  const last = stretches.at(-1);
  const before = stretches.slice(0, -1);
  if (last?.kind === 'exact' && next.kind === 'exact')
    return [...before, { kind: 'exact', seconds: last.seconds + next.seconds }];
  if (last !== undefined && 'amount' in last && 'amount' in next && last.kind === next.kind)
    return [...before, { kind: last.kind, amount: last.amount + next.amount }];
  return [...stretches, next];
}

/** Counts, and remembers what it looked at: the explanation is told from these marks and from nothing else. */
export class Walk {
  readonly lines: ExplanationLine[] = [];
  readonly #calendar: Calendar;
  readonly #suspensions: readonly DayRange[];
  readonly #versions = new Map<number, string>();
  readonly #provisionalYears = new Set<number>();
  #marks: Mark[] = [];

  constructor(calendar: Calendar, suspensions: readonly Suspension[]) {
    this.#calendar = calendar;
    this.#suspensions = joinSuspensions(suspensions);
  }

  get suspended(): boolean {
    return this.#suspensions.length > 0;
  }

  get provisional(): boolean {
    return this.#provisionalYears.size > 0;
  }

  get calendarVersion(): string {
    const versions = [...this.#versions].sort(([left], [right]) => left - right).map(([, version]) => version);
    return versions.length === 0 ? 'none' : versions.join(';');
  }

  say(code: string, zh: string, en: string, on?: LegalDay): void {
    this.lines.push({ code, zh, en, ...(on === undefined ? {} : { on }) });
  }

  sayProvisional(): void {
    for (const year of [...this.#provisionalYears].sort())
      this.say(
        'provisional',
        `${year} 年放假调休安排尚未公布，暂按周末和法定节日计算，公布后重新计算。`,
        `The holiday arrangement for ${year} is not published: weekends and statutory days stand in; the date is computed again when it is.`,
      );
  }

  /** Whether a working day; every day asked marks its year. */
  #works(on: LegalDay): { working: boolean; why: Bilingual } {
    const status = this.#calendar.dayStatus(on);
    const year = yearOf(on);
    if (!this.#versions.has(year)) this.#versions.set(year, this.#calendar.versionOf(year));
    if (status.provisional) this.#provisionalYears.add(year);
    return status;
  }

  #suspensionOn(on: LegalDay): DayRange | undefined {
    return this.#suspensions.find(({ fromOn, toOn }) => fromOn <= on && on <= toOn);
  }

  #mark(code: Mark['code'], fromOn: LegalDay, toOn: LegalDay, why: Bilingual): void {
    const last = this.#marks.at(-1);
    if (last?.code === code && last.why.zh === why.zh && addDays(last.toOn, 1) === fromOn) last.toOn = toOn;
    else this.#marks.push({ code, fromOn, toOn, why });
  }

  #tellMarks(rolling = false): void {
    for (const { code, fromOn, toOn, why } of this.#marks) {
      const range = rangeText(fromOn, toOn);
      const days = daysBetween(fromOn, toOn) + 1;
      if (code === 'counted')
        this.say(code, `${range.zh} ${why.zh}，计入。`, `${range.en}: ${why.en}, counted.`, fromOn);
      else if (code === 'skipped' && rolling)
        this.say(code, `${range.zh} ${why.zh}，不作末日。`, `${range.en}: ${why.en}, no last day.`, fromOn);
      else if (code === 'skipped')
        this.say(code, `${range.zh} ${why.zh}，不计。`, `${range.en}: ${why.en}, not counted.`, fromOn);
      else
        this.say(
          code,
          `${range.zh} 期间中止，${days} 日不计。`,
          `${range.en}: suspended, ${days} ${days === 1 ? 'day does' : 'days do'} not count.`,
          fromOn,
        );
    }
    this.#marks = [];
  }

  /** Goes one stretch on from where the clock stands. */
  advance(from: End, stretch: Stretch): End {
    if (stretch.kind === 'exact') return this.#runExact(from, stretch.seconds);
    const fromOn = 'on' in from ? from.on : shanghaiDay(instantOf(from.ms));
    const end = this.#runDays(fromOn, stretch);
    this.#tellMarks();
    return { on: end };
  }

  #runDays(fromOn: LegalDay, stretch: Exclude<Stretch, { kind: 'exact' }>): LegalDay {
    switch (stretch.kind) {
      case 'until':
        this.say(
          'counted',
          `末日由当事人约定为 ${stretch.on}；遇休假日同样顺延（民法典第203条）。`,
          `The parties named ${stretch.on} as the last day; on a day off it moves on likewise (Civil Code 203).`,
          stretch.on,
        );
        return this.#pushedBySuspensions(addDays(fromOn, 1), stretch.on);
      case 'calendarDays': {
        const end = addDays(fromOn, stretch.amount);
        const length = lengthText(stretch.amount, 'calendarDays');
        if (stretch.amount === 0) this.say('counted', `${end} 当日即为末日。`, `${end} itself is the last day.`, end);
        else
          this.say(
            'counted',
            `自 ${addDays(fromOn, 1)} 起算 ${length.zh}（自然日），至 ${end}。`,
            `${length.en} (calendar days) from ${addDays(fromOn, 1)}, to ${end}.`,
            end,
          );
        return this.#pushedBySuspensions(stretch.amount === 0 ? fromOn : addDays(fromOn, 1), end);
      }
      case 'months': {
        const end = addMonths(fromOn, stretch.amount);
        const length =
          stretch.amount % 12 === 0 ? lengthText(stretch.amount / 12, 'years') : lengthText(stretch.amount, 'months');
        const corresponds = end.slice(8) === fromOn.slice(8);
        this.say(
          'counted',
          `自 ${fromOn} 起 ${length.zh}，${corresponds ? `对应日为 ${end}` : `到期月无对应日，以月末日 ${end} 为末日`}（民法典第202条）。`,
          `${length.en} from ${fromOn}: ${corresponds ? `the corresponding day is ${end}` : `that month has no corresponding day, its last day ${end} stands`} (Civil Code 202).`,
          end,
        );
        return this.#pushedBySuspensions(addDays(fromOn, 1), end);
      }
      case 'workingDays':
        return this.#countWorkingDays(fromOn, stretch.amount);
    }
  }

  /** Each suspended day from `firstOn` to the end, itself moved, pushes the end by one day. */
  #pushedBySuspensions(firstOn: LegalDay, endOn: LegalDay): LegalDay {
    let end = endOn;
    for (const suspension of this.#suspensions) {
      const fromOn = laterDay(firstOn, suspension.fromOn);
      if (fromOn > end) break;
      if (suspension.toOn < fromOn) continue;
      this.#mark('suspended', fromOn, suspension.toOn, { zh: '中止', en: 'suspended' });
      end = addDays(end, daysBetween(fromOn, suspension.toOn) + 1);
    }
    return end;
  }

  #countWorkingDays(fromOn: LegalDay, amount: number): LegalDay {
    const length = lengthText(amount, 'workingDays');
    if (amount === 0) {
      this.say('counted', `${fromOn} 当日即为末日。`, `${fromOn} itself is the last day.`, fromOn);
      return this.#pushedBySuspensions(fromOn, fromOn);
    }
    this.say(
      'counted',
      `自 ${addDays(fromOn, 1)} 起计 ${length.zh}，调休上班日计入。`,
      `${length.en} from ${addDays(fromOn, 1)}; weekend days made working days count.`,
    );
    let on = fromOn;
    let left = amount;
    while (left > 0) {
      on = addDays(on, 1);
      const suspension = this.#suspensionOn(on);
      if (suspension !== undefined) {
        this.#mark('suspended', on, suspension.toOn, { zh: '中止', en: 'suspended' });
        on = suspension.toOn;
        continue;
      }
      const { working, why } = this.#works(on);
      if (!working) this.#mark('skipped', on, on, why);
      else {
        left -= 1;
        if (isWeekend(on)) this.#mark('counted', on, on, why);
      }
    }
    return on;
  }

  #runExact(from: End, seconds: number): End {
    const startMs = 'ms' in from ? from.ms : instantMs(endOfDay(from.on));
    let endMs = startMs + Math.round(seconds * 1000);
    const length = seconds % 3600 === 0 ? lengthText(seconds / 3600, 'hours') : lengthText(seconds, 'seconds');
    const start = shanghaiTime(instantOf(startMs));
    this.say(
      'counted',
      `自 ${start}（北京时间）起 ${length.zh}，按时刻计算，不顺延。`,
      `${length.en} from ${start}, Asia/Shanghai, to the moment; it does not move for days off.`,
    );
    for (const suspension of this.#suspensions) {
      const pauseStartMs = Math.max(startMs, instantMs(endOfDay(addDays(suspension.fromOn, -1))));
      const pauseEndMs = instantMs(endOfDay(suspension.toOn));
      if (pauseStartMs >= endMs) break;
      if (pauseEndMs <= pauseStartMs) continue;
      endMs += pauseEndMs - pauseStartMs;
      const range = rangeText(suspension.fromOn, suspension.toOn);
      const hours = (pauseEndMs - pauseStartMs) / hourMs;
      const paused = lengthText(Number(hours.toFixed(2)), 'hours');
      this.say(
        'suspended',
        `${range.zh} 期间中止，${paused.zh}不计。`,
        `${range.en}: suspended, ${paused.en} not counted.`,
        suspension.fromOn,
      );
    }
    return { ms: endMs };
  }

  /** A last day on a day off moves to the next working day; a last day that has moved does not stop in a suspension. */
  roll(lastOn: LegalDay): LegalDay {
    let on = lastOn;
    for (;;) {
      const { working, why } = this.#works(on);
      const suspension = on === lastOn ? undefined : this.#suspensionOn(on);
      if (suspension !== undefined) {
        this.#mark('suspended', on, suspension.toOn, { zh: '中止', en: 'suspended' });
        on = suspension.toOn;
      } else if (working) break;
      else this.#mark('skipped', on, on, why);
      on = addDays(on, 1);
    }
    this.#tellMarks(true);
    if (on !== lastOn)
      this.say(
        'rolled',
        `末日 ${lastOn} 为休假日，顺延至 ${on}（${rollArticles.zh}）。`,
        `The last day ${lastOn} is a day off; it moves to ${on} (${rollArticles.en}).`,
        on,
      );
    return on;
  }
}
