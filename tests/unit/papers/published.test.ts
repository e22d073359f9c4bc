import { beforeAll, describe, expect, it } from 'vitest';
import { parseData } from '../../../papers/contents.ts';
import {
  checkContents,
  type MadePaper,
  makePaper,
  type PaperInput,
  type PaperKind,
  paperKindNames,
  paperKinds,
} from '../../../papers/index.ts';
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

async function made<K extends PaperKind>(kind: K, data: PaperInput<K>): Promise<MadePaper> {
  const answer = await makePaper({ kind, data });
  if ('refusal' in answer) throw new Error(`${kind}: ${JSON.stringify(answer.refusal)}`);
  return answer.paper;
}

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

  it('JC-01 MED-10: what the court of Langya confirmed reads as it was published: 3090 元, in words and in figures', async () => {
    const own = papers[published.findIndex(({ id }) => id.startsWith('15-'))] as Papers;
    const text = await docxText(
      await made('mediationAgreement', own.mediationAgreement as PaperInput<'mediationAgreement'>),
    );
    expect(text).toContain('申请人：黄某某');
    expect(text).toContain('被申请人：杨某某');
    expect(text).toContain('人民币3090.00元（大写：叁仟零玖拾元整）');
    expect(text).toContain('9月1日前一次付清');
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
