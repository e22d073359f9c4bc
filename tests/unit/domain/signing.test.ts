import { describe, expect, it } from 'vitest';
import type { CaseSnapshot, Moment } from '../../../domain/case/case.ts';
import { agreementPerformanceProcedure } from '../../../domain/procedures/agreement-performance.ts';
import { splitCase } from '../../../domain/procedures/case-acts/split-case.ts';
import { refusalOf } from '../../../domain/procedures/definition.ts';
import { mediationProcedure } from '../../../domain/procedures/mediation.ts';
import type { MediationState } from '../../../domain/procedures/mediation-state.ts';
import { type NegotiationState, negotiationProcedure } from '../../../domain/procedures/negotiation.ts';
import { settlementPerformanceProcedure } from '../../../domain/procedures/performance.ts';

const today = '2030-03-11';
const at = (role: Moment['actor']['role'] = 'operator', partyId?: string): Moment => ({
  ...{ now: `${today}T02:00:00.000Z`, today },
  actor: { actorId: 'a', role, ...(partyId === undefined ? {} : { partyId }) },
});

const snapshot = (workers = ['w1']): CaseSnapshot =>
  ({
    ...{ caseNo: '310116-2030-000001', region: '310116', registeredOn: '2030-03-01', runNo: 1, origin: 'direct' },
    parties: [
      ...workers.map((id) => ({ id, side: 'applicant', kind: 'worker' })),
      { id: 'r1', side: 'respondent', kind: 'employer' },
    ],
    ...{ claims: [], clocks: [], past: [], routes: [], recentActs: [], facts: {} },
    contents: { settlementAgreement: [], mediationAgreement: [] },
  }) as unknown as CaseSnapshot;

const terms = (coveredWorkers = ['w1']) => ({
  ...{ coveredWorkers, concededFacts: 0, stated: [] },
  obligations: coveredWorkers.map((creditor, index) => ({
    ...{ id: `o${index + 1}`, debtor: 'r1', creditor, form: 'money', amountFen: 100, conditional: false },
    instalments: [{ id: `o${index + 1}.1`, amountFen: 100, daysAfterEffect: 10 }],
  })),
});

const signings = { w1: { form: 'typed', paper: 3, draft: 1 }, r1: { form: 'hand', paper: 3, draft: 1 } };

describe('a settlement drafted and signed', () => {
  const drafted = (workers?: string[], covered?: string[]): NegotiationState => {
    const { state } = negotiationProcedure.begin(snapshot(workers), at());
    state.stage = 'negotiating';
    negotiationProcedure.acts['negotiation.draftSettlement']?.apply(state, terms(covered), at());
    return state;
  };
  const sign = negotiationProcedure.acts['negotiation.sign'] as NonNullable<(typeof negotiationProcedure.acts)[string]>;

  it('NEG-06, NEG-07 binds from the day of the last signature, from which its performance is counted', () => {
    const state = drafted();
    expect(sign.apply(state, { by: 'r1', signedOn: '2030-03-09', signing: signings.r1 }, at()).detail).toMatchObject({
      ...{ missing: ['w1'], signing: { form: 'hand', paper: 3 } },
    });
    expect(state.outcome).toBeUndefined();
    sign.apply(state, { by: 'w1', signedOn: '2030-03-05', signing: signings.w1 }, at('party', 'w1'));
    expect(state).toMatchObject({ outcome: 'settled', case: { agreement: { id: 's1', kind: 'settlement' } } });
    expect(state.case.agreement?.effectiveOn).toBe('2030-03-09');
    const { effects } = settlementPerformanceProcedure.begin(state.case, at());
    expect(effects.start?.map(({ deadlineId, anchorOn }) => [deadlineId, anchorOn])).toContainEqual([
      ...['settlementPerformance.instalment', '2030-03-09'],
    ]);
  });

  it('NEG-06 asks for everybody it binds, and leaves those it does not cover at the table without a draft', () => {
    const state = drafted(['w1', 'w2', 'w3'], ['w1', 'w2']);
    const refused = refusalOf(sign, state, { by: 'w3', signedOn: today, signing: signings.r1 }, at());
    expect(refused?.code).toBe('unknown-party');
    for (const by of ['w1', 'r1']) sign.apply(state, { by, signedOn: today, signing: signings.r1 }, at());
    expect(state.outcome).toBeUndefined();
    const { split } = sign.apply(state, { by: 'w2', signedOn: today, signing: signings.r1 }, at());
    expect(split).toEqual({
      workers: ['w3'],
      resume: { stage: 'negotiating', signatures: [], draft: undefined },
    });
  });

  it('NEG-04 ends with nothing when the time to negotiate is over before all have signed', () => {
    const state = drafted();
    sign.apply(state, { by: 'r1', signedOn: today, signing: signings.r1 }, at());
    const over = {
      deadlineId: 'negotiation.agreedPeriod',
      key: '1:negotiation.agreedPeriod',
      dueAt: at().now,
      dueOn: today,
    };
    state.clocks = [over as unknown as NegotiationState['clocks'][number]];
    const late = refusalOf(sign, state, { by: 'w1', signedOn: today, signing: signings.w1 }, at('party', 'w1'));
    expect(late?.code).toBe('deadline-passed');
    expect(negotiationProcedure.silence?.(state, over as never, 'expired', at())).toBeUndefined();
  });

  it('NEG-06 is not signed on the paper of an earlier draft, nor typed by one for another', () => {
    const state = drafted();
    negotiationProcedure.acts['negotiation.draftSettlement']?.apply(state, terms(), at());
    const code = (input: object, moment: Moment) => refusalOf(sign, state, { signedOn: today, ...input }, moment)?.code;
    expect(code({ by: 'w1', signing: signings.w1 }, at('party', 'w1'))).toBe('paper-superseded');
    const signing = { ...signings.w1, draft: 2 };
    expect(code({ by: 'w1', signing }, at('operator'))).toBe('signature-by-own-account');
    expect(code({ by: 'w1', signing }, at('party', 'r1'))).toBe('wrong-side');
    expect(code({ by: 'w1', signing }, at('party', 'w1'))).toBeUndefined();
    sign.apply(state, { by: 'w1', signedOn: today, signing }, at('party', 'w1'));
    expect(code({ by: 'r1', signing: { form: 'hand', paper: 4 } }, at())).toBe('paper-superseded');
  });
});

describe('POL-01 a case that is being signed', () => {
  it('is not divided; what nobody has signed yet is given up when it is', () => {
    const { state } = negotiationProcedure.begin(snapshot(['w1', 'w2']), at());
    Object.assign(state, { stage: 'negotiating', draft: terms(['w1', 'w2']), drafts: 1 });
    expect(refusalOf(splitCase, state, { workers: ['w2'] }, at())).toBeUndefined();
    state.signatures = [{ by: 'r1', on: today }];
    expect(refusalOf(splitCase, state, { workers: ['w2'] }, at())?.code).toBe('act-not-open');
    state.signatures = [];
    splitCase.apply(state, { workers: ['w2'] }, at());
    expect(state.draft).toBeUndefined();
  });
});

describe('a mediation agreement signed on its paper', () => {
  it('MED-10, JR-01, JC-01 takes effect on the day of the last signature or seal, and both times to apply run from it', () => {
    const { state } = mediationProcedure.begin(snapshot(), at());
    Object.assign(state, { stage: 'signing', acceptedOn: '2030-03-01', mediatorId: 'M-1' });
    (state as MediationState).draft = terms() as unknown as MediationState['draft'];
    const apply = (act: string, input: object) => mediationProcedure.acts[act]?.apply(state, input, at());
    const signing = { form: 'hand', paper: 1 };
    apply('mediation.seal', { sealedOn: '2030-03-08', signing });
    apply('mediation.sign', { by: 'r1', signedOn: '2030-03-04', signing });
    apply('mediation.sign', { by: 'mediator', signedOn: '2030-03-05' });
    expect(state.outcome).toBeUndefined();
    apply('mediation.sign', { by: 'w1', signedOn: '2030-03-06', signing: { form: 'typed', paper: 1 } });
    expect(state.case.agreement?.effectiveOn).toBe('2030-03-08');
    expect(state.signatures.map(({ by, signing: on }) => [by, on?.form])).toEqual([
      ['seal', 'hand'],
      ['r1', 'hand'],
      ['mediator', undefined],
      ['w1', 'typed'],
    ]);
    state.case.routes = (['arbitrationReview', 'judicialConfirmation'] as const).map((route) => ({
      ...{ route, stage: 'available', attempt: 0 },
    }));
    const { effects } = agreementPerformanceProcedure.begin(state.case, at());
    const anchors = Object.fromEntries((effects.start ?? []).map(({ deadlineId, anchorOn }) => [deadlineId, anchorOn]));
    expect(anchors).toMatchObject({
      'agreementPerformance.instalment': '2030-03-08',
      'arbitrationReview.application': '2030-03-08',
      'judicialConfirmation.application': '2030-03-08',
    });
  });
});
