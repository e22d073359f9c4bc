import { stripVTControlCharacters } from 'node:util';
import type { Text } from '../published/story.ts';

/** How the demo looks: Chinese first, English under it, in columns that stay in line on any terminal. */

const colours = process.stdout.isTTY === true && process.stdout.hasColors();
const paint = (code: number) => (text: string) => (colours ? `\u001b[${code}m${text}\u001b[0m` : text);
export const bold = paint(1);
const dim = paint(2);
const green = paint(32);
const yellow = paint(33);
const cyan = paint(36);

const WIDTH = 104;
/** Where the text, and where the article begins. */
const TEXT_AT = 13;
const ARTICLE_AT = 64;

export const line = (text = '') => void process.stdout.write(`${text}\n`);

const isWide = (char: string) =>
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/.test(char);

/** Columns on a terminal: Chinese takes two. */
export const widthOf = (text: string): number =>
  [...stripVTControlCharacters(text)].reduce((sum, char) => sum + (isWide(char) ? 2 : 1), 0);

export const pad = (text: string, width: number): string => text + ' '.repeat(Math.max(1, width - widthOf(text)));

/** Breaks a text to a width: English between words, Chinese anywhere but before a closing mark. */
export function wrap(text: string, width: number): string[] {
  const pieces = text.match(/[\u2e80-\uffef][，。；：、）》”！？]*|[^\s\u2e80-\uffef]+|\s+/gu) ?? [];
  const lines: string[] = [];
  let current = '';
  for (const piece of pieces) {
    if (current !== '' && widthOf(current) + widthOf(piece.trimEnd()) > width) {
      lines.push(current.trimEnd());
      current = piece.trimStart();
    } else current += piece;
  }
  if (current.trim() !== '') lines.push(current.trimEnd());
  return lines;
}

export const rule = (char: string) => line(dim(char.repeat(WIDTH)));

export function heading(number: string, title: Text, rows: Array<[string, string]>): void {
  line();
  rule('━');
  line(` ${cyan(bold(number))}  ${bold(title.zh)}`);
  line(` ${' '.repeat(number.length)}  ${title.en}`);
  for (const [name, value] of rows)
    for (const [index, part] of wrap(value, WIDTH - 20).entries())
      line(`      ${dim(pad(index === 0 ? name : '', 14))}${part}`);
  rule('━');
}

/** Sets rows side by side: on the left under a sign and a day, on the right what they rest on. */
function inColumns(lefts: string[], texts: string[], rights: string[]): void {
  for (let index = 0; index < Math.max(texts.length, rights.length); index++) {
    const text = texts[index] ?? '';
    const right = rights[index] ?? '';
    const gap = ' '.repeat(Math.max(1, ARTICLE_AT - TEXT_AT - widthOf(text)));
    line(`${lefts[index] ?? ' '.repeat(TEXT_AT)}${text}${right === '' ? '' : gap + dim(right)}`.trimEnd());
  }
}

/** Who moved the case: somebody, the rules once something was decided, or the calendar. */
export type Mover = 'person' | 'rules' | 'clock';
const signs: Record<Mover, string> = { person: green('●'), rules: cyan('◆'), clock: yellow('◷') };

export function legend(): void {
  line(
    ` ${signs.person} 有人操作 somebody acts   ${signs.rules} 规则决定下一步 the rules decide   ${signs.clock} 没有人操作，期限到了 nobody acts, the time comes`,
  );
}

/** One thing that happened, with its day, its article and who was told. */
export function event(given: { day: number; by: Mover; text: Text; article: string; under: string }): void {
  const { day, by, text, article, under } = given;
  const style = by === 'clock' ? yellow : bold;
  const zh = wrap(text.zh, ARTICLE_AT - TEXT_AT - 2);
  const en = wrap(text.en, ARTICLE_AT - TEXT_AT - 2);
  const number = String(day).padStart(3);
  const lefts = [`${pad(` 第${number} 天`, TEXT_AT - 3)}${signs[by]}  `];
  lefts[zh.length] = dim(pad(` day ${number}`, TEXT_AT));
  inColumns(lefts, [...zh.map(style), ...en], [...wrap(article, WIDTH - ARTICLE_AT), under]);
}

/** What the demo says between events; `kind` tells where it comes from. */
export function remark(kind: 'source' | 'filledIn' | 'look', { zh, en }: Text): void {
  const label = { source: '原文 ', filledIn: '补充 ', look: '' }[kind];
  const english = { source: 'Source: ', filledIn: 'Filled in: ', look: '' }[kind];
  const style = kind === 'look' ? cyan : dim;
  for (const text of [label + zh, english + en])
    for (const part of wrap(text, WIDTH - TEXT_AT - 2)) line(`${' '.repeat(TEXT_AT)}${dim('│')} ${style(part)}`);
}

export function box(title: Text, body: string): void {
  const left = ' '.repeat(TEXT_AT);
  line(`${left}${dim(`┌─ ${title.zh} · ${title.en}`)}`);
  for (const row of body.trim().split('\n'))
    for (const part of wrap(row, WIDTH - TEXT_AT - 4)) line(`${left}${dim('│')}  ${part}`);
  line(`${left}${dim('└─')}`);
}

export function rows(title: Text, values: Array<[string, string]>): void {
  line(` ${bold(title.zh)}`);
  line(` ${title.en}`);
  for (const [name, value] of values)
    for (const [index, part] of wrap(value, WIDTH - 28).entries())
      line(`   ${dim(pad(index === 0 ? name : '', 24))}${part}`);
  line();
}

export const good = (text: string) => green(text);
export const bad = (text: string) => (colours ? `\u001b[31m${text}\u001b[0m` : text);
