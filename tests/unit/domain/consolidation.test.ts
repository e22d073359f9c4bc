import { describe, expect, it } from 'vitest';
import type { CaseSnapshot, Clock } from '../../../domain/case/case.ts';
import { earlierLimitation, joinRequestOf, takeInRefusal } from '../../../domain/case/consolidation.ts';
import { LIMITATION } from '../../../domain/case/limitation.ts';
import { handedTo, officeOf, type Transfer } from '../../../domain/case/transfer.ts';
import type { ProcedureState } from '../../../domain/procedures/definition.ts';

const now = '2030-03-04T02:00:00.000Z';

function state(caseNo: string, more: Partial<ProcedureState> = {}, snapshot: Partial<CaseSnapshot> = {}) {
  return {
    ...{ procedure: 'negotiation', run: '1', stage: 'serving', clocks: [] },
    case: {
      ...{ caseNo, region: '110101', scope: 'labour', claims: [], past: [] },
      parties: [
        { id: 'w1', side: 'applicant', kind: 'worker' },
        { id: 'r1', side: 'respondent', kind: 'employer' },
      ],
      ...snapshot,
    },
    ...more,
  } as unknown as ProcedureState;
}

const codeOf = (target: ProcedureState, source: ProcedureState) => takeInRefusal(target, joinRequestOf(source))?.code;
const mediation = (stage: string) => ({ procedure: 'mediation' as const, stage });
const limitation = (dueOn: string, anchorOn = '2029-03-04') =>
  ({ key: LIMITATION, deadlineId: 'limitation.arbitration', anchorOn, dueOn, revision: 2 }) as Clock;

describe('POL-01 a case takes another one in', () => {
  it('while both negotiate, however far each of them is, or mediate at the same stage', () => {
    expect(codeOf(state('a', { stage: 'negotiating' }), state('b'))).toBeUndefined();
    expect(codeOf(state('a', mediation('hearing')), state('b', mediation('hearing')))).toBeUndefined();
  });

  it('but not where consents differ, one is elsewhere, another region, scope or sender has it, or the employer asks', () => {
    const employerAsks = [{ id: 'w1', side: 'respondent', kind: 'worker' }] as CaseSnapshot['parties'];
    for (const other of [
      state('b', mediation('hearing')),
      state('b', { procedure: 'followUp', stage: 'visiting' }),
      state('b', {}, { region: '110102' }),
      state('b', {}, { scope: 'personnel' }),
      state('b', {}, { parties: employerAsks }),
      state('b', {}, { referral: { by: 'court', kind: 'delegated', receivedOn: '2030-03-04' } }),
    ])
      expect(codeOf(state('a'), other)).toBe('cases-not-alike');
    expect(codeOf(state('a', mediation('hearing')), state('b', mediation('consenting')))).toBe('cases-not-alike');
    expect(codeOf(state('a', mediation('signing')), state('b', mediation('signing')))).toBe('cases-not-alike');
  });

  it('but not when it has an agreement, or the two together would be too large', () => {
    const agreement = { id: 's1' } as CaseSnapshot['agreement'];
    expect(codeOf(state('a', {}, { agreement }), state('b'))).toBe('agreement-stands');
    const crowd = Array.from({ length: 1999 }, (_, index) => ({
      id: `w${index + 1}`,
      side: 'applicant',
      kind: 'worker',
    }));
    expect(codeOf(state('a', {}, { parties: crowd as CaseSnapshot['parties'] }), state('b'))).toBe('cases-not-alike');
  });

  it('LIM-01 and keeps the earlier of the two limitations, from the day from which that one runs', () => {
    const late = state('a', { clocks: [limitation('2031-03-04', '2030-03-04')] });
    const early = joinRequestOf(state('b', { clocks: [limitation('2030-06-03', '2029-06-03')] }));
    expect(earlierLimitation(late, early, now)).toMatchObject([
      { key: LIMITATION, anchorOn: '2029-06-03', revision: 2, fired: [] },
    ]);
    expect(earlierLimitation(state('a'), early, now)).toHaveLength(1);
    expect(earlierLimitation(late, joinRequestOf(state('b')), now)).toEqual([]);
    expect(earlierLimitation(state('a', { clocks: [limitation('2030-01-01')] }), early, now)).toEqual([]);
  });
});

it('POL-01 a region sees a case that it is asked to take over, until it has refused or been silent', () => {
  const transfer: Transfer = { to: 'otherRegion', region: '330304', handedOverOn: '2030-03-04', stage: 'waiting' };
  expect(officeOf(transfer)).toEqual({ office: 'operator', region: '330304' });
  expect(officeOf({ ...transfer, to: 'arbitration', region: undefined })).toBe('commission');
  const seenAt = (stage: Transfer['stage']) => handedTo({ ...transfer, stage });
  expect((['waiting', 'accepted', 'refused', 'unanswered'] as const).map(seenAt)).toEqual([
    ...['330304', '330304'],
    ...[undefined, undefined],
  ]);
});
