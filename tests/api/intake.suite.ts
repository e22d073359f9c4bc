import { describe, expect, it } from 'vitest';
import { claimKinds } from '../../domain/case/case.ts';
import {
  arbitrator,
  atStage,
  court,
  done,
  expectBilingual,
  expectProblem,
  find,
  hejie,
  items,
  nothingChanges,
  operator,
  personal,
  register,
  registration,
  theEmployer,
  theWorker,
  today,
  worker,
} from './stage.ts';

describe('at the window', () => {
  it('a case is registered, with where it goes, why, and every date that binds', async () => {
    const answer = await hejie().post(operator, '/v1/cases', registration(), { key: 'window-first' });
    expect(answer.status).toBe(201);
    const { body, headers } = answer;
    expect(body.id).toMatch(/^310116-\d{4}-\d{6}$/);
    expect(headers.get('location')).toBe(`/v1/cases/${body.id}`);
    expect(headers.get('etag')).toBe(`"${body.etag}"`);
    expect(headers.get('idempotency-key')).toBe('window-first');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(body).toMatchObject({
      stage: 'negotiation',
      stageTitle: { zh: '协商', en: 'Negotiation' },
      region: '310116',
      channel: 'window',
      scope: 'labour',
      outcome: null,
      claims: [{ id: 'c1', worker: 'w1', kind: 'pay', subject: 'wages', amount: 12_000.5 }],
    });
    const service = body.deadlines.find(({ id }: { id: string }) => id === 'negotiation.service');
    expect(service).toMatchObject({ anchorOn: today(), overdue: false, legalRef: 'NEG-01' });
    expect(service.explanation.length).toBeGreaterThan(1);
    expect(body.release.release).toMatch(/^\d{4}\.\d{2}\.\d{2}\+[0-9a-f]{8}$/);

    const decisions = await items(`/v1/cases/${body.id}/decisions`);
    const first = decisions.find(({ point }: { point: string }) => point === 'intake.firstProcedure');
    expect(first.outcome).toMatchObject({ next: 'negotiation' });
    expect(first.matched[0]).toMatchObject({ id: 'negotiation-first', legalRef: expect.any(String) });
    expect(first.matched[0].source).toMatch(/第.+条|号/);
    expectBilingual(first.matched[0].title);
  });

  it('LIM-01 a worker who knew in 2019 is registered too; the case says that the limitation had run out', async () => {
    const { status, body } = await hejie().post(
      operator,
      '/v1/cases',
      registration({ facts: { knownOn: '2019-05-01', employmentEndedOn: '2019-05-01' } }),
    );
    expect(status).toBe(201);
    expect(body.limitationRanOut).toBe(true);
    expect(body.deadlines.filter(({ id }: { id: string }) => id.startsWith('limitation.'))).toEqual([]);
  });

  it('many workers each bring claims of their own, of all six kinds, against several respondents', async () => {
    const workers = claimKinds.map((kind, index) => ({
      name: `测试工人${index}`,
      groups: index === 0 ? ['migrantWorker', 'collective'] : [],
      claims: [
        { kind, subject: 'other', amount: index + 0.07 },
        { kind: 'pay', subject: 'wages', amount: 123_456_789.01 },
      ],
    }));
    const respondents = [
      { name: '测试总包', kind: 'contractor' },
      { name: '测试派遣', kind: 'dispatchFirm' },
      { name: '测试老板', kind: 'individual' },
    ];
    const body = await find(await register({ workers, respondents }));
    expect(body.parties.map(({ id, side, kind }: Record<string, string>) => `${id} ${side} ${kind}`)).toEqual([
      ...workers.map((_, index) => `w${index + 1} applicant worker`),
      'r1 respondent contractor',
      'r2 respondent dispatchFirm',
      'r3 respondent individual',
    ]);
    expect(body.parties[0].groups).toEqual(['migrantWorker', 'collective']);
    expect(body.claims).toHaveLength(12);
    expect(body.claims.map(({ worker: of, kind, amount }: Record<string, unknown>) => [of, kind, amount])).toEqual(
      claimKinds.flatMap((kind, index) => [
        [`w${index + 1}`, kind, index + 0.07],
        [`w${index + 1}`, 'pay', 123_456_789.01],
      ]),
    );
  });

  it('an employer may be the applicant; the claims stay those of its workers', async () => {
    const body = await find(await register({ applicant: 'respondents' }));
    expect(body.parties.map(({ id, side }: Record<string, string>) => [id, side])).toEqual([
      ['w1', 'respondent'],
      ['r1', 'applicant'],
    ]);
    expect(body.claims[0].worker).toBe('w1');
  });

  it.each([
    ['mediation is asked for', { requestedRoute: 'mediation' }, 'mediation', 'mediation-asked'],
    ['negotiation is asked for', { requestedRoute: 'negotiation' }, 'negotiation', 'negotiation-asked'],
    ['they have negotiated before', { facts: { negotiatedBefore: true } }, 'mediation', 'negotiated-before'],
    [
      'a courier without an employment comes (MED-17)',
      { facts: { relation: 'newEmploymentForm' } },
      'mediation',
      'one-stop-for-new-employment-forms',
    ],
  ])('when %s the case goes there, and the rule is named', async (_what, more, stage, rule) => {
    const caseNo = await register(more);
    expect((await find(caseNo)).stage).toBe(stage);
    const first = (await items(`/v1/cases/${caseNo}/decisions`)).find(
      ({ point }: { point: string }) => point === 'intake.firstProcedure',
    );
    expect(first.matched[0].id).toBe(rule);
  });

  it('a party registers its own case online and sees it', async () => {
    const caseNo = await register({ channel: 'internet', respondents: [{ name: personal.employer }] }, worker);
    expect((await find(caseNo, worker)).parties[0]).toMatchObject({ id: 'w1', you: true });
  });

  it('a district of Chengdu and a city go under their own numbers', async () => {
    const chengdu = { ...operator, subject: 'window-chengdu', region: '510100' };
    expect(await register({ region: '510100' }, chengdu)).toMatch(/^510100-/);
  });
});

/** What the law sends elsewhere: row of the table, facts, and part of the article that must be named. */
const elsewhere: Array<[string, Record<string, unknown>, string, string]> = [
  [
    'L7: social insurance benefits from the agency',
    { exclusion: 'socialInsuranceAgency' },
    '第二条第（一）项',
    '行政复议',
  ],
  ['L7: public housing under the housing reform', { exclusion: 'housingReform' }, '第二条第（二）项', '法院'],
  ['L7: an objection to a disability appraisal', { exclusion: 'disabilityAppraisal' }, '第二条第（三）项', '鉴定'],
  ['L7: a household and its domestic worker', { exclusion: 'household' }, '第二条第（四）项', '法院'],
  ['L7: an artisan and his apprentice', { exclusion: 'artisanApprentice' }, '第二条第（五）项', '法院'],
  ['L7: a rural household and its hands', { exclusion: 'ruralContractor' }, '第二条第（六）项', '法院'],
  [
    'L8: assessment and discipline of a public institution',
    { exclusion: 'assessmentOrDiscipline' },
    '第三十八条',
    '申诉',
  ],
  ['令第56号: an over-age worker about another matter', { overAge: true, overAgeMatter: false }, '第十九条', '法院'],
];

describe('what is no labour dispute', () => {
  it.each(elsewhere)(
    '%s is recorded, closed, and told where to go with the article',
    async (_row, facts, article, where) => {
      const caseNo = await register({ facts });
      const body = await atStage(caseNo, 'closed');
      expect(body.outcome).toBe('notAdmissible');
      expect(body.procedure.goTo.zh).toContain(where);
      expectBilingual(body.procedure.goTo);
      expect(body.deadlines.filter(({ id }: { id: string }) => !id.startsWith('limitation.'))).toEqual([]);

      const timeline = await items(`/v1/cases/${caseNo}/timeline`);
      expect(timeline.map(({ type }: { type: string }) => type)).toEqual(['intake.opened', 'intake.ended']);
      expect(timeline[1].article).toContain(article);
      expect(timeline[1].detail).toMatchObject({ outcome: 'notAdmissible', next: 'closed', goTo: body.procedure.goTo });
      const [admissible] = await items(`/v1/cases/${caseNo}/decisions`);
      expect(admissible).toMatchObject({ point: 'intake.admissible', outcome: { admissible: false } });
      expect(admissible.matched[0].source).toContain(article);

      const notices = await items(`/v1/cases/${caseNo}/notices`);
      expect(notices).toMatchObject([{ template: 'result', recipient: 'w1' }]);
      expectProblem(
        await hejie().post(operator, `/v1/cases/${caseNo}/acts/negotiation.withdraw`, { reason: '不再需要' }),
        409,
        'case-closed',
      );
      expect(await items(`/v1/cases/${caseNo}/acts`)).toEqual([]);
    },
  );

  it.each([
    ['an over-age worker about pay (令第56号 第十九条)', { overAge: true, overAgeMatter: true }, 'labour'],
    [
      'a teacher about the employment contract of a public institution (L8)',
      { relation: 'personnel', personnelKind: 'publicInstitution' },
      'personnel',
    ],
    [
      'an appointed civil servant about the contract (L8)',
      { relation: 'personnel', personnelKind: 'appointedCivilServant' },
      'personnel',
    ],
    ['a courier on a platform, for mediation (MED-17)', { relation: 'newEmploymentForm' }, 'newEmploymentForm'],
  ])('%s is taken', async (_who, facts, scope) => {
    const claims = [{ kind: 'contract', subject: 'other' }];
    const body = await find(await register({ facts, workers: [{ ...theWorker, claims }] }));
    expect(body.scope).toBe(scope);
    expect(body.stage).not.toBe('closed');
  });
});

describe('the window refuses, and writes nothing, when', () => {
  const refused: Array<[string, Record<string, unknown>, number, Parameters<typeof expectProblem>[2], string]> = [
    ['a field has a name that does not exist', { workerz: [] }, 422, 'bad-input', '/workerz'],
    ['the region is a number', { region: 310_116 }, 422, 'bad-input', '/region'],
    ['the region does not exist', { region: '310199' }, 422, 'unknown-region', '/region'],
    ['there is no worker', { workers: [] }, 422, 'bad-input', '/workers'],
    ['a worker brings no claim', { workers: [{ ...theWorker, claims: [] }] }, 422, 'bad-input', '/workers/0/claims'],
    [
      'a claim is for less than nothing',
      { workers: [{ ...theWorker, claims: [{ kind: 'pay', amount: -0.01 }] }] },
      422,
      'bad-input',
      '/workers/0/claims/0/amount',
    ],
    [
      'an amount has three decimals',
      { workers: [{ ...theWorker, claims: [{ kind: 'pay', amount: 100.005 }] }] },
      422,
      'bad-input',
      '/workers/0/claims/0/amount',
    ],
    [
      'a claim is of no kind of 第二条',
      { workers: [{ ...theWorker, claims: [{ kind: 'love' }] }] },
      422,
      'bad-input',
      '/workers/0/claims/0/kind',
    ],
    ['a day does not exist', { facts: { knownOn: '2026-02-30' } }, 422, 'bad-input', '/facts/knownOn'],
    ['a day has not come', { facts: { knownOn: '2099-01-01' } }, 422, 'day-in-the-future', '/facts/knownOn'],
    [
      'a mail address is none',
      { respondents: [{ name: '乙', email: 'nobody' }] },
      422,
      'bad-input',
      '/respondents/0/email',
    ],
    ['the name is only blanks', { respondents: [{ name: '   ' }] }, 422, 'bad-input', '/respondents/0/name'],
    ['a text holds half a character', { reason: '半\ud83d个' }, 422, 'bad-input', '/reason'],
    ['a text holds a NUL', { workers: [{ ...theWorker, name: '甲\u0000' }] }, 422, 'bad-input', '/workers/0/name'],
    [
      'one account stands for both sides',
      { respondents: [{ ...theEmployer, account: worker.subject }] },
      422,
      'bad-input',
      '/respondents/0/account',
    ],
  ];
  it.each(refused)('%s', async (_why, more, status, code, field) => {
    await nothingChanges(undefined, async () =>
      expectProblem(await hejie().post(operator, '/v1/cases', registration(more)), status, code, field),
    );
  });

  it('the office is in another region, or the role does not register', async () => {
    const chengdu = { ...operator, subject: 'window-chengdu', region: '510000' };
    await nothingChanges(undefined, async () => {
      expectProblem(await hejie().post(chengdu, '/v1/cases', registration()), 403, 'not-allowed');
      const administrator = { subject: 'administrator-2', role: 'administrator' as const, region: '310116' };
      expectProblem(await hejie().post(administrator, '/v1/cases', registration()), 403, 'not-allowed');
    });
  });

  it('CRT-01 MED-15: somebody else says that a court or a commission sent the case, or says it wrongly', async () => {
    const fromCourt = { by: 'court', kind: 'delegated', receivedOn: today() };
    const fromCommission = { by: 'arbitration', kind: 'suggested', receivedOn: today() };
    const wrong: Array<[Record<string, unknown>, number, Parameters<typeof expectProblem>[2], string]> = [
      [{ ...fromCourt, kind: 'entrusted' }, 422, 'bad-input', '/referral/trial'],
      [{ ...fromCourt, trial: 'simple' }, 422, 'bad-input', '/referral/trial'],
      [{ ...fromCourt, kind: 'suggested' }, 422, 'bad-input', '/referral/kind'],
      [{ ...fromCourt, receivedOn: '2099-01-01' }, 422, 'day-in-the-future', '/referral/receivedOn'],
    ];
    await nothingChanges(undefined, async () => {
      for (const by of [operator, arbitrator])
        expectProblem(await hejie().post(by, '/v1/cases', registration({ referral: fromCourt })), 403, 'not-allowed');
      const byCourt = registration({ referral: fromCommission });
      expectProblem(await hejie().post(court, '/v1/cases', byCourt), 403, 'not-allowed');
      for (const [referral, status, code, field] of wrong)
        expectProblem(await hejie().post(court, '/v1/cases', registration({ referral })), status, code, field);
    });
  });

  it('a party registers for somebody else, or hands the case to another account', async () => {
    await nothingChanges(undefined, async () => {
      const nobody = registration({ workers: [{ ...theWorker, account: undefined }], respondents: [{ name: '乙' }] });
      expectProblem(await hejie().post(worker, '/v1/cases', nobody), 403, 'not-your-party');
      expectProblem(await hejie().post(worker, '/v1/cases', registration()), 403, 'not-your-party');
    });
  });

  it('there are more wrong fields than anybody wants to read: the first hundred are named', async () => {
    const many = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`x${index}`, 1]));
    const answer = await hejie().post(operator, '/v1/cases', registration(many));
    expectProblem(answer, 422, 'bad-input', '/x0');
    expect(answer.body.errors).toHaveLength(100);
  });
});

describe('a great many workers', () => {
  it('are registered in one case, each with claims, and the case moves on', async () => {
    const workers = Array.from({ length: 1500 }, (_, index) => ({
      name: `测试工人${index}`,
      claims: [1, 2, 3, 4].map((amount) => ({ kind: 'pay', subject: 'wages', amount })),
    }));
    const caseNo = await register({ workers });
    const body = await atStage(caseNo, 'negotiation', 30);
    expect(body.claims).toHaveLength(6000);
    expect(body.parties).toHaveLength(1501);
    await done(operator, caseNo, 'negotiation.inviteHelper', { kind: 'union', for: 'w1500' });
  });

  it('with more claims than a case can carry are told how many it may be', async () => {
    const workers = Array.from({ length: 1501 }, () => ({
      name: '测试工人',
      claims: [1, 2, 3, 4].map((amount) => ({ kind: 'pay', subject: 'wages', amount })),
    }));
    const answer = await hejie().post(operator, '/v1/cases', registration({ workers }));
    expectProblem(answer, 422, 'bad-input', '/workers');
    expect(answer.body.errors[0].zh).toContain('6000');
  });
});
