import { describe, expect, it } from 'vitest';
import { checkContents, namesOf, type PaperContent, paperContents, parseData } from '../../../papers/contents.ts';
import type { PaperData } from '../../../papers/data.ts';
import { type PaperKind, paperKindNames } from '../../../papers/kinds.ts';
import { paperRefusalCodes } from '../../../papers/refusal.ts';
import { sampleData } from '../../../papers/sample.ts';

describe('a paper that lacks what it must state is refused, naming it', () => {
  const emptied = <K extends PaperKind>(kind: K, field: string): PaperData<K> => {
    const data = structuredClone(sampleData(kind)) as Record<string, unknown>;
    if (field.includes('|')) {
      for (const one of field.split('|')) data[one] = typeof data[one] === 'boolean' ? false : '';
      return data as PaperData<K>;
    }
    const [name, inner] = field.split('[].') as [string, string?];
    if (inner === undefined) data[name] = Array.isArray(data[name]) ? [] : '';
    else (data[name] as Array<Record<string, unknown>>).push({ ...(data[name] as [object])[0], [inner]: '' });
    return data as PaperData<K>;
  };

  for (const kind of paperKindNames)
    for (const content of paperContents[kind])
      it(`${content.legalRef} ${kind} without ${content.title.zh}`, () => {
        const full = sampleData(kind);
        expect(checkContents(kind, full)).toBeUndefined();
        for (const field of content.fields) {
          const refusal = checkContents(kind, emptied(kind, field));
          expect(refusal).toMatchObject({
            code: 'paper-content-missing',
            zh: `文书缺少内容：${ownerOf(kind, field).title.zh}。`,
            legalRef: ownerOf(kind, field).legalRef,
            source: ownerOf(kind, field).source,
          });
          const [place] = field.split('|') as [string];
          expect(refusal?.field).toBe(`/${place.replace('[].', '/1/')}`);
        }
      });

  /** The first content that asks for the field is the one that is named. */
  const ownerOf = (kind: PaperKind, field: string): PaperContent =>
    paperContents[kind].find(({ fields }) => fields.includes(field)) as PaperContent;

  it('L4: a content that a local rule adds is asked for too, and found where it is written', () => {
    const local = [
      {
        field: 'focus',
        title: { zh: '双方焦点', en: 'Points in dispute' },
        legalRef: 'L4',
        source: '沈阳市劳动争议调解条例 第二十五条',
      },
    ];
    const data = { ...sampleData('mediationAgreement'), additional: [] };
    expect(checkContents('mediationAgreement', data, local)).toMatchObject({
      ...{ code: 'paper-content-missing', field: '/additional/focus', source: '沈阳市劳动争议调解条例 第二十五条' },
    });
    const stated = { ...data, additional: [{ field: 'focus', title: '双方焦点', text: '工资标准' }] };
    expect(checkContents('mediationAgreement', stated, local)).toBeUndefined();
  });

  it('NEG-08: data that is not of its kind is refused with the place: there is no field for what was conceded', () => {
    const more = { ...sampleData('archiveIndex'), concededFacts: '不利事实' };
    expect(parseData('archiveIndex', more)).toMatchObject({ refusal: { code: 'paper-data-invalid' } });
    const undated = { ...sampleData('archiveIndex'), madeOn: '2026-02-30' };
    expect(parseData('archiveIndex', undated)).toMatchObject({
      refusal: { code: 'paper-data-invalid', field: '/madeOn' },
    });
  });
});

describe('contents.json', () => {
  it('names a field of the kind each time, and for each content a row and an article', () => {
    for (const kind of paperKindNames) {
      const full = sampleData(kind) as Record<string, unknown>;
      for (const content of paperContents[kind])
        for (const [name, inner] of namesOf(content)) {
          expect(full, `${kind} ${content.content}`).toHaveProperty(name);
          if (inner !== undefined) expect((full[name] as object[])[0], `${kind} ${name}`).toHaveProperty(inner);
        }
    }
  });

  it('has codes written in small letters, each once', () => {
    expect(new Set(paperRefusalCodes).size).toBe(paperRefusalCodes.length);
    for (const code of paperRefusalCodes) expect(code).toMatch(/^(paper|template)(-[a-z]+)+$/);
  });
});
