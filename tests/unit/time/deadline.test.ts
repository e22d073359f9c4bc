import { describe, expect, it } from 'vitest';
import { buildCalendar, CalendarMissing } from '../../../domain/time/calendar.ts';
import { addDays } from '../../../domain/time/day.ts';
import type { Calendar, LegalDay } from '../../../domain/time/types.ts';
import { calendar, chinese, codes, due, english, statutory, years } from './data.ts';

const extension = { reason: '双方同意', agreedBy: ['w1', 'r1'] };
const suspension = { reason: '不可抗力' };

/** Remembers which days were asked. */
function watched(): { asked: LegalDay[]; calendar: Calendar } {
  const asked: LegalDay[] = [];
  return {
    asked,
    calendar: {
      dayStatus(on) {
        asked.push(on);
        return calendar.dayStatus(on);
      },
      versionOf: (year) => calendar.versionOf(year),
    },
  };
}

describe('calendar days', () => {
  it('JR-01 fifteen days after an agreement effective on 2026-09-18 end on 2026-10-08, after the National Day holiday', () => {
    const deadline = due(15, 'calendarDays', { anchorOn: '2026-09-18' });
    expect(deadline).toMatchObject({
      anchorOn: '2026-09-18',
      dueOn: '2026-10-08',
      dueAt: '2026-10-08T16:00:00.000Z',
      provisional: false,
      calendarVersion: '2026@国办发明电〔2025〕7号',
      unit: 'calendarDays',
      amount: 15,
    });
    expect(codes(deadline)).toEqual(['anchor', 'counted', 'skipped', 'rolled', 'due']);
    expect(chinese(deadline)).toContain('2026-10-03 至 10-07 国庆节，不作末日');
    expect(english(deadline)).toContain('2026-10-03 to 10-07: National Day, no last day');
    expect(chinese(deadline)).toContain('末日 2026-10-03 为休假日，顺延至 2026-10-08');
  });

  it('NEG-03 five days after an invitation of 2026-04-30 end on 2026-05-06, after the Labour Day holiday', () => {
    expect(due(5, 'calendarDays', { anchorOn: '2026-04-30' }).dueOn).toBe('2026-05-06');
  });

  it('PER-03 does not count the day of the event', () => {
    expect(due(1, 'calendarDays', { anchorOn: '2026-06-09' }).dueOn).toBe('2026-06-10');
    expect(due(5, 'calendarDays', { anchorOn: '2026-06-08' }).dueOn).toBe('2026-06-15');
  });

  it('PER-03 leaves a last day that is a working day where it is, the day before, on and after a holiday', () => {
    // Last days 09-30, 10-01, 10-07, 10-08.
    expect(due(15, 'calendarDays', { anchorOn: '2026-09-15' }).dueOn).toBe('2026-09-30');
    expect(due(15, 'calendarDays', { anchorOn: '2026-09-16' }).dueOn).toBe('2026-10-08');
    expect(due(15, 'calendarDays', { anchorOn: '2026-09-22' }).dueOn).toBe('2026-10-08');
    expect(due(15, 'calendarDays', { anchorOn: '2026-09-23' }).dueOn).toBe('2026-10-08');
    expect(due(15, 'calendarDays', { anchorOn: '2026-09-24' }).dueOn).toBe('2026-10-09');
  });

  it('PER-08 does not move a last day that is a Saturday made a working day, and moves one that is not', () => {
    expect(due(5, 'calendarDays', { anchorOn: '2026-10-05' }).dueOn).toBe('2026-10-10');
    expect(due(5, 'calendarDays', { anchorOn: '2026-10-06' }).dueOn).toBe('2026-10-12');
    expect(due(5, 'calendarDays', { anchorOn: '2026-09-15' }).dueOn).toBe('2026-09-20');
    expect(due(5, 'calendarDays', { anchorOn: '2026-09-14' }).dueOn).toBe('2026-09-20');
  });

  it('counts holidays inside the period: only the last day moves', () => {
    expect(due(30, 'calendarDays', { anchorOn: '2026-09-18' }).dueOn).toBe('2026-10-19');
    expect(due(31, 'calendarDays', { anchorOn: '2026-09-18' }).dueOn).toBe('2026-10-19');
  });

  it('moves a last day over a weekend and a holiday that touch', () => {
    const deadline = due(3, 'calendarDays', { anchorOn: '2025-01-30' });
    expect(deadline.dueOn).toBe('2025-02-05');
    expect(codes(deadline).filter((code) => code === 'skipped')).toHaveLength(1);
  });

  it('zero days after an agreed day mean that day itself, or the next working day', () => {
    const deadline = due(0, 'calendarDays', { anchorOn: '2026-09-18' });
    expect(deadline.dueOn).toBe('2026-09-18');
    expect(chinese(deadline)).toContain('2026-09-18 当日即为末日');
    expect(chinese(deadline)).not.toContain('当日不计入');
    expect(due(0, 'calendarDays', { anchorOn: '2026-10-01' }).dueOn).toBe('2026-10-08');
    expect(due(0, 'workingDays', { anchorOn: '2026-10-01' }).dueOn).toBe('2026-10-08');
  });

  it('an agreed length stands in for the number of the rule', () => {
    const deadline = due(15, 'calendarDays', { anchorOn: '2026-09-01', amount: 3, unit: 'workingDays' });
    expect(deadline).toMatchObject({ dueOn: '2026-09-04', amount: 3, unit: 'workingDays' });
  });

  it('runs to 24:00 in Shanghai', () => {
    const deadline = due(1, 'calendarDays', { anchorOn: '2026-06-09' });
    expect(deadline.dueAt).toBe('2026-06-10T16:00:00.000Z');
    expect(deadline.explanation.at(-1)).toEqual({
      code: 'due',
      zh: '期限于 2026-06-10 24:00（北京时间）届满。',
      en: 'The time runs out at 24:00 on 2026-06-10, Asia/Shanghai.',
      on: '2026-06-10',
    });
  });
});

describe('working days', () => {
  it('JR-05 five working days after an application of 2026-09-18 end on 2026-09-24, Sunday the 20th being a working day', () => {
    const deadline = due(5, 'workingDays', { anchorOn: '2026-09-18' });
    expect(deadline.dueOn).toBe('2026-09-24');
    expect(chinese(deadline)).toContain('2026-09-19 周末，不计');
    expect(chinese(deadline)).toContain('2026-09-20 国庆节调休上班，计入');
    expect(codes(deadline)).toEqual(['anchor', 'counted', 'skipped', 'counted', 'due']);
  });

  it('JR-06 five more working days end on 2026-10-09, after two holidays', () => {
    expect(due(5, 'workingDays', { anchorOn: '2026-09-24' }).dueOn).toBe('2026-10-09');
    const extended = due(5, 'workingDays', { anchorOn: '2026-09-18', extensions: [{ amount: 5, ...extension }] });
    expect(extended.dueOn).toBe('2026-10-09');
    expect(chinese(extended)).toContain('2026-09-25 至 09-27 中秋节，不计');
    expect(chinese(extended)).toContain('2026-10-01 至 10-07 国庆节，不计');
  });

  it('PER-01 counts Saturday 2026-10-10, a swap workday', () => {
    expect(due(2, 'workingDays', { anchorOn: '2026-10-08' }).dueOn).toBe('2026-10-10');
    expect(due(3, 'workingDays', { anchorOn: '2026-10-08' }).dueOn).toBe('2026-10-12');
  });

  it('counts from a day off as from any other day', () => {
    expect(due(1, 'workingDays', { anchorOn: '2026-10-03' }).dueOn).toBe('2026-10-08');
    expect(due(1, 'workingDays', { anchorOn: '2026-09-30' }).dueOn).toBe('2026-10-08');
  });

  it('CAL-05 248 working days from New Year’s Eve end with the last working day of 2026', () => {
    expect(due(248, 'workingDays', { anchorOn: '2025-12-31' }).dueOn).toBe('2026-12-31');
  });
});

describe('months and years', () => {
  it('PER-04 a month ends on the corresponding day, which may move', () => {
    expect(due(1, 'months', { anchorOn: '2026-06-10' }).dueOn).toBe('2026-07-10');
    expect(due(1, 'months', { anchorOn: '2026-09-03' }).dueOn).toBe('2026-10-08');
  });

  it('PER-04 a month without a corresponding day ends on its last day', () => {
    const deadline = due(1, 'months', { anchorOn: '2025-08-31' });
    expect(deadline.dueOn).toBe('2025-09-30');
    expect(chinese(deadline)).toContain('到期月无对应日，以月末日 2025-09-30 为末日');
    // 2026-02-28 is a Saturday on which people work.
    expect(due(1, 'months', { anchorOn: '2026-01-31' }).dueOn).toBe('2026-02-28');
    expect(due(1, 'months', { anchorOn: '2024-01-31' }).dueOn).toBe('2024-02-29');
  });

  it('a year from 29 February ends on 28 February', () => {
    const deadline = due(1, 'years', { anchorOn: '2024-02-29' });
    expect(deadline.dueOn).toBe('2025-02-28');
    expect(chinese(deadline)).toContain('1 年');
  });

  it('a one-year clock looks only at its last day, not at the year', () => {
    const { asked, calendar: counting } = watched();
    expect(due(1, 'years', { anchorOn: '2025-10-01' }, counting).dueOn).toBe('2026-10-08');
    expect(asked).toEqual(Array.from({ length: 8 }, (_, index) => addDays('2026-10-01', index)));
    asked.length = 0;
    due(365, 'calendarDays', { anchorOn: '2025-06-10' }, counting);
    expect(asked).toEqual(['2026-06-10']);
  });

  it('extending a month by a month counts two months from the event', () => {
    expect(due(1, 'months', { anchorOn: '2026-01-31', extensions: [{ amount: 1, ...extension }] }).dueOn).toBe(
      '2026-03-31',
    );
    const years = due(1, 'months', {
      anchorOn: '2025-01-31',
      extensions: [{ amount: 1, unit: 'years', ...extension }],
    });
    expect(years.dueOn).toBe('2026-02-28');
  });
});

describe('hours and seconds', () => {
  it('48 hours run to the moment and do not move for a holiday', () => {
    const deadline = due(48, 'hours', { anchorOn: '2026-09-30', anchorAt: '2026-09-30T02:30:00Z' });
    expect(deadline).toMatchObject({
      dueAt: '2026-10-02T02:30:00.000Z',
      dueOn: '2026-10-02',
      calendarVersion: 'none',
      provisional: false,
    });
    expect(chinese(deadline)).toContain('2026-10-02 10:30:00（北京时间）届满');
  });

  it('takes the day in Shanghai for a moment late in the evening UTC', () => {
    expect(due(1, 'hours', { anchorOn: '2026-09-30', anchorAt: '2026-09-30T15:30:00Z' }).dueOn).toBe('2026-10-01');
    expect(due(90, 'seconds', { anchorOn: '2026-09-30', anchorAt: '2026-09-30T15:30:00Z' }).dueAt).toBe(
      '2026-09-30T15:31:30.000Z',
    );
  });

  it('does not count suspended days, to the hour', () => {
    const deadline = due(48, 'hours', {
      anchorOn: '2026-06-09',
      anchorAt: '2026-06-09T04:00:00Z',
      suspensions: [
        { fromOn: '2026-06-10', toOn: '2026-06-11', ...suspension },
        { fromOn: '2026-06-01', toOn: '2026-06-02', ...suspension },
        { fromOn: '2026-07-01', toOn: '2026-07-02', ...suspension },
      ],
    });
    expect(deadline.dueAt).toBe('2026-06-13T04:00:00.000Z');
    expect(codes(deadline)).toEqual(['anchor', 'counted', 'suspended', 'due']);
    const half = due(1, 'hours', {
      anchorOn: '2026-06-09',
      anchorAt: '2026-06-09T04:00:00Z',
      suspensions: [{ fromOn: '2026-06-09', toOn: '2026-06-09', ...suspension }],
    });
    expect(half.dueAt).toBe('2026-06-09T17:00:00.000Z');
  });

  it('an hours clock extended by hours runs on; extended by days it ends with a day, which may move', () => {
    const input = { anchorOn: '2026-09-30', anchorAt: '2026-09-30T02:30:00Z' };
    expect(due(24, 'hours', { ...input, extensions: [{ amount: 12, ...extension }] }).dueAt).toBe(
      '2026-10-01T14:30:00.000Z',
    );
    expect(due(24, 'hours', { ...input, extensions: [{ amount: 2, unit: 'calendarDays', ...extension }] }).dueOn).toBe(
      '2026-10-08',
    );
    expect(
      due(1, 'calendarDays', {
        anchorOn: '2026-06-09',
        extensions: [{ amount: 2, unit: 'hours', ...extension }],
      }).dueAt,
    ).toBe('2026-06-10T18:00:00.000Z');
  });

  it('needs the moment of the event', () => {
    expect(() => due(48, 'hours', { anchorOn: '2026-09-30' })).toThrow(RangeError);
  });
});

describe('a last day named by the parties', () => {
  it('PER-04 moves like any other, and the explanation names the article', () => {
    const deadline = due(15, 'calendarDays', { anchorOn: '2026-09-18', until: '2026-10-02' });
    expect(deadline).toMatchObject({ dueOn: '2026-10-08', unit: 'calendarDays', amount: 14 });
    expect(chinese(deadline)).toContain('末日由当事人约定为 2026-10-02；遇休假日同样顺延（民法典第203条）');
    expect(due(15, 'workingDays', { anchorOn: '2026-09-18', until: '2026-10-10' }).dueOn).toBe('2026-10-10');
  });

  it('is pushed by a suspension before it', () => {
    const deadline = due(15, 'calendarDays', {
      anchorOn: '2026-06-01',
      until: '2026-06-10',
      suspensions: [{ fromOn: '2026-06-03', toOn: '2026-06-04', ...suspension }],
    });
    expect(deadline.dueOn).toBe('2026-06-12');
  });
});

describe('extension', () => {
  it('MED-07 fifteen and fifteen days are thirty from the event, though the first end fell in a holiday', () => {
    const first = due(15, 'calendarDays', { anchorOn: '2026-09-18' });
    expect(first.dueOn).toBe('2026-10-08');
    const extended = due(15, 'calendarDays', { anchorOn: '2026-09-18', extensions: [{ amount: 15, ...extension }] });
    // 10-18 is a Sunday; counting on from 10-08 would give 10-23.
    expect(extended.dueOn).toBe('2026-10-19');
    expect(codes(extended)).toEqual(['anchor', 'extended', 'counted', 'skipped', 'rolled', 'due']);
    expect(extended.amount).toBe(15);
  });

  it('two extensions count as one of the same length', () => {
    const twice = due(15, 'calendarDays', {
      anchorOn: '2026-09-18',
      extensions: [
        { amount: 7, ...extension },
        { amount: 8, ...extension },
      ],
    });
    expect(twice.dueOn).toBe('2026-10-19');
  });

  it('in another unit goes on from the last day before it moved', () => {
    // 15 days to Saturday 10-03; three working days on from there are 10-08, 10-09 and 10-10.
    const deadline = due(15, 'calendarDays', {
      anchorOn: '2026-09-18',
      extensions: [{ amount: 3, unit: 'workingDays', ...extension }],
    });
    expect(deadline.dueOn).toBe('2026-10-10');
    // Five working days to 09-24, ten days on to 10-04, which moves.
    const other = due(5, 'workingDays', {
      anchorOn: '2026-09-18',
      extensions: [{ amount: 10, unit: 'calendarDays', ...extension }],
    });
    expect(other.dueOn).toBe('2026-10-08');
  });

  it('to a named day puts that day in place of the last day, and it may be extended again', () => {
    const named = { until: '2026-10-30', ...extension };
    const deadline = due(15, 'calendarDays', { anchorOn: '2026-09-18', extensions: [named] });
    expect(deadline.dueOn).toBe('2026-10-30');
    expect(chinese(deadline)).toContain('延长至约定的 2026-10-30');
    expect(chinese(deadline)).not.toContain('国庆节');
    const again = due(15, 'calendarDays', {
      anchorOn: '2026-09-18',
      extensions: [named, { amount: 5, ...extension }],
    });
    expect(again.dueOn).toBe('2026-11-04');
    expect(
      due(15, 'calendarDays', { anchorOn: '2026-09-18', extensions: [{ ...named, until: '2026-10-31' }] }).dueOn,
    ).toBe('2026-11-02');
  });

  it('keeps reasons and names out of the explanation', () => {
    const deadline = due(15, 'calendarDays', {
      anchorOn: '2026-09-18',
      extensions: [{ amount: 15, reason: '张三住院', agreedBy: ['w1', 'r1'] }],
      suspensions: [{ fromOn: '2026-09-20', toOn: '2026-09-21', reason: '张三住院' }],
    });
    expect(JSON.stringify(deadline)).not.toContain('张三');
  });

  it('without a length and without a day is a mistake', () => {
    expect(() => due(15, 'calendarDays', { anchorOn: '2026-09-18', extensions: [extension] })).toThrow(RangeError);
  });
});

describe('suspension', () => {
  const suspend = (fromOn: LegalDay, toOn: LegalDay) => ({ fromOn, toOn, ...suspension });

  it('PER-05 pushes the end by as many days as were suspended', () => {
    const deadline = due(10, 'calendarDays', {
      anchorOn: '2026-06-01',
      suspensions: [suspend('2026-06-05', '2026-06-09')],
    });
    expect(deadline.dueOn).toBe('2026-06-16');
    expect(chinese(deadline)).toContain('2026-06-05 至 06-09 期间中止，5 日不计');
  });

  it('counts only the days inside the running clock', () => {
    const run = (fromOn: LegalDay, toOn: LegalDay) =>
      due(10, 'calendarDays', { anchorOn: '2026-06-01', suspensions: [suspend(fromOn, toOn)] }).dueOn;
    expect(run('2026-05-20', '2026-06-01')).toBe('2026-06-11');
    expect(run('2026-05-20', '2026-06-02')).toBe('2026-06-12');
    expect(run('2026-06-11', '2026-06-11')).toBe('2026-06-12');
    expect(run('2026-06-12', '2026-06-30')).toBe('2026-06-11');
  });

  it('reaches a second suspension because of the first', () => {
    const suspensions = [suspend('2026-06-12', '2026-06-12'), suspend('2026-06-03', '2026-06-04')];
    // 06-11, two days on 06-13, and 06-12 now lies inside: Sunday 06-14 moves.
    expect(due(10, 'calendarDays', { anchorOn: '2026-06-01', suspensions }).dueOn).toBe('2026-06-15');
  });

  it('suspended twice is suspended once', () => {
    const suspensions = [suspend('2026-06-03', '2026-06-04'), suspend('2026-06-04', '2026-06-04')];
    expect(due(5, 'calendarDays', { anchorOn: '2026-06-01', suspensions }).dueOn).toBe('2026-06-08');
  });

  it('skips suspended working days without asking the calendar for them', () => {
    const { asked, calendar: counting } = watched();
    const deadline = due(
      3,
      'workingDays',
      { anchorOn: '2026-06-08', suspensions: [suspend('2026-06-10', '2026-06-12')] },
      counting,
    );
    expect(deadline.dueOn).toBe('2026-06-16');
    expect(asked).not.toContain('2026-06-11');
    expect(codes(deadline)).toEqual(['anchor', 'counted', 'suspended', 'skipped', 'due']);
  });

  it('does not let a last day that moves stop inside a suspension', () => {
    const deadline = due(15, 'calendarDays', {
      anchorOn: '2026-09-18',
      suspensions: [suspend('2026-10-08', '2026-10-20')],
    });
    expect(deadline.dueOn).toBe('2026-10-21');
  });

  it('before the old end does not push a day named later, after it does', () => {
    const extensions = [{ until: '2026-06-30', ...extension }];
    const run = (fromOn: LegalDay, toOn: LegalDay) =>
      due(10, 'calendarDays', { anchorOn: '2026-06-01', extensions, suspensions: [suspend(fromOn, toOn)] }).dueOn;
    expect(run('2026-06-03', '2026-06-04')).toBe('2026-06-30');
    expect(run('2026-06-23', '2026-06-24')).toBe('2026-07-02');
  });

  it('that lies on an agreed day itself pushes it', () => {
    expect(
      due(0, 'calendarDays', { anchorOn: '2026-06-09', suspensions: [suspend('2026-06-08', '2026-06-10')] }).dueOn,
    ).toBe('2026-06-11');
  });

  it('that ends before it begins is a mistake', () => {
    const suspensions = [suspend('2026-06-05', '2026-06-04')];
    expect(() => due(10, 'calendarDays', { anchorOn: '2026-06-01', suspensions })).toThrow(RangeError);
  });
});

describe('beyond the last notice', () => {
  it('five days from 2026-12-28 move past New Year’s Day 2027 to 2027-01-04, provisionally', () => {
    const deadline = due(5, 'calendarDays', { anchorOn: '2026-12-28' });
    expect(deadline).toMatchObject({
      dueOn: '2027-01-04',
      provisional: true,
      calendarVersion: '2027@statutory-table',
    });
    expect(codes(deadline)).toEqual(['anchor', 'counted', 'skipped', 'rolled', 'provisional', 'due']);
    expect(chinese(deadline)).toContain('2027 年放假调休安排尚未公布');
  });

  it('names the calendars of both years where both were asked', () => {
    const deadline = due(5, 'workingDays', { anchorOn: '2026-12-28' });
    expect(deadline).toMatchObject({
      dueOn: '2027-01-05',
      provisional: true,
      calendarVersion: '2026@国办发明电〔2025〕7号;2027@statutory-table',
    });
    expect(chinese(deadline)).toContain('2027-01-01 元旦，不计');
    expect(chinese(deadline)).toContain('2027-01-02 至 01-03 周末，不计');
  });

  it('is not provisional where only published days were asked', () => {
    expect(due(3, 'workingDays', { anchorOn: '2026-12-28' })).toMatchObject({
      dueOn: '2026-12-31',
      provisional: false,
    });
  });

  it('CAL-07 moves over the Spring Festival of 2027 on its right days', () => {
    expect(due(7, 'calendarDays', { anchorOn: '2027-01-29' }).dueOn).toBe('2027-02-09');
    expect(due(7, 'calendarDays', { anchorOn: '2027-01-28' }).dueOn).toBe('2027-02-04');
  });

  it('changes with the notice, from the same anchor', () => {
    const notice2027 = {
      year: 2027,
      notice: '国办发明电〔2026〕99号',
      source: 'invented for this test',
      daysOff: [...(statutory.years['2027'] ?? []), { on: '2027-01-04', name: { zh: '元旦', en: "New Year's Day" } }],
      workdays: [],
    };
    const later = buildCalendar({ years: [...years, notice2027], statutory });
    expect(due(5, 'calendarDays', { anchorOn: '2026-12-28' }, later)).toMatchObject({
      dueOn: '2027-01-05',
      provisional: false,
      calendarVersion: '2027@国办发明电〔2026〕99号',
    });
  });

  it('CAL-06 refuses years of which nothing is known, and never takes them for years without holidays', () => {
    expect(() => due(15, 'calendarDays', { anchorOn: '2023-09-18' })).toThrow(CalendarMissing);
    expect(() => due(5, 'workingDays', { anchorOn: '2050-12-29' })).toThrow(CalendarMissing);
    expect(() => due(1, 'years', { anchorOn: '2050-06-01' })).toThrow(CalendarMissing);
    expect(due(1, 'years', { anchorOn: '2023-09-18' }).dueOn).toBe('2024-09-18');
  });
});

describe('the demonstration region', () => {
  const input = { anchorOn: '2026-09-18', anchorAt: '2026-09-18T02:00:00Z', secondsPerDay: 2 };

  it('lets fifteen days pass in thirty seconds, and says so', () => {
    const deadline = due(15, 'calendarDays', input);
    expect(deadline).toMatchObject({
      dueAt: '2026-09-18T02:00:30.000Z',
      dueOn: '2026-09-18',
      unit: 'seconds',
      amount: 30,
      provisional: false,
      calendarVersion: 'none',
    });
    expect(chinese(deadline)).toContain('演示地区：每一日（含工作日）按 2 秒计');
    expect(deadline.explanation.at(-1)).toMatchObject({ code: 'due', on: '2026-09-18' });
  });

  it('treats working days as days, a month as 30 and a year as 365', () => {
    expect(due(5, 'workingDays', input).amount).toBe(10);
    expect(due(1, 'months', input).amount).toBe(60);
    expect(due(1, 'years', input).amount).toBe(730);
    expect(due(48, 'hours', input).amount).toBe(4);
    expect(due(48, 'seconds', input).amount).toBe(48);
  });

  it('takes as many days to a named day, or to an agreed day still to come, as the calendar says', () => {
    expect(due(15, 'calendarDays', { ...input, until: '2026-09-28' }).amount).toBe(20);
    expect(due(0, 'calendarDays', { ...input, anchorOn: '2026-09-28' }).amount).toBe(20);
    expect(due(3, 'calendarDays', { ...input, anchorOn: '2026-09-28' }).amount).toBe(26);
    expect(due(15, 'calendarDays', { ...input, anchorOn: '2026-09-01' }).amount).toBe(30);
  });

  it('gives a last day that is today its one day', () => {
    expect(due(0, 'calendarDays', input).amount).toBe(2);
    expect(due(15, 'calendarDays', { ...input, until: '2026-09-18' }).amount).toBe(2);
  });

  it('extends and suspends in the same measure', () => {
    const extended = due(15, 'calendarDays', { ...input, extensions: [{ amount: 15, ...extension }] });
    expect(extended).toMatchObject({ dueAt: '2026-09-18T02:01:00.000Z', amount: 30 });
    expect(due(15, 'calendarDays', { ...input, extensions: [{ until: '2026-10-18', ...extension }] }).dueAt).toBe(
      '2026-09-18T02:01:00.000Z',
    );
    const suspended = (fromOn: LegalDay, toOn: LegalDay) =>
      due(15, 'calendarDays', { ...input, suspensions: [{ fromOn, toOn, ...suspension }] }).dueAt;
    expect(suspended('2026-09-18', '2026-09-20')).toBe('2026-09-18T02:00:36.000Z');
    expect(suspended('2026-09-01', '2026-09-18')).toBe('2026-09-18T02:00:32.000Z');
    expect(suspended('2026-09-19', '2026-09-20')).toBe('2026-09-18T02:00:30.000Z');
    expect(suspended('2026-09-01', '2026-09-02')).toBe('2026-09-18T02:00:30.000Z');
  });

  it('asks no calendar, so it works in any year', () => {
    expect(due(15, 'calendarDays', { ...input, anchorOn: '2099-01-01', anchorAt: '2099-01-01T00:00:00Z' }).amount).toBe(
      30,
    );
  });

  it('needs a moment and a day that lasts', () => {
    expect(() => due(15, 'calendarDays', { anchorOn: '2026-09-18', secondsPerDay: 2 })).toThrow(RangeError);
    expect(() => due(15, 'calendarDays', { ...input, secondsPerDay: 0 })).toThrow(RangeError);
    expect(() => due(15, 'calendarDays', { ...input, secondsPerDay: Number.NaN })).toThrow(RangeError);
  });
});

describe('what is not a length or a day', () => {
  it('is refused', () => {
    expect(() => due(-1, 'calendarDays', { anchorOn: '2026-09-18' })).toThrow(RangeError);
    expect(() => due(1.5, 'workingDays', { anchorOn: '2026-09-18' })).toThrow(RangeError);
    expect(() => due(Number.NaN, 'hours', { anchorOn: '2026-09-18', anchorAt: '2026-09-18T02:00:00Z' })).toThrow(
      RangeError,
    );
    expect(() => due(1, 'calendarDays', { anchorOn: '2026-02-30' })).toThrow(RangeError);
    expect(() => due(1, 'calendarDays', { anchorOn: '2026-09-18', until: '2026-09-31' })).toThrow(RangeError);
    const extensions = [{ until: 'soon', ...extension }];
    expect(() => due(1, 'calendarDays', { anchorOn: '2026-09-18', extensions })).toThrow(RangeError);
  });
});
