import type { Bilingual } from '../types.ts';

/** A place in a pasted text that is not understood, or contradicts the rest. */
export interface TextFault extends Bilingual {
  /** Stable, e.g. `weekday-differs`. */
  code: string;
  /** From 1, as an editor counts them. */
  line: number;
  column: number;
}

/** A stretch of the squeezed text. */
export interface Span {
  start: number;
  end: number;
}

const LONGEST_QUOTE = 60;
const blank = /[\s\u200b-\u200f\u2060\ufeff]/;

/**
 * A text as it was pasted, and the same without blanks and with half-width signs: so a page's line breaks and indents do not matter. What is
 * found in the second is told with its place in the first.
 */
export class PastedText {
  /** The text to read. */
  readonly squeezed: string;
  readonly faults: TextFault[] = [];
  private readonly original: string;
  private readonly origin: number[] = [];

  constructor(original: string) {
    this.original = original;
    let squeezed = '';
    for (let at = 0; at < original.length; at += 1) {
      const char = original.charAt(at);
      if (blank.test(char)) continue;
      squeezed += halfWidth(char);
      this.origin.push(at);
    }
    this.squeezed = squeezed;
  }

  /** Writes down what is wrong with a stretch; the sentence begins with its words. */
  fault(code: string, span: Span, reason: Bilingual): void {
    const at = this.origin[span.start] ?? this.original.length;
    const before = this.original.slice(0, at).split('\n');
    const words = this.wordsOf(span);
    this.faults.push({
      code,
      line: before.length,
      column: (before.at(-1)?.length ?? 0) + 1,
      zh: words === '' ? reason.zh : `“${words}”：${reason.zh}`,
      en: words === '' ? reason.en : `"${words}": ${reason.en}`,
    });
  }

  /** Refuses numbers that a blank divides: squeezed they would be another number. */
  checkNumbers({ start, end }: Span): void {
    for (let at = start + 1; at < end; at += 1) {
      const gap = (this.origin[at] ?? 0) - (this.origin[at - 1] ?? 0);
      if (gap > 1 && isDigit(this.squeezed[at - 1]) && isDigit(this.squeezed[at]))
        this.fault(
          'broken-number',
          { start: at - 1, end: at + 1 },
          { zh: '数字被空白或者换行隔开。', en: 'a blank divides a number.' },
        );
    }
  }

  private wordsOf({ start, end }: Span): string {
    const first = this.origin[start];
    const last = this.origin[Math.max(start, end - 1)];
    if (first === undefined || end <= start) return '';
    const words = this.original
      .slice(first, (last ?? this.original.length - 1) + 1)
      .replace(/\s+/g, ' ')
      .trim();
    return words.length > LONGEST_QUOTE ? `${words.slice(0, LONGEST_QUOTE)}…` : words;
  }
}

const isDigit = (char: string | undefined): boolean => char !== undefined && char >= '0' && char <= '9';

/** `，（）：` and full-width digits as their half-width kin; one sign for one, so that places stay. */
function halfWidth(char: string): string {
  const code = char.charCodeAt(0);
  return code >= 0xff01 && code <= 0xff5e ? String.fromCharCode(code - 0xfee0) : char;
}
