import { expect, it } from 'vitest';
import { MONDAY, type Story, tell } from '../support/story.ts';
import { owed, settlement } from '../support/terms.ts';

const found = { concededBy: 'r1', examinedOn: MONDAY, finding: 'seriousMisunderstanding', reason: '当面核实' };

/** A settlement in which the employer conceded something, and that is not performed. */
async function overdue(story: Story, region: string): Promise<void> {
  await story.register({ region });
  const today = await story.today();
  await story.act('negotiation.serveRequest', { servedOn: today, method: 'hand' });
  const terms = settlement(today, [owed('w1', [{ amount: 3000, dueOn: today }])]);
  await story.act('negotiation.settle', { ...terms, concededFacts: [{ by: 'r1', text: '此事实仅为和解而承认' }] });
  const look = { askedBy: 'w1', reviewedOn: today, reason: '程序和内容合法有效' };
  await story.act('case.reviewSettlement', look, 'arbitrator');
  expect(await story.refused('case.examineConcession', { ...found, examinedOn: today }, 'court')).toMatchObject({
    code: 'act-not-open',
  });
  await story.until('settlementPerformance.ended');
}

it('NEG-07 NEG-08 in Jinshan the court is asked whether a concession was truly meant when a settlement fails, elsewhere not', () =>
  tell({}, async (story) => {
    await overdue(story, '310116');
    expect(story.last('settlementPerformance.ended')).toMatchObject({ outcome: 'overdue', next: 'mediation' });
    expect(story.told('concessionsAsked')).toEqual([`court ${await story.today()}`]);
    expect(story.told('settlementReviewed')).toEqual([`applicant ${MONDAY}`, `respondent ${MONDAY}`]);
    expect(story.state().case.settlementEvidence).toEqual({ agreement: 's1', on: MONDAY, usable: true });
    await story.act('case.examineConcession', found, 'court');
    expect(story.last('shieldedFacts.examined').detail).toMatchObject({ finding: 'seriousMisunderstanding' });

    await overdue(story, '310104');
    expect(story.told('concessionsAsked')).toEqual([]);
    expect(await story.refused('case.examineConcession', { ...found, examinedOn: await story.today() })).toMatchObject({
      code: 'act-not-open',
    });
  }));
