import { expect, it } from 'vitest';
import { besideWorkflowId } from '../../contracts/ids.ts';
import { confirmationAcceptanceGrounds, confirmationDismissalGrounds } from '../../domain/procedures/grounds.ts';
import { paperDecided } from '../../workflows/messages.ts';
import { agreed } from '../support/openings.ts';
import { MONDAY, type Story, tell } from '../support/story.ts';
import { draft, owed } from '../support/terms.ts';

/** Docketed and confirmed on the day of the agreement. */
async function confirmed(story: Story, dueOn = '2030-12-02'): Promise<void> {
  const today = await agreed(story, [owed('w1', [{ amount: 3000, dueOn }])]);
  await story.act('judicialConfirmation.applyJointly', { appliedOn: today, agreedBy: ['w1', 'r1'] });
  await story.act('judicialConfirmation.accept', { acceptedOn: today }, 'court');
  await story.act('judicialConfirmation.confirm', {}, 'court');
}

const received = (story: Story, party: string, receivedOn: string) =>
  story.act('judicialConfirmation.recordReceipt', { party, receivedOn }, 'court');
const objection = (by: string, filedOn: string) => ({ by, filedOn, reason: '裁定有错误' });
const routeOf = (story: Story) =>
  story.state().case.routes.find(({ route }) => route === 'judicialConfirmation')?.stage;

async function confirmation(story: Story): Promise<string> {
  const today = await agreed(story, [owed('w1', [{ amount: 3000, dueOn: '2030-12-02' }])]);
  await story.act('judicialConfirmation.applyJointly', { appliedOn: today, agreedBy: ['w1', 'r1'] });
  return today;
}

it('JC-05 docketed within three days, ruled on within thirty: the agreement is confirmed and can be enforced', () =>
  tell({}, async (story) => {
    await confirmation(story);
    expect(story.clock('judicialConfirmation.acceptance')).toMatchObject({ dueOn: '2030-03-07', legalRef: 'JC-04' });
    expect(await story.refused('judicialConfirmation.confirm', {}, 'court')).toMatchObject({ code: 'act-not-open' });
    await story.sleepUntil('2030-03-07T23:59');
    await story.act('judicialConfirmation.accept', { acceptedOn: '2030-03-07' }, 'court');
    expect(story.told('confirmationDocketed')).toEqual(['applicant 2030-03-07', 'respondent 2030-03-07']);
    // The thirtieth day, 2030-04-06, is a Saturday after the Tomb-sweeping Festival.
    expect(story.clock('judicialConfirmation.ruling')).toMatchObject({ dueOn: '2030-04-08', legalRef: 'JC-05' });
    await story.sleepUntil('2030-04-08T23:59');
    expect(story.told('authorityLate')).toEqual([]);
    await story.act('judicialConfirmation.confirm', {}, 'court');
    expect(story.last('agreementPerformance.paperTaken').detail).toMatchObject({
      outcome: 'confirmed',
      enforceable: true,
    });
    expect(story.told('agreementConfirmed')).toEqual(['applicant 2030-04-08', 'respondent 2030-04-08']);
    expect(story.state('judicialConfirmation')).toMatchObject({ stage: 'objecting' });
    expect(await story.refused('judicialConfirmation.withdraw', { reason: '…' }, 'w1')).toMatchObject({
      code: 'act-not-open',
    });
  }));

it('JC-05 the ruling is put off with the approval of the president as often as needed, but not once its time is over', () =>
  tell({}, async (story) => {
    await confirmation(story);
    const more = (time: Record<string, unknown>) => ({ approvedBy: 'president', reason: '需要调查', ...time });
    expect(await story.refused('judicialConfirmation.extend', more({ amount: 5 }), 'court')).toMatchObject({
      code: 'act-not-open',
    });
    await story.act('judicialConfirmation.accept', { acceptedOn: MONDAY }, 'court');
    expect(await story.refused('judicialConfirmation.extend', more({ until: '2030-04-03' }), 'court')).toMatchObject({
      code: 'due-before-today',
      field: '/until',
    });
    await story.sleepUntil('2030-04-03T23:59');
    await story.act('judicialConfirmation.extend', more({ amount: 10 }), 'court');
    // The tenth day more, 2030-04-13, is a Saturday.
    expect(story.clock('judicialConfirmation.ruling').dueOn).toBe('2030-04-15');
    await story.sleepUntil('2030-04-14');
    await story.act('judicialConfirmation.extend', more({ until: '2030-05-20' }), 'court');
    expect(story.last('judicialConfirmation.extended')).toMatchObject({
      ...{ legalRef: 'JC-05' },
      detail: { until: '2030-05-20', approvedBy: 'president' },
    });
    expect(story.told('authorityLate')).toEqual([]);
    await story.runsOut('judicialConfirmation.ruling', '2030-05-20');
    expect(await story.refused('judicialConfirmation.extend', more({ amount: 5 }), 'court')).toMatchObject({
      code: 'deadline-passed',
    });
    await story.act('judicialConfirmation.confirm', {}, 'court');
  }));

it('JC-04 a court that neither dockets nor rules is told so, waited for thirty days, and the application lapses', () =>
  tell({}, async (story) => {
    await confirmation(story);
    await story.runsOut('judicialConfirmation.acceptance', '2030-03-07');
    expect(story.told('authorityLate')).toEqual(['court 2030-03-08']);
    await story.runsOut('judicialConfirmation.longstop', '2030-04-08');
    expect(story.last('judicialConfirmation.ended')).toMatchObject({ outcome: 'lapsed' });
  }));

it('JC-05 a ruling that does not come in thirty days is waited for thirty more', () =>
  tell({}, async (story) => {
    await confirmation(story);
    await story.act('judicialConfirmation.accept', { acceptedOn: MONDAY }, 'court');
    await story.runsOut('judicialConfirmation.ruling', '2030-04-03');
    await story.sleepUntil('2030-04-10');
    expect(story.state('judicialConfirmation').stage).toBe('reviewing');
    await story.runsOut('judicialConfirmation.longstop', '2030-05-03');
    expect(story.last('judicialConfirmation.ended').outcome).toBe('lapsed');
  }));

it('L3 not docketed, dismissed and withdrawn: on each ground the agreement stays unenforceable and its decision is kept', () =>
  tell({}, async (story) => {
    for (const [index, ground] of confirmationAcceptanceGrounds.entries()) {
      await confirmation(story);
      await story.act('judicialConfirmation.refuseAcceptance', { ground, reason: '…' }, 'court');
      expect(story.last('judicialConfirmation.notAccepted')).toMatchObject({
        outcome: 'notAccepted',
        decisions: [{ outcome: { valid: true }, matched: [{ legalRef: `L3-${index + 1}` }, {}] }],
      });
    }
    for (const [index, ground] of confirmationDismissalGrounds.entries()) {
      const today = await confirmation(story);
      await story.act('judicialConfirmation.accept', { acceptedOn: today }, 'court');
      await story.act('judicialConfirmation.dismiss', { ground, reason: '…' }, 'court');
      // 第三百五十五条第二款: what comes out after docketing that should have kept it out.
      const late = confirmationAcceptanceGrounds.some((known) => known === ground);
      expect(story.last('judicialConfirmation.dismissed')).toMatchObject({
        ...{ outcome: 'dismissed', legalRef: 'JC-07' },
        decisions: [{ outcome: { valid: true }, matched: [{ legalRef: late ? 'L3' : `L3-${index + 1}` }] }],
      });
      expect(story.last('judicialConfirmation.ended').detail).toMatchObject({ ground, enforceable: false });
    }
    await confirmation(story);
    await story.act('judicialConfirmation.withdraw', { reason: '改走仲裁审查' }, 'w1');
    expect(story.last('judicialConfirmation.ended').outcome).toBe('withdrawn');
  }));

it('JC-08 each party objects within fifteen days of receiving the ruling: on the fifteenth day, not on the sixteenth', () =>
  tell({}, async (story) => {
    await confirmed(story);
    await story.sleepUntil('2030-03-06');
    await received(story, 'w1', '2030-03-05');
    await received(story, 'r1', '2030-03-06');
    expect(story.clock('judicialConfirmation.receipt').open).toBe(false);
    const byWorker = story.clock('judicialConfirmation.partyObjection', 'w1');
    expect(byWorker).toMatchObject({ dueOn: '2030-03-20', legalRef: 'JC-08', anchorOn: '2030-03-05' });
    expect(story.clock('judicialConfirmation.partyObjection', 'r1').dueOn).toBe('2030-03-21');
    await story.sleepUntil('2030-03-19');
    await story.act('judicialConfirmation.object', objection('w1', '2030-03-19'), 'w1');
    await story.act('judicialConfirmation.rejectObjection', { objection: 'b1', reason: '不成立' }, 'court');
    await story.sleepUntil('2030-03-20T23:59');
    await story.act('judicialConfirmation.object', objection('w1', '2030-03-20'), 'w1');
    await story.act('judicialConfirmation.rejectObjection', { objection: 'b2', reason: '不成立' }, 'court');
    await story.sleepUntil('2030-03-21');
    const late = { code: 'deadline-passed', field: '/filedOn' };
    expect(await story.refused('judicialConfirmation.object', objection('w1', '2030-03-21'), 'w1')).toMatchObject(late);
    expect(await story.refused('judicialConfirmation.object', objection('w1', '2030-03-20'), 'w1')).toMatchObject(late);
    expect(await story.refused('judicialConfirmation.object', objection('w1', '2030-03-21'), 'court')).toMatchObject(
      late,
    );
    // Filed at the window on the last day, recorded on the next.
    await story.act('judicialConfirmation.object', objection('w1', '2030-03-20'), 'court');
    await story.act('judicialConfirmation.object', objection('r1', '2030-03-21'), 'r1');
    expect(story.told('objectionFiled').slice(-3)).toEqual([
      ...['applicant 2030-03-21', 'respondent 2030-03-21', 'court 2030-03-21'],
    ]);
  }));

it('JC-08 JC-02 JC-03 each worker of a group has a time of its own; the court and the papers of their application are looked at', () =>
  tell({}, async (story) => {
    const dueOn = '2030-12-02';
    const sums = ['w1', 'w2'].map((worker) => owed(worker, [{ amount: 3000, dueOn }]));
    await agreed(story, sums, { workers: 2 });
    const joint = { appliedOn: MONDAY, agreedBy: ['w1', 'w2', 'r1'], court: 'partyDomicile' };
    const papers = ['agreement', 'proofOfMediation', 'identity', 'contacts'];
    const why = (more: Record<string, unknown>) =>
      story.refused('judicialConfirmation.applyJointly', { ...joint, papers, ...more });
    expect(await why({ court: 'inviting' })).toMatchObject({
      ...{ code: 'wrong-court', field: '/court', source: '民事诉讼法 第二百零五条第一款第（二）项' },
    });
    expect(await why({ papers: ['agreement', 'contacts', 'proofOfProperty'] })).toMatchObject({
      ...{ code: 'paper-missing', field: '/papers' },
      zh: '缺少：调解组织主持调解的证明、双方当事人的身份。',
    });
    await story.act('judicialConfirmation.applyJointly', { ...joint, papers });
    expect(story.last('judicialConfirmation.applied').detail).toMatchObject({ court: 'partyDomicile', papers });
    await story.act('judicialConfirmation.accept', { acceptedOn: MONDAY }, 'court');
    await story.act('judicialConfirmation.confirm', {}, 'court');

    await received(story, 'w1', MONDAY);
    await story.sleepUntil('2030-03-06');
    await received(story, 'w2', '2030-03-06');
    expect(story.clock('judicialConfirmation.receipt').open).toBe(true);
    await received(story, 'r1', '2030-03-06');
    expect(story.clock('judicialConfirmation.receipt').open).toBe(false);
    await story.runsOut('judicialConfirmation.partyObjection', '2030-03-19', 'w1');
    expect(await story.refused('judicialConfirmation.object', objection('w1', '2030-03-20'), 'w1')).toMatchObject({
      code: 'deadline-passed',
    });
    await story.act('judicialConfirmation.object', objection('w2', '2030-03-20'), 'w2');
  }));

it('JC-08 what cannot be recorded: receipt before the ruling, twice, or by a stranger; an objection for another, or twice', () =>
  tell({}, async (story) => {
    await confirmation(story);
    const act = (name: string, body: Record<string, unknown>, by: 'court' | 'w1' = 'court') =>
      story.refused(`judicialConfirmation.${name}`, body, by);
    expect(await act('recordReceipt', { party: 'w1', receivedOn: MONDAY })).toMatchObject({ code: 'act-not-open' });
    expect(await act('object', objection('w1', MONDAY))).toMatchObject({ code: 'act-not-open' });
    await story.act('judicialConfirmation.accept', { acceptedOn: MONDAY }, 'court');
    await story.act('judicialConfirmation.confirm', {}, 'court');
    expect(await act('recordReceipt', { party: 'w9', receivedOn: MONDAY })).toMatchObject({ code: 'unknown-party' });
    expect(await act('recordReceipt', { party: 'w1', receivedOn: '2030-03-03' })).toMatchObject({
      code: 'day-too-early',
    });
    expect(await act('recordReceipt', { party: 'w1', receivedOn: '2030-03-05' })).toMatchObject({
      code: 'day-in-the-future',
    });
    await received(story, 'w1', MONDAY);
    expect(await act('recordReceipt', { party: 'w1', receivedOn: MONDAY })).toMatchObject({ field: '/receivedOn' });
    expect(await act('object', objection('w9', MONDAY))).toMatchObject({ code: 'unknown-party', field: '/by' });
    expect(await act('object', objection('r1', MONDAY), 'w1')).toMatchObject({ code: 'wrong-side' });
    expect(await act('object', objection('interestedParty', MONDAY), 'w1')).toMatchObject({ code: 'wrong-side' });
    expect(await act('object', objection('w1', '2030-03-05'))).toMatchObject({ code: 'day-in-the-future' });
    expect(await act('object', objection('w1', '2030-03-03'))).toMatchObject({ code: 'day-too-early' });
    expect(await act('upholdObjection', { objection: 'b1', reason: '…' })).toMatchObject({ code: 'act-not-open' });
    await story.act('judicialConfirmation.object', objection('w1', MONDAY), 'w1');
    expect(await act('object', objection('w1', MONDAY), 'w1')).toMatchObject({ code: 'objection-pending' });
    for (const answer of ['upholdObjection', 'rejectObjection'])
      expect(await act(answer, { objection: 'b2', reason: '…' })).toMatchObject({
        code: 'unknown-objection',
        field: '/objection',
      });
  }));

it('JC-08 where nobody records receipt, the fifteen days begin when the wait for it is over', () =>
  tell({}, async (story) => {
    await confirmed(story);
    await received(story, 'w1', MONDAY);
    await story.runsOut('judicialConfirmation.receipt', '2030-03-19');
    expect(story.told('deadlinePassed').at(-1)).toBe('operator 2030-03-20');
    expect(story.clock('judicialConfirmation.partyObjection', 'w1').dueOn).toBe('2030-03-19');
    await story.runsOut('judicialConfirmation.partyObjection', '2030-04-03', 'r1');
    expect(await story.refused('judicialConfirmation.object', objection('r1', '2030-04-04'), 'r1')).toMatchObject({
      code: 'deadline-passed',
    });
    // The day of receipt comes out after all.
    await received(story, 'r1', '2030-03-28');
    expect(story.clock('judicialConfirmation.partyObjection', 'r1').dueOn).toBe('2030-04-12');
    await story.act('judicialConfirmation.object', objection('r1', '2030-04-04'), 'r1');
  }));

it('JC-09 third parties may object for six months; then the confirmation ends as it was, and the chain is not told twice', () =>
  tell({}, async (story) => {
    await confirmed(story);
    expect(story.clock('judicialConfirmation.thirdPartyObjection')).toMatchObject({
      ...{ dueOn: '2030-09-04', legalRef: 'JC-09', anchorOn: MONDAY },
    });
    await story.sleepUntil('2030-09-03');
    for (const filedOn of ['2030-09-02', '2030-09-03'])
      await story.act('judicialConfirmation.object', objection('interestedParty', filedOn), 'court');
    await story.sleepUntil('2030-09-04T23:58');
    await story.act('judicialConfirmation.object', objection('interestedParty', '2030-09-04'), 'court');
    for (const id of ['b1', 'b2', 'b3'])
      await story.act('judicialConfirmation.rejectObjection', { objection: id, reason: '不成立' }, 'court');
    await story.runsOut('judicialConfirmation.thirdPartyObjection', '2030-09-04');
    const ended = await story.record.seen('the end', ({ type }) => type === 'judicialConfirmation.ended');
    expect(ended).toMatchObject({ outcome: 'confirmed', detail: { enforceable: true } });
    expect(
      await story.refused('judicialConfirmation.object', objection('interestedParty', '2030-09-05'), 'court'),
    ).toMatchObject({ code: 'elsewhere' });
    await story.workflow(besideWorkflowId(story.caseNo, 'judicialConfirmation')).result();
    expect(story.events('agreementPerformance.paperTaken')).toHaveLength(1);
    expect(routeOf(story)).toBe('granted');
  }));

it('JC-08 an objection is upheld: the ruling is revoked, the paper taken back, and a breach leads to arbitration', () =>
  tell({}, async (story) => {
    await confirmed(story);
    await story.act('judicialConfirmation.object', objection('r1', MONDAY), 'r1');
    await story.act('judicialConfirmation.upholdObjection', { objection: 'b1', reason: '异议成立' }, 'court');
    expect(story.last('judicialConfirmation.ended')).toMatchObject({
      ...{ outcome: 'revoked', detail: { enforceable: false } },
    });
    expect(story.last('agreementPerformance.paperTaken')).toMatchObject({
      ...{ legalRef: 'JC-08', detail: { outcome: 'revoked', enforceable: false } },
    });
    expect(routeOf(story)).toBe('refused');
    // Told again, it is no news.
    const paper = { agreement: story.state().case.agreement?.id ?? '', route: 'judicialConfirmation' as const };
    await story.workflow().signal(paperDecided, { ...paper, outcome: 'revoked', enforceable: false, on: MONDAY });
    const breach = { instalment: 'o1.1', ground: 'refusesToPerform', reason: '拒绝' };
    await story.act('agreementPerformance.reportBreach', breach, 'w1');
    expect(story.events('agreementPerformance.paperTaken')).toHaveLength(2);
    expect(story.last('agreementPerformance.ended')).toMatchObject({
      ...{ outcome: 'breached', legalRef: 'MED-11', detail: { rightToArbitrate: true } },
    });
  }));

it('JC-08 an objection is upheld in part: what is left can be enforced, what was taken out leads to arbitration', () =>
  tell({}, async (story) => {
    const sums = ['2030-03-06', '2030-12-02'].map((dueOn) => owed('w1', [{ amount: 3000, dueOn }]));
    const today = await agreed(story, sums, {
      claims: [{ id: 'c1', worker: 'w1', kind: 'contract', subject: 'contractPenalty' }],
    });
    await story.act('judicialConfirmation.applyJointly', { appliedOn: today, agreedBy: ['w1', 'r1'] });
    await story.act('judicialConfirmation.accept', { acceptedOn: today }, 'court');
    await story.act('judicialConfirmation.confirm', {}, 'court');
    await story.act('judicialConfirmation.object', objection('r1', MONDAY), 'r1');
    const change = (without: string[]) => ({ objection: 'b1', without, reason: '部分成立' });
    const why = (without: string[]) => story.refused('judicialConfirmation.changeRuling', change(without), 'court');
    expect(await why(['o9'])).toMatchObject({ code: 'unknown-obligation', field: '/without' });
    expect(await why(['o1', 'o2'])).toMatchObject({ code: 'nothing-confirmed', field: '/without' });
    await story.act('judicialConfirmation.changeRuling', change(['o1']), 'court');
    expect(story.told('rulingChanged')).toEqual(['applicant 2030-03-04', 'respondent 2030-03-04']);
    await story.record.seen('the changed paper', () => story.events('agreementPerformance.paperTaken').length === 2);
    expect(story.state('judicialConfirmation')).toMatchObject({ stage: 'objecting', paper: { without: ['o1'] } });
    await story.runsOut('agreementPerformance.instalment', '2030-03-06', 'o1.1');
    expect(story.last('agreementPerformance.ended')).toMatchObject({
      ...{ outcome: 'breached', legalRef: 'MED-11' },
      detail: { rightToArbitrate: true, remedies: [{ remedy: 'arbitration' }] },
    });
    expect(routeOf(story)).toBe('refused');
  }));

it('JC-08 a ruling revoked when the case has gone on puts arbitration in the place of enforcement', () =>
  tell({}, async (story) => {
    await confirmed(story, '2030-03-06');
    await story.runsOut('agreementPerformance.instalment', '2030-03-06', 'o1.1');
    expect(story.last('agreementPerformance.ended')).toMatchObject({ legalRef: 'JC-07' });
    expect(story.state().case.remedy?.zh).toContain('强制执行');
    expect(story.told('rightToArbitrate')).toEqual([]);
    await story.act('judicialConfirmation.object', objection('interestedParty', '2030-03-07'), 'court');
    await story.act('judicialConfirmation.upholdObjection', { objection: 'b1', reason: '异议成立' }, 'court');
    expect(story.last('followUp.paperTaken')).toMatchObject({
      ...{ detail: { outcome: 'revoked' }, decisions: [{ outcome: { rightToArbitrate: true } }] },
    });
    expect(story.clock('enforcement.application').open).toBe(false);
    expect(story.state().case.remedy?.zh).toContain('仲裁');
    expect(story.told('rightToArbitrate')).toEqual(['applicant 2030-03-07']);
    expect(routeOf(story)).toBe('refused');
  }));

it('JC-08 a court silent on an objection is told on the day after its thirty, waited for thirty more, and the ruling stands', () =>
  tell({}, async (story) => {
    await confirmed(story);
    for (const party of ['w1', 'r1']) await received(story, party, MONDAY);
    await story.sleepUntil('2030-03-19');
    await story.act('judicialConfirmation.object', objection('r1', '2030-03-19'), 'r1');
    await story.runsOut('judicialConfirmation.objectionDecision', '2030-04-18', 'b1');
    expect(story.told('authorityLate')).toEqual(['court 2030-04-19']);
    // The thirtieth day more, 2030-05-18, is a Saturday.
    await story.runsOut('judicialConfirmation.longstop', '2030-05-20', 'b1');
    expect(story.state('judicialConfirmation')).toMatchObject({ objections: [{ decision: 'undecided' }] });
    await story.sleepUntil('2030-09-04');
    await story.act('judicialConfirmation.object', objection('interestedParty', '2030-09-04'), 'court');
    await story.runsOut('judicialConfirmation.thirdPartyObjection', '2030-09-04');
    expect(story.state('judicialConfirmation').stage).toBe('objecting');
    await story.act('judicialConfirmation.rejectObjection', { objection: 'b2', reason: '不成立' }, 'court');
    expect(story.last('judicialConfirmation.ended').outcome).toBe('confirmed');
  }));

it('JC-08 an objection to a ruling of a closed case is decided all the same', () =>
  tell({}, async (story) => {
    await confirmed(story);
    await story.act('agreementPerformance.confirmPerformed', { instalment: 'o1.1' }, 'w1');
    await story.act('followUp.recordVisit', { visitedOn: MONDAY });
    await story.act('followUp.archive');
    await story.workflow().result();
    await story.act('judicialConfirmation.object', objection('r1', MONDAY), 'r1');
    await story.act('judicialConfirmation.upholdObjection', { objection: 'b1', reason: '异议成立' }, 'court');
    expect(story.last('judicialConfirmation.ended').outcome).toBe('revoked');
  }));

it('JC-01 another agreement of a reopened case goes to court while the time to object to the first ruling runs', () =>
  tell({}, async (story) => {
    await confirmed(story, '2030-03-06');
    await story.runsOut('agreementPerformance.instalment', '2030-03-06', 'o1.1');
    await story.act('followUp.reopen', { reason: '重新调解' }, 'union');
    const today = '2030-03-07';
    await story.act('mediation.apply', { receivedOn: today, form: 'oral' });
    await story.act('mediation.consent', { party: 'r1', willing: true }, 'r1');
    await story.act('mediation.accept', { acceptedOn: today }, 'mediator');
    await story.act('mediation.assignMediator', { mediatorId: 'M-7' });
    await story.act('mediation.draftAgreement', draft([owed('w1', [{ amount: 10, dueOn: '2030-12-02' }])]), 'mediator');
    for (const by of ['w1', 'r1', 'mediator']) await story.act('mediation.sign', { by, signedOn: today });
    await story.act('mediation.seal', { sealedOn: today });
    await story.act('judicialConfirmation.applyJointly', { appliedOn: today, agreedBy: ['w1', 'r1'] });
    expect(story.last('judicialConfirmation.ended').outcome).toBe('confirmed');
    expect(story.state('judicialConfirmation').stage).toBe('deciding');
    expect(routeOf(story)).toBe('pending');
  }));
