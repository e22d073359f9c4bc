import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instantMs, instantOf } from '../../../domain/time/day.ts';
import { afterQuiet, nextHour } from '../../../notices/quiet-hours.ts';

const night = { from: 21, hours: 11 };
/** An instant of a clock in Shanghai. */
const at = (clock: string) => new Date(`${clock}+08:00`).toISOString();
const hourOf = (instant: string) => (new Date(instant).getUTCHours() + 8) % 24;

describe('quiet hours', () => {
  it('hold a notice of the evening until the morning, and one before dawn too', () => {
    expect(afterQuiet(at('2030-03-04T21:00'), night)).toBe(at('2030-03-05T08:00'));
    expect(afterQuiet(at('2030-03-05T03:30'), night)).toBe(at('2030-03-05T08:00'));
  });

  it('leave the day alone, to the second', () => {
    for (const day of [at('2030-03-04T20:59:59'), at('2030-03-05T08:00'), at('2030-03-05T12:00')])
      expect(afterQuiet(day, night)).toBe(day);
  });

  it('do not hold a notice of a time limit that would be over in the morning', () => {
    const evening = at('2030-03-04T22:00');
    expect(afterQuiet(evening, night, at('2030-03-05T00:00'))).toBe(evening);
    expect(afterQuiet(evening, night, at('2030-03-06T00:00'))).toBe(at('2030-03-05T08:00'));
    expect(afterQuiet(evening, night, at('2030-03-04T00:00'))).toBe(at('2030-03-05T08:00'));
  });

  it('are none where a region has none', () => {
    const evening = at('2030-03-04T22:00');
    expect(afterQuiet(evening, { from: 21, hours: 0 })).toBe(evening);
  });

  const instants = fc.integer({ min: instantMs('2024-01-01T00:00:00Z'), max: instantMs('2040-01-01T00:00:00Z') });
  const windows = fc.record({ from: fc.integer({ min: 20, max: 24 }), hours: fc.integer({ min: 0, max: 13 }) });
  const dues = fc.option(fc.integer({ min: -86_400_000, max: 3 * 86_400_000 }), { nil: undefined });

  it('never send at night unless the time limit would be over, never early, and never later than the night is long', () => {
    fc.assert(
      fc.property(instants, windows, dues, (ms, window, after) => {
        const now = instantOf(ms);
        const due = after === undefined ? undefined : instantOf(ms + after);
        const goes = afterQuiet(now, window, due);
        const waits = instantMs(goes) - ms;
        expect(waits).toBeGreaterThanOrEqual(0);
        expect(waits).toBeLessThanOrEqual(window.hours * 3_600_000);
        if (due !== undefined && due > now) expect(goes < due).toBe(true);
        const quiet = (hourOf(goes) - window.from + 48) % 24 < window.hours;
        if (quiet) expect({ goes, hurried: due !== undefined && due > now }).toEqual({ goes: now, hurried: true });
        // What has waited does not wait again.
        if (waits > 0) expect(afterQuiet(goes, window, due)).toBe(goes);
      }),
    );
  });

  it('end a day of digests at the next hour of its rule', () => {
    expect(nextHour(at('2030-03-04T07:59'), 8)).toBe(at('2030-03-04T08:00'));
    expect(nextHour(at('2030-03-04T08:00'), 8)).toBe(at('2030-03-05T08:00'));
    fc.assert(
      fc.property(instants, fc.integer({ min: 6, max: 12 }), (ms, hour) => {
        const next = nextHour(instantOf(ms), hour);
        expect(hourOf(next)).toBe(hour);
        expect(instantMs(next) - ms).toBeGreaterThan(0);
        expect(instantMs(next) - ms).toBeLessThanOrEqual(86_400_000);
      }),
    );
  });
});
