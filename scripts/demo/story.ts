import type { CaseFile } from './case-file.ts';
import type { Text } from './print.ts';
import type { Stage } from './stage.ts';

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
  play(stage: Stage, file: CaseFile): Promise<void>;
  /** How the source says it ended, and how that looks in the record. */
  published: Published;
}

export interface Published {
  outcome: Text;
  /** Procedures in order, each with its outcome. */
  path: Array<[procedure: string, outcome: string]>;
  /** Part of the remedy that must be named, in Chinese. */
  remedy?: string;
}

/** The body of `POST /v1/cases`, as far as stories fill it. */
export interface Registration {
  region: string;
  channel: string;
  requestedRoute?: string;
  workers: Array<Record<string, unknown> & { name: string }>;
  respondents: Array<Record<string, unknown> & { name: string }>;
  facts: Record<string, unknown>;
  reason: string;
}

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
export const workerIds = (file: CaseFile): string[] =>
  Array.from({ length: file.workersCount }, (_, index) => `w${index + 1}`);

/** What a mediation agreement must state (企业劳动争议协商调解规定 第二十六条). */
const stated = (requests: string, result: string) => ({
  requests,
  result,
  performanceManner: '按期支付 paid as agreed',
});

/** The mediator takes the case, hears it and drafts; everybody signs, the organisation seals. */
export async function mediate(
  stage: Stage,
  terms: {
    session: 'room' | 'onSite' | 'phone' | 'video';
    workers: string[];
    respondents: string[];
    requests: string;
    result: string;
    obligations: unknown[];
    says?: () => void;
  },
): Promise<void> {
  const today = () => stage.today();
  await stage.act('mediator', 'mediation.accept', { acceptedOn: today() });
  await stage.act('operator', 'mediation.assignMediator', { mediatorId: 'M-01' });
  await stage.act('mediator', 'mediation.holdSession', { heldOn: today(), channel: terms.session });
  terms.says?.();
  await stage.act('mediator', 'mediation.draftAgreement', {
    coveredWorkers: terms.workers,
    content: stated(terms.requests, terms.result),
    obligations: terms.obligations,
  });
  await stage.acts(
    'mediation.sign',
    [...terms.workers, ...terms.respondents, 'mediator'].map((by) => ({
      voice: 'mediator',
      body: { by, signedOn: today() },
    })),
  );
  await stage.act('mediator', 'mediation.seal', { sealedOn: today() });
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
  await stage.act('operator', 'followUp.archive');
  await stage.until('followUp.ended', 5);
}
