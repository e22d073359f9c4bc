import { createRoute, z } from '@hono/zod-openapi';
import { regionCode, releaseHash } from '../../contracts/acts/common.ts';
import { type DecisionPoint, decisionPoints, type FactValue, type RuleBook, RuleError } from '../../domain/rules.ts';
import { pointSpecs } from '../../rules/index.ts';
import { decisionReceipt } from '../../rules/receipts/decision.ts';
import { releaseOf } from '../../rules/receipts/release.ts';
import type { ApiDeps } from '../deps.ts';
import { createRouter, jsonOf, loose, problems, secured } from '../openapi.ts';
import { problem } from '../problems.ts';
import { knownRegion } from '../regions.ts';
import { keptRelease } from '../releases.ts';
import { readBody } from '../request.ts';

const MOST_FACTS = 100;
const Fact = z.union([z.string().max(200), z.boolean(), z.number(), z.array(z.string().max(200)).max(100)]);

const Question = z.strictObject({
  point: z.enum(decisionPoints).meta({ description: '决策点 What is asked; see /v1/rules/points' }),
  region: regionCode,
  facts: z
    .record(z.string().max(100), Fact)
    .refine((facts) => Object.keys(facts).length <= MOST_FACTS, '事实过多 / too many facts')
    .meta({ description: 'Exactly the facts that the point declares' }),
  release: releaseHash
    .optional()
    .meta({ description: '规则版本 The SHA-256 of a release that is kept; the one in force unless given' }),
});

/** Asking the rules before acting: what they would decide, and why. */
export function ruleRoutes(deps: ApiDeps) {
  const app = createRouter();

  app.openapi(
    createRoute({
      method: 'get',
      path: '/v1/rules/points',
      tags: ['rules'],
      summary: '决策点 · What the rules can be asked, and the facts that each question takes',
      security: secured,
      responses: {
        200: jsonOf(loose('items[]: point, mode, facts {name: {type, domain}}'), 'The points'),
        ...problems(401),
      },
    }),
    (c) => c.json({ items: decisionPoints.map((point) => ({ point, ...pointSpecs[point] })) } as never),
  );

  // Read by hand, so that the body is refused as every other is; the document names it.
  app.openAPIRegistry.registerPath({
    method: 'post',
    path: '/v1/rules/evaluate',
    tags: ['rules'],
    summary: '先问规则 · What the rules decide of these facts, with every rule that was asked and each value compared',
    security: secured,
    request: { body: { required: true, content: { 'application/json': { schema: Question } } } },
    responses: {
      200: jsonOf(loose('point, region, facts, outcome, matched[], rules[], release, sha256, receipt'), 'The decision'),
      ...problems(400, 401, 413, 422),
    },
  });
  app.post('/v1/rules/evaluate', async (c) => {
    const { point, region, facts, release } = await readBody(c, Question);
    knownRegion(deps, region);
    const book = release === undefined ? deps.rules : await keptRelease(deps, release);
    const decision = await answer(book, { region, point, facts });
    const receipt = await decisionReceipt({ ...decision, region }, releaseOf(book));
    return c.json({ region, ...decision, receipt });
  });

  app.openapi(
    createRoute({
      method: 'get',
      path: '/v1/rules/books/{sha256}',
      tags: ['rules'],
      summary:
        '规则版本的内容 · What is in a release that is kept: every pack, as it was hashed; a receipt is held against it',
      security: secured,
      request: { params: z.object({ sha256: releaseHash }) },
      responses: { 200: jsonOf(loose('format, packs[]'), 'The content'), ...problems(401, 422) },
    }),
    async (c) => c.json((await keptRelease(deps, c.req.valid('param').sha256)).content as never, 200),
  );

  return app;
}

/** The decision explained; facts that the point does not take, or that no rule covers, are refused with the reason. */
async function answer(
  book: RuleBook,
  { region, point, facts }: { region: string; point: DecisionPoint; facts: Record<string, FactValue> },
) {
  try {
    return await book.explain(region, point, facts);
  } catch (error) {
    if (!(error instanceof RuleError)) throw error;
    const { code, reason } = error;
    throw problem('facts-invalid', { about: reason, errors: [{ field: '/facts', code, ...reason }] });
  }
}
