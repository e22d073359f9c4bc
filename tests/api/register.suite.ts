import { beforeAll, describe, expect, it } from 'vitest';
import { unzip } from '../../papers/docx/unzip.ts';
import { eventually, type Person } from '../support/app.ts';
import { type SeededCase, seedCase, stories } from '../support/seeded-cases.ts';
import {
  act,
  administrator,
  atStage,
  done,
  employer,
  expectProblem,
  hejie,
  inDays,
  items,
  mediator,
  nothingChanges,
  operator,
  register,
  settled,
  today,
  union,
  worker,
} from './stage.ts';

/** Districts of a city of their own, so that the figures count what this suite writes and nothing else. */
const [city, district, other] = ['450100', '450102', '450103'] as const;
const window: Person = { subject: 'window-of-the-register', role: 'operator', region: district };
const head: Person = { subject: 'head-of-the-register', role: 'operator', region: city };
const nation: Person = { ...administrator, subject: 'administrator-of-the-register' };

interface Told {
  figure: string;
  count: number;
  cases: string;
  parts: Array<{
    procedure: string;
    what: string | null;
    count: number;
    cases: string;
    medianDays?: number;
    p90Days?: number;
  }>;
}
interface Group {
  key: string;
  share: { percent: number | null; settled: number; ended: number };
  figures: Told[];
}

const caseNo = (region: string, number: number) => `${region}-2025-${String(number).padStart(6, '0')}`;
const report = async (query = '', by = head): Promise<{ groups: Group[] }> =>
  (await hejie().get(by, `/v1/statistics?region=${city}&${query}`)).body;
const figure = (group: Group | undefined, name: string) => group?.figures.find(({ figure: one }) => one === name);
const counts = ({ figures }: Group) =>
  Object.fromEntries(figures.flatMap(({ figure: one, count }) => (count === 0 ? [] : [[one, count]])));

/** Of which the lists are read for every group. */
const some = ['settled', 'performedLate', 'silence'];

/** The whole list behind a figure, in pages. */
async function listed(
  href: string,
  by = head,
  limit = 40,
): Promise<Array<{ caseNo: string; on: string; days: number | null }>> {
  const found = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const { body } = await hejie().get(by, `${href}&limit=${limit}${cursor === '' ? '' : `&cursor=${cursor}`}`);
    found.push(...body.items);
    cursor = body.nextCursor;
  }
  return found;
}

async function file(href: string, by = head) {
  const authorization = `Bearer ${await hejie().tokenOf(by)}`;
  const answer = await hejie().app.request(href, { headers: { authorization } });
  expect(answer.status).toBe(200);
  return { headers: answer.headers, bytes: Buffer.from(await answer.arrayBuffer()) };
}

/** The fields of a CSV as RFC 4180 has them. */
function fieldsOf(text: string): string[][] {
  const rows: string[][] = [];
  for (const line of text.split('\r\n').slice(0, -1))
    rows.push(
      [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,"]*))/g)].map(([, quoted, plain]) =>
        quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'),
      ),
    );
  return rows;
}

/** What the cells of a workbook hold, in order. */
function sheetOf(bytes: Buffer): string {
  return [...unzip(bytes)]
    .filter(([name]) => /sharedStrings|sheet1/.test(name))
    .map(([, text]) => text.toString())
    .join('');
}

beforeAll(async () => {
  const { db } = hejie();
  let number = 0;
  const write = (region: string, story: string, on: string, more: Partial<SeededCase> = {}) => {
    number += 1;
    const told = stories[story]?.(on);
    if (!told) throw new Error(story);
    return seedCase(db, { caseNo: caseNo(region, number), on, ...told, ...more });
  };
  for (const story of Object.keys(stories)) await write(district, story, '2025-03-03');
  for (const story of ['settled', 'settled', 'mediatedLate', 'failed']) await write(other, story, '2025-06-30');
  const runs = stories.courtMediated?.('2025-06-30').runs.slice(1);
  await write(other, 'courtMediated', '2025-06-30', { splitFrom: caseNo(other, 15), workers: 3, runs });
});

describe('the statistics of the register', () => {
  it('POL-01: the share settled by negotiation and mediation stands first, and says what it counts', async () => {
    const { body } = await hejie().get(head, '/v1/statistics');
    expect(body).toMatchObject({
      region: city,
      by: null,
      share: {
        article: '人社部发〔2022〕71号 第三条',
        numerator: { figure: 'settled', counts: { zh: expect.stringContaining('全部履行') } },
        denominator: { figure: 'ended', counts: { zh: expect.stringContaining('撤回的计入') } },
        targets: [],
      },
    });
    // settled, mediatedLate, courtMediated there; four of five here. Broken, failed, withdrawn … ended otherwise.
    expect(body.groups).toMatchObject([{ key: '', share: { settled: 7, ended: 14, percent: 50 } }]);
    expect(body.groups[0].figures[0].figure).toBe('settled');
    const sichuan = (await hejie().get(nation, '/v1/statistics?region=510000')).body.share.targets;
    expect(sichuan).toMatchObject([{ atLeastPercent: 65, article: expect.stringContaining('实施意见') }]);
    expect((await hejie().get(nation, '/v1/statistics')).body).toMatchObject({
      region: '000000',
      share: { targets: [] },
    });
  });

  it('POL-01: counts acceptance, results, performance and silence, and leaves out what others go on with', async () => {
    const { groups } = await report();
    expect(counts(groups[0] as Group)).toEqual({
      ...{ settled: 7, ended: 14, notCounted: 3, registered: 18, splitOff: 1, accepted: 17, refused: 1 },
      ...{ mediationAccepted: 8, mediationDeclined: 1, results: 50, duration: 46 },
      ...{ performedOnTime: 7, performedLate: 2, breached: 2, silence: 7 },
    });
    const parts = (name: string) =>
      Object.fromEntries((figure(groups[0], name)?.parts ?? []).map((part) => [part.what, part.count]));
    expect(parts('notCounted')).toEqual({ notAdmissible: 1, merged: 1, transferred: 1 });
    expect(parts('ended')).toEqual({
      ...{ settled: 3, mediated: 2, courtMediated: 2, agreementBroken: 1, paidByOrder: 1, notSettled: 4, withdrawn: 1 },
    });
    expect(parts('silence')).toEqual({
      ...{ 'negotiation.response': 2, 'mediation.conclusion': 1, 'followUp.visit': 2, 'followUp.archive': 2 },
    });
    const negotiation = figure(groups[0], 'duration')?.parts.find(({ procedure }) => procedure === 'negotiation');
    expect(negotiation).toMatchObject({ medianDays: expect.any(Number), p90Days: 8 });
  });

  it.each([undefined, 'month', 'region', 'organisation', 'procedure'])(
    'POL-01: every figure and every part of it has exactly as many cases in its list, by %s',
    async (by) => {
      const { groups } = await report(by === undefined ? '' : `by=${by}`);
      const [total] = (await report()).groups;
      for (const { figure: name, count } of total?.figures ?? [])
        expect(
          groups.reduce((sum, group) => sum + (figure(group, name)?.count ?? 0), 0),
          name,
        ).toBe(count);
      const lists = groups.flatMap(({ figures }) =>
        figures.flatMap((told) =>
          by === undefined ? [told, ...told.parts] : some.includes(told.figure) ? [told] : [],
        ),
      );
      expect(lists.length).toBeGreaterThan(5);
      for (const { count, cases } of lists) expect(await listed(cases), cases).toHaveLength(count);
    },
  );

  it('POL-01: a period holds what happened in it, both ends with it, and a reopened case ends when it ends again', async () => {
    const may = (await report('from=2025-03-03&to=2025-03-03')).groups[0] as Group;
    expect(counts(may)).toMatchObject({ registered: 14, accepted: 13, refused: 1, notCounted: 1 });
    const reopened = (await listed(`/v1/statistics/ended/cases?region=${city}&what=notSettled`)).find(
      ({ caseNo: one }) => one === caseNo(district, 12),
    );
    expect(reopened?.on).toBe('2025-04-30');
    expect((await listed(`/v1/statistics/ended/cases?region=${city}`)).map((one) => one.caseNo)).not.toContain(
      caseNo(district, 13),
    );
  });

  it('POL-01: a district sees its own figures only, and no party any', async () => {
    const { body } = await hejie().get(window, '/v1/statistics');
    expect(body.groups[0].figures.find((one: Told) => one.figure === 'registered').count).toBe(14);
    for (const path of ['/v1/statistics', '/v1/statistics/ended/cases', '/v1/register']) {
      expectProblem(await hejie().get(worker, path), 403, 'not-allowed');
      expectProblem(await hejie().get(window, `${path}?region=${city}`), 403, 'not-allowed');
      expectProblem(await hejie().get(nation, `${path}?region=310199`), 422, 'unknown-region', '/region');
      expectProblem(await hejie().get(window, `${path}?from=2025-02-30`), 422, 'bad-input', '/from');
      expectProblem(await hejie().get(window, `${path}?from=2025-03-02&to=2025-03-01`), 422, 'bad-input', '/to');
      expectProblem(await hejie().get(window, `${path}?form=csv`), 422, 'bad-input', '/form');
    }
    expectProblem(await hejie().get({ ...mediator, region: district }, '/v1/statistics'), 403, 'not-allowed');
    expectProblem(await hejie().get(window, '/v1/statistics/guessed/cases'), 422, 'bad-input', '/figure');
    expectProblem(await hejie().get(window, '/v1/statistics/ended/cases?cursor=x'), 422, 'bad-input', '/cursor');
    expectProblem(await hejie().get(window, '/v1/register?cursor=x'), 422, 'bad-input', '/cursor');
  });

  it('POL-01: leaves as CSV and as XLSX with the same figures', async () => {
    const csv = await file(`/v1/statistics?region=${city}&format=csv`);
    expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect([...csv.bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const [heading, share, settled] = fieldsOf(csv.bytes.toString().slice(1));
    expect(heading).toHaveLength(7);
    expect(share?.slice(4)).toEqual(['50', '', '']);
    expect(settled?.[1]).toContain('协商调解化解');
    expect(settled?.[4]).toBe('7');
    const xlsx = sheetOf((await file(`/v1/statistics?region=${city}&format=xlsx`)).bytes);
    expect(xlsx).toContain('协商调解化解');
    expect(xlsx).not.toContain('<f>');
  });
});

describe('the acceptance register', () => {
  it('POL-01: has each case with its day, sides, claims, what was decided under which article, by whom, and its result', async () => {
    const refused = await register({ region: district, facts: { exclusion: 'household' } }, window);
    await eventually(
      'the case closed',
      async () => (await hejie().get(window, `/v1/cases/${refused}`)).body.stage === 'closed',
    );
    const { items } = (await hejie().get(window, '/v1/register?limit=200')).body;
    expect(items).toHaveLength(15);
    const line = (number: string) => items.find((one: { caseNo: string }) => one.caseNo === number);
    expect(line(refused)).toMatchObject({
      acceptance: {
        ...{ decision: 'refused', ground: 'household', title: { zh: expect.any(String) } },
        article: expect.stringMatching(/第.+条/),
      },
      result: { result: 'notAdmissible' },
    });
    expect(line(caseNo(district, 2))).toMatchObject({
      ...{ registeredOn: '2025-03-03', channel: 'window', channelTitle: { zh: '窗口' } },
      applicant: { parties: 1, kinds: ['worker'], names: ['测试工人0'] },
      claims: [{ kind: 'pay', subject: 'wages', text: '劳动报酬', workers: 1, amount: 12_000.5 }],
      acceptance: { decision: 'accepted', on: '2025-03-03' },
      mediation: { organisation: 'townshipStreet', decision: 'accepted', on: '2025-03-10' },
      result: { result: 'mediated', on: '2025-04-19', outcome: 'performed' },
    });
    expect(line(caseNo(district, 6))).toMatchObject({ mediation: { decision: 'declined', on: '2025-03-07' } });
    expect(line(caseNo(district, 11))).toMatchObject({ acceptance: { decision: 'accepted' }, result: null });
    expect((await listed(`/v1/statistics/results/cases?region=${city}&to=2025-12-31`, head, 7)).length).toBe(50);

    const pages = [];
    for (let cursor = ''; ; ) {
      const { body } = await hejie().get(head, `/v1/register?limit=4${cursor && `&cursor=${cursor}`}`);
      pages.push(...body.items.map((one: { caseNo: string }) => one.caseNo));
      if (body.nextCursor === null) break;
      cursor = body.nextCursor;
    }
    expect(new Set(pages).size).toBe(pages.length);
    expect(pages).toHaveLength(20);
    const split = (await hejie().get(head, '/v1/register?from=2025-06-30&to=2025-06-30')).body.items[0];
    expect(split).toMatchObject({ caseNo: caseNo(other, 19), splitFrom: caseNo(other, 15), applicant: { parties: 3 } });
  });

  it('POL-01: shows names to those who work the cases of the region, and to nobody else', async () => {
    const read = async (by: Person) => (await hejie().get(by, '/v1/register?limit=200&to=2025-12-31')).text;
    expect(await read(window)).toContain('测试工人0');
    expect(await read(nation)).not.toContain('测试工人');
    expect(await read(operator)).not.toContain('测试工人0');
  });

  it('POL-01: leaves as CSV and XLSX; a name that looks like a formula stays a name', async () => {
    const csv = (await file('/v1/register?format=csv&to=2025-12-31')).bytes.toString();
    const rows = fieldsOf(csv.slice(1));
    expect(rows).toHaveLength(20);
    expect(new Set(rows.map((row) => row.length))).toEqual(new Set([20]));
    expect(rows[1]?.[5]).toBe(`'=测试"甲",公司`);
    expect(rows.at(-1)?.[7]).toBe('12000.5');
    const { headers, bytes } = await file('/v1/register?format=xlsx&to=2025-12-31');
    expect(headers.get('content-disposition')).toContain(encodeURIComponent('受理登记.xlsx'));
    const sheet = sheetOf(bytes);
    expect(sheet).toContain('<t>=测试"甲",公司</t>');
    expect(sheet).not.toContain('<f>');
    expect(sheet).toContain('<v>12000.5</v>');
  });
});

describe('guidance, the return visit and the file', () => {
  let closing: Promise<string> | undefined;
  /** A settlement performed, its return visit still to be paid. */
  const performed = () => {
    closing ??= (async () => {
      const caseNo = await settled();
      await done(operator, caseNo, 'settlementPerformance.recordPayment', {
        ...{ instalment: 'o1.1', amount: 1000, paidOn: today(), evidence: true, confirmedByPayee: true },
      });
      await atStage(caseNo, 'followUp');
      return caseNo;
    })();
    return closing;
  };
  const give = (by: Person, caseNo: string, more: Record<string, unknown> = {}, key?: string) =>
    hejie().post(
      by,
      `/v1/cases/${caseNo}/guidance`,
      {
        ...{ topics: ['rights', 'lastDays', 'legalAid'], to: ['w1'], givenOn: today(), how: 'phone' },
        ...{ words: '可以向法律援助中心申请', ...more },
      },
      key === undefined ? {} : { key },
    );
  const fileOf = async (caseNo: string) => (await hejie().get(operator, `/v1/cases/${caseNo}/archive`)).body;

  it('POL-01: guidance is kept with the case: what about, to whom, when and how; the words for those who were told', async () => {
    const caseNo = await performed();
    expect((await give(operator, caseNo, {}, 'guidance-1')).status).toBe(201);
    expect((await give(operator, caseNo, {}, 'guidance-1')).body.items).toHaveLength(1);
    expectProblem(await give(operator, caseNo, { how: 'video' }, 'guidance-1'), 422, 'idempotency-key-reused');
    const [given] = await items(`/v1/cases/${caseNo}/guidance`, worker);
    expect(given).toMatchObject({
      ...{ to: ['w1'], givenOn: today(), how: 'phone', howTitle: { zh: '电话' }, by: { role: 'operator' } },
      topics: [{ topic: 'rights' }, { topic: 'lastDays' }, { topic: 'legalAid', title: { zh: '法律援助' } }],
      words: '可以向法律援助中心申请',
    });
    expect((await items(`/v1/cases/${caseNo}/guidance`, employer))[0].words).toBeUndefined();
    const timeline = await items(`/v1/cases/${caseNo}/timeline?limit=200`, employer);
    expect(timeline.at(-1)).toMatchObject({ type: 'guidance.given', legalRef: 'POL-01', words: {} });
    await nothingChanges(caseNo, async () => {
      expectProblem(await give(operator, caseNo, { givenOn: inDays(1) }), 422, 'day-in-the-future', '/givenOn');
      expectProblem(await give(operator, caseNo, { givenOn: inDays(-1) }), 422, 'day-too-early', '/givenOn');
      expectProblem(await give(operator, caseNo, { to: ['w1', 'w9'] }), 422, 'unknown-party', '/to/1');
      expectProblem(await give(operator, caseNo, { topics: ['weather'] }), 422, 'bad-input', '/topics/0');
      expectProblem(await give(worker, caseNo), 403, 'not-allowed');
      expectProblem(await give(window, caseNo), 404, 'not-found');
    });
  });

  it('POL-01: a visit that denies the performance tells the operator, and the file is not closed in silence', async () => {
    const caseNo = await performed();
    const visit = { visitedOn: today(), asked: 'w1', how: 'phone', satisfaction: 2, paidInFull: false };
    await done(union, caseNo, 'followUp.recordVisit', { ...visit, remarks: '说没有收到' });
    const event = (await items(`/v1/cases/${caseNo}/timeline?limit=200`, employer)).at(-1);
    expect(event).toMatchObject({
      ...{ type: 'followUp.visited', words: {} },
      detail: { ...visit, deniesPerformance: { procedure: 'settlementPerformance', outcome: 'performed' } },
    });
    const notices = await items(`/v1/cases/${caseNo}/notices`);
    expect(notices.map(({ template }: { template: string }) => template)).toContain('performanceDenied');
    expect((await items(`/v1/cases/${caseNo}/acts`)).map((one: { act: string }) => one.act)).toContain(
      'followUp.reopen',
    );
    const file = await fileOf(caseNo);
    expect(file).toMatchObject({ ending: { ending: 'settled' }, complete: false, archived: null });
    expect(file.items.map(({ item, paper, onFile }: Record<string, unknown>) => [paper ?? item, item, onFile])).toEqual(
      [
        ['settlementAgreement', 'paper', false],
        ['settlementAgreement', 'signatures', false],
        ['performance', 'performance', true],
        ['visit', 'visit', true],
        ['clarified', 'clarified', false],
        ['archiveCover', 'paper', false],
        ['archiveIndex', 'paper', false],
      ],
    );
    expect(file.items[0]).toMatchObject({ article: '企业劳动争议协商调解规定 第十一条第一款', legalRef: 'NEG-06' });
  });

  it('POL-01: an incomplete file is closed with a reason only, and what was missing stays in the record', async () => {
    const caseNo = await performed();
    await done(operator, caseNo, 'followUp.recordVisit', { visitedOn: today(), asked: 'w1', paidInFull: true });
    const made = await hejie().post(operator, `/v1/cases/${caseNo}/papers`, { kind: 'settlementAgreement' });
    expect(made.status, made.text.slice(0, 300)).toBe(201);
    await nothingChanges(caseNo, async () => {
      const refusal = await act(operator, caseNo, 'followUp.archive');
      expectProblem(refusal, 409, 'archive-incomplete', '/incompleteBecause');
      expect(refusal.body.detail.zh).toContain('卷内目录');
      expect(refusal.body.detail.zh).not.toContain('回访');
      expectProblem(await hejie().get(worker, `/v1/cases/${caseNo}/archive`), 403, 'not-allowed');
    });
    const because = { incompleteBecause: '当事人签名件另存' };
    await done(operator, caseNo, 'followUp.archive', because);
    await atStage(caseNo, 'closed');
    const { archived, complete, items: asked } = await fileOf(caseNo);
    expect(complete).toBe(false);
    expect(asked[0]).toMatchObject({ paper: 'settlementAgreement', onFile: true, numbers: [1] });
    expect(archived).toMatchObject({ by: 'operator', ...because });
    // Both signed when they settled, and the text is the one they signed.
    expect(asked[1]).toMatchObject({ item: 'signatures', onFile: true });
    expect(archived.missing).toEqual([
      { item: 'paper', paper: 'archiveCover', zh: '调解卷宗封面', en: expect.any(String) },
      { item: 'paper', paper: 'archiveIndex', zh: '卷内目录', en: expect.any(String) },
    ]);
  });
});
