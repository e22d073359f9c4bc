import { daysBetween, endOfDay, instantOf, parseDay, shanghaiDay } from './day.ts';
import { computeDemonstration } from './demonstration.ts';
import { anchorMs, dayText, extensionLength, lengthText, momentText, unitOf } from './lengths.ts';
import type { Bilingual, Calendar, ComputedDeadline, DeadlineDefinition, DeadlineInput, Extension } from './types.ts';
import { anchorArticles, append, type End, type Stretch, stretchOf, Walk } from './walk.ts';

/**
 * Computes a clock's last day and moment from its anchor, and says how.
 *
 * - The anchor's day does not count (办案规则 19 → 民事诉讼法 85; 民法典 201). A length of 0 days means the anchor's day
 *   itself is the last day.
 * - Calendar days, months and years: a last day on a day off moves to the next working day (民法典 203). Months and
 *   years end on the corresponding day, else the month's last (民法典 202). So does a last day the parties named.
 * - Working days: each working day counts, weekend days made working days too (办案规则 80).
 * - Hours and seconds run from `anchorAt` to the moment and do not move.
 * - Extensions add to the length counted from the anchor, never to a day that has already moved; one in another unit
 *   goes on from the last day before it moved; one that names a day puts that day in place of the last day.
 * - Suspended days inside the running clock push its end by as many days; suspended working days do not count. Where a
 *   named last day takes the place of another, only days suspended after the old end push it.
 *
 * Throws `CalendarMissing` where a year that matters is unknown, `RangeError` for a day, instant or length that is none.
 */
export function computeDeadline(
  def: Pick<DeadlineDefinition, 'amount' | 'unit'>,
  input: DeadlineInput,
  calendar: Calendar,
): ComputedDeadline {
  parseDay(input.anchorOn);
  if (input.until !== undefined) parseDay(input.until);
  if (input.secondsPerDay !== undefined) return computeDemonstration(def, input, input.secondsPerDay);

  const { anchorOn, until, extensions = [], suspensions = [] } = input;
  const unit = until === undefined ? (input.unit ?? def.unit) : 'calendarDays';
  const amount = until === undefined ? (input.amount ?? def.amount) : Math.max(0, daysBetween(anchorOn, until));

  const walk = new Walk(calendar, suspensions);
  const base: Stretch = until === undefined ? stretchOf(amount, unit) : { kind: 'until', on: until };
  const start: End = base.kind === 'exact' ? { ms: anchorMs(input) } : { on: anchorOn };
  const dayItselfCounts = base.kind === 'exact' || (until === undefined && amount === 0);
  if (!dayItselfCounts)
    walk.say(
      'anchor',
      `起算事件发生于 ${anchorOn}，当日不计入（${anchorArticles.zh}）。`,
      `The event was on ${anchorOn}; that day does not count (${anchorArticles.en}).`,
      anchorOn,
    );
  else walk.say('anchor', `起算事件发生于 ${anchorOn}。`, `The event was on ${anchorOn}.`, anchorOn);

  let stretches: Stretch[] = [base];
  let from = start;
  for (const extension of extensions) {
    const extensionUnit = unitOf(extension, def, input);
    const length = extensionLength(extension, extensionUnit);
    sayExtension(walk, extension, length === undefined ? undefined : lengthText(length, extensionUnit));
    if (length !== undefined) stretches = append(stretches, stretchOf(length, extensionUnit));
    else if (extension.until !== undefined) {
      // The old end matters only for suspensions: the days before it have already been spent.
      if (walk.suspended) {
        const unheard = new Walk(calendar, suspensions);
        from = stretches.reduce<End>((at, stretch) => unheard.advance(at, stretch), from);
      }
      stretches = [{ kind: 'until', on: extension.until }];
    }
  }

  const end = stretches.reduce<End>((at, stretch) => walk.advance(at, stretch), from);
  const dueOn = 'on' in end ? walk.roll(end.on) : shanghaiDay(instantOf(end.ms));
  const dueAt = 'on' in end ? endOfDay(dueOn) : instantOf(end.ms);
  walk.sayProvisional();
  const due = 'on' in end ? dayText(dueOn) : momentText(dueAt);
  walk.say('due', due.zh, due.en, dueOn);

  return {
    anchorOn,
    dueOn,
    dueAt,
    provisional: walk.provisional,
    calendarVersion: walk.calendarVersion,
    unit,
    amount,
    explanation: walk.lines,
  };
}

/** Says that and how a clock was extended. Reasons and names stay out of the explanation: they may be personal data. */
function sayExtension(walk: Walk, extension: Extension, length: Bilingual | undefined): void {
  if (length === undefined)
    walk.say(
      'extended',
      `延长至约定的 ${extension.until}。`,
      `Extended to ${extension.until}, as agreed.`,
      extension.until,
    );
  else
    walk.say(
      'extended',
      `延长 ${length.zh}，接原末日（未顺延的）连续计算。`,
      `Extended by ${length.en}, counted on from the original last day before it moved for days off.`,
    );
}
