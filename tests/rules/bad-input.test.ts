import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PackErrors } from '../../domain/rules.ts';
import { MOST_BYTES, parseLocatedJson } from '../../rules/located-json.ts';
import { ruleBookOf } from '../../rules/rule-book.ts';
import { SpoiltPacks } from './support.ts';

const file = '000000-national/decisions/mediation.organisation.json';
const next = '000000-national/decisions/procedure.next.json';
type Rule = Record<string, unknown> & { id: string };
const leaf = { fact: 'workers', operator: 'lessThan', value: 5 };
/** What is found where the condition of one rule is written so. */
const found = (when: unknown) =>
  new SpoiltPacks()
    .edit(file, (rules: Rule[]) => rules.map((rule, index) => (index === 2 ? { ...rule, when } : rule)))
    .findings();
const nested = (depth: number): unknown => (depth === 0 ? leaf : { not: nested(depth - 1) });

describe('a condition that would run code, or that nobody could follow, is refused with its place', () => {
  it.each<[string, unknown, string, string]>([
    ['a JSONPath', { all: [{ ...leaf, path: '$.a[?(@.b)]' }] }, 'unknown-field', '/2/when/all/0/path'],
    ['parameters', { all: [{ ...leaf, params: { code: 'x' } }] }, 'unknown-field', '/2/when/all/0/params'],
    ['a reference', { all: [{ condition: 'elsewhere' }] }, 'unknown-field', '/2/when/all/0/condition'],
    [
      'a regular expression',
      { all: [{ ...leaf, operator: 'regex', value: '(a+)+$' }] },
      'unknown-operator',
      '/2/when/all/0/operator',
    ],
    ['the constructor as a fact', { all: [{ ...leaf, fact: 'constructor' }] }, 'unknown-fact', '/2/when/all/0/fact'],
    ['twenty-one denials', nested(21), 'too-deep', `/2/when${'/not'.repeat(20)}`],
  ])('%s', async (_title, when, code, pointer) => {
    const findings = await found(when);
    const one = findings.find((finding) => finding.code === code);
    expect(one, JSON.stringify(findings)).toMatchObject({ file, pointer, severity: 'error' });
    expect(one?.line).toBeGreaterThan(40);
  });

  it('the prototype as a key', async () => {
    const packs = new SpoiltPacks();
    packs.write(file, packs.text(file).replace('"priority"', '"__proto__": {}, "priority"'));
    expect(await packs.findings()).toContainEqual(
      expect.objectContaining({ file, pointer: '/0/__proto__', code: 'unknown-field' }),
    );
  });

  it('a number without end', async () => {
    const packs = new SpoiltPacks();
    packs.write(file, packs.text(file).replace('"value": 10', '"value": 1e999'));
    const one = (await packs.findings()).find(({ code }) => code === 'wrong-value');
    expect(one).toMatchObject({ file, pointer: '/2/when/all/0/value' });
  });
});

it('a text larger than any pack is refused unread', () => {
  expect(parseLocatedJson('['.repeat(MOST_BYTES + 1)).faults).toMatchObject([
    { code: 'too-big', line: 1, pointer: '' },
  ]);
});

it('an outcome that leads nowhere is an error of the draft', async () => {
  const packs = new SpoiltPacks();
  packs.edit(next, (rules: Rule[]) => rules.filter(({ id }) => id !== 'negotiation-over-to-mediation'));
  expect(await packs.findings()).toContainEqual(
    expect.objectContaining({ file: next, code: 'no-next', severity: 'error' }),
  );
});

it('a file spoilt anywhere loads or is refused by name, and never breaks the program', () => {
  const places = (value: unknown, path: string[] = []): string[][] =>
    typeof value !== 'object' || value === null
      ? [path]
      : [path, ...Object.entries(value).flatMap(([key, inner]) => places(inner, [...path, key]))];
  const text = new SpoiltPacks().text(file);
  const paths = places(JSON.parse(text)).filter(({ length }) => length > 0);
  const instead = fc.oneof(fc.constant(undefined), fc.jsonValue({ maxDepth: 2 }));
  fc.assert(
    fc.property(fc.constantFrom(...paths), instead, (path, value) => {
      const packs = new SpoiltPacks().edit(file, (json: Record<string, unknown>) => {
        const holder = path.slice(0, -1).reduce((at, key) => at[key] as Record<string, unknown>, json);
        const last = path.at(-1) ?? '';
        if (value !== undefined) holder[last] = value;
        else if (Array.isArray(holder)) holder.splice(Number(last), 1);
        else delete holder[last];
        return json;
      });
      try {
        ruleBookOf(packs.sources());
      } catch (error) {
        expect(error).toBeInstanceOf(PackErrors);
        for (const one of (error as PackErrors).errors) expect(one.file).toMatch(/^\d{6}-[a-z]+\/.+\.json$/);
      }
    }),
    { numRuns: 40 },
  );
});
