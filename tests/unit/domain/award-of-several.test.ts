import { describe, expect, it } from 'vitest';
import type { CaseSnapshot } from '../../../domain/case/case.ts';
import {
  arbitrationProcedure,
  arbitrationRemedyQuestions,
  watchAfterArbitration,
} from '../../../domain/procedures/arbitration.ts';
import type { ArbitrationState } from '../../../domain/procedures/arbitration-state.ts';
import { addDays } from '../../../domain/time/day.ts';
import { at, awarded, codeOf, fatesOf, item, MONDAY, perform, runOut, snapshot } from '../../support/award.ts';

const [w1, r1] = snapshot.parties as [CaseSnapshot['parties'][number], CaseSnapshot['parties'][number]];
const FRIDAY = addDays(MONDAY, 4);
const of: CaseSnapshot = { ...snapshot, parties: [w1, { ...w1, id: 'w2' }, { ...w1, id: 'w3' }, r1] };
const final = [{ stated: 'final', items: [item()] }];
const notFinal = [{ stated: 'nonFinal', items: [item()] }];

const receipt = (party: string, receivedOn = MONDAY) => ({ document: 'a1', party, receivedOn });
const by = (party: string, filedOn = MONDAY) => ({ document: 'a1', party, filedOn });
const toSetAside = { ...by('r1'), ground: 'wrongLaw' };
const daysOf = ({ clocks }: ArbitrationState, id: string) =>
  clocks
    .filter(({ deadlineId, expired }) => deadlineId === `arbitration.${id}` && !expired)
    .map(({ subject, dueOn }) => `${subject} ${dueOn}`)
    .sort();

describe('the receipt of an award', () => {
  it('FIN-01 FIN-02: each party’s time runs from the day on which that party received it, whatever its colleagues did', async () => {
    const state = await awarded(final, { of, received: false });
    perform(state, 'recordReceipt', receipt('w1'));
    perform(state, 'recordReceipt', receipt('w2', FRIDAY), FRIDAY);
    perform(state, 'recordReceipt', receipt('r1', FRIDAY), FRIDAY);
    expect(daysOf(state, 'workerSuit')).toEqual([`a1:w1 ${addDays(MONDAY, 15)}`, `a1:w2 ${addDays(FRIDAY, 15)}`]);
    expect(daysOf(state, 'setAside')).toEqual([`a1:r1 ${addDays(FRIDAY, 30)}`]);
    const later = addDays(MONDAY, 16);
    expect(codeOf(state, 'recordSuit', by('w1', later), later)).toBe('deadline-passed');
    expect(codeOf(state, 'recordSuit', by('w2', later), later)).toBeUndefined();
    // Who has not received it has no time running yet.
    expect(codeOf(state, 'recordSuit', by('w3', later), later)).toBe('right-not-open');
    // Nobody says that w3 has: the time of w3 alone begins when that is waited for in vain.
    runOut(state, 'receipt', 'deemedReceived');
    expect(daysOf(state, 'workerSuit')[2]).toBe(`a1:w3 ${addDays(MONDAY, 30)}`);
    expect(daysOf(state, 'workerSuit')[0]).toBe(`a1:w1 ${addDays(MONDAY, 15)}`);
  });

  it('FIN-01: is written down once for each party, who alone is told and reminded', async () => {
    const state = await awarded(final, { of });
    for (const day of [MONDAY, FRIDAY])
      expect(codeOf(state, 'recordReceipt', receipt('w2', day), FRIDAY)).toBe('act-not-open');
    const reminded = state.clocks.map((clock) => arbitrationProcedure.reminds?.(state, clock));
    expect(reminded).toEqual([[{ party: 'w1' }], [{ party: 'w2' }], [{ party: 'w3' }], [{ party: 'r1' }]]);
  });

  it('MED-14 FIN-01: a representative receives it for those who have chosen him', async () => {
    const representation = { representatives: ['w1'], of: ['w1', 'w2'] };
    const state = await awarded(final, { of: { ...of, representation }, received: false });
    perform(state, 'recordReceipt', receipt('w1'));
    expect(state.documents[0]?.received).toEqual({ w1: MONDAY, w2: MONDAY });
    expect(daysOf(state, 'workerSuit').map((one) => one.slice(0, 5))).toEqual(['a1:w1', 'a1:w2']);
    expect(codeOf(state, 'recordReceipt', receipt('w2', FRIDAY), FRIDAY)).toBe('act-not-open');
  });
});

describe('an award about several workers', () => {
  it('FIN-04 ENF-01: not final, and one sues: it has no effect for that one and is in force for the others, who may enforce it', async () => {
    const state = await awarded(notFinal, { of });
    perform(state, 'recordSuit', by('w1'));
    expect(fatesOf(state)).toEqual(['sued', undefined, undefined]);
    expect(codeOf(state, 'recordSuit', by('w1'))).toBe('right-not-open');
    for (const party of ['w2', 'w3', 'r1']) runOut(state, 'suit', 'notUsed', `a1:${party}`);
    expect(fatesOf(state)).toEqual(['sued', 'inForce', 'inForce']);
    expect(state.outcome).toBe('sued');
    expect(arbitrationRemedyQuestions(state, new Set())).toMatchObject([
      { facts: { outcome: 'sued' } },
      { facts: { outcome: 'inForce' }, workers: ['w2', 'w3'] },
    ]);
    expect(watchAfterArbitration(state, [], at('2030-03-20'))?.clocks).toMatchObject([
      { deadlineId: 'enforcement.application', anchorOn: '2030-03-20' },
    ]);
  });

  it('FIN-04: a time whose last day is still being counted is not over', async () => {
    const state = await awarded(notFinal, { of });
    state.clocks = state.clocks.filter(({ subject }) => subject !== 'a1:w2');
    perform(state, 'recordSuit', by('w1'));
    for (const party of ['w3', 'r1']) runOut(state, 'suit', 'notUsed', `a1:${party}`);
    expect(fatesOf(state)).toEqual(['sued', undefined, 'inForce']);
  });

  it('FIN-04: the employer’s suit is about all who have not sued, and nothing is left', async () => {
    const state = await awarded(notFinal, { of });
    perform(state, 'recordSuit', by('w1'));
    perform(state, 'recordSuit', by('r1'));
    expect(state).toMatchObject({ outcome: 'sued', clocks: [] });
    expect(arbitrationRemedyQuestions(state, new Set())).toHaveLength(1);
    expect(watchAfterArbitration(state, [], at(MONDAY))).toBeUndefined();
  });

  it('FIN-01 FIN-05: final, and one sues: the employer’s way is closed against him alone; others enforce while the court sits', async () => {
    const state = await awarded(final, { of });
    perform(state, 'recordSuit', by('w1'));
    expect(daysOf(state, 'setAside')).toEqual([`a1:r1 ${addDays(MONDAY, 30)}`]);
    for (const party of ['w2', 'w3']) runOut(state, 'workerSuit', 'notUsed', `a1:${party}`);
    runOut(state, 'setAside', 'notUsed', 'a1:r1');
    expect(fatesOf(state)).toEqual([undefined, 'inForce', 'inForce']);
    expect(state.outcome).toBeUndefined();
    expect(watchAfterArbitration(state, [], at(MONDAY))?.procedure).toBe('limitationWatch');
    perform(state, 'recordSuitEnded', { document: 'a1', how: 'dismissed', receivedOn: FRIDAY }, FRIDAY);
    expect(daysOf(state, 'setAsideAfterSuit')).toEqual([`a1:r1:w1 ${addDays(FRIDAY, 30)}`]);
    runOut(state, 'setAsideAfterSuit', 'notUsed', 'a1:r1:w1');
    expect(state.outcome).toBe('inForce');
    // The time to enforce is watched already.
    expect(watchAfterArbitration(state, [], at(MONDAY))).toBeUndefined();
  });

  it('FIN-05: of two suits each ends by itself, and it is said whose', async () => {
    const state = await awarded(final, { of });
    for (const party of ['w1', 'w2']) perform(state, 'recordSuit', by(party));
    const ended = { document: 'a1', how: 'withdrawn', receivedOn: MONDAY };
    expect(codeOf(state, 'recordSuitEnded', ended)).toBe('unknown-party');
    expect(codeOf(state, 'recordSuitEnded', { ...ended, party: 'w3' })).toBe('unknown-award');
    perform(state, 'recordSuitEnded', { ...ended, party: 'w2' });
    perform(state, 'recordSuitEnded', { ...ended, how: 'judged' });
    expect(fatesOf(state)).toEqual(['sued', undefined, undefined]);
    // Nothing is heard of one court in a year; the other workers are not touched by it.
    perform(state, 'applyToSetAside', toSetAside);
    runOut(state, 'court', 'noWord', 'a1');
    expect(fatesOf(state)).toEqual(['sued', 'lapsed', 'lapsed']);
    expect(state.outcome).toBe('sued');
  });

  it('FIN-02: the last worker’s suit closes the employer’s way, and ends what it has asked of the court', async () => {
    const state = await awarded(final, { of });
    perform(state, 'applyToSetAside', toSetAside);
    for (const party of ['w1', 'w2']) perform(state, 'recordSuit', by(party));
    expect(daysOf(state, 'court').map((one) => one.split(' ')[0])).toEqual(['a1', 'a1:w1', 'a1:w2']);
    perform(state, 'recordSuit', by('w3'));
    expect(daysOf(state, 'court').map((one) => one.split(' ')[0])).toEqual(['a1:w1', 'a1:w2', 'a1:w3']);
    expect(codeOf(state, 'applyToSetAside', toSetAside)).toBe('right-not-open');
  });

  it('FIN-03: set aside for those who had not sued, each of them may sue, from the day on which he received the ruling', async () => {
    const state = await awarded(final, { of });
    perform(state, 'recordSuit', by('w1'));
    perform(state, 'applyToSetAside', toSetAside);
    const ruling = { document: 'a1', setAside: true, applicantReceivedOn: MONDAY, respondentReceivedOn: MONDAY };
    const apart = (receivedOn: string, party = 'w3') => ({ ...ruling, apart: [{ party, receivedOn }] });
    expect(codeOf(state, 'recordSetAsideRuling', apart(MONDAY, 'w9'))).toBe('unknown-party');
    expect(codeOf(state, 'recordSetAsideRuling', apart(FRIDAY))).toBe('day-in-the-future');
    perform(state, 'recordSetAsideRuling', apart(FRIDAY), FRIDAY);
    expect(daysOf(state, 'suitAfterSetAside')).toEqual([
      `a1:r1 ${addDays(MONDAY, 15)}`,
      `a1:w2 ${addDays(MONDAY, 15)}`,
      `a1:w3 ${addDays(FRIDAY, 15)}`,
    ]);
    perform(state, 'recordSuit', by('w2'));
    for (const party of ['w3', 'r1']) runOut(state, 'suitAfterSetAside', 'notUsed', `a1:${party}`);
    expect(fatesOf(state)).toEqual([undefined, 'sued', 'setAside']);
    perform(state, 'recordSuitEnded', { document: 'a1', how: 'judged', receivedOn: MONDAY });
    expect(state.outcome).toBe('sued');
  });

  it('FIN-02: of two employers each has its own time, and what one has asked does not take the other’s right', async () => {
    const state = await awarded(final, { of: { ...snapshot, parties: [w1, r1, { ...r1, id: 'r2' }] } });
    perform(state, 'applyToSetAside', toSetAside);
    expect(daysOf(state, 'setAside')).toEqual([`a1:r2 ${addDays(MONDAY, 30)}`]);
    expect(codeOf(state, 'applyToSetAside', toSetAside)).toBe('right-not-open');
    perform(state, 'applyToSetAside', { ...toSetAside, party: 'r2' });
    perform(state, 'recordSetAsideRuling', {
      ...{ document: 'a1', setAside: false, applicantReceivedOn: MONDAY, respondentReceivedOn: MONDAY },
    });
    runOut(state, 'workerSuit', 'notUsed', 'a1:w1');
    expect(state.outcome).toBe('inForce');
  });
});
