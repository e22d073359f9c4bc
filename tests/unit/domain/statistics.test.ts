import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { figureNames, resultTitle, shareOf } from '../../../domain/statistics.ts';

const migration = (name: string) => readFileSync(new URL(`../../../db/migrations/${name}`, import.meta.url), 'utf8');

describe('the statistics of the register', () => {
  it('POL-01: the share has one decimal, and is none where nothing ended', () => {
    expect([shareOf(13, 20), shareOf(2, 3), shareOf(0, 5), shareOf(0, 0)]).toEqual([65, 66.7, 0, null]);
  });

  it('POL-01: every figure is counted by the view, and the view counts no other', () => {
    const counted = [...migration('0021_statistics.sql').matchAll(/select '(\w+)'/g)].map(([, figure]) => figure);
    expect([...new Set(counted)].sort()).toEqual([...figureNames].sort());
  });

  it('POL-01: every way in which a case ends has words', () => {
    const ends = [...migration('0020_register.sql').matchAll(/(?:then|else) '(\w+)'/g)].map(
      ([, result]) => result ?? '',
    );
    expect(ends.length).toBeGreaterThan(5);
    for (const result of [...ends, 'notAdmissible', 'merged', 'transferred', 'withdrawn'])
      expect(resultTitle(result).zh, result).toMatch(/\p{Script=Han}/u);
  });
});
