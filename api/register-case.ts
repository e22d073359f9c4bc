import { randomUUID } from 'node:crypto';
import { claimFacts, type RegisterCase } from '../contracts/intake.ts';
import { actorIdOf, findIntake, finishAct, keepCase, type NewCase, type NewParty } from '../db/acts.ts';
import { linkDuplicates } from '../db/linked-cases.ts';
import { isLongPast } from '../domain/case/limitation.ts';
import { numbered } from '../domain/case/new-workers.ts';
import { refuse } from '../domain/refusal.ts';
import { shanghaiDay } from '../domain/time/day.ts';
import type { Calendar, LegalDay } from '../domain/time/types.ts';
import { type Caller, requireRegion, requireRole } from './auth.ts';
import { actorOf } from './authorise.ts';
import { computeOrRefuse, refuseUnknownDays } from './datable.ts';
import type { ApiDeps } from './deps.ts';
import { refuseMixedOverAge } from './over-age.ts';
import { problem, refused } from './problems.ts';
import { knownRegion } from './regions.ts';
import { requestHash } from './request.ts';
import { startCase } from './temporal.ts';
import { refuseContradictingRegions, regionsOf } from './two-regions.ts';

/** Registers a case: written first, then its chain is started. The same key again gives the same case. */
export async function registerCase(
  deps: ApiDeps,
  { caller, body, key, docked }: { caller: Caller; body: RegisterCase; key: string; docked?: NewCase['docked'] },
): Promise<{ caseNo: string }> {
  const { db, temporal } = deps;
  requireRole(caller, 'operator', 'union', 'mediator', 'arbitrator', 'court', 'party');
  requireSender(caller, body);
  knownRegion(deps, body.region);
  if (body.secondRegion !== undefined) knownRegion(deps, body.secondRegion, '/secondRegion');
  if (caller.role === 'party') requireOwnSide(caller, body);
  else requireRegion(caller, body.region, body.secondRegion);

  const actorId = await actorIdOf(db, caller.subject);
  const hash = requestHash('register', body);
  const today = shanghaiDay(new Date().toISOString());
  const days = {
    '/facts/knownOn': body.facts.knownOn,
    '/facts/employmentEndedOn': body.facts.employmentEndedOn,
    '/referral/receivedOn': body.referral?.receivedOn,
  };
  for (const [field, day] of Object.entries(days))
    if (day !== undefined && day > today)
      throw refused(refuse('day-in-the-future', `${day} 尚未到来。`, `${day} has not come yet.`, { field }));
  await refuseMixedOverAge(deps, body);
  const regions = regionsOf(body);
  refuseUndatableLimitation(deps, { ...body, ...regions }, await deps.calendar(), today);
  if (deps.rules.secondsPerDay(regions.region) === undefined)
    refuseUnknownDays(await deps.calendar(), body.referral, '/referral');
  const { parties, claims } = namesApart(body);
  const actId = randomUUID();
  const asked: NewCase['intake'] = {
    ...regions,
    channel: body.channel,
    requestedRoute: body.requestedRoute,
    ...(body.referral === undefined ? {} : { referral: body.referral }),
    registeredOn: today,
    parties: parties.map(({ id, side, kind }) => ({ id, side: side as never, kind: kind as never })),
    claims: claims.map(({ text: _, ...claim }) => claim),
    facts: body.facts,
    groups: [...new Set(body.workers.flatMap(({ groups }) => groups))].sort(),
    actId,
    actor: actorOf(caller, actorId),
  };
  await refuseContradictingRegions(deps, body, asked);
  const kept = await keepCase(db, {
    actId,
    actorId,
    idempotencyKey: key,
    requestHash: hash,
    ...(docked === undefined ? {} : { docked }),
    year: Number(today.slice(0, 4)),
    words: {
      ...(body.reason === undefined ? {} : { reason: body.reason }),
      ...(body.leadReason === undefined ? {} : { leadReason: body.leadReason }),
    },
    parties,
    claims,
    intake: asked,
  });
  if (!kept.fresh && kept.row.requestHash !== hash) throw problem('idempotency-key-reused');
  const caseNo = kept.row.caseNo;
  if (caseNo === null) throw problem('idempotency-key-reused');
  // In the record means that its chain has begun; started again, a chain that has ended long ago would begin anew.
  if (kept.row.status !== 'pending') return { caseNo };
  const intake = kept.intake ?? (await findIntake(db, caseNo));
  if (!intake) throw problem('not-found');
  await linkDuplicates(db, caseNo);
  await startCase(temporal, intake);
  await finishAct(db, kept.row.actId);
  await routed(deps, caseNo);
  return { caseNo };
}

/** A party may register its own case; it may not hand the case to another account, nor be both sides of it. */
function requireOwnSide(caller: Caller, { workers, respondents }: RegisterCase): void {
  const accounts = [...workers, ...respondents].flatMap(({ account }) => (account === undefined ? [] : [account]));
  if (accounts.length === 0 || accounts.some((account) => account !== caller.subject)) throw problem('not-your-party');
}

/** That a court or a commission sent the case is for its own staff to say. */
function requireSender(caller: Caller, { referral }: RegisterCase): void {
  if (referral !== undefined) requireRole(caller, referral.by === 'court' ? 'court' : 'arbitrator');
}

/** The limitation runs from these days; a year that no calendar covers would leave the case waiting for ever. */
function refuseUndatableLimitation(
  deps: ApiDeps,
  { region, facts }: RegisterCase,
  calendar: Calendar,
  today: LegalDay,
): void {
  const secondsPerDay = deps.rules.secondsPerDay(region);
  const limitations = deps.rules.catalogue(region).filter(({ id }) => id.startsWith('limitation.'));
  for (const field of ['knownOn', 'employmentEndedOn'] as const) {
    const anchorOn = facts[field];
    // One that ran out long ago is recorded as such and has no clock to compute.
    if (anchorOn === undefined || isLongPast(anchorOn, today)) continue;
    const anchorAt = new Date().toISOString();
    for (const limitation of limitations)
      computeOrRefuse(limitation, { anchorOn, anchorAt, secondsPerDay }, calendar, `/facts/${field}`);
  }
}

const ROUTED_MS = 2_000;

/** Waits a moment until intake has decided, so that the answer says where the case went; it goes on without us if not. */
async function routed({ db }: ApiDeps, caseNo: string): Promise<void> {
  const until = Date.now() + ROUTED_MS;
  while (Date.now() < until) {
    const [row] = await db`select 1 from cases where case_no = ${caseNo} and stage not in ('registering', 'intake')`;
    if (row) return;
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
}

/** Parties and claims as the case knows them, numbered; the names stay with the parties' rows. */
function namesApart(body: RegisterCase) {
  const workerSide = body.applicant === 'workers' ? 'applicant' : 'respondent';
  const otherSide = body.applicant === 'workers' ? 'respondent' : 'applicant';
  const workers: NewParty[] = body.workers.map(({ claims: _, ...worker }, index) => ({
    ...worker,
    id: `w${index + 1}`,
    side: workerSide,
    kind: 'worker',
  }));
  const respondents: NewParty[] = body.respondents.map((respondent, index) => ({
    ...respondent,
    id: `r${index + 1}`,
    side: otherSide,
    groups: [],
  }));
  const written = body.workers.map((worker) => ({
    claims: worker.claims.map((claim) => ({
      ...claimFacts(claim),
      ...(claim.text === undefined ? {} : { text: claim.text }),
    })),
  }));
  const { claims } = numbered(written, { worker: 1, claim: 1 });
  return { parties: [...workers, ...respondents], claims };
}
