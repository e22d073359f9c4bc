import { randomUUID } from 'node:crypto';
import { z } from '@hono/zod-openapi';
import { freeText, legalDay, proof } from '../../contracts/acts/common.ts';
import { actorIdOf } from '../../db/acts.ts';
import { type CaseRow, listParties } from '../../db/read-models.ts';
import {
  keepServiceResult,
  listServices,
  type NewServiceResult,
  ResultKnown,
  type ServiceAnswer,
  type ServiceRow,
} from '../../db/services.ts';
import { findDone } from '../../db/without-workflow.ts';
import { refuse } from '../../domain/refusal.ts';
import { type ServiceMethod, type ServiceResult, serverOf, serviceResults } from '../../domain/service.ts';
import { shanghaiDay } from '../../domain/time/day.ts';
import type { Caller } from '../auth.ts';
import { actorOf, ownParties } from '../authorise.ts';
import type { ApiDeps } from '../deps.ts';
import { refuseUnknownEvidence } from '../evidence/named.ts';
import { performAct } from '../perform-act.ts';
import { ProblemError, problem, refused } from '../problems.ts';
import { requestHash, uuidFrom } from '../request.ts';
import { deedBody, deedOf } from './deeds.ts';
import { servedDayOf } from './served-day.ts';

const inVain: readonly ServiceResult[] = ['refusedToReceive', 'failed'];

/** What came of an attempt. */
export const RecordResult = z
  .strictObject({
    result: z.enum(serviceResults).meta({
      description: '签收、到达系统、已留置、已张贴、拒绝签收、未成 Received, arrived, left, put up, refused, failed',
    }),
    on: legalDay,
    proof,
    ground: z.enum(['closedDown', 'other']).optional().meta({
      description: '未成的缘由：停业等无法送达，其他 Why it failed: the employer has closed down, or another reason',
    }),
    reason: freeText().optional().meta({ description: 'What happened; kept in the database only' }),
  })
  .refine(({ result, reason }) => !inVain.includes(result) || reason !== undefined, {
    path: ['reason'],
    message: '未送达的，须写明情况 / say what happened where it was not served',
  })
  .refine(({ result, ground }) => result === 'failed' || ground === undefined, {
    path: ['ground'],
    message: '只有未成的写明缘由 / only what failed has such a ground',
  });
export type RecordResult = z.output<typeof RecordResult>;

/** What may come of each way. */
const possible: Record<ServiceMethod, readonly ServiceResult[]> = {
  hand: ['received', 'refusedToReceive', 'failed'],
  post: ['received', 'refusedToReceive', 'failed'],
  email: ['received', 'arrived', 'failed'],
  electronic: ['received', 'arrived', 'failed'],
  left: ['left', 'received', 'failed'],
  posted: ['posted', 'received', 'failed'],
};

/** Papers that take effect by being signed for, and by nothing else. */
const signedFor: readonly string[] = ['settlementAgreement', 'mediationAgreement'];

interface Resulting {
  row: CaseRow;
  caller: Caller;
  number: number;
  body: RecordResult;
  key: string;
}

/** What became of the act that the result performs; `refused` says why it was not done. */
export type Deed = { act: string; done: true } | { act: string; done: false; refused: string };

/**
 * Keeps what came of an attempt, once, and performs the act that takes the receipt, each under a key of its own made of the caller's: a
 * retry finishes what is missing and does nothing twice. Where the act is not open any more the record stays, and the answer says so.
 */
export async function recordServiceResult(deps: ApiDeps, resulting: Resulting): Promise<Deed | undefined> {
  const { row, caller, number, key } = resulting;
  await keptResult(deps, resulting);
  const service = (await listServices(deps.db, row.caseNo)).find((one) => one.number === number) as ServiceRow;
  const { outcome } = service;
  if (outcome?.act == null) return undefined;
  const ground = outcome.ground === 'closedDown' ? 'closedDown' : 'refused';
  const body = deedBody(service, outcome, ground);
  const { act } = outcome;
  try {
    await performAct(deps, { caller, caseNo: row.caseNo, act, body, key: keyOfDeed(key), ifSeq: undefined });
    return { act, done: true };
  } catch (error) {
    if (!(error instanceof ProblemError) || error.problem.status === 503) throw error;
    return { act, done: false, refused: error.problem.code };
  }
}

/** The key under which the act of a result is performed. */
const keyOfDeed = (key: string): string => uuidFrom('services.result', key);

async function keptResult(deps: ApiDeps, resulting: Resulting): Promise<ServiceAnswer> {
  const { db } = deps;
  const { row, caller, number, body, key } = resulting;
  const { caseNo } = row;
  const [actorId, parties, services] = await Promise.all([
    actorIdOf(db, caller.subject),
    listParties(db, caseNo),
    listServices(db, caseNo),
  ]);
  const hash = requestHash(caseNo, 'services.result', number, body);
  const known = await findDone<ServiceAnswer>(db, actorId, key);
  if (known && known.requestHash !== hash) throw problem('idempotency-key-reused');
  if (known) return known.answer;

  const service = services.find((one) => one.number === number);
  if (!service) throw problem('not-found');
  // Whoever began it, or a member of staff who serves papers; the routes have looked at the region.
  if (caller.role === 'party' && service.actorId !== actorId) throw problem('not-allowed');
  if (service.outcome) throw alreadyKnown();
  refuseResult(service, body);
  await refuseUnknownEvidence(db, caseNo, body);
  const outcome = await found(deps, { row, caller, service, services, body });
  const { result, reason } = body;
  try {
    const kept = await keepServiceResult(
      db,
      {
        ...{ actId: randomUUID(), caseNo, act: 'services.result', procedure: row.stage, idempotencyKey: key },
        ...{ actor: actorOf(caller, actorId, ownParties(caller, parties)[0]?.id), requestHash: hash },
        words: reason === undefined ? {} : { reason },
        event: {
          type: inVain.includes(result) ? 'service.failed' : 'service.resulted',
          title: { zh: `送达结果：${outcome.titleZh}`, en: `Result of a service: ${outcome.titleEn}` },
          ...{ legalRef: outcome.legalRef, source: outcome.article },
        },
      },
      { ...outcome, actKey: outcome.act === null ? null : keyOfDeed(key) },
      new Date().toISOString(),
    );
    // Another try under the key was quicker: its result is the answer.
    return kept ?? keptResult(deps, resulting);
  } catch (error) {
    if (error instanceof ResultKnown) throw alreadyKnown();
    throw error;
  }
}

type Attempt = Omit<Resulting, 'number' | 'key'> & { service: ServiceRow; services: ServiceRow[] };

/** What the rules find of it, with what was tried before with the same paper and party. */
async function found(
  deps: ApiDeps,
  { row, caller, service, services, body }: Attempt,
): Promise<Omit<NewServiceResult, 'actKey'>> {
  const { result, on, proof: shown = null, ground = null } = body;
  const before = services.filter(({ paper, party }) => paper === service.paper && party === service.party);
  const refusedBefore = before.some(({ outcome }) => outcome?.result === 'refusedToReceive');
  const closedDown = ground === 'closedDown' || before.some(({ outcome }) => outcome?.ground === 'closedDown');
  const wasRefused = result === 'refusedToReceive' || refusedBefore;
  const rule = await servedDayOf(deps, row, {
    ...{ server: serverOf(caller.role), method: service.method, result, refused: wasRefused, closedDown },
    ...{ consent: service.consent !== null, signedFor: signedFor.includes(service.paperKind) },
  });
  const left = result === 'left' || result === 'posted';
  return {
    ...rule,
    ...{ number: service.number, result, on, proof: shown },
    ground: left ? (wasRefused ? 'refused' : closedDown ? 'closedDown' : null) : ground,
    act: rule.served === 'no' ? null : deedOf(service.paperKind),
  };
}

const alreadyKnown = (): ProblemError =>
  refused(
    refuse(
      'already-done',
      '这次送达已有结果；再次送达的，另行登记。',
      'This attempt has its result; tried again it is another one.',
    ),
  );

function refuseResult({ method, sentOn }: ServiceRow, { result, on, proof: shown }: RecordResult): void {
  if (!possible[method].includes(result))
    throw problem('bad-input', {
      errors: [
        {
          ...{ field: '/result', code: 'not-one-of' },
          zh: `这种送达方式的结果应为以下之一：${possible[method].join('、')}。`,
          en: `Of this way it must be one of: ${possible[method].join(', ')}.`,
        },
      ],
    });
  if (on > shanghaiDay(new Date().toISOString()))
    throw refused(refuse('day-in-the-future', `${on} 尚未到来。`, `${on} has not come yet.`, { field: '/on' }));
  if (on < sentOn)
    throw refused(refuse('day-too-early', `${on} 早于 ${sentOn}。`, `${on} lies before ${sentOn}.`, { field: '/on' }));
  if (shown === undefined && !inVain.includes(result))
    throw refused(
      refuse(
        'evidence-missing',
        '须写明送达证明（回证、照片、系统记录等）的证据编号。',
        'Name the piece of evidence that shows it: the return receipt, pictures, the record of the system.',
        { field: '/proof', source: '劳动人事争议仲裁办案规则 第二十条' },
      ),
    );
}
