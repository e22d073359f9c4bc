import { describe, expect, it } from 'vitest';
import { namesOf } from '../../../papers/contents.ts';
import { unzip } from '../../../papers/docx/unzip.ts';
import { zip } from '../../../papers/docx/zip.ts';
import {
  checkContents,
  type MadePaper,
  makePaper,
  ownTemplate,
  type PaperContent,
  type PaperData,
  type PaperKind,
  type PaperRefusal,
  paperContents,
  paperKindNames,
  paperRefusalCodes,
} from '../../../papers/index.ts';
import { pdfText } from './read-back.ts';
import { fullData } from './sample.ts';

type Answer = Awaited<ReturnType<typeof makePaper>>;
const refusalOf = (answer: Answer): PaperRefusal => {
  if ('paper' in answer) throw new Error('it was made');
  return answer.refusal;
};
const paperOf = (answer: Answer): MadePaper => {
  if ('refusal' in answer) throw new Error(JSON.stringify(answer.refusal));
  return answer.paper;
};

describe('a paper', () => {
  it('has the same bytes and hashes whenever and wherever it is made of the same data', async () => {
    const data = fullData('refusalNotice');
    const first = paperOf(await makePaper({ kind: 'refusalNotice', data }));
    const zone = process.env.TZ;
    process.env.TZ = 'America/New_York';
    // Another paper in between, whose glyphs the font has then met.
    await makePaper({ kind: 'archiveIndex', data: fullData('archiveIndex') });
    const again = paperOf(await makePaper({ kind: 'refusalNotice', data: structuredClone(data) }));
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
    expect(again.pdf.sha256).toBe(first.pdf.sha256);
    expect(again.docx.sha256).toBe(first.docx.sha256);
    expect(again.templateSha256).toBe(first.templateSha256);
    expect(first.pdf.sha256).toMatch(/^[0-9a-f]{64}$/);
    const other = paperOf(await makePaper({ kind: 'refusalNotice', data: { ...data, reason: '另一理由' } }));
    expect(other.pdf.sha256).not.toBe(first.pdf.sha256);
    expect(other.docx.sha256).not.toBe(first.docx.sha256);
  });

  it('is made by several at once as by one', async () => {
    const data = fullData('archiveIndex');
    const alone = paperOf(await makePaper({ kind: 'archiveIndex', data }));
    const together = await Promise.all([1, 2, 3].map(() => makePaper({ kind: 'archiveIndex', data })));
    expect(together.map((answer) => paperOf(answer).pdf.sha256)).toEqual(Array(3).fill(alone.pdf.sha256));
  });

  it('prints what people write as they write it: signs of XML, braces, line ends', async () => {
    const reason = '工资 < 最低工资 & {reason} "已催要"\n第二行 {#list}';
    const paper = paperOf(await makePaper({ kind: 'refusalNotice', data: { ...fullData('refusalNotice'), reason } }));
    expect((await pdfText(paper)).text).toContain(reason.replace(/\s/g, ''));
  });

  it('says which characters of a name the font does not have', async () => {
    const data = { ...fullData('archiveIndex'), number: '卷 \u{2ffff}' };
    expect(paperOf(await makePaper({ kind: 'archiveIndex', data })).missingGlyphs).toEqual(['\u{2ffff}']);
    const rare = { ...fullData('archiveIndex'), number: '㛃翀昇喆垚堃' };
    expect(paperOf(await makePaper({ kind: 'archiveIndex', data: rare })).missingGlyphs).toEqual([]);
  });
});

describe('a template of the office’s own', () => {
  const KIND = 'archiveIndex';
  const written = (text: string): Buffer => {
    const entries = unzip(ownTemplate(KIND));
    const body = (entries.get('word/document.xml') as Buffer).toString('utf8');
    const paragraph = `<w:p><w:r><w:t>${text}</w:t></w:r></w:p><w:sectPr`;
    return zip(entries.set('word/document.xml', Buffer.from(body.replace('<w:sectPr', paragraph))));
  };

  it('is used, and is another version of the paper', async () => {
    const data = fullData(KIND);
    const own = paperOf(await makePaper({ kind: KIND, data }));
    const edited = paperOf(await makePaper({ kind: KIND, data, template: written('本目录一式两份：{caseNo}') }));
    expect(edited.templateSha256).not.toBe(own.templateSha256);
    expect((await pdfText(edited)).text).toContain(`本目录一式两份：${data.caseNo}`);
  });

  it('that names what the record does not have makes no paper', async () => {
    const answer = await makePaper({ kind: KIND, data: fullData(KIND), template: written('{salary}') });
    expect(refusalOf(answer)).toMatchObject({ code: 'template-unknown-field' });
  });
});

describe('a paper that lacks what it must state is refused, naming it', () => {
  const emptied = <K extends PaperKind>(kind: K, field: string): PaperData<K> => {
    const data = structuredClone(fullData(kind)) as Record<string, unknown>;
    const [name, inner] = field.split('[].') as [string, string?];
    if (inner === undefined) data[name] = Array.isArray(data[name]) ? [] : '';
    else (data[name] as Array<Record<string, unknown>>).push({ ...(data[name] as [object])[0], [inner]: '' });
    return data as PaperData<K>;
  };

  for (const kind of paperKindNames)
    for (const content of paperContents[kind])
      it(`${content.legalRef} ${kind} without ${content.title.zh}`, () => {
        const full = fullData(kind);
        expect(checkContents(kind, full)).toBeUndefined();
        for (const field of content.fields) {
          const refusal = checkContents(kind, emptied(kind, field));
          expect(refusal).toMatchObject({
            code: 'paper-content-missing',
            zh: `文书缺少内容：${ownerOf(kind, field).title.zh}。`,
            legalRef: ownerOf(kind, field).legalRef,
            source: ownerOf(kind, field).source,
          });
          expect(refusal?.field).toBe(field.includes('[].') ? `/${field.replace('[].', '/1/')}` : `/${field}`);
        }
      });

  /** The first content that asks for the field is the one that is named. */
  const ownerOf = (kind: PaperKind, field: string): PaperContent =>
    paperContents[kind].find(({ fields }) => fields.includes(field)) as PaperContent;

  it('L4: and nothing is made of it', async () => {
    const data = { ...fullData('mediationAgreement'), result: ' ' };
    const refusal = refusalOf(await makePaper({ kind: 'mediationAgreement', data }));
    expect(refusal).toMatchObject({
      ...{ code: 'paper-content-missing', field: '/result', legalRef: 'L4' },
      en: 'The paper does not state: Result of the mediation.',
    });
  });

  it('L4: a content that a local rule adds is asked for too, and found where it is written', () => {
    const local = [
      {
        field: 'focus',
        title: { zh: '双方焦点', en: 'Points in dispute' },
        legalRef: 'L4',
        source: '沈阳市劳动争议调解条例 第二十五条',
      },
    ];
    const data = { ...fullData('mediationAgreement'), additional: [] };
    expect(checkContents('mediationAgreement', data, local)).toMatchObject({
      ...{ code: 'paper-content-missing', field: '/additional/focus', source: '沈阳市劳动争议调解条例 第二十五条' },
    });
    const stated = { ...data, additional: [{ field: 'focus', title: '双方焦点', text: '工资标准' }] };
    expect(checkContents('mediationAgreement', stated, local)).toBeUndefined();
  });

  it('data that is not of its kind is refused with the place', async () => {
    const data = { ...fullData('archiveIndex'), concededFacts: '不利事实' } as never;
    expect(refusalOf(await makePaper({ kind: 'archiveIndex', data }))).toMatchObject({ code: 'paper-data-invalid' });
    const undated = { ...fullData('archiveIndex'), madeOn: '2026-02-30' };
    expect(refusalOf(await makePaper({ kind: 'archiveIndex', data: undated }))).toMatchObject({
      ...{ code: 'paper-data-invalid', field: '/madeOn' },
    });
  });
});

describe('contents.json', () => {
  it('names a field of the kind each time, and for each content a row and an article', () => {
    for (const kind of paperKindNames) {
      const full = fullData(kind) as Record<string, unknown>;
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
