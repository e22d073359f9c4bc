import { expect, it } from 'vitest';
import { besideWorkflowId } from '../../contracts/ids.ts';
import type { Claim, Party } from '../../domain/case/case.ts';
import type { ArbitrationState } from '../../domain/procedures/arbitration-state.ts';
import { type Story, tell } from '../support/story.ts';

const claims: Claim[] = [
  { id: 'c1', worker: 'w1', kind: 'pay', subject: 'wages', amountFen: 900_000 },
  { id: 'c2', worker: 'w1', kind: 'dismissal', subject: 'damages', amountFen: 9_000_000 },
];
const wages = { claim: 'c1', subject: 'wages', creditor: 'w1', amount: 9000 };
const damages = { claim: 'c2', subject: 'damages', creditor: 'w1', amount: 90_000 };
/** Twelve months of it are 24 000. */
const monthlyMinimumWage = 2000;

/** Arbitration applied for on the first day, a Monday, and taken. */
async function underArbitration(story: Story, more: { parties?: Party[] } = {}): Promise<void> {
  await story.register({ ...more, claims, facts: { knownOn: '2029-08-10' } });
  await story.act('case.recordArbitration', { party: 'w1', filedOn: '2030-03-04' });
  await story.act('arbitration.recordDocketed', { on: '2030-03-04' }, 'arbitrator');
}

/** The award of the first day, received by both. */
async function awarded(story: Story, documents: unknown[]): Promise<void> {
  await story.act('arbitration.recordAward', { awardedOn: '2030-03-04', monthlyMinimumWage, documents }, 'arbitrator');
  for (const number of documents.keys())
    for (const party of ['w1', 'r1'])
      await story.act('arbitration.recordReceipt', { document: `a${number + 1}`, party, receivedOn: '2030-03-04' });
}

const documentsOf = (story: Story) => story.state<ArbitrationState>('arbitration').documents;
const open = (story: Story, deadlineId: string) =>
  story.record.clocks
    .filter((clock) => clock.caseNo === story.caseNo && clock.open && clock.deadlineId === deadlineId)
    .map(({ subject, dueOn }) => `${subject} ${dueOn}`);

it('L9 FIN-01 FIN-02 FIN-04 two documents of one award: each has its own times, and unused they are in force and may be enforced (ENF-01)', () =>
  tell({}, async (story) => {
    await underArbitration(story);
    // The claim has been brought: no limitation runs any more, and nobody is told of a right that is used.
    expect(story.clock('limitation.arbitration').open).toBe(false);
    expect(await story.refused('case.recordArbitration', { party: 'w1', filedOn: '2030-03-04' })).toMatchObject({
      code: 'act-not-open',
    });
    expect(story.clock('arbitration.award')).toMatchObject({ dueOn: '2030-04-18', legalRef: 'ARB-05' });
    const unknown = {
      awardedOn: '2030-03-04',
      monthlyMinimumWage,
      documents: [{ stated: 'unstated', items: [{ ...wages, claim: 'c9' }] }],
    };
    expect(await story.refused('arbitration.recordAward', unknown)).toMatchObject({
      ...{ code: 'unknown-claim', field: '/documents/0/items/0/claim' },
    });
    await awarded(story, [
      { stated: 'unstated', items: [wages] },
      { stated: 'unstated', items: [damages] },
    ]);
    expect(documentsOf(story).map(({ final }) => final)).toEqual([true, false]);
    expect(open(story, 'arbitration.workerSuit')).toEqual(['a1:w1 2030-03-19']);
    expect(open(story, 'arbitration.setAside')).toEqual(['a1:r1 2030-04-03']);
    expect(open(story, 'arbitration.suit')).toEqual(['a2:w1 2030-03-19', 'a2:r1 2030-03-19']);
    expect(
      await story.refused('arbitration.recordSuit', { document: 'a1', party: 'r1', filedOn: '2030-03-04' }),
    ).toMatchObject({ code: 'right-not-open' });
    await story.runsOut('arbitration.setAside', '2030-04-03', 'a1:r1');
    expect(documentsOf(story).flatMap(({ shares }) => shares.map(({ fate }) => fate))).toEqual(['inForce', 'inForce']);
    expect(story.last('arbitration.ended').outcome).toBe('inForce');
    await story.opened('limitationWatch');
    const watch = besideWorkflowId(story.caseNo, 'limitationWatch');
    // Counted from the final document, in force since it was made.
    expect(story.clock('enforcement.application')).toMatchObject({ dueOn: '2032-03-04', workflowId: watch });
  }));

it('FIN-01 FIN-05 the worker’s suit closes the employer’s way and, withdrawn, opens it again; FIN-03 set aside, both may sue', () =>
  tell({}, async (story) => {
    await underArbitration(story);
    await awarded(story, [{ stated: 'final', items: [damages] }]);
    const suit = { document: 'a1', party: 'w1', filedOn: '2030-03-04' };
    await story.act('arbitration.recordSuit', suit, 'court');
    expect(open(story, 'arbitration.setAside')).toEqual([]);
    const asked = { document: 'a1', party: 'r1', filedOn: '2030-03-05', ground: 'evidenceForged' };
    await story.sleepUntil('2030-03-05');
    expect(await story.refused('arbitration.applyToSetAside', asked)).toMatchObject({ code: 'right-not-open' });
    await story.act('arbitration.recordSuitEnded', { document: 'a1', how: 'withdrawn', receivedOn: '2030-03-05' });
    expect(open(story, 'arbitration.setAsideAfterSuit')).toEqual(['a1:r1 2030-04-04']);
    await story.act('arbitration.applyToSetAside', asked);
    await story.act('arbitration.recordSetAsideRuling', {
      ...{ document: 'a1', setAside: true, applicantReceivedOn: '2030-03-05', respondentReceivedOn: '2030-03-05' },
    });
    expect(open(story, 'arbitration.suitAfterSetAside')).toEqual(['a1:w1 2030-03-20', 'a1:r1 2030-03-20']);
    await story.act('arbitration.recordSuit', { ...suit, party: 'r1', filedOn: '2030-03-05' });
    expect(story.last('arbitration.ended').outcome).toBe('sued');
  }));

it('FIN-01 FIN-04 ENF-01 of two workers each has the days from his own receipt; where one sues, the other may enforce while the court sits', () =>
  tell({}, async (story) => {
    const parties: Party[] = [
      { id: 'w1', side: 'applicant', kind: 'worker' },
      { id: 'w2', side: 'applicant', kind: 'worker' },
      { id: 'r1', side: 'respondent', kind: 'employer' },
    ];
    await underArbitration(story, { parties });
    const award = { awardedOn: '2030-03-04', monthlyMinimumWage, documents: [{ stated: 'final', items: [wages] }] };
    await story.act('arbitration.recordAward', award, 'arbitrator');
    const receive = (party: string, receivedOn: string) =>
      story.act('arbitration.recordReceipt', { document: 'a1', party, receivedOn });
    await receive('w1', '2030-03-04');
    await story.sleepUntil('2030-03-08');
    for (const party of ['w2', 'r1']) await receive(party, '2030-03-08');
    // Fifteen days of 2030-03-08 end on a Saturday.
    expect(open(story, 'arbitration.workerSuit')).toEqual(['a1:w1 2030-03-19', 'a1:w2 2030-03-25']);
    expect(story.told('awardMayBeSued')).toEqual(['w1 2030-03-04', 'w2 2030-03-08']);
    expect(
      await story.refused('arbitration.recordReceipt', { document: 'a1', party: 'w1', receivedOn: '2030-03-08' }),
    ).toMatchObject({ code: 'act-not-open', field: '/receivedOn' });
    await story.act('arbitration.recordSuit', { document: 'a1', party: 'w1', filedOn: '2030-03-08' }, 'court');
    await story.runsOut('arbitration.setAside', '2030-04-08', 'a1:r1');
    await story.opened('limitationWatch');
    expect(documentsOf(story)[0]?.shares.map(({ fate }) => fate)).toEqual([undefined, 'inForce']);
    expect(story.clock('enforcement.application').workflowId).toBe(besideWorkflowId(story.caseNo, 'limitationWatch'));
    await story.act('arbitration.recordSuitEnded', { document: 'a1', how: 'judged', receivedOn: '2030-04-08' });
    expect(story.last('arbitration.ended').outcome).toBe('sued');
  }));

it('ARB-01 ARB-05 LIM-04 an authority that is late: the parties may sue; a limitation that was over is for the other side to plead', () =>
  tell({}, async (story) => {
    await story.register({ claims, facts: { knownOn: '2029-03-02' } });
    await story.sleepUntil('2030-03-11');
    await story.act('case.recordArbitration', { party: 'w1', filedOn: '2030-03-11' });
    expect(story.state('arbitration')).toMatchObject({ limitationOver: true });
    const early = { party: 'w1', filedOn: '2030-03-11' };
    expect(await story.refused('arbitration.recordSuit', early)).toMatchObject({ code: 'act-not-open' });
    await story.runsOut('arbitration.acceptance', '2030-03-18');
    expect(story.told('suitOpen')).toEqual(['applicant 2030-03-19']);
    await story.act('arbitration.recordDocketed', { on: '2030-03-19' });
    await story.act('arbitration.extend', { days: 15, reason: '案情复杂' });
    expect(await story.refused('arbitration.extend', { days: 1, reason: '…' })).toMatchObject({
      code: 'extension-used-up',
    });
    // 45 + 15 days of 2030-03-19 end on Saturday 2030-05-18.
    await story.runsOut('arbitration.award', '2030-05-20');
    expect(story.told('suitOpen').slice(1)).toEqual(['applicant 2030-05-21', 'respondent 2030-05-21']);
    await story.act('arbitration.recordSuit', { party: 'r1', filedOn: '2030-05-21' });
    expect(story.last('arbitration.ended').outcome).toBe('sued');
  }));

it('L8 L9 a school’s claim and the teacher’s counterclaim: mixed in one document it counts as not final, and silence counts as receipt', () =>
  tell({}, async (story) => {
    await story.register({
      parties: [
        { id: 'r1', side: 'applicant', kind: 'employer' },
        { id: 'w1', side: 'respondent', kind: 'worker' },
      ],
      claims: [{ id: 'c1', worker: 'w1', kind: 'contract', subject: 'contractPenalty', amountFen: 12_000_000 }],
      facts: { relation: 'personnel', personnelKind: 'publicInstitution', knownOn: '2029-09-05' },
    });
    await story.act('case.recordArbitration', { party: 'r1', filedOn: '2030-03-04' });
    await story.act('arbitration.recordDocketed', { on: '2030-03-04' });
    const items = [
      { claim: 'c1', subject: 'contractPenalty', creditor: 'r1', amount: 80_000 },
      { subject: 'wages', creditor: 'w1', amount: 3000 },
      { subject: 'fileTransfer', creditor: 'w1' },
    ];
    await story.act('arbitration.recordAward', {
      ...{ awardedOn: '2030-03-04', monthlyMinimumWage, documents: [{ stated: 'unstated', items }] },
    });
    await story.runsOut('arbitration.receipt', '2030-03-19');
    expect(documentsOf(story)).toMatchObject([{ final: false }]);
    expect(story.last('arbitration.finalityJudged').decisions.map(({ outcome }) => outcome.final)).toEqual([
      false,
      true,
      false,
    ]);
    // Both sides "服裁息诉": nobody sues. The last day is counted from the day that stands for receipt.
    await story.runsOut('arbitration.suit', '2030-04-03', 'a1:r1');
    expect(story.last('arbitration.ended').outcome).toBe('inForce');
  }));
