import type { Setting } from '../../rehearsal/stage.ts';
import { agreed, hearing } from '../support/openings.ts';
import type { Story } from '../support/story.ts';
import { fromTuesday, tenDays } from '../support/ten-days.ts';
import { draft, owed, reviewPapers, settlement } from '../support/terms.ts';

/** Words that people say in these stories. They belong in the database; a history that holds one gives somebody away. */
export const words = {
  reason: '厂里周转不开，甲某某家中急用钱',
  session: '甲某某称每月少发八百元',
  conceded: '乙公司承认三月份考勤表有误',
  matter: '甲某某二〇三〇年一月工资',
  terms: '汇入甲某某名下账户6222000000000000',
  requests: '请求支付甲某某工资',
  note: '电话13900000000，jia@example.invalid',
};

const both = { agreedBy: ['w1', 'r1'] };

/** The stories whose histories are kept, by name: between them every workflow type, to its end. */
export const recordedStories: Record<string, (story: Story) => Promise<void>> = {
  async overdue(story) {
    await story.register({ facts: { knownOn: '2029-09-03' } });
    await story.act('negotiation.serveRequest', { servedOn: '2030-03-04', method: 'post', note: words.note });
    await story.act('negotiation.respond', { willing: true, form: 'written', party: 'r1' }, 'r1');
    await story.act('negotiation.recordSession', { heldOn: '2030-03-04', channel: 'talk', summary: words.session });
    await story.act('negotiation.settle', {
      ...settlement('2030-03-04', [
        owed('w1', [
          { amount: 600, dueOn: '2030-03-06' },
          { amount: 400, daysAfterEffect: 30 },
        ]),
      ]),
      content: { matter: words.matter, terms: words.terms },
      concededFacts: [{ by: 'r1', text: words.conceded }],
      reason: words.reason,
    });
    const paid = { instalment: 'o1.1', paidOn: '2030-03-04', amount: 200, evidence: true };
    await story.act('settlementPerformance.recordPayment', { ...paid, note: words.note }, 'r1');
    await story.act('settlementPerformance.disputePayment', { payment: 'p1', reason: words.reason }, 'w1');
    await story.runsOut('settlementPerformance.instalment', '2030-03-06', 'o1.1');
    for (const party of ['w1', 'r1'] as const) await story.act('mediation.consent', { party, willing: true }, party);
    await story.act('mediation.accept', { acceptedOn: '2030-03-07' }, 'mediator');
    await story.act('mediation.assignMediator', { mediatorId: 'M-7' });
    const terms = draft([owed('w1', [{ amount: 1000, dueOn: '2030-04-08' }])]);
    await story.act('mediation.draftAgreement', { ...terms, content: { ...terms.content, requests: words.requests } });
    for (const by of ['r1', 'w1', 'mediator']) await story.act('mediation.sign', { by, signedOn: '2030-03-07' });
    await story.act('mediation.seal', { sealedOn: '2030-03-07' });
    await story.act('arbitrationReview.applyJointly', { appliedOn: '2030-03-07', ...both, ...reviewPapers });
    await story.act('arbitrationReview.accept', { acceptedOn: '2030-03-07' }, 'arbitrator');
    await story.act('arbitrationReview.extend', { approvedBy: 'director', reason: words.reason }, 'arbitrator');
    await story.act('arbitrationReview.issue', {}, 'arbitrator');
    for (const party of ['w1', 'r1'])
      await story.act('arbitrationReview.recordReceipt', { party, receivedOn: '2030-03-07' }, 'arbitrator');
    await story.act('agreementPerformance.serveNotice', { servedOn: '2030-03-07' });
    await story.act('agreementPerformance.recordPayment', { ...paid, amount: 1000 }, 'r1');
    await story.runsOut('agreementPerformance.confirmation', '2030-03-12', 'p1');
    await story.act('followUp.recordVisit', { visitedOn: '2030-03-13', satisfaction: 5, note: words.note });
    await story.act('followUp.archive');
    await story.workflow().result();
  },

  async silent(story) {
    await story.register();
    await story.act('negotiation.serveRequest', { servedOn: '2030-03-04', method: 'hand' });
    await story.runsOut('negotiation.response', '2030-03-11');
    await story.runsOut('mediation.offer', '2030-03-27');
    await story.runsOut('followUp.visit', '2030-04-29');
    await story.untilRunOut('followUp.archive');
    await story.workflow().result();
  },

  async confirmed(story) {
    await agreed(story, [owed('w1', [{ amount: 1000, dueOn: '2030-04-10' }])]);
    await story.act('judicialConfirmation.applyJointly', { appliedOn: '2030-03-04', ...both });
    await story.runsOut('judicialConfirmation.acceptance', '2030-03-07');
    const name = { zh: '测试假日', en: 'Test holiday' };
    await story.loadCalendar({
      ...{ year: 2030, notice: '测试通知〔2029〕1号', source: 'made up', workdays: [] },
      daysOff: [{ on: '2030-04-10', name }],
    });
    await story.act('judicialConfirmation.accept', { acceptedOn: '2030-03-08' }, 'court');
    const longer = { amount: 10, approvedBy: 'president', reason: words.reason };
    await story.act('judicialConfirmation.extend', longer, 'court');
    await story.act('judicialConfirmation.confirm', {}, 'court');
    await story.act('judicialConfirmation.recordReceipt', { party: 'w1', receivedOn: '2030-03-08' }, 'court');
    const objection = { filedOn: '2030-03-08', reason: words.reason };
    await story.act('judicialConfirmation.object', { ...objection, by: 'w1' }, 'w1');
    await story.act('judicialConfirmation.rejectObjection', { objection: 'b1', reason: words.reason }, 'court');
    await story.act('judicialConfirmation.object', { ...objection, by: 'interestedParty' }, 'court');
    await story.runsOut('agreementPerformance.instalment', '2030-04-11', 'o1.1');
    await story.act('followUp.reopen', { reason: words.reason }, 'union');
    await story.act('mediation.declineOffer', {}, 'w1');
    await story.act('judicialConfirmation.upholdObjection', { objection: 'b2', reason: words.reason }, 'court');
  },

  async divided(story) {
    await hearing(story, { workers: 3 });
    const { caseNo } = story;
    const terms = draft([owed('w2', [{ amount: 10, dueOn: '2030-05-06' }])], ['w2']);
    await story.act('mediation.draftAgreement', terms, 'mediator');
    for (const by of ['w2', 'mediator']) await story.act('mediation.sign', { by, signedOn: '2030-03-04' });
    await story.act('mediation.seal', { sealedOn: '2030-03-04' });
    const last = await story.act('mediation.sign', { by: 'r1', signedOn: '2030-03-04' });
    story.follow(story.record.splits.get(`${caseNo} split:${last.actId}`) ?? '');
    await story.record.seen('the linked case', ({ type }) => type === 'case.split');
    await story.act('mediation.extend', { amount: 5, ...both, agreedBy: ['w1', 'w3', 'r1'] });
    await story.act('mediation.fail', { reason: words.reason }, 'mediator');
  },

  async ordered(story) {
    const claims = [{ id: 'c1', worker: 'w1', kind: 'pay' as const, subject: 'damages' as const, amountFen: 100_000 }];
    await agreed(story, [owed('w1', [{ amount: 1000, dueOn: '2030-03-06' }])], { claims });
    await story.runsOut('agreementPerformance.instalment', '2030-03-06', 'o1.1');
    const on = '2030-03-07';
    await story.act('paymentOrder.apply', {
      ...{ appliedOn: on, amount: 1000, summary: words.terms, evidence: ['mediationAgreement'] },
      ...{ debtorCanBeServed: true, noOtherDebts: true, debtorInCountry: true, noCounterPerformance: true },
      ...{ noPreservation: true, courtOfDebtor: true, note: words.note },
    });
    await story.runsOut('paymentOrder.acceptance', '2030-03-12');
    await story.act('paymentOrder.accept', { on: '2030-03-13' }, 'court');
    await story.act('paymentOrder.issue', { on: '2030-03-13' }, 'court');
    await story.act('paymentOrder.recordService', { on: '2030-03-13' }, 'court');
    const objection = { party: 'r1', filedOn: '2030-03-13', ground: 'disputesDebt', reason: words.reason };
    await story.act('paymentOrder.object', { ...objection, form: 'oral' }, 'r1');
    await story.act('paymentOrder.object', { ...objection, form: 'written' }, 'r1');
    await story.act('paymentOrder.recordRuling', { on: '2030-03-13' }, 'court');
    await story.runsOut('paymentOrder.suitDeclined', '2030-03-20');
  },

  async watched(story) {
    await story.register({ facts: { knownOn: '2029-08-10' } });
    await story.act('negotiation.withdraw', { reason: words.reason });
    await story.act('followUp.recordVisit', { visitedOn: '2030-03-04', paidInFull: false, note: words.note });
    await story.act('followUp.archive');
    await story.opened('limitationWatch');
    const relief = { on: '2030-03-04', kind: 'soughtRelief', body: 'petition', note: words.note };
    await story.act('limitationWatch.recordInterruption', relief);
    await story.act('limitationWatch.reopen', { reason: words.reason });
    const { seq } = story.last('limitationWatch.ended');
    await story.record.seen('the case again', (event) => event.type === 'mediation.opened' && event.seq > seq);
    await story.act('mediation.declineOffer', {}, 'w1');
  },

  async arbitrated(story) {
    const claims = [{ id: 'c1', worker: 'w1', kind: 'pay' as const, subject: 'wages' as const, amountFen: 100_000 }];
    await story.register({ claims, facts: { knownOn: '2029-08-10' } });
    const on = '2030-03-04';
    await story.act('case.recordArbitration', { party: 'w1', filedOn: on, note: words.note });
    await story.act('arbitration.recordDocketed', { on }, 'arbitrator');
    await story.act('arbitration.extend', { days: 15, reason: words.reason });
    const items = [{ claim: 'c1', subject: 'wages', creditor: 'w1', amount: 1000 }];
    await story.act('arbitration.recordAward', {
      ...{ awardedOn: on, monthlyMinimumWage: 2000, documents: [{ stated: 'unstated', items }], note: words.note },
    });
    await story.runsOut('arbitration.receipt', '2030-03-19');
    await story.act('arbitration.recordSuit', { document: 'a1', party: 'w1', filedOn: '2030-03-20' }, 'court');
    await story.act('arbitration.recordSuitEnded', { document: 'a1', how: 'dismissed', receivedOn: '2030-03-20' });
    await story.runsOut('arbitration.setAsideAfterSuit', '2030-04-19', 'a1:r1');
    await story.opened('limitationWatch');
  },

  async delegated(story) {
    const referral = { by: 'court', kind: 'delegated', receivedOn: '2030-03-04', ref: 'C-1', online: true } as const;
    await story.register({ channel: 'court', referral, facts: { relation: 'service' } });
    await story.runsOut('preLitigationMediation.taking', '2030-03-07', 'a1');
    await story.act('preLitigationMediation.take', { takenOn: '2030-03-08', note: words.note }, 'mediator');
    await story.act('preLitigationMediation.invite', { invitedOn: '2030-03-08' }, 'mediator');
    await story.act('preLitigationMediation.consent', { party: 'r1', willing: true }, 'r1');
    await story.runsOut('preLitigationMediation.mediatorChoice', '2030-03-12');
    await story.act('preLitigationMediation.nameMediator', { mediatorId: 'T-3' }, 'court');
    const online = { channel: 'video' };
    await story.act('preLitigationMediation.arrangeSession', { ...online, on: '2030-03-14', link: words.session });
    const conceded = { concededFacts: [{ by: 'r1', text: words.conceded }] };
    await story.act('preLitigationMediation.holdSession', { ...online, ...conceded, heldOn: '2030-03-13' }, 'mediator');
    await story.act('preLitigationMediation.extend', { amount: 5, ...both }, 'mediator');
    const refusal = { party: 'r1', reason: words.reason };
    await story.act('preLitigationMediation.refuse', refusal, 'r1');
    await story.runsOut('followUp.filing', '2030-03-20');
    await story.act('followUp.recordVisit', { visitedOn: '2030-03-21' });
    await story.act('followUp.archive');
    await story.workflow().result();
  },

  async major(story) {
    await story.register({ workers: 10, channel: 'petition', groups: ['migrantWorker'] });
    const signedBy = Array.from({ length: 10 }, (_, index) => `w${index + 1}`);
    const representatives = { representatives: ['w1', 'w2', 'w3'], signedBy, note: words.note };
    await story.act('case.chooseRepresentatives', representatives);
    await story.act('case.reportPublicOpinion', { seenOn: '2030-03-04', note: words.session });
    await story.untilRunOut('emergencyResponse.assembly');
    const offices = ['court', 'employersOrganisation', 'operator', 'justice', 'politicsAndLaw', 'union'];
    await story.act('emergencyResponse.assemble', { members: [...offices, 'labourInspection', 'petitionOffice'] });
    await story.act('emergencyResponse.plan', { summary: words.terms });
    await story.act('emergencyResponse.report', { situation: 'easing', summary: words.session });
    await story.untilRunOut('emergencyResponse.report');
    await story.act('negotiation.withdraw', { reason: words.reason, consentedBy: signedBy });
    await story.act('followUp.recordVisit', { visitedOn: '2030-03-06', note: words.note });
    await story.act('followUp.archive');
    // Once a child has outlived the run that opened it and ended, the time-skipping server lets no more time pass.
    await story.record.seen('the end of both', ({ type }) => type === 'emergencyResponse.ended');
  },

  async moved(story) {
    const to = async (sha256: string) =>
      void (await story.act('case.moveToRelease', { sha256, reason: words.reason }, 'administrator'));
    const { sha256: later } = await tenDays();
    await agreed(story, [owed('w1', [{ amount: 1000, dueOn: '2030-03-12' }])], { region: '310116' });
    await story.act('arbitrationReview.applyJointly', { appliedOn: '2030-03-04', ...both, ...reviewPapers });
    await story.sleepUntil('2030-03-05');
    const before = story.state().case.sha256;
    await to(later);
    await story.record.seen('the review following', ({ type }) => type === 'arbitrationReview.movedToRelease');
    await story.act('arbitrationReview.accept', { acceptedOn: '2030-03-05' }, 'arbitrator');
    await to(before);
    await story.act('arbitrationReview.withdraw', { reason: words.reason });
    await story.act('agreementPerformance.recordPayment', {
      ...{ instalment: 'o1.1', paidOn: '2030-03-05', amount: 1000, evidence: true, confirmedByPayee: true },
    });
    await story.act('followUp.recordVisit', { visitedOn: '2030-03-05' });
    await story.act('followUp.archive');
    await story.workflow().result();
  },

  async notAdmissible(story) {
    await story.register({ facts: { exclusion: 'household' } });
    await story.workflow().result();
  },
};

/** On which stage a story is told, where it is not the plain one. */
export const recordedSettings: Record<string, () => Promise<Partial<Setting>>> = {
  moved: async () => fromTuesday(await tenDays()),
};
