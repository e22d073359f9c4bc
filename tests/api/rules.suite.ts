import { describe, expect, it } from 'vitest';
import { verifyReceipt } from '../../rules/receipts/verify.ts';
import { expectProblem, hejie, items, operator, worker } from './stage.ts';

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
