import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PackError, PackErrors } from '../../domain/rules.ts';
import { canonical, sha256Of } from '../../rules/canonical.ts';
import { bookChanges } from '../../rules/changes.ts';
import { loadRuleBook } from '../../rules/index.ts';
import { packsFolder, readSources } from '../../rules/load.ts';
import { parseLocatedJson } from '../../rules/located-json.ts';
import { bookWith, documentOf, fileText, readPackDocument, sourceOfDocument } from '../../rules/pack-document.ts';

const book = await loadRuleBook();
const jinshan = (await readSources(packsFolder)).find(({ folder }) => folder === '310116-jinshan');
if (jinshan === undefined) throw new Error('no pack of Jinshan');
const document = documentOf(jinshan);

/** The document with one file written otherwise. */
const withFile = (file: string, value: unknown) => ({ ...document, files: { ...document.files, [file]: value } });

function refused(work: () => unknown): PackError[] {
  try {
    work();
    return [];
  } catch (error) {
    if (error instanceof PackErrors) return error.errors;
    throw error;
  }
}

describe('a pack as one document', () => {
  it('makes the same book as its files', () => {
    const text = JSON.stringify(document);
    expect(bookWith(book, readPackDocument(text)).sha256).toBe(book.sha256);
    expect(bookWith(book, sourceOfDocument(document)).sha256).toBe(book.sha256);
    expect(documentOf(readPackDocument(text))).toEqual(document);
  });

  it('shortens mediation in one district and nowhere else', () => {
    const shorter = [{ id: 'mediation.conclusion', source: '区里的通知', amount: 10 }];
    const after = bookWith(book, sourceOfDocument(withFile('deadlines.json', shorter)));
    expect(after.deadline('310116', 'mediation.conclusion').amount).toBe(10);
    expect(after.deadline('310115', 'mediation.conclusion').amount).toBe(15);
    expect(bookChanges(book, after)).toContainEqual({
      ...{ pack: '310116-jinshan', file: 'deadlines.json', row: 'mediation.conclusion', change: 'added', fields: [] },
    });
  });

  it('MED-07 cannot lengthen mediation beyond the fifteen days of the nation, and is told the article', () => {
    const longer = [{ id: 'mediation.conclusion', source: '区里的通知', amount: 20 }];
    const [fault] = refused(() => bookWith(book, sourceOfDocument(withFile('deadlines.json', longer))));
    expect(fault).toMatchObject({
      ...{ code: 'bound-broken', file: '310116-jinshan/deadlines.json', pointer: '/0/amount', line: 5 },
      reason: { zh: expect.stringContaining('第二十九条') },
    });
  });

  it('says in which file and line of the body a key stands twice', () => {
    const text = `{ "reason": "试", "document": {\n "format": 1, "files": {\n "pack.json": { "id": "310116-jinshan",\n "id": "x" } } } }`;
    const source = readPackDocument(text, '/document');
    expect(source.files.get('pack.json')?.faults).toMatchObject([{ code: 'duplicate-key', line: 4, pointer: '/id' }]);
  });

  it('is refused where it is no document, with what is wrong', () => {
    const cases: Array<[string, string, string]> = [
      ['{ "format": 1, "files": { "pack.json": ', 'syntax', ''],
      ['[]', 'wrong-type', ''],
      ['{ "format": 2, "files": {} }', 'wrong-value', '/format'],
      ['{ "format": 1, "files": [] }', 'wrong-type', '/files'],
      ['{ "format": 1, "files": {}, "extra": 1 }', 'unknown-field', '/extra'],
      ['{ "format": 1, "format": 1, "files": {} }', 'duplicate-key', '/format'],
    ];
    for (const [text, code, pointer] of cases)
      expect(refused(() => readPackDocument(text))).toMatchObject([{ file: 'document', code, pointer }]);
  });

  it('tells row by row what a new text changes', async () => {
    const national = JSON.parse(await readFile(`${packsFolder}/000000-national/decisions/claim.overAge.json`, 'utf8'));
    const nation = (await readSources(packsFolder)).find(({ folder }) => folder === '000000-national');
    const [first, ...others] = national;
    const files = documentOf(nation as never).files;
    const edited = { ...files, 'decisions/claim.overAge.json': [...others.reverse(), { ...first, priority: 7 }] };
    const after = bookWith(book, sourceOfDocument({ format: 1, files: edited }));
    expect(bookChanges(book, after)).toEqual([
      {
        ...{ pack: '000000-national', file: 'decisions/claim.overAge.json', row: first.id, change: 'changed' },
        fields: [{ field: 'priority', before: first.priority, after: 7 }],
      },
    ]);
    expect(bookChanges(after, book)).toHaveLength(1);
    expect(bookChanges(book, book)).toEqual([]);
  });
});

describe('whatever a pack says, in whatever order', () => {
  /** The same value with the keys of every object in another order. */
  const turned = (value: unknown, by: number): unknown => {
    if (Array.isArray(value)) return value.map((inner) => turned(inner, by));
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value).map(([key, inner]): [string, unknown] => [key, turned(inner, by)]);
    const at = entries.length === 0 ? 0 : by % entries.length;
    return Object.fromEntries([...entries.slice(at), ...entries.slice(0, at)].reverse());
  };
  const files = fc.dictionary(fc.stringMatching(/^[a-z]{1,8}\.json$/), fc.jsonValue({ maxDepth: 4 }), { maxKeys: 5 });
  const real = fc.constantFrom(...Object.values(document.files));

  it('its text goes to JSON and back without loss, and its hash is of what it says', () => {
    fc.assert(
      fc.property(files, real, fc.nat(9), (own, shipped, by) => {
        const said = { format: 1 as const, files: { ...own, 'shipped.json': shipped } };
        const whole = documentOf(sourceOfDocument(said));
        const again = documentOf(readPackDocument(JSON.stringify(turned(said, by))));
        expect(JSON.stringify(again)).toBe(JSON.stringify(whole));
        expect(JSON.stringify(whole)).toBe(JSON.stringify(canonical(said)));
        expect(sha256Of(turned(said, by))).toBe(sha256Of(said));
        for (const value of Object.values(said.files))
          expect(JSON.stringify(parseLocatedJson(fileText(value)).value)).toBe(JSON.stringify(value));
      }),
      { numRuns: 40 },
    );
  });

  it('and another hash wherever it says something else', () => {
    fc.assert(
      fc.property(files, files, (one, other) => {
        const same = JSON.stringify(canonical(one)) === JSON.stringify(canonical(other));
        expect(sha256Of(one) === sha256Of(other)).toBe(same);
      }),
      { numRuns: 25 },
    );
  });
});
