import { describe, expect, it } from 'vitest';
import { validateCalendarYear } from '../../../domain/time/calendar.ts';
import { published2024, published2025, published2026, statutory } from './data.ts';

const name = { zh: '元旦', en: "New Year's Day" };
const paths = (json: unknown, forYear?: number): string[] =>
  validateCalendarYear(json, statutory, forYear).map(({ path }) => path);
const texts = (json: unknown): string =>
  validateCalendarYear(json, statutory)
    .map(({ zh, en }) => `${zh} ${en}`)
    .join();
const off = (on: unknown) => ({ ...published2026, daysOff: [...published2026.daysOff, { on, name }] });
const work = (on: unknown) => ({ ...published2026, workdays: [...published2026.workdays, { on, name }] });

describe('loading a holiday notice', () => {
  it('accepts the three notices published for 2024 to 2026', () => {
    for (const file of [published2024, published2025, published2026])
      expect(validateCalendarYear(file, statutory, file.year)).toEqual([]);
  });

  it('accepts days round New Year of the neighbouring years', () => {
    for (const on of ['2025-12-24', '2025-12-31', '2027-01-01', '2027-01-07']) expect(paths(off(on))).toEqual([]);
    expect(paths(work('2025-12-28'))).toEqual([]);
  });

  it('refuses what is no arrangement at all', () => {
    for (const json of [null, undefined, 'text', 7, []]) expect(paths(json)).toEqual(['']);
  });

  it('refuses an arrangement without a year, or for another year than the one asked', () => {
    expect(paths({ ...published2026, year: '2026' })).toEqual(['/year']);
    expect(paths({ ...published2026, year: 2026.5 })).toEqual(['/year']);
    expect(paths(published2026, 2027)).toEqual(['/year']);
  });

  it('refuses a year whose statutory days are not known', () => {
    expect(paths({ ...published2026, year: 2051, daysOff: [], workdays: [] })).toEqual(['/year']);
  });

  it('refuses an arrangement without the number of its notice', () => {
    for (const notice of [null, undefined, '', '   ', 'the notice of November', 7])
      expect(paths({ ...published2026, notice })).toEqual(['/notice']);
  });

  it('refuses an arrangement without a source', () => {
    expect(paths({ ...published2026, source: '' })).toEqual(['/source']);
  });

  it('refuses lists that are none', () => {
    expect(paths({ ...published2026, workdays: undefined })).toEqual(['/workdays']);
    expect(paths({ ...published2026, daysOff: {} })).toContain('/daysOff');
  });

  it('refuses an entry without a day or without its names', () => {
    expect(paths({ ...published2026, workdays: ['2026-10-10'] })).toEqual(['/workdays/0']);
    expect(paths({ ...published2026, workdays: [{ on: '2026-10-10' }] })).toEqual(['/workdays/0/name']);
    expect(paths({ ...published2026, workdays: [{ on: '2026-10-10', name: { zh: '国庆节', en: '' } }] })).toEqual([
      '/workdays/0/name',
    ]);
  });

  it('refuses a day that does not exist', () => {
    for (const on of ['2026-02-29', '2026-9-1', '10月1日', 20261001, undefined])
      expect(paths(off(on))).toEqual(['/daysOff/33/on']);
  });

  it('refuses a day of another year', () => {
    for (const on of ['2025-12-23', '2027-01-08', '2027-10-01', '2025-06-02'])
      expect(paths(off(on))).toEqual(['/daysOff/33/on']);
  });

  it('refuses a day named twice', () => {
    expect(paths(off('2026-10-01'))).toEqual(['/daysOff/33/on']);
    expect(texts(off('2026-10-01'))).toContain('重复');
    expect(paths(work('2026-10-10'))).toEqual(['/workdays/6/on']);
  });

  it('refuses a day that is both off and worked', () => {
    expect(paths(work('2026-10-03'))).toEqual(['/workdays/6/on']);
    expect(texts(work('2026-10-03'))).toContain('both a day off and a workday');
  });

  it('refuses a swap workday that is neither a Saturday nor a Sunday', () => {
    expect(paths(work('2026-10-12'))).toEqual(['/workdays/6/on']);
  });

  it('CAL-01 refuses an arrangement that leaves out a statutory day, and names the day', () => {
    const json = { ...published2026, daysOff: published2026.daysOff.filter(({ on }) => on !== '2026-02-16') };
    expect(paths(json)).toEqual(['/daysOff']);
    expect(texts(json)).toContain('2026-02-16 春节');
  });

  it('CAL-08 refuses a file made by changing the year of another', () => {
    const shifted = JSON.parse(JSON.stringify(published2026).replaceAll('2026-', '2027-')) as object;
    const answer = paths({ ...shifted, year: 2027 });
    expect(answer).toContain('/daysOff');
    expect(answer).toContain('/workdays/0/on');
  });

  it('tells everything that is wrong at once', () => {
    expect(paths({ ...work('2026-10-12'), notice: null, source: null })).toEqual([
      '/notice',
      '/source',
      '/workdays/6/on',
    ]);
  });
});
