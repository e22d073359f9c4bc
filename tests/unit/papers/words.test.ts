import { expect, it } from 'vitest';
import { chineseDay, moneyInWords } from '../../../papers/words.ts';

it('writes sums in capital numerals as bills have them', () => {
  const sums: Array<[yuan: number, words: string]> = [
    [0, '零元整'],
    [0.05, '伍分'],
    [0.5, '伍角'],
    [10, '壹拾元整'],
    [100.05, '壹佰元零伍分'],
    [3090, '叁仟零玖拾元整'],
    [10_001, '壹万零壹元整'],
    [20_300, '贰万零叁佰元整'],
    [100_500, '壹拾万零伍佰元整'],
    [530_000, '伍拾叁万元整'],
    [1_225_000, '壹佰贰拾贰万伍仟元整'],
    [6_007.14, '陆仟零柒元壹角肆分'],
    [107_000.53, '壹拾万零柒仟元伍角叁分'],
    [100_000_001, '壹亿零壹元整'],
    [1_000_050_000, '壹拾亿零伍万元整'],
  ];
  for (const [yuan, words] of sums) expect(moneyInWords(Math.round(yuan * 100)), String(yuan)).toBe(words);
  for (const bad of [-1, 0.5, Number.NaN]) expect(() => moneyInWords(bad)).toThrow(RangeError);
});

it('writes days without leading noughts', () => {
  expect(chineseDay('2026-09-01')).toBe('2026年9月1日');
});
