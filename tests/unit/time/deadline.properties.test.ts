import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, addMonths, endOfDay, shanghaiDay } from '../../../domain/time/day.ts';
import type { DeadlineInput, Unit } from '../../../domain/time/types.ts';
import { calendarOfDays, watchedCalendar } from '../../../domain/time/watched-calendar.ts';
import { calendar, due } from './data.ts';

/** 2024-01-01 to the end of 2029: published years and provisional ones. */
const anyDay = fc.integer({ min: 0, max: 6 * 365 }).map((days) => addDays('2024-01-01', days));
const anyLength = fc.integer({ min: 0, max: 60 });
const dayUnit = fc.constantFrom<Unit>('calendarDays', 'workingDays', 'months');
const note = { reason: 'r', agreedBy: ['w1', 'r1'] };

const anyExtension = fc.oneof(
  fc.record({ amount: anyLength, unit: fc.option(dayUnit, { nil: undefined }) }).map((more) => ({ ...more, ...note })),
  anyDay.map((until) => ({ until, ...note })),
);
const anySuspension = fc
  .record({ fromOn: anyDay, days: fc.integer({ min: 0, max: 30 }) })
  .map(({ fromOn, days }) => ({ fromOn, toOn: addDays(fromOn, days), reason: 'r' }));
const anyInput: fc.Arbitrary<DeadlineInput> = fc.record({
  anchorOn: anyDay,
  anchorAt: fc
    .date({ min: new Date('2024-01-01T00:00:00Z'), max: new Date('2029-12-31T00:00:00Z'), noInvalidDate: true })
    .map((date) => date.toISOString()),
  until: fc.option(anyDay, { nil: undefined }),
  extensions: fc.array(anyExtension, { maxLength: 3 }),
  suspensions: fc.array(anySuspension, { maxLength: 3 }),
  secondsPerDay: fc.option(fc.integer({ min: 1, max: 86_400 }), { nil: undefined }),
});

describe('whatever the anchor', () => {
  it('the last day is a working day and ends at 24:00', () => {
    fc.assert(
      fc.property(anyDay, anyLength, dayUnit, (anchorOn, amount, unit) => {
        const { dueOn, dueAt } = due(amount, unit, { anchorOn });
        expect(calendar.dayStatus(dueOn).working).toBe(true);
        expect(dueAt).toBe(endOfDay(dueOn));
        expect(shanghaiDay(new Date(Date.parse(dueAt) - 1).toISOString())).toBe(dueOn);
      }),
    );
  });

  it('the last day never lies before the end as counted, and every day between is off', () => {
    fc.assert(
      fc.property(anyDay, anyLength, fc.constantFrom<Unit>('calendarDays', 'months'), (anchorOn, amount, unit) => {
        const counted = unit === 'months' ? addMonths(anchorOn, amount) : addDays(anchorOn, amount);
        const { dueOn } = due(amount, unit, { anchorOn });
        expect(dueOn >= counted).toBe(true);
        for (let on = counted; on < dueOn; on = addDays(on, 1)) expect(calendar.dayStatus(on).working).toBe(false);
      }),
    );
  });

  it('working days are exactly as many as were asked', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 1, max: 60 }), (anchorOn, amount) => {
        const { dueOn } = due(amount, 'workingDays', { anchorOn });
        let count = 0;
        for (let on = addDays(anchorOn, 1); on <= dueOn; on = addDays(on, 1))
          if (calendar.dayStatus(on).working) count += 1;
        expect(count).toBe(amount);
      }),
    );
  });

  it('a later event never ends earlier, and a longer clock never ends earlier', () => {
    fc.assert(
      fc.property(anyDay, anyLength, dayUnit, (anchorOn, amount, unit) => {
        const { dueOn } = due(amount, unit, { anchorOn });
        expect(due(amount, unit, { anchorOn: addDays(anchorOn, 1) }).dueOn >= dueOn).toBe(true);
        expect(due(amount + 1, unit, { anchorOn }).dueOn >= dueOn).toBe(true);
      }),
    );
  });

  it('an extension in the clock’s unit is the same as a longer clock', () => {
    fc.assert(
      fc.property(anyDay, anyLength, anyLength, dayUnit, (anchorOn, amount, more, unit) => {
        const extended = due(amount, unit, { anchorOn, extensions: [{ amount: more, ...note }] });
        expect(extended.dueOn).toBe(due(amount + more, unit, { anchorOn }).dueOn);
      }),
    );
  });

  it('a suspension of one working day that counted moves a working-day clock to the next working day', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 1, max: 30 }), (anchorOn, amount) => {
        const { dueOn } = due(amount, 'workingDays', { anchorOn });
        const suspensions = [{ fromOn: dueOn, toOn: dueOn, reason: 'r' }];
        const longer = due(amount + 1, 'workingDays', { anchorOn }).dueOn;
        expect(due(amount, 'workingDays', { anchorOn, suspensions }).dueOn).toBe(longer);
      }),
    );
  });

  it('the explanation begins with the event and ends with the due day', () => {
    fc.assert(
      fc.property(anyInput, anyLength, dayUnit, (input, amount, unit) => {
        const { explanation, dueOn, anchorOn, provisional } = due(amount, unit, input);
        expect(explanation[0]).toMatchObject({ code: 'anchor', on: anchorOn });
        expect(explanation.at(-1)).toMatchObject({ code: 'due', on: dueOn });
        expect(explanation.some(({ code }) => code === 'provisional')).toBe(provisional);
        for (const { zh, en } of explanation) expect(zh.length > 0 && en.length > 0).toBe(true);
      }),
    );
  });

  it('computing again from the amount and unit answered gives the same deadline', () => {
    fc.assert(
      fc.property(anyInput, anyLength, dayUnit, (input, amount, unit) => {
        const first = due(amount, unit, input);
        const again = due(amount, unit, { ...input, amount: first.amount, unit: first.unit });
        expect(again.dueAt).toBe(first.dueAt);
        expect(again.amount).toBe(first.amount);
      }),
    );
  });

  it('CAL-06: the days that were asked for, kept with the deadline, are enough to compute it again', () => {
    fc.assert(
      fc.property(anyInput, anyLength, dayUnit, (input, amount, unit) => {
        const watched = watchedCalendar(calendar);
        const first = due(amount, unit, input, watched.calendar);
        expect(due(amount, unit, input, calendarOfDays(watched.days()))).toEqual(first);
      }),
    );
  });
});
