import type { CalendarYear, NamedDay } from '../calendar.ts';
import { compareDays, isLegalDay } from '../day.ts';
import { notUnderstood } from './dates.ts';
import { isFestival } from './festivals.ts';
import { checkHead, checkOutside, checkTail, tailBegins } from './frame.ts';
import { type Item, readItem } from './items.ts';
import { PastedText, type Span, type TextFault } from './pasted-text.ts';

/** A notice to be read from its words. */
interface Pasted {
  /** 国务院办公厅关于…年部分节假日安排的通知, from its title to its day. */
  text: string;
  /** Where it was read. */
  source: string;
  /** 文号, for a copy that leaves it out. */
  notice?: string;
  statutory: Readonly<Record<string, readonly NamedDay[]>>;
}

const title = /国务院办公厅关于(\d{4})年部分节假日安排的通知/g;
const numbered = /国办发明电[〔[](\d{4})[〕\]](\d{1,4})号/g;
const opening = /现将(\d{4})年([^。]{1,80})放假调休日期的具体安排通知如下。/g;
const signature = /国务院办公厅(\d{4})年(\d{1,2})月(\d{1,2})日/g;
const numerals = '一二三四五六七八九';
const nowhere: Span = { start: 0, end: 0 };

/**
 * Reads the yearly notice of holidays from its published words. Everything that it says is held against everything else and the calendar: days
 * of the week, numbers of days, the festivals announced and arranged, the statutory days, days worked for days off. What is not
 * understood is refused with its place, and nothing is guessed. The answer still has to pass `validateCalendarYear`.
 */
export function readNotice({
  text: words,
  source,
  notice,
  statutory,
}: Pasted): { read: CalendarYear } | { faults: TextFault[] } {
  const text = new PastedText(words);
  const frame = readFrame(text, notice);
  if (frame === undefined) return { faults: text.faults };
  const { year, announced, body } = frame;
  const { items, end } = readItems(text, body);
  checkTail(text, { start: end, end: body.end });
  checkFestivals(text, announced, items);
  const beside = { year, statutory: statutory[String(year)] ?? [] };
  const arranged = items.map((item) => ({ item, ...readItem(text, item, beside) }));
  checkOnce(text, arranged);
  if (text.faults.length > 0) return { faults: text.faults };
  const byDay = (days: NamedDay[]) => days.sort((a, b) => compareDays(a.on, b.on));
  return {
    read: {
      year,
      notice: frame.notice,
      source,
      daysOff: byDay(arranged.flatMap(({ daysOff }) => daysOff)),
      workdays: byDay(arranged.flatMap(({ workdays }) => workdays)),
    },
  };
}

interface Frame {
  year: number;
  notice: string;
  announced: { span: Span; festivals: string[] };
  /** From the first item to the signature. */
  body: Span;
}

/** Title, number, opening and signature, and whether what stands between them and round them can be passed over. */
function readFrame(text: PastedText, given: string | undefined): Frame | undefined {
  const titles = all(text, title);
  const [first] = titles;
  if (first === undefined) return missing(text, 'no-title', '国务院办公厅关于…年部分节假日安排的通知', 'the title');
  const year = Number(first.groups[0]);
  const openings = all(text, opening);
  const [opened] = openings;
  if (opened === undefined)
    return missing(text, 'no-opening', '现将…具体安排通知如下。', 'the sentence that opens the list');
  const signed = all(text, signature).find(({ start }) => start >= opened.end);
  if (signed === undefined)
    return missing(text, 'not-signed', '国务院办公厅和成文日期', 'signature and day: the text is cut off');
  for (const other of [...titles, ...openings])
    if (Number(other.groups[0]) !== year)
      text.fault('years-differ', other, { zh: `标题为 ${year} 年。`, en: `the title says ${year}.` });
  for (const more of openings.slice(1)) notUnderstood(text, more);
  const notice = numberOf(text, given, year, Number(signed.groups[0]));
  const [y, month, day] = signed.groups;
  if (!isLegalDay(`${y}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}`))
    text.fault('no-such-day', signed, { zh: '没有这一天。', en: 'there is no such day.' });

  const last = titles.filter(({ start }) => start < opened.start).at(-1) ?? first;
  for (const span of titles) text.checkNumbers(span);
  for (const span of all(text, numbered)) text.checkNumbers(span);
  text.checkNumbers({ start: opened.start, end: signed.end });
  checkOutside(text, { start: 0, end: last.start });
  checkHead(text, { start: last.end, end: opened.start });
  checkOutside(text, { start: signed.end, end: text.squeezed.length });
  const announced = { span: opened, festivals: (opened.groups[1] ?? '').split(/[、和]/) };
  return { year, notice, announced, body: { start: opened.end, end: signed.start } };
}

/** The notice's number: of the year before, in which it is signed. */
function numberOf(text: PastedText, given: string | undefined, year: number, signedIn: number): string {
  const found = all(text, numbered);
  const numbers = new Set(found.map(({ groups: [in_, number] }) => `国办发明电〔${in_}〕${number}号`));
  if (given !== undefined) numbers.add(given);
  const [number] = numbers;
  const [at = nowhere] = found;
  if (number === undefined) {
    missing(text, 'no-number', '文号（国办发明电〔…〕…号）', 'the number of the notice');
    return '';
  }
  if (numbers.size > 1)
    text.fault('numbers-differ', at, {
      zh: `文号不一致：${[...numbers].join('、')}。`,
      en: `there is more than one number: ${[...numbers].join(', ')}.`,
    });
  const of = Number(/〔(\d{4})〕\d+号/.exec(number)?.[1]);
  if (of !== year - 1 || signedIn !== of)
    text.fault('number-of-other-year', at, {
      zh: `${year} 年的安排应由 ${year - 1} 年的通知作出；文号为 ${number}，成文于 ${signedIn} 年。`,
      en: `the days of ${year} are arranged in ${year - 1}; the number is ${number}, the signature of ${signedIn}.`,
    });
  return number;
}

/** The items one after another, each sentence up to its full stop, and where the last one ends. */
function readItems(text: PastedText, body: Span): { items: Item[]; end: number } {
  const items: Item[] = [];
  let at = body.start;
  while (at < body.end && !tailBegins(text, at)) {
    const head = headAt(text, at, items.length);
    if (head !== undefined) {
      items.push({ ...head, sentences: [] });
      at = head.head.end;
      continue;
    }
    const stop = text.squeezed.indexOf('。', at);
    const sentence = { start: at, end: stop === -1 || stop > body.end ? body.end : stop };
    const item = items.at(-1);
    if (item === undefined || sentence.end === body.end) notUnderstood(text, sentence);
    else item.sentences.push(sentence);
    at = sentence.end + 1;
  }
  for (const { head, sentences } of items)
    if (sentences.length === 0)
      text.fault('not-understood', head, { zh: '没有写明放假的日子。', en: 'no days off are said.' });
  return { items, end: Math.min(at, body.end) };
}

/** `三、清明节:` with the numeral that is due. */
function headAt(text: PastedText, start: number, before: number): Omit<Item, 'sentences'> | undefined {
  const found = /^([一二三四五六七八九])、([^、:。]{2,4}(?:、[^、:。]{2,4}){0,2}):/.exec(
    text.squeezed.slice(start, start + 20),
  );
  const [whole, numeral, names = ''] = found ?? [];
  if (whole === undefined || numeral !== numerals[before]) return undefined;
  return { festivals: names.split('、'), head: { start, end: start + whole.length } };
}

/** Each festival is known, announced, and arranged once. */
function checkFestivals(text: PastedText, { span, festivals }: Frame['announced'], items: readonly Item[]): void {
  const told = [...festivals.map((name) => ({ name, at: span })), ...items.flatMap(placed)];
  for (const { name, at } of told)
    if (!isFestival(name))
      text.fault('unknown-festival', at, { zh: `没有“${name}”这个节日。`, en: `there is no festival ${name}.` });
  const arranged = items.flatMap(placed);
  arranged.forEach(({ name, at }, index) => {
    if (arranged.findIndex((one) => one.name === name) !== index || !festivals.includes(name))
      text.fault('festival-unexpected', at, {
        zh: `“${name}”重复出现，或者不在通知开头所列的节日之中。`,
        en: `${name} comes twice, or is not among those that the notice announces.`,
      });
  });
  for (const name of festivals)
    if (!arranged.some((one) => one.name === name))
      text.fault('festival-missing', span, {
        zh: `所列的“${name}”没有相应的一项。`,
        en: `${name} is announced and not arranged.`,
      });
}

const placed = ({ festivals, head }: Item) => festivals.map((name) => ({ name, at: head }));

/** No day is said twice, whether off or worked. */
function checkOnce(
  text: PastedText,
  arranged: ReadonlyArray<{ item: Item; daysOff: NamedDay[]; workdays: NamedDay[] }>,
): void {
  const seen = new Set<string>();
  for (const { item, daysOff, workdays } of arranged)
    for (const { on } of [...daysOff, ...workdays]) {
      if (seen.has(on))
        text.fault('day-twice', item.head, {
          zh: `${on} 不止一次出现（放假或者上班）。`,
          en: `${on} is arranged more than once.`,
        });
      seen.add(on);
    }
}

type Match = Span & { groups: string[] };

const all = (text: PastedText, pattern: RegExp): Match[] =>
  [...text.squeezed.matchAll(pattern)].map((match) => {
    const [whole, ...groups] = match;
    return { start: match.index, end: match.index + whole.length, groups };
  });

function missing(text: PastedText, code: string, zh: string, en: string): undefined {
  text.fault(code, nowhere, { zh: `没有找到${zh}。`, en: `not found: ${en}.` });
  return undefined;
}
