/** What the suites of the API share: the people, the papers they hand in, cases brought to a point, and what to look for. */
import { afterAll, beforeAll, expect } from 'vitest';
import type { ErrorCode } from '../../contracts/errors.ts';
import { addDays, shanghaiDay } from '../../domain/time/day.ts';
import { type Answer, type App, eventually, type Person, startApp } from '../support/app.ts';

let started: App | undefined;

/** The one stack of all suites. */
export function hejie(): App {
  if (!started) throw new Error('the stack is not up');
  return started;
}

/** Codes of every problem answered so far. */
export const codesSeen = new Set<string>();

export function onOneStack(): void {
  beforeAll(async () => {
    started = await startApp((problem) => codesSeen.add(problem));
  });
  afterAll(async () => {
    await started?.stop();
  });
}

export const operator: Person = { subject: 'window-1', role: 'operator', region: '310116' };
export const union: Person = { subject: 'union-1', role: 'union', region: '310116' };
export const mediator: Person = { subject: 'mediator-1', role: 'mediator', region: '310116' };
export const arbitrator: Person = { subject: 'commission-1', role: 'arbitrator', region: '310116' };
export const court: Person = { subject: 'court-1', role: 'court', region: '310116' };
export const administrator: Person = { subject: 'administrator-1', role: 'administrator', region: '000000' };
export const staff = [operator, union, mediator, arbitrator, court, administrator];

export const worker: Person = { subject: 'account-worker', role: 'party' };
export const employer: Person = { subject: 'account-employer', role: 'party' };
export const stranger: Person = { subject: 'account-stranger', role: 'party' };

/** Made up, and looked for in the logs: nothing of it may be there. */
export const personal = {
  worker: '测试甲某某',
  employer: '测试乙有限公司',
  idNumber: '310000190001010000',
  workerPhone: '19900000001',
  employerPhone: '19900000002',
  workerMail: 'worker-test@example.test',
  employerMail: 'employer-test@example.test',
  address: '测试路零号',
} as const;

export const today = (): string => shanghaiDay(new Date().toISOString());
export const inDays = (days: number): string => addDays(today(), days);

const theWorker = {
  name: personal.worker,
  idNumber: personal.idNumber,
  phone: personal.workerPhone,
  email: personal.workerMail,
  address: personal.address,
  account: worker.subject,
  claims: [{ kind: 'pay', subject: 'wages', amount: 12_000.5 }],
};
const theEmployer = {
  name: personal.employer,
  phone: personal.employerPhone,
  email: personal.employerMail,
  account: employer.subject,
};

/** What the window writes down for one worker and one employer. */
export const registration = (more: Record<string, unknown> = {}) => ({
  region: '310116',
  workers: [theWorker],
  respondents: [theEmployer],
  ...more,
});

export { theEmployer, theWorker };

/** Registers a case; its number. */
export async function register(more: Record<string, unknown> = {}, by: Person = operator): Promise<string> {
  const { status, body } = await hejie().post(by, '/v1/cases', registration(more));
  expect(status, JSON.stringify(body)).toBe(201);
  return body.id;
}

export const act = (
  by: Person | undefined,
  caseNo: string,
  name: string,
  body: unknown = {},
  more: { key?: string; ifMatch?: string } = {},
): Promise<Answer> => hejie().post(by, `/v1/cases/${caseNo}/acts/${name}`, body, more);

/** Performs an act that must succeed. */
export async function done(by: Person, caseNo: string, name: string, body: unknown = {}): Promise<Answer> {
  const answer = await act(by, caseNo, name, body);
  expect(answer.status, `${name}: ${answer.text.slice(0, 500)}`).toBe(200);
  return answer;
}

export const find = async (caseNo: string, by: Person = operator) =>
  (await hejie().get(by, `/v1/cases/${caseNo}`)).body;

export const items = async (path: string, by: Person = operator) => (await hejie().get(by, path)).body.items;

/** Waits until the case is at a stage, as it goes from one procedure to the next by itself. */
export const atStage = (caseNo: string, stage: string, seconds?: number) =>
  eventually(
    `${caseNo} at ${stage}`,
    async () => {
      const found = await find(caseNo);
      return found.stage === stage && found;
    },
    seconds,
  );

/** A problem as RFC 9457 has it: a stable code, sentences in both languages, the field where there is one. */
export function expectProblem(answer: Answer, status: number, code: ErrorCode, field?: string): void {
  const { body } = answer;
  expect(answer.headers.get('content-type'), answer.text.slice(0, 300)).toBe('application/problem+json');
  expect({ status: answer.status, code: body.code }, answer.text.slice(0, 600)).toEqual({ status, code });
  expect(body.status).toBe(status);
  expect(body.type).toBe(`/docs/errors#${code}`);
  expect(body.instance).toBe(`urn:uuid:${answer.headers.get('x-request-id')}`);
  expectBilingual(body.detail);
  for (const place of body.errors ?? []) expectBilingual(place);
  if (field !== undefined) expect((body.errors ?? []).map((place: { field: string }) => place.field)).toContain(field);
}

export function expectBilingual(text: { zh: string; en: string }): void {
  expect(text.zh).toMatch(/\p{Script=Han}/u);
  expect(text.en).toMatch(/[A-Za-z]/);
  expect(text.en).toMatch(/^[A-Za-z0-9"]/);
}

const ofCase = [
  'cases',
  'events',
  'procedures',
  'deadlines',
  'decisions',
  'notices',
  'acts',
  'shielded_facts',
  'parties',
  'claims',
  'case_links',
  'papers',
  'evidence',
  'services',
  'service_results',
];

/** Everything that is written about a case, or about all but those of the demonstration, save how often mail was tried. */
export async function written(caseNo?: string): Promise<string> {
  const { db } = hejie();
  const rows = await Promise.all(
    ofCase.map(async (table) => {
      const found = await db`
        select to_jsonb(t) - 'status' - 'attempts' - 'next_attempt_at' - 'sent_at' - 'message_id' - 'error' - 'channels' - 'channel' - 'channel_attempts' - 'held_until' - 'digest' - 'sent_with' - 'text_sha256' - 'digest_sha256' - 'docx' - 'pdf' - 'content' as row,
               case when ${table} in ('notices', 'acts') then null else to_jsonb(t)->>'status' end as status
        from ${db(table)} t where ${caseNo === undefined ? db`coalesce(case_no, '') not like '990000%'` : db`case_no = ${caseNo}`} order by 1`;
      return [table, found.map(({ row, status }) => [row, status])];
    }),
  );
  return JSON.stringify(rows, null, 1);
}

/** Does what must be refused, and looks that nothing has been written by it. */
export async function nothingChanges<T>(caseNo: string | undefined, work: () => Promise<T>): Promise<T> {
  const before = await written(caseNo);
  const result = await work();
  expect(await written(caseNo)).toBe(before);
  return result;
}

/** The terms of an agreement over one sum, due in a month unless said otherwise. */
export const terms = (more: Record<string, unknown> = {}) => ({
  coveredWorkers: ['w1'],
  obligations: [{ debtor: 'r1', creditor: 'w1', amount: 1000, instalments: [{ amount: 1000, dueOn: inDays(30) }] }],
  content: {
    matter: '拖欠工资',
    terms: '分期支付',
    requests: '支付工资',
    result: '达成一致',
    performanceManner: '转账',
  },
  ...more,
});

/** A piece of evidence as it is kept; its number. */
export async function scanned(caseNo: string, contentType = 'image/png', shielded = false): Promise<number> {
  const { db } = hejie();
  const [row] = await db<Array<{ number: number }>>`
    insert into evidence (case_no, number, kind, title, file_name, content_type, extension, size, sha256, content, shielded, links,
      made_at, actor_id, actor_role, party_id, act_id)
    select ${caseNo}, n.number, 'other', '签字页', '签字页', ${contentType}, 'bin', 1, n.number::text, decode('00', 'hex'), ${shielded},
      '{}', now(), 'seeded', 'operator', 'w1', (select act_id from acts where case_no = ${caseNo} limit 1)
    from (select coalesce(max(number), 0) + 1 as number from evidence where case_no = ${caseNo}) n returning number`;
  return row?.number ?? 0;
}

/** To the table: the request served, the other side willing. */
export async function negotiating(more: Record<string, unknown> = {}): Promise<string> {
  const caseNo = await register(more);
  await done(operator, caseNo, 'negotiation.serveRequest', { servedOn: today(), method: 'hand' });
  await done(operator, caseNo, 'negotiation.respond', { willing: true, form: 'written', party: 'r1' });
  return caseNo;
}

export const settlement = (more: Record<string, unknown> = {}) => ({
  ...terms(more),
  signedOn: today(),
  agreedBy: ['w1', 'r1'],
});

/** A settlement signed and being performed. */
export async function settled(more: Record<string, unknown> = {}): Promise<string> {
  const caseNo = await negotiating();
  await done(operator, caseNo, 'negotiation.settle', settlement(more));
  await atStage(caseNo, 'settlementPerformance');
  return caseNo;
}

/** A case that asked for mediation, accepted by the organisation, with a mediator. */
export async function mediating(more: Record<string, unknown> = {}): Promise<string> {
  const caseNo = await register({ requestedRoute: 'mediation', ...more });
  await done(operator, caseNo, 'mediation.apply', { receivedOn: today(), form: 'oral' });
  await done(operator, caseNo, 'mediation.consent', { party: 'r1', willing: true });
  await done(mediator, caseNo, 'mediation.accept', { acceptedOn: today() });
  await done(mediator, caseNo, 'mediation.assignMediator', { mediatorId: 'M-7' });
  return caseNo;
}

/** A mediation agreement in effect and being performed. */
export async function agreed(more: Record<string, unknown> = {}, registered: Record<string, unknown> = {}) {
  const caseNo = await mediating(registered);
  await agree(caseNo, more);
  return caseNo;
}

/** Its mediation comes to an agreement, signed, sealed and being performed. */
export async function agree(caseNo: string, more: Record<string, unknown> = {}): Promise<void> {
  await done(mediator, caseNo, 'mediation.draftAgreement', terms(more));
  for (const by of ['w1', 'r1', 'mediator']) await done(mediator, caseNo, 'mediation.sign', { by, signedOn: today() });
  await done(mediator, caseNo, 'mediation.seal', { sealedOn: today() });
  await atStage(caseNo, 'agreementPerformance');
}

/** A case closed on the day of its registration, its claim not met: the limitation is watched beside it. */
export async function watched(): Promise<string> {
  const caseNo = await register({ facts: { relation: 'labour', knownOn: inDays(-30) } });
  await done(operator, caseNo, 'negotiation.withdraw', { reason: '撤回' });
  await atStage(caseNo, 'followUp');
  await done(operator, caseNo, 'followUp.recordVisit', { visitedOn: today(), paidInFull: false });
  await done(operator, caseNo, 'followUp.archive', { incompleteBecause: '案卷另存纸质材料' });
  await atStage(caseNo, 'closed');
  await besideOpen(caseNo);
  return caseNo;
}

/** Waits until the review or confirmation that was applied for runs beside. */
export const besideOpen = (caseNo: string) =>
  eventually(`${caseNo} with an application under way`, async () => {
    const found = await find(caseNo);
    return found.beside.some(({ endedAt }: { endedAt: string | null }) => endedAt === null) && found;
  });

/**
 * Brings a case of the demonstration region to an agreement and, when the time to apply for review has run out, applies. Begun
 * early, since fifteen seconds must pass; asked for at the end.
 */
let lapsing: Promise<{ caseNo: string; answer: Answer }> | undefined;
export function lapsed(): Promise<{ caseNo: string; answer: Answer }> {
  lapsing ??= lapse();
  return lapsing;
}

async function lapse() {
  const demo: Person = { subject: 'window-demo', role: 'operator', region: '990000' };
  const caseNo = await register({ region: '990000', requestedRoute: 'mediation' }, demo);
  await done(demo, caseNo, 'mediation.apply', { receivedOn: today(), form: 'oral' });
  await done(demo, caseNo, 'mediation.consent', { party: 'r1', willing: true });
  await done(demo, caseNo, 'mediation.accept', { acceptedOn: today() });
  await done(demo, caseNo, 'mediation.assignMediator', { mediatorId: 'M-1' });
  const obligations = [
    { debtor: 'r1', creditor: 'w1', amount: 1000, instalments: [{ amount: 1000, dueOn: inDays(3000) }] },
  ];
  await done(demo, caseNo, 'mediation.draftAgreement', terms({ obligations }));
  for (const by of ['w1', 'r1', 'mediator']) await done(demo, caseNo, 'mediation.sign', { by, signedOn: today() });
  await done(demo, caseNo, 'mediation.seal', { sealedOn: today() });
  const jointly = { appliedOn: today(), agreedBy: ['w1', 'r1'] };
  const answer = await eventually(
    'the time to apply run out',
    async () => {
      const { body } = await hejie().get(demo, `/v1/cases/${caseNo}`);
      const route = body.routes.find(({ route: name }: { route: string }) => name === 'arbitrationReview');
      return route?.stage === 'lapsed' && (await act(demo, caseNo, 'arbitrationReview.applyJointly', jointly));
    },
    60,
  );
  return { caseNo, answer };
}
