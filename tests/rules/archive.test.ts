import { describe, expect, it } from 'vitest';
import {
  type ArchiveFacts,
  archiveQuestion,
  type FileItem,
  isOnFile,
  mediationFact,
  missingOf,
  type OnFile,
} from '../../domain/case/archive.ts';
import { paperKinds } from '../../papers/index.ts';
import { loadRuleBook } from '../../rules/index.ts';

const book = await loadRuleBook();
const nothing: OnFile = {
  ...{ papers: [], signed: [], served: [], officialDocuments: [], performanceProven: false, visited: false },
};
const plain: ArchiveFacts = {
  ...{ ending: 'withdrawn', settlement: false, mediation: 'none', applied: false, accepted: false, session: false },
  ...{
    forCourt: false,
    review: false,
    confirmation: false,
    paymentOrder: false,
    officialDocument: false,
    denied: false,
  },
};

async function fileOf(more: Partial<ArchiveFacts>): Promise<FileItem[]> {
  const { matched } = await book.decide('000000', 'archive.contents', archiveQuestion({ ...plain, ...more }).facts);
  return matched.map(({ outcome, title, legalRef, source }) => ({
    ...(outcome as unknown as FileItem),
    ...{ title, legalRef, article: source },
  }));
}

/** What the file of such a case must hold, in short: a paper by its name, what is about it behind a sign. */
const short = async (more: Partial<ArchiveFacts>) =>
  (await fileOf(more)).map(({ item, paper }) =>
    item === 'paper'
      ? paper
      : item === 'signatures'
        ? `${paper} signed`
        : item === 'service'
          ? `${paper} served`
          : item,
  );

const closing = ['visit', 'archiveCover', 'archiveIndex'];
const agreed = [
  ...['mediationApplication', 'acceptanceNotice', 'mediationRecord', 'mediationAgreement', 'mediationAgreement signed'],
  ...['performanceNotice', 'performanceNotice served'],
];
const mediated = { applied: true, accepted: true, session: true, mediation: 'agreement' } as const;

describe('what the file of a case must hold', () => {
  it.each<[string, Partial<ArchiveFacts>, string[]]>([
    [
      'NEG-06 settled by negotiation',
      { ending: 'settled', settlement: true },
      ['settlementAgreement', 'settlementAgreement signed', 'performance', ...closing],
    ],
    [
      'MED-10 a mediation agreement performed',
      { ending: 'mediated', ...mediated },
      [...agreed, 'performance', ...closing],
    ],
    ['POL-01 an agreement broken', { ending: 'agreementBroken', ...mediated }, [...agreed, ...closing]],
    [
      'JR-02 an agreement with a review',
      { ending: 'mediated', ...mediated, review: true, officialDocument: true },
      [...agreed, 'reviewApplication', 'reviewApplication signed', 'officialDocument', 'performance', ...closing],
    ],
    [
      'JC-01 an agreement with a confirmation',
      { ending: 'mediated', ...mediated, confirmation: true },
      [...agreed, 'confirmationApplication', 'confirmationApplication signed', 'performance', ...closing],
    ],
    [
      'L6 paid under a payment order',
      { ending: 'paidByOrder', ...mediated, paymentOrder: true, officialDocument: true },
      [...agreed, 'paymentOrderApplication', 'officialDocument', 'performance', ...closing],
    ],
    [
      'MED-13 mediation that failed, with arbitration',
      { ...mediated, ending: 'notSettled', mediation: 'failed', officialDocument: true },
      [
        ...['mediationApplication', 'acceptanceNotice', 'mediationRecord', 'mediationRecord signed', 'failureNotice'],
        ...['failureNotice served', 'officialDocument', ...closing],
      ],
    ],
    [
      'MED-13 mediation refused by a side',
      { ending: 'notSettled', applied: true, mediation: 'refused' },
      ['mediationApplication', 'failureNotice', 'failureNotice served', ...closing],
    ],
    [
      'MED-03 not accepted by the organisation',
      { ending: 'notSettled', applied: true, mediation: 'declined' },
      ['mediationApplication', 'refusalNotice', 'refusalNotice served', ...closing],
    ],
    [
      'CRT-01 mediation for a court, settled',
      { ending: 'courtMediated', session: true, mediation: 'agreement', forCourt: true },
      [...agreed.slice(2), 'performance', ...closing],
    ],
    [
      'CRT-10 mediation for a court, returned',
      { ending: 'notSettled', session: true, mediation: 'failed', forCourt: true },
      ['mediationRecord', 'mediationRecord signed', ...closing],
    ],
    ['NEG-01 withdrawn', {}, closing],
    ['POL-01 handed over to another body', { ending: 'transferred' }, ['transferLetter']],
    ['POL-01 consolidated', { ending: 'merged' }, []],
    ['L7 refused at intake', { ending: 'notAdmissible' }, []],
    [
      'POL-01 performed, and denied at the visit',
      { ending: 'settled', settlement: true, denied: true },
      ['settlementAgreement', 'settlementAgreement signed', 'performance', 'visit', 'clarified', ...closing.slice(1)],
    ],
  ])('%s', async (_ending, facts, expected) => {
    expect(await short(facts)).toEqual(expected);
  });

  it('POL-01 names papers that there are, each thing with its article', async () => {
    const { content } = book as unknown as { content: { packs: Array<{ decisions: Record<string, FileRule[]> }> } };
    type FileRule = { then: { paper?: string }; basis?: string; source: string };
    const rules = content.packs.flatMap(({ decisions }) => decisions['archive.contents'] ?? []);
    expect(rules.length).toBeGreaterThan(20);
    for (const {
      then: { paper },
      basis,
    } of rules) {
      if (paper !== undefined) expect(Object.keys(paperKinds)).toContain(paper);
      expect(basis).toBe('inferred');
    }
  });

  it('POL-01 is missing what is not there: a paper unsigned, one not served, a visit not paid', async () => {
    const items = await fileOf({ ending: 'mediated', ...mediated });
    expect(missingOf(items, nothing)).toHaveLength(items.length);
    const kinds = items.flatMap(({ item, paper }) => (item === 'paper' && paper !== undefined ? [paper] : []));
    const papers = kinds.map((kind, index) => ({ kind, number: index + 1 }));
    const there: OnFile = { ...nothing, papers, performanceProven: true, visited: true };
    expect(missingOf(items, there)).toEqual([
      ...[{ item: 'signatures', paper: 'mediationAgreement', zh: '调解协议书的签名盖章', en: expect.any(String) }],
      ...[{ item: 'service', paper: 'performanceNotice', zh: '履行告知书的送达证明', en: expect.any(String) }],
    ]);
    const all = papers.map(({ number }) => number);
    expect(missingOf(items, { ...there, signed: all, served: all })).toEqual([]);
    // Of two agreements both are signed, or the file is not whole.
    const two = [...papers, { kind: 'mediationAgreement', number: 99 }];
    expect(missingOf(items, { ...there, papers: two, signed: all, served: all })).toHaveLength(1);
    expect(isOnFile({ item: 'clarified' }, { ...there, signed: all, served: all })).toBe(false);
  });

  it('MED-13 takes an end without agreement for what the notice calls it', () => {
    expect(['agreement', 'expired', 'returned', 'refused', 'declined', 'notApplied', null].map(mediationFact)).toEqual([
      'agreement',
      'failed',
      'failed',
      'refused',
      'declined',
      'none',
      'none',
    ]);
  });
});
