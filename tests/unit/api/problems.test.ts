import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { badInput, pointer } from '../../../api/problems.ts';

const placesOf = (schema: z.ZodType, value: unknown) => {
  const parsed = schema.safeParse(value);
  if (parsed.success) throw new Error('it was taken');
  return badInput(parsed.error).problem.errors ?? [];
};

describe('what is wrong with an input', () => {
  it('is said by place, as a JSON pointer with its signs escaped', () => {
    expect(pointer([])).toBe('');
    expect(pointer(['a/b', '0', 'c~d'])).toBe('/a~1b/0/c~0d');
    const schema = z.strictObject({ list: z.array(z.strictObject({ a: z.number() })) });
    expect(placesOf(schema, { list: [{ a: 1 }, { a: 'x' }] })[0]?.field).toBe('/list/1/a');
    expect(placesOf(schema, { list: [], 'x/y': 1 })[0]).toMatchObject({ field: '/x~1y', code: 'unknown-field' });
  });

  it.each([
    ['missing', z.strictObject({ a: z.string() }), {}, 'required', '必填。'],
    ['of another kind', z.strictObject({ a: z.string() }), { a: 1 }, 'wrong-type', '应为文本。'],
    ['no whole number', z.strictObject({ a: z.int() }), { a: 1.5 }, 'wrong-type', '应为整数。'],
    ['none of a list', z.strictObject({ a: z.enum(['x', 'y']) }), { a: 'z' }, 'not-one-of', '应为以下之一：x、y。'],
    ['too small', z.strictObject({ a: z.number().min(3) }), { a: 2 }, 'too-small', '不能小于 3。'],
    ['too large', z.strictObject({ a: z.number().max(3) }), { a: 4 }, 'too-big', '不能大于 3。'],
    ['too long', z.strictObject({ a: z.string().max(3) }), { a: 'abcd' }, 'too-big', '不能多于 3 个。'],
    ['too few', z.strictObject({ a: z.array(z.string()).min(1) }), { a: [] }, 'too-small', '不能少于 1 个。'],
    ['of another form', z.strictObject({ a: z.email() }), { a: 'x' }, 'bad-format', '格式不对（email）。'],
    [
      'by our own words',
      z.strictObject({ a: z.string().regex(/x/, '须有 x / must hold x') }),
      { a: 'y' },
      'bad-value',
      '须有 x。',
    ],
    [
      'a key of another form',
      z.strictObject({ a: z.record(z.string().regex(/^k$/, '须为 k / must be k'), z.string()) }),
      { a: { l: 'x' } },
      'bad-key',
      '须为 k。',
    ],
    [
      'neither of two',
      z.strictObject({ a: z.union([z.literal('x'), z.number()]) }),
      { a: 'z' },
      'bad-value',
      '不合要求。',
    ],
  ] as Array<[string, z.ZodType, unknown, string, string]>)(
    'that is %s, in both languages and by a code of ours',
    (_what, schema, value, code, zh) => {
      const [place] = placesOf(schema, value);
      expect(place).toMatchObject({ code, zh });
      expect(place?.en).toMatch(/^[A-Za-z][\x20-\x7e]*\.$/);
    },
  );

  it('does not send back a name that is a book', () => {
    const [place] = placesOf(z.strictObject({}), { ['x'.repeat(10_000)]: 1 });
    expect(JSON.stringify(place).length).toBeLessThan(400);
  });
});
