import { besideProcedures } from '../../domain/case/case.ts';
import { orderConditions } from '../../domain/procedures/payment-order-state.ts';
import type { Voice } from './api.ts';
import type { CaseFile } from './case-file.ts';
import type { Stage } from './stage.ts';

export type Text = { zh: string; en: string };

/** Where the demonstration region is: the only one in which a second stands for a day. */
export const REGION = '990000';

/** A published case played on the running system. */
export interface Story {
  /** Its file under `fixtures/cases`. */
  file: string;
  title: Text;
  /** What a newcomer should look at. */
  shows: Text;
  registration(file: CaseFile): Registration;
  /** Who registers it; the window, unless a court or a commission sent the case. */
  registeredBy?: Voice;
  play(stage: Stage, file: CaseFile): Promise<void>;
  /** How the source says it ended, and how that looks in the record. */
  published: Published;
}

/** Whether the source tells a thing, or is silent and the rules give it. */
export type From = 'source' | 'rules';

/** Procedures in order, each with its outcome; those beside the chain anywhere after their beginning. */
export type Path = Array<[procedure: string, outcome: string, from: From]>;

export interface Published {
  outcome: Text;
  path: Path;
  /** Of the other cases of the story, in the order in which they came up. */
  alongside?: Path[];
  /** Clocks that were kept, each with its length as the law has it: `15 calendarDays`. */
  clocks?: Array<{ id: string; subject?: string; length: string; from: From }>;
  /** Part of the remedy that must be named, in Chinese. */
  remedy?: string;
}

/** Procedures that open by themselves for reasons of their own; a story that is not about them says nothing of them. */
const byTheWay = ['emergencyResponse', 'limitationWatch'];

/** The path that was taken beside the published one; what runs beside the chain may stand anywhere after its beginning. */
export function pathsOf(
  path: Path,
  procedures: Array<{ procedure: string; outcome: string | null }>,
): { taken: string[]; published: string[] } {
  const named = path.map(([procedure]) => procedure);
  const told = procedures.filter(({ procedure }) => named.includes(procedure) || !byTheWay.includes(procedure));
  const inOrder = (list: Array<{ procedure: string; outcome: string | null }>) => {
    const isBeside = ({ procedure }: { procedure: string }) => besideProcedures.some((name) => name === procedure);
    const words = (one: { procedure: string; outcome: string | null }) => `${one.procedure} ${one.outcome ?? '…'}`;
    return [...list.filter((one) => !isBeside(one)).map(words), ...list.filter(isBeside).map(words).sort()];
  };
  return {
    taken: inOrder(told),
    published: inOrder(path.map(([procedure, outcome]) => ({ procedure, outcome }))),
  };
}

/** The body of `POST /v1/cases`, as far as stories fill it. */
export interface Registration {
  region: string;
  channel: string;
  requestedRoute?: string;
  secondRegion?: string;
  leadBy?: string;
  leadReason?: string;
  /** Whose request it is; the workers' unless said otherwise. */
  applicant?: 'workers' | 'respondents';
  referral?: Record<string, unknown>;
  workers: Array<Record<string, unknown> & { name: string }>;
  respondents: Array<Record<string, unknown> & { name: string }>;
  facts: Record<string, unknown>;
  reason: string;
}

/** Yuan as people write them: 330,000 元. */
export const yuan = (amount: number): string =>
  amount.toLocaleString('en-US', { minimumFractionDigits: amount % 1 === 0 ? 0 : 2, maximumFractionDigits: 2 });

/** Account and mailbox of a party; of the reserved domain that reaches nobody. */
export const account = (story: string, party: string): string => `${story}-${party}@demo.example`;

const reach = (story: string, party: string) => ({ account: account(story, party), email: account(story, party) });

/** The named worker of the source, and as many more as it counts; the others have no names in it and get none here. */
export function workersOf(
  story: string,
  file: CaseFile,
  { first, others, groups, claims }: { first: string; others: string; groups: string[]; claims: unknown[] },
): Registration['workers'] {
  return Array.from({ length: file.workersCount }, (_, index) => ({
    name: index === 0 ? first : `${others}${index + 1}`,
    ...reach(story, `w${index + 1}`),
    groups,
    claims,
  }));
}

/** Respondents as the source names them. */
export const respondentsOf = (
  story: string,
  names: Array<{ name: string; kind: string }>,
): Registration['respondents'] =>
  names.map((respondent, index) => ({ ...respondent, ...reach(story, `r${index + 1}`) }));

/** `w1` to `wN`. */
export const workerIds = ({ workersCount }: Pick<CaseFile, 'workersCount'>): string[] =>
  Array.from({ length: workersCount }, (_, index) => `w${index + 1}`);

/** What a mediation agreement must state (企业劳动争议协商调解规定 第二十六条). */
const stated = (requests: string, result: string) => ({
  requests,
  result,
  performanceManner: '按期支付 paid as agreed',
});

export interface Terms {
  workers: string[];
  respondents: string[];
  requests: string;
  result: string;
  obligations: unknown[];
  says?: () => void;
}

/** The mediator takes the case, hears it and drafts; everybody signs, the organisation seals. */
export async function mediate(
  stage: Stage,
  { session, ...terms }: Terms & { session: 'room' | 'onSite' | 'phone' | 'video' },
): Promise<void> {
  await stage.act('mediator', 'mediation.accept', { acceptedOn: stage.today() });
  await stage.act('operator', 'mediation.assignMediator', { mediatorId: 'M-01' });
  await stage.act('mediator', 'mediation.holdSession', { heldOn: stage.today(), channel: session });
  await agree(stage, terms);
}

/** The agreement is drafted; everybody signs, the organisation seals. */
export async function agree(stage: Stage, terms: Terms): Promise<void> {
  const signedOn = stage.today();
  terms.says?.();
  await stage.act('mediator', 'mediation.draftAgreement', {
    coveredWorkers: terms.workers,
    content: stated(terms.requests, terms.result),
    obligations: terms.obligations,
  });
  await stage.acts(
    'mediation.sign',
    [...terms.workers, ...terms.respondents, 'mediator'].map((by) => ({ voice: 'mediator', body: { by, signedOn } })),
  );
  await stage.act('mediator', 'mediation.seal', { sealedOn: signedOn });
}

/** A mediator invited by the court takes the case, asks the other side, hears both; they sign. */
export async function agreeForCourt(
  stage: Stage,
  { other, requests, result, obligations }: Pick<Terms, 'requests' | 'result' | 'obligations'> & { other: Voice },
): Promise<void> {
  const on = stage.today();
  const name = (verb: string) => `preLitigationMediation.${verb}`;
  await stage.act('mediator', name('take'), { takenOn: on });
  await stage.act('mediator', name('invite'), { invitedOn: on });
  await stage.act(other, name('consent'), { party: 'r1', willing: true });
  await stage.act('operator', name('chooseMediator'), { mediatorId: 'T-01', agreedBy: ['w1', 'r1'] });
  await stage.act('mediator', name('holdSession'), { heldOn: on, channel: 'room' });
  await stage.act('mediator', name('draftAgreement'), {
    coveredWorkers: ['w1'],
    content: stated(requests, result),
    obligations,
  });
  for (const by of ['w1', 'r1']) await stage.act('mediator', name('sign'), { by, signedOn: on });
}

/** Payments with proof, which the payee confirms; for each of these instalments. */
export async function pay(stage: Stage, payments: Array<{ instalment: string; amount: number }>): Promise<void> {
  await stage.until('agreementPerformance.opened', 10);
  const paidOn = stage.today();
  await stage.acts(
    'agreementPerformance.recordPayment',
    payments.map((payment) => ({
      voice: 'operator',
      body: { ...payment, paidOn, evidence: true, confirmedByPayee: true },
    })),
  );
}

/** The worker applies for an order for wages that nobody disputes; the court issues it and serves it. */
export async function orderIssued(stage: Stage, given: { amount: number; summary: string }): Promise<void> {
  const { amount, summary } = given;
  const on = stage.today();
  await stage.until('paymentOrder.opened', 10);
  await stage.act('operator', 'paymentOrder.apply', {
    ...{ appliedOn: on, amount, summary, evidence: ['payslip'] },
    ...Object.fromEntries(Object.keys(orderConditions).map((name) => [name, true])),
  });
  for (const verb of ['accept', 'issue', 'recordService']) await stage.act('court', `paymentOrder.${verb}`, { on });
}

/** Both sides go to court together, and the court confirms; nobody waits for the time to object. */
export async function confirmInCourt(stage: Stage, agreedBy: string[]): Promise<void> {
  await stage.act('mediator', 'judicialConfirmation.applyJointly', { appliedOn: stage.today(), agreedBy });
  await stage.until('judicialConfirmation.opened', 5);
  await stage.act('court', 'judicialConfirmation.accept', { acceptedOn: stage.today() });
  await stage.act('court', 'judicialConfirmation.confirm');
  await stage.until('agreementPerformance.paperTaken', 5);
}

/** The return visit, and the archive. */
export async function followUp(stage: Stage, visit: { paidInFull?: boolean; note: string }): Promise<void> {
  await stage.until('followUp.opened', 5);
  const { note, ...seen } = visit;
  await stage.act('operator', 'followUp.recordVisit', { visitedOn: stage.today(), ...seen, note });
  // The published cases tell what came of them, not what was filed.
  await stage.act('operator', 'followUp.archive', { incompleteBecause: '公布的案例没有载明卷内材料' });
  await stage.until('followUp.ended', 5);
}
