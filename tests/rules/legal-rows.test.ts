import { describe, expect, it } from 'vitest';
import type { CaseSnapshot, Moment } from '../../domain/case/case.ts';
import type { Referral } from '../../domain/case/referral.ts';
import { arbitrationReviewProcedure } from '../../domain/procedures/arbitration-review.ts';
import { courtMediationProcedure } from '../../domain/procedures/court-mediation.ts';
import type { CourtMediationState } from '../../domain/procedures/court-mediation-state.ts';
import { refusalOf } from '../../domain/procedures/definition.ts';
import { loadRuleBook } from '../../rules/index.ts';

const book = await loadRuleBook();
const at: Moment = {
  now: '2030-03-04T02:00:00.000Z',
  today: '2030-03-04',
  actor: { actorId: 'a', role: 'arbitrator' },
};

const parties = [
  { id: 'w1', side: 'applicant', kind: 'worker' },
  { id: 'r1', side: 'respondent', kind: 'employer' },
];
const snapshot = (more: Record<string, unknown> = {}) =>
  ({
    ...{ caseNo: '1', runNo: 1, parties, claims: [], past: [], clocks: [], agreement: { id: 'm1' }, contents: {} },
    ...more,
  }) as unknown as CaseSnapshot;

describe('arbitration review', () => {
  const valid = async (stage: string, ground: string) =>
    (await book.decide('000000', 'arbitrationReview.refusal', { stage, ground })).outcome.valid;

  it('JR-04 five grounds, and no other, to not accept an application for review (L2)', async () => {
    const grounds = ['notWithinScope', 'noJurisdiction', 'outOfTime', 'relationshipConfirmation', 'alreadyConfirmed'];
    expect(await Promise.all(grounds.map((ground) => valid('acceptance', ground)))).toEqual(Array(5).fill(true));
    for (const ground of ['unclear', 'falseEvidence', 'other']) expect(await valid('acceptance', ground)).toBe(false);
  });

  it('JR-09 six grounds, and no other, to issue no document (L1)', async () => {
    const grounds = ['violatesMandatoryLaw', 'harmsPublicOrOthers', 'falseEvidence', 'involuntary', 'unclear', 'other'];
    expect(await Promise.all(grounds.map((ground) => valid('review', ground)))).toEqual(Array(6).fill(true));
    for (const ground of ['outOfTime', 'alreadyConfirmed']) expect(await valid('review', ground)).toBe(false);
  });

  it('JR-10 a withdrawal, or no document, ends the review: nothing is open in it any more', () => {
    for (const [name, outcome] of [
      ['arbitrationReview.withdraw', 'withdrawn'],
      ['arbitrationReview.refuse', 'refused'],
    ] as const) {
      const { state } = arbitrationReviewProcedure.begin(snapshot(), at);
      state.stage = 'reviewing';
      arbitrationReviewProcedure.acts[name]?.apply(state, { ground: 'unclear' }, at);
      expect(state).toMatchObject({ stage: 'ended', outcome, paper: { enforceable: false } });
      for (const act of Object.values(arbitrationReviewProcedure.acts))
        expect(refusalOf(act, state, {}, at)?.code).toBe('procedure-closing');
    }
  });

  it('JR-11 rests on articles 74 to 79 of the rules of 2017, not on article 54 of those of 2009', () => {
    const { source, note } = book.deadline('000000', 'arbitrationReview.application');
    expect(source).toBe('劳动人事争议仲裁办案规则 第七十四条第一款');
    expect(note?.zh).toMatch(/第五十四条是2009年旧规则.*第七十四条至第七十九条/);
    const review = book.catalogue('000000').filter(({ id }) => id.startsWith('arbitrationReview.'));
    expect(review.filter(({ source: cited }) => cited.includes('第五十四条'))).toEqual([]);
  });
});

describe('judicial confirmation', () => {
  it('JC-06 the fifteen and ten days of 2011 give way to the thirty of the code, which the president may extend', () => {
    const { amount, unit, source, extension } = book.deadline('000000', 'judicialConfirmation.ruling');
    expect([amount, unit, extension?.by]).toEqual([30, 'calendarDays', 'approval']);
    expect(source).toContain('民事诉讼法 第一百八十七条');
  });

  it('JC-12 both ways stand beside each other: review within fifteen days, confirmation within thirty', async () => {
    const { outcome } = await book.decide('000000', 'agreement.routes', {
      ...{ claimKinds: ['pay'], scope: 'labour', organisationKind: 'townshipStreet', paymentOnly: true },
      referral: 'none',
    });
    const routes = outcome.items as Array<{ route: string; deadlineId: string }>;
    expect(routes.map(({ deadlineId }) => book.deadline('000000', deadlineId).amount).sort()).toEqual([15, 30]);
    const anchors = routes.map(({ deadlineId }) => book.deadline('000000', deadlineId).anchor);
    expect(new Set(anchors)).toEqual(new Set(['agreement.effective']));
  });
});

describe('mediation online, for a court', () => {
  const sent = (referral: Partial<Referral>): CourtMediationState =>
    courtMediationProcedure.begin(
      snapshot({
        organisations: [{ kind: 'oneStop', name: { zh: '中心', en: 'centre' } }],
        referral: { by: 'court', receivedOn: '2030-03-01', online: true, ...referral },
      }),
      at,
    ).state;

  it('CRT-08 thirty, fifteen or seven days, counted from the day on which the platform was told that the case is taken', () => {
    const days = (referral: Partial<Referral>) => {
      const { start = [] } =
        courtMediationProcedure.acts['preLitigationMediation.take']?.apply(
          sent(referral),
          { takenOn: '2030-03-04' },
          at,
        ) ?? {};
      const clock = start.find(({ deadlineId }) => /\.(delegated|entrusted)/.test(deadlineId));
      return [clock?.anchorOn, book.deadline('000000', clock?.deadlineId ?? '').amount];
    };
    expect(days({ kind: 'delegated' })).toEqual(['2030-03-04', 30]);
    expect(days({ kind: 'entrusted', trial: 'ordinary' })).toEqual(['2030-03-04', 15]);
    expect(days({ kind: 'entrusted', trial: 'simple' })).toEqual(['2030-03-04', 7]);
  });

  it('CRT-09 in effect when all have signed electronically, not before, and without a seal', () => {
    const state = sent({ kind: 'delegated' });
    Object.assign(state, { stage: 'signing', takenOn: '2030-03-04' });
    state.draft = { coveredWorkers: ['w1'], obligations: [], content: [] } as unknown as CourtMediationState['draft'];
    const sign = (by: string) =>
      courtMediationProcedure.acts['preLitigationMediation.sign']?.apply(
        state,
        { by, signedOn: '2030-03-04', electronic: true },
        at,
      );
    expect(sign('w1')?.detail).toMatchObject({ electronic: true, missing: ['r1'] });
    expect(state.outcome).toBeUndefined();
    sign('r1');
    expect(state).toMatchObject({ outcome: 'agreement', case: { agreement: { effectiveOn: '2030-03-04' } } });
  });
});
