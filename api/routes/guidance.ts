import { randomUUID } from 'node:crypto';
import { createRoute, z } from '@hono/zod-openapi';
import { freeText, legalDay, partyId } from '../../contracts/acts/common.ts';
import { actorIdOf } from '../../db/acts.ts';
import { GUIDANCE_GIVEN, type GuidanceFacts, type GuidanceRow, keepGuidance, listGuidance } from '../../db/guidance.ts';
import { type CaseRow, listParties, type PartyRow } from '../../db/read-models.ts';
import { findDone } from '../../db/without-workflow.ts';
import { checkParty } from '../../domain/case/known-party.ts';
import {
  type GuidanceTopic,
  guidanceTopicNames,
  guidanceTopics,
  type WayOfSpeaking,
  waysOfSpeaking,
  waysOfSpeakingNames,
} from '../../domain/guidance.ts';
import { checkPastDay } from '../../domain/procedures/definition.ts';
import { firstRefusal } from '../../domain/refusal.ts';
import { shanghaiDay } from '../../domain/time/day.ts';
import { type Caller, requireRegion, requireRole } from '../auth.ts';
import { actorOf, ownParties } from '../authorise.ts';
import { merged } from '../consolidation.ts';
import type { ApiDeps } from '../deps.ts';
import { CaseNo, createRouter, jsonOf, loose, problems, secured } from '../openapi.ts';
import { problem, refused } from '../problems.ts';
import { idempotencyKey, readBody, requestHash } from '../request.ts';
import { visibleCase } from '../visible-case.ts';

const GiveGuidance = z.strictObject({
  topics: z.array(z.enum(guidanceTopicNames)).min(1).max(guidanceTopicNames.length),
  to: z.array(partyId).min(1).max(2050).meta({ description: 'The parties that were told' }),
  givenOn: legalDay,
  how: z.enum(waysOfSpeakingNames),
  words: freeText().optional().meta({ description: 'What was said; kept in the database only' }),
});
type GiveGuidance = z.output<typeof GiveGuidance>;

/** What was said is for the office and for those who were told. */
function guidanceView(row: GuidanceRow, caller: Caller, parties: PartyRow[]) {
  const own = ownParties(caller, parties).map(({ id }) => id);
  const mayRead = caller.role !== 'party' || row.to.some((id) => own.includes(id));
  const { words, actorRole, topics, how, ...rest } = row;
  return {
    ...rest,
    topics: topics.map((topic) => ({ topic, title: guidanceTopics[topic as GuidanceTopic] })),
    ...{ how, howTitle: waysOfSpeaking[how as WayOfSpeaking], by: { role: actorRole } },
    ...(mayRead && words !== null ? { words } : {}),
  };
}

/** Guidance 告知引导 (人社部发〔2022〕71号 第十二条): who was told what, when and how; an event of the case, written without its workflow. */
export function guidanceRoutes(deps: ApiDeps) {
  const { db } = deps;
  const app = createRouter();
  const params = z.object({ id: CaseNo });

  const listed = async (caller: Caller, caseNo: string) => {
    const [rows, parties] = await Promise.all([listGuidance(db, caseNo), listParties(db, caseNo)]);
    return rows.map((row) => guidanceView(row, caller, parties));
  };

  app.openapi(
    createRoute({
      method: 'get',
      path: '/v1/cases/{id}/guidance',
      tags: ['register'],
      summary: '告知引导 · Guidance given in the case, and the topics there are',
      security: secured,
      request: { params },
      responses: {
        200: jsonOf(loose('items[]: givenOn, topics, to, how, by, words; topics[]'), 'Guidance'),
        ...problems(401, 404),
      },
    }),
    async (c) => {
      const caller = c.get('caller');
      const { caseNo } = await visibleCase(db, caller, c.req.valid('param').id);
      const topics = guidanceTopicNames.map((topic) => ({ topic, title: guidanceTopics[topic] }));
      return c.json({ items: await listed(caller, caseNo), topics } as never);
    },
  );

  app.openAPIRegistry.registerPath({
    method: 'post',
    path: '/v1/cases/{id}/guidance',
    tags: ['register'],
    summary: '记录告知引导 · Write down guidance that was given',
    security: secured,
    request: {
      params,
      headers: z.object({ 'idempotency-key': z.string().optional() }),
      body: { required: true, content: { 'application/json': { schema: GiveGuidance } } },
    },
    responses: { 201: jsonOf(loose('items[]'), 'Written down'), ...problems(400, 401, 403, 404, 409, 422) },
  });
  app.post('/v1/cases/:id/guidance', async (c) => {
    const caller = c.get('caller');
    const row = await visibleCase(db, caller, c.req.param('id'));
    requireRole(caller, 'operator', 'union', 'mediator', 'arbitrator');
    requireRegion(caller, row.region, row.secondRegion);
    const body = await readBody(c, GiveGuidance);
    const key = idempotencyKey(c);
    await give(row, caller, body, key);
    return c.json({ items: await listed(caller, row.caseNo) } as never, 201, { 'idempotency-key': key });
  });

  async function give(row: CaseRow, caller: Caller, body: GiveGuidance, key: string): Promise<void> {
    const { caseNo } = row;
    const actorId = await actorIdOf(db, caller.subject);
    const hash = requestHash(caseNo, 'guidance.give', body);
    const known = await findDone<GuidanceFacts>(db, actorId, key);
    if (known && known.requestHash !== hash) throw problem('idempotency-key-reused');
    if (known) return;
    if (row.mergedInto !== null) throw merged(caseNo, row.mergedInto);
    refuseGuidance(row, body);
    const { words, ...facts } = body;
    await keepGuidance(
      db,
      {
        ...{ actId: randomUUID(), caseNo, act: 'guidance.give', procedure: row.stage, actor: actorOf(caller, actorId) },
        ...{ idempotencyKey: key, requestHash: hash, words: words === undefined ? {} : { note: words } },
        event: {
          type: GUIDANCE_GIVEN,
          title: { zh: '告知引导', en: 'Guidance given' },
          ...{ legalRef: 'POL-01', source: '人社部发〔2022〕71号 第十二条' },
        },
      },
      { ...facts, topics: [...new Set(facts.topics)], to: [...new Set(facts.to)] },
      new Date().toISOString(),
    );
  }
  return app;
}

/** A day that has not come, or lies before the case; somebody who is no party. */
function refuseGuidance(row: CaseRow, { givenOn, to }: GiveGuidance): void {
  const now = new Date().toISOString();
  const at = { now, today: shanghaiDay(now), actor: { actorId: 'api', role: 'system' as const } };
  const snapshot = row.view?.case;
  const refusal = firstRefusal(
    () => checkPastDay(givenOn, at, '/givenOn', snapshot?.registeredOn ?? shanghaiDay(row.createdAt)),
    ...to.map((id, index) => () => (snapshot === undefined ? undefined : checkParty(snapshot, id, `/to/${index}`))),
  );
  if (refusal) throw refused(refusal);
}
