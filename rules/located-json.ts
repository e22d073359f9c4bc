import type { PackError } from '../domain/rules.ts';

/** JSON read together with the line of every value, so that a fault can be shown where it stands. */
export interface LocatedJson {
  value: unknown;
  /** Line of a JSON pointer; of the nearest parent where the pointer itself is absent. */
  lineOf(pointer: string): number;
  /** Syntax errors (then `value` is undefined) and duplicate keys, which JSON.parse would swallow. */
  faults: Pick<PackError, 'line' | 'pointer' | 'reason' | 'code'>[];
}

export function pointerOf(path: readonly PropertyKey[]): string {
  return path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

class SyntaxFault extends Error {}

const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids raw control characters in strings
const string = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const blank = /[ \t\r\n]*/y;
const word = /true|false|null/y;
const deepest = 100;
/** A pack's file is some tens of kilobytes; what is far larger is refused before it is read. */
export const MOST_BYTES = 10_000_000;

export function parseLocatedJson(text: string): LocatedJson {
  return text.length > MOST_BYTES ? tooBig() : parse(text);
}

/** What stands for a text that is not read at all. */
export const tooBig = (): LocatedJson => ({
  value: undefined,
  lineOf: () => 1,
  faults: [
    {
      line: 1,
      pointer: '',
      code: 'too-big',
      reason: { zh: `文件超过 ${MOST_BYTES} 字节，未读取`, en: `larger than ${MOST_BYTES} bytes, not read` },
    },
  ],
});

function parse(text: string): LocatedJson {
  const source = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const lines = new Map<string, number>();
  const faults: LocatedJson['faults'] = [];
  let at = 0;
  let line = 1;
  let counted = 0;

  function lineAt(offset: number): number {
    for (; counted < offset; counted += 1) if (source.charCodeAt(counted) === 10) line += 1;
    return line;
  }
  function take(pattern: RegExp): string | undefined {
    pattern.lastIndex = at;
    const found = pattern.exec(source)?.[0];
    if (found !== undefined) at += found.length;
    return found;
  }
  function next(): string {
    take(blank);
    return source[at] ?? '';
  }
  function expect(char: string): void {
    if (next() !== char) throw new SyntaxFault(char);
    at += 1;
  }
  function stringToken(): string {
    next();
    const token = take(string);
    if (token === undefined) throw new SyntaxFault('"…"');
    return JSON.parse(token) as string;
  }

  function value(pointer: string, depth: number): unknown {
    if (depth > deepest) throw new SyntaxFault(`depth ≤ ${deepest}`);
    const char = next();
    lines.set(pointer, lineAt(at));
    if (char === '{') return object(pointer, depth);
    if (char === '[') return array(pointer, depth);
    if (char === '"') return stringToken();
    const token = take(word) ?? take(number);
    if (token === undefined) throw new SyntaxFault('value');
    const parsed = JSON.parse(token) as unknown;
    if (typeof parsed === 'number' && !Number.isFinite(parsed)) {
      faults.push({
        line: lineAt(at),
        pointer,
        code: 'wrong-value',
        reason: { zh: `数字过大：${token}`, en: `a number without end: ${token}` },
      });
    }
    return parsed;
  }
  function object(pointer: string, depth: number): Record<string, unknown> {
    const result: Record<string, unknown> = {};
    expect('{');
    if (next() === '}') {
      at += 1;
      return result;
    }
    for (;;) {
      next();
      const keyLine = lineAt(at);
      const key = stringToken();
      const inner = pointer + pointerOf([key]);
      if (Object.hasOwn(result, key)) {
        faults.push({
          line: keyLine,
          pointer: inner,
          code: 'duplicate-key',
          reason: { zh: `同一对象中重复出现“${key}”`, en: `the key "${key}" appears twice in one object` },
        });
      }
      expect(':');
      // A plain assignment of `__proto__` would set the prototype and hide the key from the schema.
      Object.defineProperty(result, key, {
        value: value(inner, depth + 1),
        enumerable: true,
        configurable: true,
        writable: true,
      });
      if (next() === ',') at += 1;
      else break;
    }
    expect('}');
    return result;
  }
  function array(pointer: string, depth: number): unknown[] {
    const result: unknown[] = [];
    expect('[');
    if (next() === ']') {
      at += 1;
      return result;
    }
    for (;;) {
      result.push(value(`${pointer}/${result.length}`, depth + 1));
      if (next() === ',') at += 1;
      else break;
    }
    expect(']');
    return result;
  }

  function lineOf(pointer: string): number {
    for (let p = pointer; ; p = p.slice(0, p.lastIndexOf('/'))) {
      const found = lines.get(p);
      if (found !== undefined) return found;
      if (p === '') return 1;
    }
  }

  try {
    const parsed = value('', 0);
    if (next() !== '') throw new SyntaxFault('end of file');
    return { value: parsed, lineOf, faults };
  } catch (error) {
    if (!(error instanceof SyntaxFault)) throw error;
    const met = source[at] === undefined ? '文件结尾 / end of file' : JSON.stringify(source[at]);
    faults.push({
      line: lineAt(at),
      pointer: '',
      code: 'syntax',
      reason: {
        zh: `不是合法的 JSON：此处应为 ${error.message}，却是 ${met}`,
        en: `not JSON: expected ${error.message}, met ${met}`,
      },
    });
    return { value: undefined, lineOf, faults };
  }
}
