import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { money, toFen } from '../../../contracts/acts/common.ts';
import { actContracts } from '../../../contracts/acts/index.ts';
import { allActs } from '../../../domain/procedures/index.ts';

const names = allActs.map(([name]) => name);

describe('the contracts of the acts', () => {
  it('are one for each act, and an act for each contract', () => {
    expect(Object.keys(actContracts).sort()).toEqual([...names].sort());
    expect(new Set(names).size).toBe(names.length);
  });
});

interface Schema {
  type?: string;
  const?: unknown;
  enum?: unknown[];
  format?: string;
  pattern?: string;
  properties?: Record<string, Schema>;
  items?: Schema;
  propertyNames?: Schema;
  additionalProperties?: Schema | boolean;
  anyOf?: Schema[];
  oneOf?: Schema[];
  minimum?: number;
  exclusiveMinimum?: number;
}

/** Words as a person would write them: where they may stand, a marker stands. */
const WORDS = '此处是当事人的话';

const patterns: Array<[RegExp, string]> = [
  [/^\^o\\d\+\$/, 'o1'],
  [/^\^\[wr\]/, 'w1'],
  [/^\^o\\d/, 'o1.1'],
  [/^\^p\\d/, 'p1'],
  [/^\^c\[1-9\]/, 'c1'],
  [/^\^b\\d/, 'b1'],
  [/^\^\[a-z\]\[A-Za-z0-9\]/, 'terms'],
  [/^\^\[A-Za-z0-9-\]/, 'A-1'],
  [/^\^\\d\{6\}-/, '110101-2026-000001'],
  [/^\^\\d\{6\}\$/, '110101'],
  [/^\^\[0-9a-f\]\{64\}/, 'a'.repeat(64)],
];

/** The fullest body that fits a schema: every property there, and words wherever any text may stand. */
function fullest(schema: Schema): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  const one = (schema.anyOf ?? schema.oneOf)?.[0];
  if (one) return fullest(one);
  switch (schema.type) {
    case 'object': {
      if (schema.properties)
        return Object.fromEntries(Object.entries(schema.properties).map(([key, inner]) => [key, fullest(inner)]));
      const key = String(fullest(schema.propertyNames ?? { type: 'string' }));
      const inner = schema.additionalProperties;
      return { [key]: typeof inner === 'object' ? fullest(inner) : WORDS };
    }
    case 'array':
      return [fullest(schema.items ?? {})];
    case 'string': {
      if (schema.format === 'date') return '2026-11-24';
      if (schema.format === 'email') return 'marker@example.test';
      if (schema.pattern === undefined) return WORDS;
      const { pattern } = schema;
      const known = patterns.find(([of]) => of.test(pattern));
      if (!known) throw new Error(`no sample for the pattern ${pattern}`);
      return known[1];
    }
    case 'number':
    case 'integer':
      return Math.max(1, schema.minimum ?? 0, (schema.exclusiveMinimum ?? 0) + 1);
    case 'boolean':
      return true;
    default:
      throw new Error(`no sample for ${JSON.stringify(schema)}`);
  }
}

describe.each(Object.entries(actContracts))('%s', (name, contract) => {
  const schema = z.toJSONSchema(contract.schema, { io: 'input', unrepresentable: 'any' }) as Schema;
  const whole = fullest(schema) as Record<string, unknown>;
  // A time is agreed as a length or as a last day, never as both.
  const bodies =
    'until' in whole && 'amount' in whole
      ? [omit(whole, 'until'), omit(whole, 'amount', 'unit')]
      : // Only what was left or put up has a ground.
        'ground' in whole && 'method' in whole
        ? [omit(whole, 'ground'), { ...whole, method: 'left' }]
        : [whole];
  // Who types signs today, and names no day.
  const typing = schema.properties?.signing?.oneOf?.[1];
  if (typing) bodies.push({ ...omit(whole, 'signedOn'), signing: fullest(typing) });

  it('keeps the words of people out of what goes to the workflow', () => {
    for (const body of bodies) {
      expect(JSON.stringify(body)).toContain(WORDS);
      const facts = JSON.stringify(contract.facts(contract.schema.parse(body)));
      expect(facts).not.toContain(WORDS);
      expect(facts).not.toContain('marker@example.test');
    }
  });

  it('takes no field it does not know, at any depth', () => {
    for (const body of bodies)
      for (const spoilt of withUnknownField(body))
        expect(contract.schema.safeParse(spoilt).success, JSON.stringify(spoilt).slice(0, 200)).toBe(false);
  });

  it('gives the workflow something else than it was given only where it says so', () => {
    const facts = contract.facts(contract.schema.parse(bodies[0]));
    for (const key of Object.keys(facts))
      expect(
        [
          ...Object.keys(schema.properties ?? {}),
          'amountFen',
          'reachable',
          'disputedFen',
          'monthlyMinimumFen',
          'stated',
          // Why a file is closed incomplete is in words; that somebody said so is not.
          'incomplete',
        ],
        name,
      ).toContain(key);
  });
});

function omit(body: Record<string, unknown>, ...keys: string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(body).filter(([key]) => !keys.includes(key)));
}

/** The body with one field too many, once in each of its objects save those whose fields are free. */
function* withUnknownField(value: unknown): Generator<unknown> {
  if (Array.isArray(value)) {
    for (const [index, inner] of value.entries())
      for (const spoilt of withUnknownField(inner)) yield value.with(index, spoilt);
    return;
  }
  if (value === null || typeof value !== 'object') return;
  yield { ...value, 不认识的字段: 1 };
  for (const [key, inner] of Object.entries(value)) {
    if (key === 'content') continue;
    for (const spoilt of withUnknownField(inner)) yield { ...value, [key]: spoilt };
  }
}

describe('money', () => {
  it('of any number of fen comes through as the same number of fen', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_999_999_999 }), (fen) => {
        expect(toFen(money.parse(fen / 100))).toBe(fen);
      }),
    );
  });

  it('with a third decimal is refused, however large or small', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99_999_999 }), fc.integer({ min: 1, max: 9 }), (whole, third) => {
        expect(money.safeParse(Number(`${whole}.12${third}`)).success).toBe(false);
      }),
    );
    for (const tiny of [1e-7, 0.001, 0.005, 1e-300]) expect(money.safeParse(tiny).success).toBe(false);
  });

  it('that is none is refused', () => {
    for (const value of [-0.01, -1, Number.NaN, Number.POSITIVE_INFINITY, '1', null, 1e11])
      expect(money.safeParse(value).success).toBe(false);
  });
});
