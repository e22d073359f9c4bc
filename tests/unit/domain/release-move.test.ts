import { describe, expect, it } from 'vitest';
import type { CaseSnapshot, Clock } from '../../../domain/case/case.ts';
import {
  besideNow,
  type CaseUnder,
  type ClockMove,
  refusalOfMove,
  takeRelease,
} from '../../../domain/case/release-move.ts';
import type { ProcedureState } from '../../../domain/procedures/definition.ts';

const clock = (key: string, more: Partial<Clock> = {}): Clock => ({
  ...{ key, deadlineId: key.slice(2), anchorOn: '2030-03-04', anchorAt: '2030-03-04T02:00:00.000Z' },
  ...{ legalRef: 'MED-07', source: 'x', purpose: 'enforcing', onExpiry: 'expired', amount: 15, unit: 'calendarDays' },
  ...{ agreed: false, dueOn: '2030-03-19', dueAt: '2030-03-19T16:00:00.000Z', provisional: false },
  ...{ calendarVersion: 'v', extensions: [], fired: [], rungs: [], expired: false, revision: 0, ...more },
});
const stateWith = (...clocks: Clock[]): ProcedureState => ({
  ...{ procedure: 'mediation', run: '1', stage: 'hearing', clocks },
  case: {
    release: 'old',
    sha256: 'a',
    contents: {},
    routes: [],
    registeredOn: '2030-03-01',
  } as unknown as CaseSnapshot,
});

const title = { zh: '调解期限', en: 'End of mediation' };
const move = (key: string, more: Partial<ClockMove> = {}) =>
  ({ key, title, dueOn: '2030-03-19', kind: 'stays', ...more }) as ClockMove;
const under = (...moves: ClockMove[]): CaseUnder => ({
  ...{ release: 'new', sha256: 'b', moves },
  contents: { settlementAgreement: ['parties'], mediationAgreement: ['matters'] },
});
const TODAY = '2030-03-10';

describe('a case takes another release', () => {
  it('MED-07 each time that still runs is counted again from its own anchor, with its extensions, what has fired and what was agreed', () => {
    const state = stateWith(
      clock('1:a', {
        fired: ['before-3'],
        revision: 2,
        sha256: 'a',
        extensions: [{ amount: 5, unit: 'calendarDays' }] as never,
      }),
      clock('1:b', { agreed: true, amount: 8, sha256: 'a' }),
    );
    const { start, detail } = takeRelease(state, under(move('1:a'), move('1:b')), TODAY);
    expect(start).toEqual([
      expect.objectContaining({
        ...{ key: '1:a', anchorOn: '2030-03-04', fired: ['before-3'], revision: 2, sha256: 'b' },
        extensions: [{ amount: 5, unit: 'calendarDays' }],
      }),
      expect.objectContaining({ key: '1:b', amount: 8, sha256: 'b' }),
    ]);
    expect(state.case).toMatchObject({ release: 'new', sha256: 'b', pinnedOn: TODAY, contents: under().contents });
    expect(detail).toMatchObject({ from: 'old', to: 'new', before: { '1:a': '2030-03-19', '1:b': '2030-03-19' } });
  });

  it('a time that has run out is not counted again, and stays with the release that it had', () => {
    const state = stateWith(clock('1:a', { expired: true }), clock('1:b', { sha256: 'c', expired: true }));
    expect(takeRelease(state, under(move('1:a'), move('1:b', { kind: 'fired' })), TODAY).start).toEqual([]);
    expect(state.clocks.map(({ sha256 }) => sha256)).toEqual(['a', 'c']);
  });

  it('a time that the release cannot count, that would be over at once, or that came up meanwhile stays as it is', () => {
    const over = { kind: 'moves', to: '2030-03-08', days: -11, overAtOnce: true } as const;
    const unknown = {
      kind: 'unknown',
      code: 'anchor-changed',
      reason: { zh: '须由人确定', en: 'a person must say' },
    } as const;
    const state = stateWith(clock('1:a'), clock('1:b'), clock('1:new'));
    const moves = [move('1:a', over), move('1:b', unknown)];
    expect(takeRelease(state, under(...moves), TODAY).start).toEqual([]);
    expect(state.clocks.every(({ sha256 }) => sha256 === 'a')).toBe(true);
    // In the chain both are a reason not to move the case at all.
    expect(refusalOfMove([move('1:c'), moves[0] as ClockMove])).toMatchObject({ code: 'clock-over-at-once' });
    expect(refusalOfMove([moves[1] as ClockMove])).toMatchObject({ code: 'clock-not-countable', field: '/sha256' });
    expect(refusalOfMove([move('1:c'), move('1:d', { ...over, overAtOnce: false })])).toBeUndefined();
  });
});

it('what runs beside a case and has to follow it is what was applied for, an arbitration with its watch, and an open joint response', () => {
  const { case: snapshot } = stateWith();
  expect(besideNow(snapshot)).toEqual([]);
  expect(
    besideNow({
      ...snapshot,
      routes: [
        { route: 'arbitrationReview', stage: 'pending', attempt: 1 },
        { route: 'judicialConfirmation', stage: 'available', attempt: 0 },
        { route: 'courtDocument', stage: 'granted', attempt: 1 },
      ],
      arbitration: { filedOn: TODAY, attempt: 1 },
      emergency: { stage: 'open', attempt: 1 },
    }),
  ).toEqual(['arbitrationReview', 'arbitration', 'limitationWatch', 'emergencyResponse']);
  expect(besideNow({ ...snapshot, emergency: { stage: 'over', attempt: 1 } })).toEqual([]);
});
