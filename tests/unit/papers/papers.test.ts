import { beforeAll, describe, expect, it } from 'vitest';
import { parseData } from '../../../papers/contents.ts';
import { unzip } from '../../../papers/docx/unzip.ts';
import { zip } from '../../../papers/docx/zip.ts';
import {
  checkContents,
  type MadePaper,
  makePaper,
  ownTemplate,
  type PaperInput,
  type PaperKind,
  type PaperRefusal,
  paperKindNames,
  paperKinds,
} from '../../../papers/index.ts';
import { htmlOf } from '../../../papers/print/html.ts';
import { sampleData } from '../../../papers/sample.ts';
import { type Papers, papersOf } from '../../support/published-papers.ts';
import { type PublishedRecord, publishedRecords } from '../../support/published-record.ts';
import { docxText, pdfFonts, pdfText } from './read-back.ts';

let published: PublishedRecord[];
let papers: Papers[];
beforeAll(async () => {
  published = await publishedRecords();
  papers = published.map(papersOf);
});

/** The cases that can have a paper; the first is made whole here, the smaller ones being as good as the larger. */
const withPaper = <K extends PaperKind>(kind: K): Array<PaperInput<K>> =>
  papers.flatMap((own) => (own[kind] === undefined ? [] : [own[kind] as PaperInput<K>]));

const smallest = <K extends PaperKind>(kind: K): PaperInput<K> =>
  withPaper(kind).sort((a, b) => JSON.stringify(a).length - JSON.stringify(b).length)[0] as PaperInput<K>;

type Answer = Awaited<ReturnType<typeof makePaper>>;
const refusalOf = (answer: Answer): PaperRefusal => {
  if ('paper' in answer) throw new Error('it was made');
  return answer.refusal;
};
const paperOf = (answer: Answer): MadePaper => {
  if ('refusal' in answer) throw new Error(JSON.stringify(answer.refusal));
  return answer.paper;
};

const made = async <K extends PaperKind>(kind: K, data: PaperInput<K>): Promise<MadePaper> =>
  paperOf(await makePaper({ kind, data }));

describe('the papers of the published cases', () => {
  it('fourteen cases give every paper that the law names, each with all it must state', () => {
    expect(published).toHaveLength(14);
    const given = new Set(papers.flatMap((own) => Object.keys(own)));
    expect([...given].sort()).toEqual([...paperKindNames].sort());
    for (const [index, own] of papers.entries())
      for (const kind of Object.keys(own) as PaperKind[]) {
        const parsed = parseData(kind, own[kind]);
        if ('refusal' in parsed) throw new Error(`${published[index]?.id} ${kind}: ${parsed.refusal.field}`);
        expect(checkContents(kind, parsed.data), `${published[index]?.id} ${kind}`).toBeUndefined();
      }
  });

  for (const kind of paperKindNames) {
    const { title, legalRef } = paperKinds[kind];
    it(`${legalRef} ${title.zh}: Word and PDF say the same, the font is in the file, each page has its number`, async () => {
      const data = smallest(kind);
      const paper = await made(kind, data);
      const [word, { text, pages }] = [await docxText(paper), await pdfText(paper)];
      expect(word.startsWith(title.zh)).toBe(true);
      expect(text).toBe(word);
      expect(pages).toBeGreaterThan(0);
      expect(word).not.toMatch(/[{}]|undefined|null|\[object/);
      const fonts = pdfFonts(paper);
      expect(fonts.map(({ name }) => name.replace(/^[A-Z]{6}\+/, '')).sort()).toEqual([
        'NotoSerifSC-Bold',
        'NotoSerifSC-Regular',
      ]);
      expect(fonts.every(({ embedded }) => embedded)).toBe(true);
      expect(paper.missingGlyphs).toEqual([]);
    });
  }

  it('L4 MED-10: the agreement of 142 workers names each of them and every instalment, over as many pages as it takes', async () => {
    const index = published.findIndex(({ id }) => id.startsWith('16-'));
    const paper = await made(
      'mediationAgreement',
      papers[index]?.mediationAgreement as PaperInput<'mediationAgreement'>,
    );
    const { text, pages } = await pdfText(paper);
    for (const { name } of published[index]?.record.parties ?? []) expect(text).toContain(`：${name}，`);
    expect(pages).toBeGreaterThan(5);
    expect(text).toContain('自协议生效之日起100日内');
  });

  it('JC-01 CRT-04: what the court of Langya confirmed reads as it was published: 3090 元, in words and in figures', async () => {
    const own = papers[published.findIndex(({ id }) => id.startsWith('15-'))] as Papers;
    const text = await docxText(
      await made('mediationAgreement', own.mediationAgreement as PaperInput<'mediationAgreement'>),
    );
    expect(text).toContain('申请人：黄某某');
    expect(text).toContain('被申请人：杨某某');
    expect(text).toContain('人民币3090.00元（大写：叁仟零玖拾元整）');
    expect(text).toContain('9月1日前一次付清');
    // A service contract, delegated by the court (CRT-04): neither the seal nor the arbitration of labour law.
    expect(text).toContain(
      '自双方当事人签名、盖章或者捺印后生效（《最高人民法院关于人民法院特邀调解的规定》第二十四条）',
    );
    expect(text).not.toMatch(/劳动争议调解仲裁法|仲裁审查|申请仲裁/);
  });

  it('PO-02: the order for 49 workers asks for the sum of their shares, and says on which article', async () => {
    const own = papers[published.findIndex(({ id }) => id.startsWith('08-'))] as Papers;
    const order = own.paymentOrderApplication as PaperInput<'paymentOrderApplication'>;
    const shares = (order.shares ?? []).reduce((sum, { amount }) => sum + Number(amount), 0);
    expect(shares.toFixed(2)).toBe(order.amount);
    expect(order.amountInWords).toBe('壹佰贰拾贰万伍仟元整');
    expect([order.onWages, order.onAgreement]).toEqual([true, false]);
  });
});

describe('what was conceded to settle', () => {
  it('NEG-08: is in no paper, whichever act it came with', () => {
    const act = published.find(({ id }) => id.startsWith('06-'))?.acts.find(({ name }) => name.endsWith('.settle'));
    if (act === undefined) throw new Error('case 06 was settled');
    const words = '职工承认当月曾经旷工';
    act.body.concededFacts = [{ by: 'w1', text: words }];
    const all = published.map(papersOf);
    expect(JSON.stringify(published)).toContain(words);
    expect(JSON.stringify(all)).not.toContain(words);
  });

  it('NEG-08: the record of a session stays in the file; every other paper may go out', () => {
    expect(paperKindNames.filter((kind) => !paperKinds[kind].outside)).toEqual(['mediationRecord']);
  });
});

describe('a paper', () => {
  it('has the same bytes and hashes whenever and wherever it is made of the same data', async () => {
    const data = { ...sampleData('refusalNotice'), reason: '工资二期未付' };
    const first = paperOf(await makePaper({ kind: 'refusalNotice', data }));
    const zone = process.env.TZ;
    process.env.TZ = 'America/New_York';
    // Another paper in between: the font has then met its signs, among them ⼯ (U+2F2F), which looks like 工.
    await makePaper({ kind: 'archiveIndex', data: { ...sampleData('archiveIndex'), number: '⼯⼆' } });
    const again = paperOf(await makePaper({ kind: 'refusalNotice', data: structuredClone(data) }));
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
    expect(again.pdf.sha256).toBe(first.pdf.sha256);
    expect(again.docx.sha256).toBe(first.docx.sha256);
    expect(again.templateSha256).toBe(first.templateSha256);
    expect((await pdfText(again)).text).toContain(data.reason);
    expect(first.pdf.sha256).toMatch(/^[0-9a-f]{64}$/);
    const other = paperOf(await makePaper({ kind: 'refusalNotice', data: { ...data, reason: '另一理由' } }));
    expect(other.pdf.sha256).not.toBe(first.pdf.sha256);
    expect(other.docx.sha256).not.toBe(first.docx.sha256);
  });

  it('is made by several at once as by one', async () => {
    const data = sampleData('archiveIndex');
    const alone = paperOf(await makePaper({ kind: 'archiveIndex', data }));
    const together = await Promise.all([1, 2, 3].map(() => makePaper({ kind: 'archiveIndex', data })));
    expect(together.map((answer) => paperOf(answer).pdf.sha256)).toEqual(Array(3).fill(alone.pdf.sha256));
  });

  it('prints what people write as they write it: signs of XML, braces, line ends; a sign that no XML may hold is left out', async () => {
    const reason = '工资 < 最低工资 & {reason} "已催要"\n第二行 {#list}';
    const paper = paperOf(
      await makePaper({ kind: 'refusalNotice', data: { ...sampleData('refusalNotice'), reason: `${reason}\u0001` } }),
    );
    expect((await pdfText(paper)).text).toContain(reason.replace(/\s/g, ''));
  });

  it('says which characters of a name the font does not have', async () => {
    const data = { ...sampleData('archiveIndex'), number: '卷 \u{2ffff}' };
    expect(paperOf(await makePaper({ kind: 'archiveIndex', data })).missingGlyphs).toEqual(['\u{2ffff}']);
    const rare = { ...sampleData('archiveIndex'), number: '㛃翀昇喆垚堃' };
    expect(paperOf(await makePaper({ kind: 'archiveIndex', data: rare })).missingGlyphs).toEqual([]);
  });
});

describe('a template of the office’s own, and data that lacks something', () => {
  const KIND = 'archiveIndex';
  const written = (text: string): Buffer => {
    const entries = unzip(ownTemplate(KIND));
    const body = (entries.get('word/document.xml') as Buffer).toString('utf8');
    const paragraph = `<w:p><w:r><w:t>${text}</w:t></w:r></w:p><w:sectPr`;
    return zip(entries.set('word/document.xml', Buffer.from(body.replace('<w:sectPr', paragraph))));
  };

  it('is used, and is another version of the paper', async () => {
    const data = sampleData(KIND);
    const own = paperOf(await makePaper({ kind: KIND, data }));
    const edited = paperOf(await makePaper({ kind: KIND, data, template: written('本目录一式两份：{caseNo}') }));
    expect(edited.templateSha256).not.toBe(own.templateSha256);
    expect((await pdfText(edited)).text).toContain(`本目录一式两份：${data.caseNo}`);
  });

  it('prints a paragraph aligned by hand as Word shows it', async () => {
    const entries = new Map(unzip(written('中')));
    const body = (entries.get('word/document.xml') as Buffer).toString('utf8');
    const html = (jc: string) =>
      htmlOf(
        zip(
          entries.set(
            'word/document.xml',
            Buffer.from(body.replace('<w:p><w:r><w:t>中', `<w:p><w:pPr>${jc}</w:pPr><w:r><w:t>中`)),
          ),
        ),
      );
    expect(await html('<w:jc w:val="center"/>')).toContain('<p class="PaperPlain center">中</p>');
    expect(await html('<w:pStyle w:val="PaperBody"/><w:jc w:val="right"/>')).toContain(
      '<p class="PaperBody right">中</p>',
    );
    expect(await html('<w:pStyle w:val="PaperBody"/>')).toContain('<p class="PaperBody">中</p>');
  });

  it('that names what the record does not have makes no paper', async () => {
    const answer = await makePaper({ kind: KIND, data: sampleData(KIND), template: written('{salary}') });
    expect(refusalOf(answer)).toMatchObject({ code: 'template-unknown-field' });
  });

  it('L4: and nothing is made of it', async () => {
    const data = { ...sampleData('mediationAgreement'), result: ' ' };
    const refusal = refusalOf(await makePaper({ kind: 'mediationAgreement', data }));
    expect(refusal).toMatchObject({
      ...{ code: 'paper-content-missing', field: '/result', legalRef: 'L4' },
      en: 'The paper does not state: Result of the mediation.',
    });
  });
});
