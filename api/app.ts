import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { OpenAPIHono } from '@hono/zod-openapi';
import { bodyLimit } from 'hono/body-limit';
import { HTTPException } from 'hono/http-exception';
import { secureHeaders } from 'hono/secure-headers';
import { errorCodes, statusOf } from '../contracts/errors.ts';
import { countUnfinishedActs } from '../db/acts.ts';
import { verifyCaller } from './auth.ts';
import type { ApiDeps, ApiEnv } from './deps.ts';
import { createMetrics } from './metrics.ts';
import { createRouter } from './openapi.ts';
import { answerProblem, ProblemError, problem } from './problems.ts';
import { isDatabaseDown, pingDatabase } from './readiness.ts';
import { UNFINISHED_AFTER_SECONDS } from './reconcile.ts';
import { archiveRoutes } from './routes/archive.ts';
import { bundleRoutes } from './routes/bundle.ts';
import { caseRoutes } from './routes/cases.ts';
import { deadlineRoutes } from './routes/deadlines.ts';
import { dockingRoutes } from './routes/docking.ts';
import { evidenceRoutes, isUpload } from './routes/evidence.ts';
import { guidanceRoutes } from './routes/guidance.ts';
import { liaisonRoutes } from './routes/liaisons.ts';
import { moveRoutes } from './routes/moves.ts';
import { noticeTextRoutes } from './routes/notice-texts.ts';
import { noticeRoutes } from './routes/notices.ts';
import { paperRoutes } from './routes/papers.ts';
import { receiptRoutes } from './routes/receipts.ts';
import { referenceRoutes } from './routes/reference.ts';
import { registerRoutes } from './routes/register.ts';
import { releaseRoutes } from './routes/releases.ts';
import { ruleRoutes } from './routes/rules.ts';
import { scenarioRoutes } from './routes/scenarios.ts';
import { serviceRoutes } from './routes/services.ts';
import { shieldedFactRoutes } from './routes/shielded-facts.ts';
import { simulationRoutes } from './routes/simulations.ts';
import { statisticsRoutes } from './routes/statistics.ts';
import { tableRoutes } from './routes/tables.ts';
import { templateRoutes } from './routes/templates.ts';
import { unusedRuleRoutes } from './routes/unused-rules.ts';
import { pingTemporal } from './temporal.ts';

const MAX_BODY = 2_000_000;

/** Paths that need no token: what anybody may compute or read, and messages that are signed. */
const open = [
  /^\/v1\/deadlines\/catalogue$/,
  /^\/v1\/deadlines\/[^/]+\/compute$/,
  /^\/v1\/rules\/release$/,
  /^\/v1\/docking\//,
];

/** The HTTP API as a whole. */
export function createApp(deps: ApiDeps): OpenAPIHono<ApiEnv> {
  const app = createRouter();
  const metrics = createMetrics(() => countUnfinishedActs(deps.db, UNFINISHED_AFTER_SECONDS));

  app.use('*', async (c, next) => {
    const requestId = randomUUID();
    c.set('requestId', requestId);
    c.header('x-request-id', requestId);
    const started = performance.now();
    await next();
    metrics.observe(c.req.method, c.req.routePath, c.res.status, performance.now() - started);
  });
  const limit = bodyLimit({ maxSize: MAX_BODY, onError: (c) => answerProblem(c, problem('too-large')) });
  // A file has a limit of its own, and is not read before it is known who sends it.
  app.use('*', (c, next) => (isUpload(c.req.method, c.req.path) ? next() : limit(c, next)));
  app.use('*', secureHeaders({ xFrameOptions: 'DENY', strictTransportSecurity: false }));
  app.use('/v1/*', async (c, next) => {
    // Answers are about persons: no cache between us and the caller may keep them.
    c.header('cache-control', 'no-store');
    if (!open.some((path) => path.test(c.req.path)))
      c.set('caller', await verifyCaller(deps.auth, c.req.header('authorization')));
    // A day may have begun from which other rules are in force.
    await deps.releases.refresh();
    await next();
  });

  app.onError((error, c) => {
    if (error instanceof ProblemError) return answerProblem(c, error);
    if (isDatabaseDown(error))
      return answerProblem(
        c,
        problem('unavailable', {
          about: {
            zh: '数据库暂时不可用，请用同一 Idempotency-Key 重试。',
            en: 'The database is unavailable; retry with the same Idempotency-Key.',
          },
          headers: { 'retry-after': '2' },
        }),
      );
    if (error instanceof HTTPException && error.status === 400) return answerProblem(c, problem('bad-json'));
    // A body that turns out too large while it is read: the limit above answers it.
    if (error.name === 'BodyLimitError') return answerProblem(c, problem('too-large'));
    // The message of an unknown error may hold what a person wrote; the name and the stack's places do not.
    const places = error.stack?.split('\n').filter((line) => /^\s+at /.test(line));
    deps.log.error({ requestId: c.get('requestId'), name: error.name, stack: places?.slice(0, 8) }, 'unexpected error');
    return answerProblem(c, problem('internal'));
  });
  app.notFound((c) => answerProblem(c, problem('not-found')));

  app.route('/', caseRoutes(deps));
  app.route('/', deadlineRoutes(deps));
  app.route('/', dockingRoutes(deps));
  app.route('/', referenceRoutes(deps));
  app.route('/', liaisonRoutes(deps));
  app.route('/', shieldedFactRoutes(deps));
  app.route('/', paperRoutes(deps));
  app.route('/', evidenceRoutes(deps));
  app.route('/', serviceRoutes(deps));
  app.route('/', bundleRoutes(deps));
  app.route('/', noticeRoutes(deps));
  app.route('/', registerRoutes(deps));
  app.route('/', guidanceRoutes(deps));
  app.route('/', archiveRoutes(deps));
  app.route('/', statisticsRoutes(deps));
  app.route('/', templateRoutes(deps));
  app.route('/', moveRoutes(deps));
  app.route('/', noticeTextRoutes(deps));
  app.route('/', ruleRoutes(deps));
  app.route('/', unusedRuleRoutes(deps));
  app.route('/', tableRoutes(deps));
  app.route('/', scenarioRoutes(deps));
  app.route('/', simulationRoutes(deps));
  app.route('/', receiptRoutes(deps));
  app.route('/', releaseRoutes(deps));

  app.get('/healthz', (c) => c.json({ ok: true }));
  app.get('/readyz', async (c) => {
    const [temporal, postgres] = await Promise.all([pingTemporal(deps.temporal), pingDatabase(deps.db)]);
    const ready = temporal && postgres;
    return c.json({ ready, temporal, postgres }, ready ? 200 : 503, ready ? {} : { 'retry-after': '2' });
  });
  app.get('/metrics', async (c) => c.text(await metrics.text(), 200, { 'content-type': metrics.contentType }));

  app.openAPIRegistry.registerComponent('securitySchemes', 'bearer', {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
  });
  app.openAPIRegistry.registerComponent('securitySchemes', 'courtSignature', {
    type: 'apiKey',
    in: 'header',
    name: 'webhook-signature',
    description: 'Standard Webhooks: HMAC-SHA256 over webhook-id, webhook-timestamp and body',
  });
  app.doc31('/openapi.json', {
    openapi: '3.1.0',
    info: {
      title: '和解 Hejie',
      version: '0.1.0',
      description:
        '劳动人事争议协商、调解、仲裁审查、司法确认与履行的案件编排。Every date comes with its article and how it was counted.',
    },
  });
  docsRoutes(app);
  devRoutes(app, deps);
  return app;
}

/** The reference: Swagger UI from the package, so that it works without a network. */
function docsRoutes(app: OpenAPIHono<ApiEnv>): void {
  const folder = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
  const assets = new Map([
    ['swagger-ui.css', 'text/css; charset=utf-8'],
    ['swagger-ui-bundle.js', 'text/javascript; charset=utf-8'],
    ['favicon-32x32.png', 'image/png'],
  ]);
  app.get('/', (c) => c.redirect('/docs'));
  app.get('/docs', (c) =>
    c.html(`<!doctype html><html lang="zh"><head><meta charset="utf-8"><title>和解 Hejie · API</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="/docs/favicon-32x32.png"><link rel="stylesheet" href="/docs/swagger-ui.css"></head>
<body><div id="ui"></div><script src="/docs/swagger-ui-bundle.js"></script>
<script>SwaggerUIBundle({ url: '/openapi.json', dom_id: '#ui', deepLinking: true, docExpansion: 'none', tryItOutEnabled: true })</script>
</body></html>`),
  );
  app.get('/docs/errors', (c) =>
    c.json(Object.fromEntries(errorCodes.map((code) => [code, { status: statusOf(code) }]))),
  );
  app.get('/docs/:asset', async (c) => {
    const type = assets.get(c.req.param('asset'));
    if (type === undefined) throw problem('not-found');
    return c.body(await readFile(join(folder, c.req.param('asset'))), 200, {
      'content-type': type,
      'cache-control': 'max-age=86400',
    });
  });
}

const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** What only a stack on one machine has: the mail it caught, the keys of its own issuer. */
function devRoutes(app: OpenAPIHono<ApiEnv>, deps: ApiDeps): void {
  const { caughtMail, devJwks } = deps;
  if (devJwks !== undefined) app.get('/dev/jwks.json', (c) => c.json(devJwks as never));
  if (caughtMail === undefined) return;
  app.get('/dev/mail', async (c) => {
    const mails = await caughtMail();
    if (c.req.header('accept')?.includes('application/json')) return c.json({ items: mails } as never);
    const rows = mails
      .slice()
      .reverse()
      .map(
        (mail) =>
          `<article><h2>${escaped(mail.subject)}</h2><p>${escaped(mail.to)} · ${escaped(mail.receivedAt)}</p><pre>${escaped(mail.text)}</pre></article>`,
      );
    return c.html(`<!doctype html><html lang="zh"><head><meta charset="utf-8"><title>邮件 Mail</title>
<style>body{font:15px/1.6 system-ui;max-width:46rem;margin:2rem auto;padding:0 1rem}article{border-top:1px solid #ccc;padding:.5rem 0}h2{font-size:1rem;margin:.3rem 0}p{color:#666;margin:0}pre{white-space:pre-wrap;font:inherit}</style>
</head><body><h1>本机截获的邮件 · Mail caught on this machine (${mails.length})</h1>${rows.join('')}</body></html>`);
  });
}
