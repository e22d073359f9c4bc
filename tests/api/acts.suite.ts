import { describe, expect, it } from 'vitest';
import { actContracts } from '../../contracts/acts/index.ts';
import { allActs } from '../../domain/procedures/index.ts';
import type { Person } from '../support/app.ts';
import { reviewPapers } from '../support/terms.ts';
import { cannotBeRefused, samples } from './samples.ts';
import {
  act,
  administrator,
  agreed,
  arbitrator,
  atStage,
  besideOpen,
  court,
  done,
  employer,
  expectBilingual,
  expectProblem,
  find,
  hejie,
  inDays,
  items,
  mediating,
  mediator,
  negotiating,
  nothingChanges,
  operator,
  personal,
  register,
  settled,
  staff,
  terms,
  today,
  union,
  watched,
  worker,
} from './stage.ts';

const notOpen = [
  ...['act-not-open', 'not-allowed', 'deadline-passed', 'case-closed', 'unknown-act'],
  ...['agreement-stands', 'transfer-waiting', 'transfer-answered'],
];

/** Cases at each point where something else is open. */
const points: Array<[string, () => Promise<string>, Person[]]> = [
  ['registered for negotiation', () => register(), [operator, court, administrator, worker, employer]],
  ['at the table', () => negotiating(), [operator, union, worker, employer]],
  ['performing a settlement', () => settled(), [operator, worker, employer]],
  ['offered mediation', () => register({ requestedRoute: 'mediation' }), [operator, union, worker, employer]],
  [
    'asked whether both agree to mediation',
    async () => {
      const caseNo = await register({ requestedRoute: 'mediation' });
      await done(operator, caseNo, 'mediation.apply', { receivedOn: today(), form: 'oral' });
      return caseNo;
    },
    [operator, mediator, employer],
  ],
  ['in mediation', () => mediating(), [mediator, worker]],
  [
    'being signed',
    async () => {
      const caseNo = await mediating();
      await done(mediator, caseNo, 'mediation.draftAgreement', terms());
      return caseNo;
    },
    [mediator, worker],
  ],
  ['performing a mediation agreement', () => agreed(), [operator, arbitrator, court, worker, administrator]],
  [
    'under arbitration review',
    async () => {
      const caseNo = await agreed();
      await done(arbitrator, caseNo, 'arbitrationReview.applyJointly', {
        appliedOn: today(),
        agreedBy: ['w1', 'r1'],
        ...reviewPapers,
      });
      await besideOpen(caseNo);
      return caseNo;
    },
    [arbitrator],
  ],
  [
    'docketed by the court',
    async () => {
      const caseNo = await agreed();
      await done(court, caseNo, 'judicialConfirmation.applyJointly', { appliedOn: today(), agreedBy: ['w1', 'r1'] });
      await besideOpen(caseNo);
      await done(court, caseNo, 'judicialConfirmation.accept', { acceptedOn: today() });
      return caseNo;
    },
    [court],
  ],
  [
    'confirmed, with an objection to be decided',
    async () => {
      const caseNo = await agreed();
      await done(court, caseNo, 'judicialConfirmation.applyJointly', { appliedOn: today(), agreedBy: ['w1', 'r1'] });
      await besideOpen(caseNo);
      await done(court, caseNo, 'judicialConfirmation.accept', { acceptedOn: today() });
      await done(court, caseNo, 'judicialConfirmation.confirm');
      const objection = { by: 'interestedParty', filedOn: today(), reason: '裁定有错误' };
      await done(court, caseNo, 'judicialConfirmation.object', objection);
      return caseNo;
    },
    [court, worker],
  ],
  [
    'visited afterwards',
    async () => {
      const caseNo = await register();
      await done(operator, caseNo, 'negotiation.withdraw', { reason: '撤回' });
      await atStage(caseNo, 'followUp');
      return caseNo;
    },
    [operator, union],
  ],
  ['closed unsettled, its limitation watched', () => watched(), [operator, worker]],
  [
    'awarded by the commission',
    async () => {
      const caseNo = await register();
      await done(operator, caseNo, 'case.recordArbitration', { party: 'w1', filedOn: today() });
      await besideOpen(caseNo);
      await done(arbitrator, caseNo, 'arbitration.recordDocketed', { on: today() });
      await done(arbitrator, caseNo, 'arbitration.recordAward', samples()['arbitration.recordAward']);
      await done(arbitrator, caseNo, 'arbitration.recordReceipt', samples()['arbitration.recordReceipt']);
      return caseNo;
    },
    [arbitrator, court],
  ],
];

describe('the acts that are open', () => {
  it.each(points)('are exactly those that can then be done, when a case is %s', async (_point, build, people) => {
    const caseNo = await build();
    let listed = 0;
    for (const by of people) {
      const open = await items(`/v1/cases/${caseNo}/acts`, by);
      const names: string[] = open.map((entry: { act: string }) => entry.act);
      listed += names.length;
      for (const entry of open) {
        expectBilingual(entry.title);
        expect(entry).toMatchObject({ article: expect.any(String), legalRef: expect.any(String) });
        expect(entry.schema).toMatchObject({ type: 'object', additionalProperties: false });
        expect(entry.href).toBe(`/v1/cases/${caseNo}/acts/${entry.act}`);
      }
      await Promise.all(
        Object.entries(samples(inDays(1))).map(async ([name, body]) => {
          const isListed = names.includes(name);
          if (isListed && cannotBeRefused.includes(name)) {
            const answer = await act(by, await build(), name, body);
            expect(answer.status, `${by.role} ${name}: ${answer.text.slice(0, 300)}`).toBe(200);
            return;
          }
          const answer = await act(by, caseNo, name, body);
          expect(answer.status, `${by.role} ${name}`).toBeGreaterThanOrEqual(400);
          const who = `${by.role} ${name} ${answer.body.code}; listed: ${names}`;
          if (isListed) expect(notOpen, who).not.toContain(answer.body.code);
          else expect([...notOpen, 'not-your-party'], who).toContain(answer.body.code);
        }),
      );
    }
    expect(listed).toBeGreaterThan(0);
  });

  it('leave nobody without an act: every act of the catalogue is open at some point', async () => {
    const seen = new Set<string>();
    const acts = new Set(Object.keys(actContracts));
    // Stages that come only after another act are walked through one by one.
    const caseNo = await mediating();
    const look = async () => {
      for (const by of [...staff, worker, employer])
        for (const entry of await items(`/v1/cases/${caseNo}/acts`, by)) seen.add(entry.act);
    };
    await look();
    await done(mediator, caseNo, 'mediation.draftAgreement', terms());
    for (const by of ['w1', 'r1', 'mediator'])
      await done(mediator, caseNo, 'mediation.sign', { by, signedOn: today() });
    await look();
    await done(mediator, caseNo, 'mediation.seal', { sealedOn: today() });
    await atStage(caseNo, 'agreementPerformance');
    await done(operator, caseNo, 'agreementPerformance.recordPayment', samples()['agreementPerformance.recordPayment']);
    await look();
    await done(arbitrator, caseNo, 'arbitrationReview.applyJointly', {
      appliedOn: today(),
      agreedBy: ['w1', 'r1'],
      ...reviewPapers,
    });
    await besideOpen(caseNo);
    await look();
    await done(arbitrator, caseNo, 'arbitrationReview.accept', { acceptedOn: today() });
    await look();
    await done(arbitrator, caseNo, 'arbitrationReview.issue');
    await look();
    await done(arbitrator, caseNo, 'arbitrationReview.recordReceipt', { party: 'w1', receivedOn: today() });
    await done(arbitrator, caseNo, 'arbitrationReview.recordReceipt', { party: 'r1', receivedOn: today() });
    await done(worker, caseNo, 'agreementPerformance.confirmPerformed', { instalment: 'o1.1' });
    await atStage(caseNo, 'followUp');
    await look();
    await done(operator, caseNo, 'followUp.recordVisit', { visitedOn: today() });
    const archiving = await items(`/v1/cases/${caseNo}/acts`);
    for (const entry of archiving) seen.add(entry.act);
    await done(operator, caseNo, 'followUp.archive', { incompleteBecause: '案卷另存纸质材料' });
    await atStage(caseNo, 'closed');

    const walked = ['mediation', 'agreementPerformance', 'arbitrationReview', 'followUp'];
    const missing = [...acts].filter((name) => walked.includes(name.split('.')[0] ?? '') && !seen.has(name));
    expect(missing.sort()).toEqual([
      // Only where a court has sent the case; see court-docking.suite.ts.
      'agreementPerformance.recordCourtDocument',
      'agreementPerformance.recordSuitWithdrawn',
      // Only where the dispute is not settled; see payment-order.suite.ts.
      'followUp.choosePaymentOrder',
      'followUp.recordFiling',
      'mediation.accept',
      'mediation.apply',
      'mediation.consent',
      'mediation.decline',
      'mediation.declineOffer',
    ]);
  });

  it('are declared beside each act, with who may, the article and the row of the table', () => {
    for (const [name, one] of allActs) {
      expect(one.by.length, name).toBeGreaterThan(0);
      expect(one.legalRef, name).toMatch(/^[A-Z]{2,3}-\d{2}$/);
      expect(one.source, name).toMatch(/条|号|规则|规定|方案/);
      expectBilingual(one.title);
    }
  });
});

describe('a party', () => {
  it('sees its own case and the name of the other side, not how to find it', async () => {
    const caseNo = await register();
    const seen = async (by: Person) => (await find(caseNo, by)).parties;
    const masked = `${personal.idNumber.slice(0, 4)}${'*'.repeat(10)}${personal.idNumber.slice(-4)}`;
    expect(await seen(worker)).toMatchObject([
      { id: 'w1', name: personal.worker, you: true, phone: personal.workerPhone, idNumber: masked },
      { id: 'r1', name: personal.employer },
    ]);
    for (const by of [worker, employer]) {
      const other = (await seen(by)).find(({ you }: { you?: boolean }) => you === undefined);
      for (const field of ['phone', 'email', 'address', 'idNumber']) expect(other).not.toHaveProperty(field);
    }
    expect(await seen(operator)).toMatchObject([
      { phone: personal.workerPhone, email: personal.workerMail, idNumber: masked },
      { phone: personal.employerPhone },
    ]);
    const pages = await Promise.all(
      ['', '/acts', '/timeline', '/deadlines', '/decisions', '/notices', '/procedures'].map((part) =>
        hejie().get(employer, `/v1/cases/${caseNo}${part}`),
      ),
    );
    for (const { text } of pages)
      for (const secret of [personal.workerPhone, personal.workerMail, personal.idNumber, personal.address])
        expect(text).not.toContain(secret);
  });

  it('sees only its own cases in lists', async () => {
    const nobody = { subject: 'account-of-a-newcomer', role: 'party' as const };
    expect((await hejie().get(nobody, '/v1/cases')).body.items).toEqual([]);
    expect((await hejie().get(nobody, '/v1/deadlines')).body.items).toEqual([]);
    const caseNo = await register({
      workers: [{ name: '测试新人', account: nobody.subject, claims: [{ kind: 'pay', subject: 'wages' }] }],
    });
    expect((await hejie().get(nobody, '/v1/cases')).body.items.map(({ id }: { id: string }) => id)).toEqual([caseNo]);
  });

  it('sees the notices that were sent to it, not those of the other side', async () => {
    const caseNo = await negotiating();
    const to = async (by: Person) => [
      ...new Set(
        (await items(`/v1/cases/${caseNo}/notices`, by)).map(({ recipient }: { recipient: string }) => recipient),
      ),
    ];
    expect((await to(operator)).sort()).toEqual(['r1', 'w1']);
    expect(await to(employer)).toEqual(['r1']);
    expect(await to(worker)).toEqual(['w1']);
  });

  it('answers, pays and confirms by itself', async () => {
    const caseNo = await register();
    await done(worker, caseNo, 'negotiation.serveRequest', {
      servedOn: today(),
      method: 'electronic',
      channel: 'internet',
    });
    await done(employer, caseNo, 'negotiation.respond', { willing: true, form: 'written', party: 'r1' });
    const timeline = await items(`/v1/cases/${caseNo}/timeline`);
    expect(timeline.find(({ type }: { type: string }) => type === 'negotiation.requestServed')).toMatchObject({
      by: { role: 'party', party: 'w1' },
      channel: 'internet',
    });
    await nothingChanges(caseNo, async () =>
      expectProblem(
        await act(employer, caseNo, 'negotiation.respond', { willing: true, form: 'oral', party: 'w1' }),
        403,
        'not-your-party',
      ),
    );
  });
});
