import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { paperContents } from '../../../papers/contents.ts';
import { type FieldTree, hasName, knownFields } from '../../../papers/data.ts';
import { checkTemplate } from '../../../papers/docx/check-template.ts';
import { type Tags, tagsOf } from '../../../papers/docx/fill.ts';
import { makeTemplate } from '../../../papers/docx/make-template.ts';
import { isSameDocx, unzip } from '../../../papers/docx/unzip.ts';
import { paperKindNames } from '../../../papers/kinds.ts';
import { ownTemplate } from '../../../papers/own-template.ts';
import { loadRuleBook } from '../../../rules/index.ts';

const source = (kind: string) => readFile(new URL(`../../../papers/sources/${kind}.txt`, import.meta.url), 'utf8');

/** Known fields that a template leaves out. */
function unused(fields: FieldTree, tags: Tags, all: Tags): string[] {
  return Object.entries(fields).flatMap(([name, inner]) => {
    const own = tags[name] ?? all[name];
    if (own === undefined) return [name];
    return unused(inner, own, {}).map((field) => `${name}.${field}`);
  });
}

const flat = (tags: Tags): Tags => Object.assign({}, ...Object.values(tags).map(flat), tags) as Tags;

describe('the templates that come with the project', () => {
  for (const kind of paperKindNames) {
    it(`${kind}: is what its source says, may be used, and prints every field the record gives`, async () => {
      const docx = ownTemplate(kind);
      expect(isSameDocx(makeTemplate(await source(kind)), docx), 'npx tsx scripts/make-templates.ts').toBe(true);
      expect(checkTemplate(kind, docx)).toMatchObject({ template: { kind } });
      const tags = tagsOf(unzip(docx)).get('word/document.xml') as Tags;
      const lists = Object.keys(knownFields(kind)).filter((name) => !Object.hasOwn(knownFields(kind), hasName(name)));
      const missing = unused(
        Object.fromEntries(lists.map((name) => [name, knownFields(kind)[name] as FieldTree])),
        tags,
        flat(tags),
      );
      // `hasX` need not be asked, and the field's name of an additional content is for the check alone.
      expect(missing.filter((name) => !/^has[A-Z]/.test(name) && name !== 'additional.field')).toEqual([]);
    });
  }

  it('L4 L5 JR-02: state what the rule packs ask of the same documents, under the same articles', async () => {
    const book = await loadRuleBook();
    const asked = (['settlementAgreement', 'mediationAgreement'] as const).flatMap((document) =>
      book.contents('000000', document).map((row) => ({ document, ...row })),
    );
    expect(asked.length).toBeGreaterThan(5);
    for (const { document, field, source: article, legalRef } of asked)
      expect(paperContents[document], `${document} ${field}`).toContainEqual(
        expect.objectContaining({ content: field, source: article, legalRef }),
      );
    const handedIn = book.contents('000000', 'reviewApplication').map(({ source: article }) => article);
    expect(paperContents.reviewApplication.map(({ source: article }) => article)).toEqual(
      expect.arrayContaining(handedIn),
    );
  });
});
