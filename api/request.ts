import { createHash, randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import type { z } from 'zod';
import { badInput, pointer, problem } from './problems.ts';

/**
 * The request's JSON; `bad-json` where it is none. An empty body counts as `{}`. Text with a NUL or half a character
 * (a lone surrogate) is refused here: no database keeps it.
 */
export async function readJson(c: Context): Promise<unknown> {
  const text = await c.req.text();
  return text.trim() === '' ? {} : parseJson(text);
}

/** JSON that came as text, with the same refusals. */
export function parseJson(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw problem('bad-json');
  }
  // Both can only come as escapes; without one there is nothing to look for.
  if (/\\u(0000|d[89a-f])/i.test(text)) refuseUnwritable(value, []);
  return value;
}

function refuseUnwritable(value: unknown, path: string[]): void {
  if (typeof value === 'string') {
    if (!value.includes('\0') && !/\p{Surrogate}/u.test(value)) return;
    throw problem('bad-input', {
      errors: [
        {
          field: pointer(path),
          code: 'bad-character',
          zh: '含有无法保存的字符。',
          en: 'It holds a character that cannot be kept.',
        },
      ],
    });
  }
  if (value === null || typeof value !== 'object') return;
  for (const [key, inner] of Object.entries(value)) {
    refuseUnwritable(key, [...path, '']);
    refuseUnwritable(inner, [...path, key]);
  }
}

/** Reads and checks a body in one. */
export const readBody = async <S extends z.ZodType>(c: Context, schema: S): Promise<z.output<S>> =>
  parse(schema, await readJson(c));

/** Parses by a schema; `bad-input` with every place where it does not fit. */
export function parse<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const result = schema.safeParse(value);
  if (!result.success) throw badInput(result.error);
  return result.data;
}

/** The request's Idempotency-Key, or one made for it (given back in the answer). */
export function idempotencyKey(c: Context): string {
  const given = c.req.header('idempotency-key');
  if (given === undefined) return randomUUID();
  const key = given.replace(/^"(.*)"$/, '$1');
  if (!/^[\x21-\x7e]{1,200}$/.test(key)) throw problem('idempotency-key-invalid');
  return key;
}

/** One hash of what is asked: the same key with another one is refused. */
export const requestHash = (...parts: unknown[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex');

/** The event number in If-Match, or undefined where it is absent or `*`. */
export function ifMatch(c: Context): number | undefined {
  const given = c.req.header('if-match');
  if (given === undefined || given === '*') return undefined;
  const seq = /^(?:W\/)?"(\d+)"$/.exec(given)?.[1];
  // An ETag that was never ours cannot match.
  return seq === undefined ? -1 : Number(seq);
}

export const etag = (seq: number): string => `"${seq}"`;

/** Opaque place in a list. */
export const cursorOf = (place: unknown): string => Buffer.from(JSON.stringify(place)).toString('base64url');

/** What a cursor of ours holds; `bad-input` for anything else. */
export function readCursor<S extends z.ZodType>(schema: S, cursor: string | undefined): z.output<S> | undefined {
  if (cursor === undefined) return undefined;
  try {
    return schema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
  } catch {
    throw problem('bad-input', {
      errors: [{ field: '/cursor', code: 'bad-cursor', zh: '翻页标记无效。', en: 'The cursor is not valid.' }],
    });
  }
}

/** One UUID for one request under one key: asking again names the same row. */
export function uuidFrom(...parts: string[]): string {
  const hex = requestHash(...parts);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
