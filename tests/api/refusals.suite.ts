import { importJWK, SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { DEV_ISSUER } from '../../api/dev-issuer.ts';
import { type Answer, AUDIENCE, type Person } from '../support/app.ts';
import { reviewPapers } from '../support/terms.ts';
import {
  act,
  agreed,
  arbitrator,
  atStage,
  besideOpen,
  court,
  done,
  employer,
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
  register,
  registration,
  settled,
  settlement,
  stranger,
  terms,
  today,
  union,
  worker,
  written,
} from './stage.ts';

type Refused = [string, string, unknown, number, Parameters<typeof expectProblem>[2], string | undefined, Person?];

/** Each must be refused so, and leave the case as it was. */
async function allRefused(caseNo: string, list: Refused[]): Promise<void> {
  for (const [why, name, body, status, code, field, by = operator] of list)
    await nothingChanges(caseNo, async () => {
      const answer = await act(by, caseNo, name, body);
      expect(answer.status, `${why}: ${answer.text.slice(0, 300)}`).toBe(status);
      expectProblem(answer, status, code, field);
    });
}

const one = (more: Record<string, unknown> = {}) => ({
  debtor: 'r1',
  creditor: 'w1',
  amount: 1000,
  instalments: [{ amount: 1000, dueOn: inDays(30) }],
  ...more,
});

describe('an act is refused, with its reason in both languages and nothing written, when', () => {
  it('what is sent does not fit the act', async () => {
    const caseNo = await register();
    const serve = 'negotiation.serveRequest';
    await allRefused(caseNo, [
      ['an unknown field', serve, { servedOn: today(), method: 'hand', by: 'me' }, 422, 'bad-input', '/by'],
      ['a missing field', serve, { method: 'hand' }, 422, 'bad-input', '/servedOn'],
      ['a wrong type', serve, { servedOn: 20_261_124, method: 'hand' }, 422, 'bad-input', '/servedOn'],
      ['a day that does not exist', serve, { servedOn: '2026-02-30', method: 'hand' }, 422, 'bad-input', '/servedOn'],
      ['a day to come', serve, { servedOn: inDays(1), method: 'hand' }, 422, 'day-in-the-future', '/servedOn'],
      [
        'a year without a calendar',
        serve,
        { servedOn: '2021-03-01', method: 'hand' },
        422,
        'calendar-missing',
        '/servedOn',
      ],
      ['a method that is none', serve, { servedOn: today(), method: 'dove' }, 422, 'bad-input', '/method'],
      ['a way that is none', serve, { servedOn: today(), method: 'hand', channel: 'x' }, 422, 'bad-input', '/channel'],
      [
        'a text too long',
        serve,
        { servedOn: today(), method: 'hand', note: '长'.repeat(4001) },
        422,
        'bad-input',
        '/note',
      ],
      ['a NUL', serve, { servedOn: today(), method: 'hand', note: 'a\u0000' }, 422, 'bad-input', '/note'],
      ['no object', serve, [], 422, 'bad-input', ''],
      ['an act that does not exist', 'negotiation.dance', {}, 404, 'unknown-act', undefined],
      ['an act by the name of what every object has', 'constructor', {}, 404, 'unknown-act', undefined],
      ['an act with another prototype', '__proto__', {}, 404, 'unknown-act', undefined],
      [
        'an act of a procedure to come',
        'mediation.seal',
        { sealedOn: today() },
        409,
        'act-not-open',
        undefined,
        mediator,
      ],
      ['an act that is not open yet', 'negotiation.settle', settlement(), 409, 'act-not-open', undefined],
    ]);
  });

  it('the terms of a settlement cannot be performed', async () => {
    const caseNo = await negotiating();
    const settle = 'negotiation.settle';
    const of = (obligation: unknown) => settlement({ obligations: [obligation] });
    const at = '/obligations/0';
    await allRefused(caseNo, [
      [
        'the instalments do not add up',
        settle,
        of(one({ amount: 1000.01 })),
        422,
        'instalments-do-not-add-up',
        `${at}/instalments`,
      ],
      [
        'a due day before today',
        settle,
        of(one({ instalments: [{ amount: 1000, dueOn: inDays(-1) }] })),
        422,
        'due-before-today',
        `${at}/instalments/0/dueOn`,
      ],
      [
        'a due day that does not exist',
        settle,
        of(one({ instalments: [{ amount: 1000, dueOn: '2027-04-31' }] })),
        422,
        'bad-input',
        `${at}/instalments/0/dueOn`,
      ],
      [
        'a due day that no table covers',
        settle,
        of(one({ instalments: [{ amount: 1000, dueOn: '2051-01-01' }] })),
        422,
        'calendar-missing',
        `${at}/instalments/0/dueOn`,
      ],
      ['no due day', settle, of(one({ instalments: [{ amount: 1000 }] })), 422, 'term-missing', `${at}/instalments/0`],
      [
        'less than nothing',
        settle,
        of(one({ amount: -1, instalments: [{ amount: -1, dueOn: inDays(1) }] })),
        422,
        'bad-input',
        `${at}/amount`,
      ],
      [
        'a sum of nothing',
        settle,
        of(one({ amount: 0, instalments: [{ amount: 0, dueOn: inDays(1) }] })),
        422,
        'bad-input',
        `${at}/amount`,
      ],
      [
        'three decimals',
        settle,
        of(one({ amount: 0.001, instalments: [{ amount: 0.001, dueOn: inDays(1) }] })),
        422,
        'bad-input',
        `${at}/instalments/0/amount`,
      ],
      ['somebody unknown owes', settle, of(one({ debtor: 'r9' })), 422, 'unknown-party', `${at}/debtor`],
      ['a name for an id', settle, of(one({ debtor: '乙公司' })), 422, 'bad-input', `${at}/debtor`],
      ['it is owed to oneself', settle, of(one({ creditor: 'r1' })), 422, 'same-debtor-and-creditor', `${at}/creditor`],
      [
        'more instalments than a case can carry',
        settle,
        settlement({
          obligations: Array.from({ length: 13 }, () =>
            one({ amount: 120, instalments: Array.from({ length: 120 }, () => ({ amount: 1, dueOn: inDays(9) })) }),
          ),
        }),
        422,
        'bad-input',
        '/obligations',
      ],
      ['nobody is covered', settle, settlement({ coveredWorkers: [] }), 422, 'nobody-covered', '/coveredWorkers'],
      ['a worker unknown', settle, settlement({ coveredWorkers: ['w7'] }), 422, 'unknown-worker', '/coveredWorkers'],
      ['a content missing', settle, settlement({ content: {} }), 422, 'agreement-incomplete', '/content/matter'],
      [
        'a content under a name of words',
        settle,
        settlement({ content: { 测试甲同意放弃: '是' } }),
        422,
        'bad-input',
        '/content/测试甲同意放弃',
      ],
      [
        'signed before the case was',
        settle,
        { ...settlement(), signedOn: inDays(-1) },
        422,
        'day-too-early',
        '/signedOn',
      ],
      ['one side alone', settle, { ...settlement(), agreedBy: ['w1'] }, 409, 'both-sides-needed', '/agreedBy'],
      ['a stranger agrees', settle, { ...settlement(), agreedBy: ['w1', 'r4'] }, 422, 'unknown-party', '/agreedBy'],
      [
        'both a length and a last day',
        'negotiation.extend',
        { amount: 5, until: inDays(50), agreedBy: ['w1', 'r1'] },
        422,
        'bad-input',
        '',
      ],
      [
        'a last day that has passed',
        'negotiation.agreePeriod',
        { until: inDays(-1), agreedBy: ['w1', 'r1'] },
        422,
        'due-before-today',
        '/until',
      ],
    ]);
    expect(await items(`/v1/cases/${caseNo}/notices`)).toHaveLength(2);
  });

  it('LIM-02 an interruption of a limitation that did not run yet', async () => {
    const caseNo = await register({ facts: { relation: 'labour', knownOn: inDays(-30) } });
    await nothingChanges(caseNo, async () =>
      expectProblem(
        await act(operator, caseNo, 'case.recordInterruption', { on: inDays(-31), kind: 'soughtRelief' }),
        409,
        'nothing-to-interrupt',
        '/on',
      ),
    );
    await done(operator, caseNo, 'case.recordInterruption', { on: today(), kind: 'soughtRelief' });
  });

  it('a worker whom the settlement would bind has not signed', async () => {
    const second = { name: '测试工人二', claims: [{ kind: 'pay', subject: 'wages' }] };
    const caseNo = await negotiating({ workers: [...registration().workers, second] });
    const both = settlement({ coveredWorkers: ['w1', 'w2'] });
    await allRefused(caseNo, [['w2 did not sign', 'negotiation.settle', both, 409, 'signature-missing', '/agreedBy']]);
  });

  it('a period is extended again and again until no calendar reaches it', async () => {
    const caseNo = await negotiating();
    const longer = { amount: 3650, agreedBy: ['w1', 'r1'] };
    await done(operator, caseNo, 'negotiation.extend', longer);
    await done(operator, caseNo, 'negotiation.extend', longer);
    await allRefused(caseNo, [['beyond', 'negotiation.extend', longer, 422, 'calendar-missing', '/amount']]);
    // And the case is not stuck: it takes the next act.
    await done(operator, caseNo, 'negotiation.breakOff', { party: 'w1', reason: '不再协商' });
  });

  it('the mediation has not come so far', async () => {
    const caseNo = await register({ requestedRoute: 'mediation' });
    await done(operator, caseNo, 'mediation.apply', { receivedOn: today(), form: 'written' });
    await allRefused(caseNo, [
      [
        'without both consents',
        'mediation.accept',
        { acceptedOn: today() },
        409,
        'consent-missing',
        undefined,
        mediator,
      ],
      [
        'the applicant has consented by applying',
        'mediation.consent',
        { party: 'w1', willing: true },
        409,
        'already-done',
        '/party',
      ],
    ]);
    await done(operator, caseNo, 'mediation.consent', { party: 'r1', willing: true });
    await allRefused(caseNo, [
      ['accepted before it came', 'mediation.accept', { acceptedOn: inDays(-1) }, 422, 'day-too-early', '/acceptedOn'],
    ]);
    await done(mediator, caseNo, 'mediation.accept', { acceptedOn: today() });
    await allRefused(caseNo, [
      ['no mediator', 'mediation.draftAgreement', terms(), 409, 'mediator-missing', undefined, mediator],
      [
        'no mediator for a session',
        'mediation.holdSession',
        { heldOn: today(), channel: 'room' },
        409,
        'mediator-missing',
        undefined,
        mediator,
      ],
      [
        'a name for a number of the roster',
        'mediation.assignMediator',
        { mediatorId: '测试调解员' },
        422,
        'bad-input',
        '/mediatorId',
        mediator,
      ],
    ]);
  });

  it('somebody signs twice, for another, or is not asked to', async () => {
    const caseNo = await mediating();
    await done(mediator, caseNo, 'mediation.draftAgreement', terms());
    await done(mediator, caseNo, 'mediation.sign', { by: 'w1', signedOn: today() });
    await allRefused(caseNo, [
      ['twice', 'mediation.sign', { by: 'w1', signedOn: today() }, 409, 'already-signed', undefined],
      ['not asked', 'mediation.sign', { by: 'w2', signedOn: today() }, 422, 'unknown-party', '/by', mediator],
      ['not a party at all', 'mediation.sign', { by: 'Li', signedOn: today() }, 422, 'bad-input', '/by', mediator],
    ]);
  });

  it('a payment does not fit what is owed', async () => {
    const caseNo = await settled({
      obligations: [
        one({
          amount: 1500,
          instalments: [
            { amount: 1000, dueOn: inDays(30) },
            { amount: 500, dueOn: inDays(60) },
          ],
        }),
      ],
    });
    const pay = 'settlementPerformance.recordPayment';
    const payment = { instalment: 'o1.1', amount: 400, paidOn: today(), evidence: true, ref: 'BANK-1' };
    await done(operator, caseNo, pay, payment);
    await done(employer, caseNo, pay, { ...payment, ref: 'BANK-2', amount: 100 });
    await allRefused(caseNo, [
      ['the same bank number', pay, payment, 409, 'payment-already-recorded', '/ref'],
      ['more than is owed', pay, { ...payment, ref: 'BANK-3', amount: 500.01 }, 422, 'overpayment', '/amount'],
      [
        'no such instalment',
        pay,
        { ...payment, ref: 'B', instalment: 'o9.1' },
        422,
        'unknown-instalment',
        '/instalment',
      ],
      ['tomorrow', pay, { ...payment, ref: 'B', paidOn: inDays(1) }, 422, 'day-in-the-future', '/paidOn'],
      ['nothing', pay, { ...payment, ref: 'B', amount: 0 }, 422, 'bad-input', '/amount'],
      [
        'no such payment',
        'settlementPerformance.confirmPayment',
        { payment: 'p9' },
        422,
        'unknown-payment',
        '/payment',
      ],
      [
        'the debtor confirms',
        'settlementPerformance.confirmPayment',
        { payment: 'p1' },
        409,
        'wrong-side',
        undefined,
        employer,
      ],
      [
        'the debtor says the payee has confirmed',
        pay,
        { ...payment, ref: 'BANK-4', amount: 500, confirmedByPayee: true },
        409,
        'wrong-side',
        '/confirmedByPayee',
        employer,
      ],
      [
        'the debtor declares it performed',
        'settlementPerformance.confirmPerformed',
        { instalment: 'o1.1' },
        409,
        'wrong-side',
        undefined,
        employer,
      ],
      [
        'rescheduled into the past',
        'settlementPerformance.reschedule',
        { instalment: 'o1.1', dueOn: inDays(-1), agreedBy: ['w1', 'r1'] },
        422,
        'due-before-today',
        '/dueOn',
      ],
    ]);
    await done(worker, caseNo, 'settlementPerformance.confirmPayment', { payment: 'p1' });
    await done(worker, caseNo, 'settlementPerformance.confirmPerformed', { instalment: 'o1.1' });
    await allRefused(caseNo, [
      ['dealt with', 'settlementPerformance.confirmPayment', { payment: 'p1' }, 409, 'act-not-open', undefined],
      ['performed already', pay, { ...payment, ref: 'B' }, 409, 'instalment-closed', '/instalment'],
    ]);
    await done(employer, caseNo, pay, { ...payment, instalment: 'o1.2', ref: 'BANK-5' });
    await allRefused(caseNo, [
      ['dealt with', 'settlementPerformance.confirmPayment', { payment: 'p1' }, 409, 'payment-closed', '/payment'],
    ]);
  });

  it('an objection to the ruling is decided once, and is filed in one’s own name', async () => {
    const caseNo = await agreed();
    await done(court, caseNo, 'judicialConfirmation.applyJointly', { appliedOn: today(), agreedBy: ['w1', 'r1'] });
    await besideOpen(caseNo);
    await done(court, caseNo, 'judicialConfirmation.accept', { acceptedOn: today() });
    await done(court, caseNo, 'judicialConfirmation.confirm');
    const objection = { by: 'w1', filedOn: today(), reason: '裁定有错误' };
    await done(worker, caseNo, 'judicialConfirmation.object', objection);
    const answer = { objection: 'b7', reason: '异议成立' };
    await allRefused(caseNo, [
      ['twice', 'judicialConfirmation.object', objection, 409, 'objection-pending', undefined, worker],
      ['for another', 'judicialConfirmation.object', { ...objection, by: 'r1' }, 409, 'wrong-side', '/by', worker],
      ['none', 'judicialConfirmation.upholdObjection', answer, 422, 'unknown-objection', '/objection', court],
    ]);
  });

  it('the ways to make an agreement enforceable exclude each other', async () => {
    const caseNo = await agreed();
    const jointly = { appliedOn: today(), agreedBy: ['w1', 'r1'] };
    const review = 'arbitrationReview.applyJointly';
    const alone = { ...jointly, ...reviewPapers, agreedBy: ['w1'] };
    await allRefused(caseNo, [
      ['one side alone (JR-01)', review, alone, 409, 'both-sides-needed', '/agreedBy', arbitrator],
      ['without papers (JR-02)', review, jointly, 422, 'paper-missing', '/papers', arbitrator],
    ]);
    await done(arbitrator, caseNo, review, { ...jointly, ...reviewPapers });
    await besideOpen(caseNo);
    await allRefused(caseNo, [
      ['once is enough', 'arbitrationReview.applyJointly', jointly, 409, 'route-taken', undefined, arbitrator],
      ['the other way', 'judicialConfirmation.applyJointly', jointly, 409, 'route-taken', undefined],
      [
        'a ground that is not in the article',
        'arbitrationReview.refuseAcceptance',
        { ground: 'dislike', reason: '不喜欢' },
        422,
        'bad-input',
        '/ground',
        arbitrator,
      ],
      [
        'without a reason',
        'arbitrationReview.refuseAcceptance',
        { ground: 'outOfTime' },
        422,
        'bad-input',
        '/reason',
        arbitrator,
      ],
    ]);
    await done(arbitrator, caseNo, 'arbitrationReview.accept', { acceptedOn: today() });
    const more = { approvedBy: 'director', reason: '案情复杂' };
    await done(arbitrator, caseNo, 'arbitrationReview.extend', more);
    await allRefused(caseNo, [
      ['only once (JR-06)', 'arbitrationReview.extend', more, 409, 'extension-used-up', undefined, arbitrator],
    ]);
  });

  it('the relationship itself is in dispute, neither way is open (L2)', async () => {
    const claims = [{ kind: 'relationship', subject: 'other' }];
    const caseNo = await agreed({}, { workers: [{ ...registration().workers[0], claims }] });
    const jointly = { appliedOn: today(), agreedBy: ['w1', 'r1'] };
    await allRefused(caseNo, [
      ['review', 'arbitrationReview.applyJointly', jointly, 409, 'route-not-available', undefined, arbitrator],
    ]);
  });
});

describe('words of a refused act', () => {
  it('are gone, and so are the facts that were conceded with them', async () => {
    const caseNo = await negotiating();
    const secret = '此事实仅为和解而承认';
    const before = await written(caseNo);
    const body = settlement({ coveredWorkers: ['w9'], concededFacts: [{ by: 'r1', text: secret }] });
    expectProblem(
      await act(operator, caseNo, 'negotiation.settle', { ...body, reason: secret }),
      422,
      'unknown-worker',
    );
    expect(await written(caseNo)).toBe(before);
    expect(before).not.toContain(secret);
  });

  it('stay with an act that is done: the reason is read in the timeline, a conceded fact is not (NEG-08)', async () => {
    const caseNo = await negotiating();
    const secret = '此事实仅为和解而承认';
    const body = settlement({
      concededFacts: [{ by: 'r1', text: secret }],
      obligations: [
        one(),
        one({ form: 'certificate', amount: 0, what: '离职证明原件', instalments: [{ dueOn: inDays(9) }] }),
      ],
    });
    await done(operator, caseNo, 'negotiation.settle', { ...body, reason: '双方当面谈妥', note: '内部备注' });
    await atStage(caseNo, 'settlementPerformance');
    const settledEvent = async (by: Person) =>
      (await items(`/v1/cases/${caseNo}/timeline`, by)).find(
        ({ type }: { type: string }) => type === 'negotiation.settled',
      );
    expect((await settledEvent(operator)).words).toMatchObject({
      reason: '双方当面谈妥',
      note: '内部备注',
      content: { terms: '分期支付' },
      obligations: { o2: '离职证明原件' },
    });
    expect((await settledEvent(employer)).words.reason).toBe('双方当面谈妥');
    expect((await settledEvent(employer)).words).not.toHaveProperty('note');

    const [kept] = await hejie().db`select text, conceded_by from shielded_facts where case_no = ${caseNo}`;
    expect(kept).toEqual({ text: secret, conceded_by: 'r1' });
    for (const by of [operator, employer, worker])
      for (const part of ['', '/timeline', '/decisions', '/procedures', '/notices', '/deadlines'])
        expect((await hejie().get(by, `/v1/cases/${caseNo}${part}`)).text).not.toContain(secret);
  });
});

describe('who may', () => {
  it.each([
    ['a mediator cannot settle for the union', mediator, 'negotiation.withdraw', { reason: '不' }],
    [
      'a court clerk cannot serve the request',
      { ...mediator, subject: 'court-9', role: 'court' as const },
      'negotiation.serveRequest',
      { servedOn: today(), method: 'hand' },
    ],
    [
      'an arbitrator cannot answer for the employer',
      arbitrator,
      'negotiation.respond',
      { willing: true, form: 'oral', party: 'r1' },
    ],
    [
      'an administrator does not move cases',
      { subject: 'a-9', role: 'administrator' as const, region: '310116' },
      'negotiation.withdraw',
      { reason: '不' },
    ],
    [
      'the worker cannot answer the own request',
      worker,
      'negotiation.respond',
      { willing: true, form: 'oral', party: 'r1' },
    ],
    ['the employer cannot withdraw what the worker asked', employer, 'negotiation.withdraw', { reason: '不' }],
    ['a union officer does not accept mediation', union, 'mediation.accept', { acceptedOn: today() }],
  ] as Array<[string, Person, string, unknown]>)('%s', async (_title, by, name, body) => {
    const caseNo = await register();
    await nothingChanges(caseNo, async () => {
      expectProblem(await act(by, caseNo, name, body), 403, 'not-allowed');
      // Who may not is told so whatever he sends.
      expectProblem(await act(by, caseNo, name, { nonsense: 1 }), 403, 'not-allowed');
    });
  });

  it('a party speaks for itself, not for another of its own side', async () => {
    const other = { name: '测试工人二', account: 'account-worker-2', claims: [{ kind: 'pay', subject: 'wages' }] };
    const caseNo = await register({ workers: [...registration().workers, other] });
    await nothingChanges(caseNo, async () =>
      expectProblem(
        await act(worker, caseNo, 'negotiation.inviteHelper', { kind: 'union', for: 'w2' }),
        403,
        'not-your-party',
      ),
    );
    await done(worker, caseNo, 'negotiation.inviteHelper', { kind: 'union', for: 'w1' });
  });

  it('a party of another case, and an office of another region, find nothing there', async () => {
    const caseNo = await register();
    const chengdu = { ...operator, subject: 'window-chengdu', region: '510100' };
    const paths = ['', '/acts', '/timeline', '/deadlines', '/decisions', '/notices', '/procedures'];
    for (const by of [stranger, chengdu]) {
      for (const path of paths) expectProblem(await hejie().get(by, `/v1/cases/${caseNo}${path}`), 404, 'not-found');
      await nothingChanges(caseNo, async () =>
        expectProblem(await act(by, caseNo, 'negotiation.withdraw', { reason: '试' }), 404, 'not-found'),
      );
    }
    // A city sees its districts, a district not its city.
    expect((await hejie().get({ ...operator, region: '310000' }, `/v1/cases/${caseNo}`)).status).toBe(200);
    expectProblem(await hejie().get({ ...operator, region: '310115' }, `/v1/cases/${caseNo}`), 404, 'not-found');
  });

  it('what is no case number names no case', async () => {
    for (const id of ['1', '%00', '310116-2026-000001%27', '..%2f..', '310116-2026-999999', `${'9'.repeat(500)}`])
      expectProblem(await hejie().get(operator, `/v1/cases/${id}`), 404, 'not-found');
  });
});

describe('a token', () => {
  const path = '/v1/cases';
  const with_ = (authorization: string): Promise<Answer> =>
    hejie().call(undefined, 'GET', path, { headers: { authorization } });
  const signed = async (change: (jwt: SignJWT) => SignJWT, claims: Record<string, unknown> = {}) => {
    const exp = Math.floor(Date.now() / 1000) + 3600;
    const jwt = new SignJWT({ role: 'operator', region: '310116', exp, ...claims })
      .setProtectedHeader({ alg: 'ES256', kid: 'dev' })
      .setSubject('window-1')
      .setIssuer(DEV_ISSUER)
      .setAudience(AUDIENCE)
      .setIssuedAt();
    return `Bearer ${await change(jwt).sign(await importJWK(hejie().keys.private, 'ES256'))}`;
  };
  const text = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

  it('is needed', async () => {
    const answer = await hejie().get(undefined, path);
    expectProblem(answer, 401, 'no-token');
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    expectProblem(await with_('Basic d2luZG93OjE='), 401, 'no-token');
  });

  it('that is good is taken', async () => {
    expect((await with_(await signed((jwt) => jwt))).status).toBe(200);
  });

  it.each<[string, () => Promise<string>]>([
    ['is no token', async () => 'Bearer nonsense'],
    ['has run out', () => signed((jwt) => jwt.setExpirationTime(Math.floor(Date.now() / 1000) - 1))],
    ['never runs out', () => signed((jwt) => jwt, { exp: undefined })],
    ['is not good yet', () => signed((jwt) => jwt.setNotBefore('1h'))],
    ['is for another service', () => signed((jwt) => jwt.setAudience('another'))],
    ['is from another issuer', () => signed((jwt) => jwt.setIssuer('https://issuer.example.test'))],
    ['names a role that does not exist', () => signed((jwt) => jwt, { role: 'emperor' })],
    ['names no role', () => signed((jwt) => jwt, { role: undefined })],
    ['is of staff without a region', () => signed((jwt) => jwt, { region: undefined })],
    ['names a region that is none', () => signed((jwt) => jwt, { region: '31%' })],
    ['names nobody', () => signed((jwt) => jwt.setSubject(''))],
    [
      'is signed by nobody (alg none)',
      async () => {
        const claims = {
          sub: 'x',
          role: 'administrator',
          region: '000000',
          iss: DEV_ISSUER,
          aud: AUDIENCE,
          exp: 9_999_999_999,
        };
        return `Bearer ${text({ alg: 'none' })}.${text(claims)}.`;
      },
    ],
    [
      'is signed with the public key as a password (alg HS256)',
      async () => {
        const secret = new TextEncoder().encode(JSON.stringify(hejie().keys.public));
        const jwt = new SignJWT({ role: 'administrator', region: '000000' })
          .setProtectedHeader({ alg: 'HS256', kid: 'dev' })
          .setSubject('x')
          .setIssuer(DEV_ISSUER)
          .setAudience(AUDIENCE)
          .setExpirationTime('1h');
        return `Bearer ${await jwt.sign(secret)}`;
      },
    ],
    [
      'was changed after it was signed',
      async () => {
        const [head, , signature] = (await signed((jwt) => jwt)).split('.');
        const claims = {
          sub: 'x',
          role: 'administrator',
          region: '000000',
          iss: DEV_ISSUER,
          aud: AUDIENCE,
          exp: 9_999_999_999,
        };
        return `${head}.${text(claims)}.${signature}`;
      },
    ],
  ])('that %s is refused without saying why', async (_why, token) => {
    const answer = await with_(await token());
    expectProblem(answer, 401, 'bad-token');
    expect(answer.headers.get('www-authenticate')).toBe('Bearer error="invalid_token"');
    expect(answer.body.detail.en).toBe('The token is not valid.');
  });
});

describe('what comes over the wire', () => {
  it('that is no JSON is refused as such', async () => {
    const caseNo = await register();
    for (const raw of ['{', '{"a":}', 'willing=true', '\u0000', '{"a":1}{"b":2}'])
      for (const path of ['/v1/cases', `/v1/cases/${caseNo}/acts/negotiation.withdraw`])
        expectProblem(await hejie().call(operator, 'POST', path, { raw }), 400, 'bad-json');
  });

  it('that is nested too deep is refused and breaks nothing', async () => {
    const caseNo = await register();
    const raw = '['.repeat(100_000) + ']'.repeat(100_000);
    const answer = await hejie().call(operator, 'POST', `/v1/cases/${caseNo}/acts/negotiation.withdraw`, { raw });
    expect([400, 422]).toContain(answer.status);
    expect(['bad-json', 'bad-input']).toContain(answer.body.code);
  });

  it('that is too large is refused, whether it says its size or not', async () => {
    const caseNo = await register();
    const large = JSON.stringify({ reason: 'x'.repeat(2_100_000) });
    for (const path of ['/v1/cases', `/v1/cases/${caseNo}/acts/negotiation.withdraw`]) {
      const said = { raw: large, headers: { 'content-length': String(large.length) } };
      expectProblem(await hejie().call(operator, 'POST', path, said), 413, 'too-large');
      expectProblem(await hejie().call(operator, 'POST', path, { raw: large }), 413, 'too-large');
    }
  });

  it('may leave its type unsaid: a body is read as JSON', async () => {
    const raw = JSON.stringify(registration());
    const answer = await hejie().call(operator, 'POST', '/v1/cases', {
      raw,
      headers: { 'content-type': 'text/plain' },
    });
    expect(answer.status).toBe(201);
  });

  it('to a path that does not exist finds nothing', async () => {
    expectProblem(await hejie().get(operator, '/v1/nothing'), 404, 'not-found');
    expectProblem(await hejie().call(operator, 'DELETE', '/v1/cases'), 404, 'not-found');
    expectProblem(await hejie().get(undefined, '/docs/constructor'), 404, 'not-found');
    expectProblem(await hejie().get(undefined, '/docs/..%2f..%2fpackage.json'), 404, 'not-found');
  });
});

describe('an Idempotency-Key', () => {
  const withdraw = { reason: '双方自行和好' };

  it('gives the same answer for the same request, and one event', async () => {
    const caseNo = await register();
    const [first, second] = [
      await act(operator, caseNo, 'negotiation.withdraw', withdraw, { key: `k-${caseNo}` }),
      await act(operator, caseNo, 'negotiation.withdraw', withdraw, { key: `"k-${caseNo}"` }),
    ];
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(second.body.result).toEqual(first.body.result);
    const timeline = await items(`/v1/cases/${caseNo}/timeline`);
    expect(timeline.filter(({ type }: { type: string }) => type === 'negotiation.withdrawn')).toHaveLength(1);
  });

  it('is refused for another body, another act or another case', async () => {
    const [caseNo, other] = [await register(), await register()];
    const key = `k-${caseNo}`;
    await act(operator, caseNo, 'negotiation.withdraw', withdraw, { key });
    await atStage(caseNo, 'followUp');
    await nothingChanges(undefined, async () => {
      for (const [of, name, body] of [
        [caseNo, 'negotiation.withdraw', { reason: '另一个理由' }],
        [caseNo, 'followUp.reopen', withdraw],
        [other, 'negotiation.withdraw', withdraw],
      ] as const)
        expectProblem(await act(operator, of, name, body, { key }), 422, 'idempotency-key-reused');
      expectProblem(await hejie().post(operator, '/v1/cases', registration(), { key }), 422, 'idempotency-key-reused');
    });
  });

  it('of one account is not that of another', async () => {
    const [caseNo, other] = [await register(), await register()];
    const key = `shared-${caseNo}`;
    expect((await act(operator, caseNo, 'negotiation.withdraw', withdraw, { key })).status).toBe(200);
    expect((await act(union, other, 'negotiation.withdraw', withdraw, { key })).status).toBe(200);
  });

  it('that is refused may be used again once the request is right', async () => {
    const caseNo = await register();
    const key = `again-${caseNo}`;
    const wrong = { servedOn: inDays(2), method: 'hand' };
    expectProblem(await act(operator, caseNo, 'negotiation.serveRequest', wrong, { key }), 422, 'day-in-the-future');
    const right = { servedOn: today(), method: 'hand' };
    expect((await act(operator, caseNo, 'negotiation.serveRequest', right, { key })).status).toBe(200);
  });

  it.each([
    ['with a blank', 'a b'],
    ['of nothing', '""'],
    ['too long', 'x'.repeat(201)],
  ])('%s is not one', async (_why, key) => {
    const caseNo = await register();
    await nothingChanges(caseNo, async () =>
      expectProblem(
        await act(operator, caseNo, 'negotiation.withdraw', withdraw, { key }),
        400,
        'idempotency-key-invalid',
      ),
    );
  });

  it('sent eight times at once does the act once, and all get the same answer', async () => {
    const caseNo = await register();
    const answers = await Promise.all(
      Array.from({ length: 8 }, () =>
        act(operator, caseNo, 'negotiation.withdraw', withdraw, { key: `once-${caseNo}` }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(200));
    expect(new Set(answers.map(({ body }) => JSON.stringify(body.result))).size).toBe(1);
    const timeline = await items(`/v1/cases/${caseNo}/timeline`);
    expect(timeline.filter(({ type }: { type: string }) => type === 'negotiation.withdrawn')).toHaveLength(1);
  });

  it('sent eight times at once registers one case', async () => {
    const before = await hejie().db`select count(*)::int as n from cases`;
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => hejie().post(operator, '/v1/cases', registration(), { key: 'one-case' })),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(201));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    const after = await hejie().db`select count(*)::int as n from cases`;
    expect(after[0]?.n).toBe(before[0]?.n + 1);
  });

  it('of a request that is refused, sent eight times at once, is refused eight times and leaves nothing', async () => {
    const caseNo = await register();
    for (let round = 0; round < 3; round += 1)
      await nothingChanges(caseNo, async () => {
        const answers = await Promise.all(
          Array.from({ length: 8 }, () =>
            act(operator, caseNo, 'negotiation.settle', settlement(), { key: `refused-${caseNo}` }),
          ),
        );
        for (const answer of answers) expectProblem(answer, 409, 'act-not-open');
      });
  });
});

describe('If-Match', () => {
  const serve = { servedOn: today(), method: 'hand' };

  it('with the ETag of the case lets the act through, and the answer brings the next one', async () => {
    const caseNo = await register();
    const { headers } = await hejie().get(operator, `/v1/cases/${caseNo}`);
    const ifMatch = headers.get('etag') ?? '';
    const answer = await act(operator, caseNo, 'negotiation.serveRequest', serve, { ifMatch });
    expect(answer.status).toBe(200);
    const next = answer.headers.get('etag');
    expect(next).not.toBe(ifMatch);
    expect((await hejie().get(operator, `/v1/cases/${caseNo}/acts`)).headers.get('etag')).toBe(next);
    const respond = { willing: true, form: 'oral', party: 'r1' };
    expect((await act(operator, caseNo, 'negotiation.respond', respond, { ifMatch: next ?? '' })).status).toBe(200);
  });

  it('of an earlier look, of a number not given yet, or that was never ours is refused', async () => {
    const caseNo = await register();
    const { headers, body } = await hejie().get(operator, `/v1/cases/${caseNo}`);
    await done(operator, caseNo, 'negotiation.inviteHelper', { kind: 'union', for: 'w1' });
    for (const ifMatch of [headers.get('etag') ?? '', `"${body.etag + 50}"`, '"abc"', 'abc'])
      await nothingChanges(caseNo, async () =>
        expectProblem(await act(operator, caseNo, 'negotiation.serveRequest', serve, { ifMatch }), 412, 'stale'),
      );
    expect((await act(operator, caseNo, 'negotiation.serveRequest', serve, { ifMatch: '*' })).status).toBe(200);
  });

  it('of one look, sent by two at once, lets exactly one through', async () => {
    for (let round = 0; round < 4; round += 1) {
      const caseNo = await register();
      const ifMatch = (await hejie().get(operator, `/v1/cases/${caseNo}`)).headers.get('etag') ?? '';
      const answers = await Promise.all([
        act(operator, caseNo, 'negotiation.inviteHelper', { kind: 'union', for: 'w1' }, { ifMatch }),
        act(union, caseNo, 'negotiation.inviteHelper', { kind: 'representative', for: 'w1' }, { ifMatch }),
      ]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
      const refused = answers.find(({ status }) => status === 412);
      if (refused) expectProblem(refused, 412, 'stale');
      expect((await find(caseNo)).procedure.helpers).toHaveLength(1);
    }
  });
});
