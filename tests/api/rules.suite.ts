import { describe, expect, it } from 'vitest';
import { readWorkbook, writeWorkbook } from '../../api/administration/workbook.ts';
import { verifyReceipt } from '../../rules/receipts/verify.ts';
import type { Cell } from '../../rules/tables/cell.ts';
import { formOf } from '../support/files.ts';
import { download } from './paper.ts';
import { administrator, expectProblem, hejie, items, operator, register, worker } from './stage.ts';

const ask = (body: unknown, by = operator) => hejie().post(by, '/v1/rules/evaluate', body);
const overdue = {
  ...{ procedure: 'settlementPerformance', outcome: 'overdue', enforceable: 'none', paymentOrder: 'none' },
  ...{ scope: 'labour', referral: 'none' },
};
const question = { point: 'procedure.next', region: '310116', facts: overdue };

describe('the rules, asked before acting', () => {
  it('NEG-09: say what an unpaid settlement comes to, under which article, and why', async () => {
    const { status, body } = await ask(question);
    expect(status).toBe(200);
    expect(body).toMatchObject({ region: '310116', outcome: { next: 'mediation' }, sha256: hejie().deps.rules.sha256 });
    const rule = body.rules.find(({ id }: { id: string }) => id === 'overdue-settlement-to-mediation');
    expect(rule).toMatchObject({ matched: true, when: { met: true } });
    expect(rule.source).toContain('第九条');
    expect(rule.when.all[0]).toMatchObject({ fact: 'procedure', actual: 'settlementPerformance', met: true });
    expect(body.receipt).toMatchObject({ kind: 'decision', case: null, outcome: body.outcome, facts: overdue });
    expect((await verifyReceipt(body.receipt)).differences).toEqual([]);
    // A party may ask as well, and under a release by its hash.
    const again = await ask({ ...question, release: body.sha256 }, worker);
    expect(again.body).toEqual(body);
    const points = await items('/v1/rules/points');
    const point = points.find(({ point: name }: { point: string }) => name === 'procedure.next');
    expect(Object.keys(point.facts).sort()).toEqual(Object.keys(overdue).sort());
  });

  it('refuse what they cannot answer, with the reason', async () => {
    const { outcome: _, ...less } = overdue;
    const cases: Array<[unknown, 'bad-input' | 'facts-invalid' | 'unknown-region' | 'unknown-release', string]> = [
      [{ ...question, point: 'verdict' }, 'bad-input', '/point'],
      [{ ...question, facts: { outcome: { nested: true } } }, 'bad-input', '/facts/outcome'],
      [{ ...question, facts: less }, 'facts-invalid', '/facts'],
      [{ ...question, facts: { ...overdue, mood: 'good' } }, 'facts-invalid', '/facts'],
      [{ ...question, facts: { ...overdue, outcome: 'won' } }, 'facts-invalid', '/facts'],
      [{ ...question, region: '999999' }, 'unknown-region', '/region'],
      [{ ...question, release: 'a'.repeat(64) }, 'unknown-release', '/release'],
    ];
    for (const [body, code, field] of cases) expectProblem(await ask(body), 422, code, field);
    expectProblem(await hejie().post(undefined, '/v1/rules/evaluate', question), 401, 'no-token');
  });
});

describe('rules that matched nothing of late', () => {
  const unused = (query: string, by = administrator) => hejie().get(by, `/v1/rules/unused?${query}`);

  it('L1: an administrator sees them by region, apart from what was never asked there', async () => {
    const region = '620100';
    await register({ region }, { ...operator, subject: 'window-620100', region });
    const { status, body } = await unused(`region=${region}&days=30`);
    expect(status, JSON.stringify(body)).toBe(200);
    const admissible = body.items.filter(({ point }: { point: string }) => point === 'intake.admissible');
    const ids = admissible.map(({ id }: { id: string }) => id);
    expect(ids).toContain('excluded-household');
    expect(ids).not.toContain('labour-item-5');
    expect(admissible[0]).toMatchObject({ decisions: 1, title: { zh: expect.any(String) } });
    expect(body.notAsked).toContain('paymentOrder.eligibility');
    expect(body.notAsked).not.toContain('intake.admissible');

    expectProblem(await unused(`region=${region}`, operator), 403, 'not-allowed');
    const elsewhere = { ...administrator, subject: 'administrator-310116', region: '310116' };
    expectProblem(await unused(`region=${region}`, elsewhere), 403, 'not-allowed');
    expectProblem(await unused(`region=${region}&days=0`), 422, 'bad-input', '/days');
    expectProblem(await unused('region=999999'), 422, 'unknown-region', '/region');
  });
});

describe('a decision as a table', () => {
  const path = '/v1/rules/tables/procedure.next.xlsx?pack=310116-jinshan';
  const handIn = (bytes: Buffer, about: unknown = { pack: '310116-jinshan' }, by = administrator) =>
    hejie().call(by, 'POST', '/v1/rules/tables', { raw: formOf({ bytes, name: 'table.xlsx' }, about) });
  /** The table as it is, with one cell written over. */
  async function tableWith(name?: string, value: Cell = null): Promise<Buffer> {
    const [table] = await readWorkbook((await download(administrator, path)).bytes);
    if (table === undefined) throw new Error('no sheet');
    const column = table.rows[1]?.indexOf(name ?? null) ?? -1;
    if (name !== undefined) (table.rows[2] ?? [])[column] = value;
    return writeWorkbook([{ ...table, headings: 2 }]);
  }

  it('NEG-09: goes out to Excel and comes back the same, or with what was changed in it', async () => {
    const same = await handIn(await tableWith());
    expect(same.status, same.text).toBe(200);
    expect(same.body).toMatchObject({ point: 'procedure.next', elsewhere: [] });
    expect(same.body.rules).toMatchObject([{ id: '310116-overdue-settlement-union-guides', legalRef: 'NEG-09' }]);
    const { body } = await handIn(await tableWith('then.remedy.zh', '由工会引导'));
    expect(body.rules[0].then.remedy.zh).toBe('由工会引导');
    const release = hejie().deps.rules.sha256;
    expect((await handIn(await tableWith(), { pack: '310116-jinshan', release })).body).toEqual(same.body);
  });

  it('NEG-09: changes a draft, as whoever drafts it works in Excel', async () => {
    const reason = '本区引导用语';
    const draft = { kind: 'pack', subject: '310116-jinshan', from: 'shipped', reason };
    const { id } = (await hejie().post(administrator, '/v1/releases', draft)).body;
    const put = async (bytes: Buffer, by = administrator) =>
      hejie().call(by, 'PUT', `/v1/releases/${id}/tables`, { raw: formOf({ bytes, name: 'table.xlsx' }, { reason }) });
    const { status, text } = await put(await tableWith('then.remedy.zh', '由工会引导'));
    expect(status, text).toBe(200);
    const { body } = await hejie().get(administrator, `/v1/releases/${id}/changes`);
    expect(body.items).toMatchObject([
      { row: '310116-overdue-settlement-union-guides', change: 'changed', fields: [{ field: 'then' }] },
    ]);
    expectProblem(await put(await tableWith('then.tell', '[union]')), 422, 'table-invalid', 'procedure.next!Q3');
    expectProblem(await put(await tableWith(), operator), 403, 'not-allowed');
    await hejie().post(administrator, `/v1/releases/${id}/withdraw`, { reason });
    expectProblem(await put(await tableWith()), 409, 'release-withdrawn');
  });

  it('is refused cell by cell, and whole where it is no table or too large', async () => {
    expectProblem(await handIn(await tableWith('then.tell', '[union]')), 422, 'table-invalid', 'procedure.next!Q3');
    expectProblem(
      await handIn(await tableWith('when.outcome', 'contains x')),
      422,
      'table-invalid',
      'procedure.next!F3',
    );
    expectProblem(await handIn(Buffer.from('id,title')), 422, 'table-invalid');
    expectProblem(await handIn(Buffer.alloc(3_000_000)), 413, 'too-large');
    expectProblem(await handIn(await tableWith(), { pack: '999999-nowhere' }), 404, 'not-found');
    expectProblem(await handIn(await tableWith(), {}), 422, 'bad-input', '/pack');
    expectProblem(await handIn(await tableWith(), undefined, operator), 403, 'not-allowed');
    expectProblem(await hejie().get(operator, path), 403, 'not-allowed');
    expectProblem(await hejie().get(administrator, path.replace('.next', '.last')), 422, 'bad-input', '/point');
    expectProblem(await hejie().get(administrator, path.replace('procedure.next', 'notice.ladder')), 404, 'not-found');
    const unknown = `${path}&release=${'a'.repeat(64)}`;
    expectProblem(await hejie().get(administrator, unknown), 422, 'unknown-release', '/release');
  });
});
