import { parseDay } from '../domain/time/day.ts';
import type { LegalDay } from '../domain/time/types.ts';

/** 2026-11-24 as papers write it: 2026年11月24日. */
export function chineseDay(on: LegalDay): string {
  const { year, month, day } = parseDay(on);
  return `${year}年${month}月${day}日`;
}

const digits = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'] as const;
const places = ['', '拾', '佰', '仟'] as const;
const myriads = ['', '万', '亿', '兆'] as const;
const digit = (value: number): string => digits[value] ?? '';

/** Four digits: 3090 as 叁仟零玖拾. */
function group(value: number): string {
  let words = '';
  let gap = false;
  for (let place = 3; place >= 0; place--) {
    const here = Math.floor(value / 10 ** place) % 10;
    if (here === 0) gap = gap || words !== '';
    else {
      words += `${gap ? digit(0) : ''}${digit(here)}${places[place]}`;
      gap = false;
    }
  }
  return words;
}

/** Fen in the capital numerals of bills, which nobody alters: 309000 as 叁仟零玖拾元整. Throws for what is no sum. */
export function moneyInWords(fen: number): string {
  if (!Number.isSafeInteger(fen) || fen < 0) throw new RangeError(`not a sum of money: ${fen}`);
  const yuan = Math.floor(fen / 100);
  const [jiao, cents] = [Math.floor(fen / 10) % 10, fen % 10];
  let words = '';
  for (let step = Math.ceil(String(yuan).length / 4) - 1; step >= 0; step--) {
    const part = Math.floor(yuan / 10_000 ** step) % 10_000;
    if (part === 0) continue;
    const gap = words !== '' && (part < 1000 || Math.floor(yuan / 10_000 ** (step + 1)) % 10 === 0);
    words += `${gap ? digit(0) : ''}${group(part)}${myriads[step]}`;
  }
  if (yuan > 0 || fen === 0) words = `${words || digit(0)}元`;
  if (jiao === 0 && cents === 0) return `${words}整`;
  if (jiao === 0) return `${words}${yuan > 0 ? digit(0) : ''}${digit(cents)}分`;
  return `${words}${digit(jiao)}角${cents === 0 ? '' : `${digit(cents)}分`}`;
}
