import { describe, expect, it } from 'vitest';
import type { Receipt } from '../../rules/receipts/receipt.ts';
import { releaseFrom } from '../../rules/receipts/release.ts';
import { verifyReceipt } from '../../rules/receipts/verify.ts';
import {
  administrator,
  done,
  expectProblem,
  hejie,
  inDays,
  items,
  negotiating,
  operator,
  personal,
  stranger,
  worker,
} from './stage.ts';

describe('receipts', () => {
  it('L5: of every decision and deadline of a case compute to the same offline, and name nobody', async () => {
    const caseNo = await negotiating();
    const extension = { until: inDays(40), agreedBy: ['w1', 'r1'] };
    await done(operator, caseNo, 'negotiation.extend', extension);
    const { db, deps } = hejie();

    const { pinned, items: releases } = (await hejie().get(worker, `/v1/cases/${caseNo}/releases`)).body;
    expect(pinned).toEqual({ release: deps.rules.release, sha256: deps.rules.sha256 });
    const [decisions, deadlines] = await Promise.all(
      ['decisions', 'deadlines'].map((part) => items(`/v1/cases/${caseNo}/${part}`, worker)),
    );
    expect(releases).toHaveLength(1);
    expect(releases[0]).toMatchObject(pinned);
    const asked = decisions.map(({ seq, number, point }: Record<string, unknown>) => ({ seq, number, point }));
    expect(releases[0].decisions).toEqual(asked);
    expect(releases[0].deadlines.map(({ key }: { key: string }) => key).sort()).toEqual(
      deadlines.map(({ key }: { key: string }) => key).sort(),
    );

    // A receipt is held against the release as it is kept, and against the calendar, by whoever gets them.
    const content = (await hejie().get(worker, `/v1/rules/books/${pinned.sha256}`)).body;
    const known = { release: releaseFrom(content), calendar: await deps.calendar() };
    expect(known.release).toMatchObject({ name: pinned.release, sha256: pinned.sha256 });
    const receipts: Receipt[] = [];
    for (const { receipt: href } of [...decisions, ...deadlines]) {
      const { status, text, body } = await hejie().get(worker, href);
      expect(status, text).toBe(200);
      expect(await verifyReceipt(body, known), href).toEqual({ differences: [], unchecked: [] });
      for (const secret of Object.values(personal)) expect(text).not.toContain(secret);
      receipts.push(body);
    }
    const admissible = receipts.find((one) => one.kind === 'decision' && one.point === 'intake.admissible');
    expect(admissible).toMatchObject({ case: { no: caseNo }, region: '310116', outcome: { admissible: true } });
    const extended = receipts.find((one) => one.kind === 'deadline' && one.countedFrom.extensions.length > 0);
    expect(extended).toMatchObject({ countedFrom: { extensions: [{ until: inDays(40) }] } });

    const path = `/v1/cases/${caseNo}`;
    const [{ receipt: ofDecision }, { receipt: ofDeadline, key }] = [decisions[0], deadlines[0]];
    for (const href of [ofDecision, ofDeadline, `${path}/releases`])
      expectProblem(await hejie().get(stranger, href), 404, 'not-found');
    for (const gone of ['decisions/1/99/receipt', 'deadlines/none/receipt'])
      expectProblem(await hejie().get(administrator, `${path}/${gone}`), 404, 'not-found');
    // One that was last computed before this was kept says so.
    await db`update deadlines set counted_from = null where case_no = ${caseNo} and key = ${key}`;
    expectProblem(await hejie().get(operator, ofDeadline), 409, 'receipt-not-kept');
    await db`update decisions set sha256 = ${'0'.repeat(64)} where case_no = ${caseNo}`;
    expectProblem(await hejie().get(operator, ofDecision), 409, 'receipt-not-kept');
    expectProblem(await hejie().get(operator, `/v1/rules/books/${'0'.repeat(64)}`), 422, 'unknown-release', '/release');
  });
});
