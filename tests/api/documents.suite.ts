import { describe, expect, it } from 'vitest';
import { createApp } from '../../api/app.ts';
import { actContracts } from '../../contracts/acts/index.ts';
import { errorCodes } from '../../contracts/errors.ts';
import { expectProblem, hejie, operator, personal, register } from './stage.ts';

type Json = Record<string, unknown>;

/** Every `$ref` of a document. */
function refsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(refsIn);
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === '$ref' && typeof inner === 'string' ? [inner] : refsIn(inner),
  );
}

const at = (document: Json, ref: string): unknown =>
  ref
    .replace(/^#\//, '')
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>((value, part) => (value as Json | undefined)?.[part], document);

describe('the OpenAPI document', () => {
  it('is of 3.1, every reference leads somewhere and every operation says what it answers', async () => {
    const { body, status } = await hejie().get(undefined, '/openapi.json');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      openapi: expect.stringMatching(/^3\.1\.\d$/),
      info: { title: '和解 Hejie', version: '0.1.0' },
    });
    const refs = refsIn(body);
    expect(refs.length).toBeGreaterThan(0);
    for (const ref of refs) {
      expect(ref).toMatch(/^#\/components\//);
      expect(at(body, ref), ref).toBeDefined();
    }
    const operations = Object.entries<Json>(body.paths).flatMap(([path, entry]) =>
      Object.entries(entry).map(([method, operation]) => ({ path, method, operation: operation as Json })),
    );
    expect(operations.length).toBeGreaterThan(50);
    for (const { path, method, operation } of operations) {
      const name = `${method} ${path}`;
      expect(['get', 'post', 'put', 'delete'], name).toContain(method);
      expect(operation.summary, name).toMatch(/\p{Script=Han}/u);
      const answers = Object.entries(operation.responses as Json);
      expect(
        answers.some(([code]) => code.startsWith('2')),
        name,
      ).toBe(true);
      for (const [code, answer] of answers) {
        expect((answer as Json).description, `${name} ${code}`).toEqual(expect.any(String));
        if (Number(code) >= 400)
          expect(Object.keys((answer as Json).content as Json)).toEqual(['application/problem+json']);
      }
      const declared = ((operation.parameters ?? []) as Json[])
        .filter((one) => one.in === 'path')
        .map((one) => one.name);
      expect(declared.sort(), name).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, one]) => one).sort());
      const security = operation.security as Json[] | undefined;
      for (const scheme of security ?? [])
        for (const used of Object.keys(scheme)) expect(body.components.securitySchemes).toHaveProperty(used);
      if (method !== 'get')
        expect(security, name).toEqual(path.startsWith('/v1/docking/') ? [{ courtSignature: [] }] : [{ bearer: [] }]);
    }
  });

  it('says of each path whether it needs a token, as it is', async () => {
    const { body } = await hejie().get(undefined, '/openapi.json');
    for (const [path, entry] of Object.entries<Json>(body.paths))
      for (const [method, operation] of Object.entries(entry)) {
        const concrete = path.replace('{deadlineId}', 'negotiation.response').replaceAll(/\{\w+\}/g, 'x');
        const { status } = await hejie().call(undefined, method.toUpperCase(), `${concrete}?from=2026-09-18`);
        expect(status === 401, `${method} ${path}`).toBe((operation as Json).security !== undefined);
      }
  });

  it('lists every act with the schema that the case gives for it', async () => {
    const { body } = await hejie().get(undefined, '/openapi.json');
    const caseNo = await register();
    const open = (await hejie().get(operator, `/v1/cases/${caseNo}/acts`)).body.items;
    for (const name of Object.keys(actContracts)) {
      const operation = body.paths[`/v1/cases/{id}/acts/${name}`]?.post;
      const schema = operation?.requestBody.content['application/json'].schema;
      expect(schema, name).toMatchObject({ type: 'object', additionalProperties: false });
      const own = open.find((entry: { act: string }) => entry.act === name);
      if (own) expect(Object.keys(schema.properties).sort(), name).toEqual(Object.keys(own.schema.properties).sort());
      expect(operation.description, name).toContain('May be done by');
    }
  });
});

describe('pages for people', () => {
  it('show the reference, and what it needs comes from here', async () => {
    const docs = await hejie().get(undefined, '/docs');
    expect(docs.headers.get('content-type')).toMatch(/^text\/html/);
    const assets = [...docs.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, asset]) => asset ?? '');
    expect(assets.length).toBeGreaterThanOrEqual(3);
    for (const asset of assets) {
      expect(asset).toMatch(/^\/docs\//);
      const answer = await hejie().get(undefined, asset);
      expect(answer.status, asset).toBe(200);
      expect(answer.text.length, asset).toBeGreaterThan(100);
    }
    expect((await hejie().get(undefined, '/')).headers.get('location')).toBe('/docs');
  });

  it('list every error code with its status', async () => {
    const { body } = await hejie().get(undefined, '/docs/errors');
    expect(Object.keys(body).sort()).toEqual([...errorCodes].sort());
    for (const { status } of Object.values<{ status: number }>(body)) expect(status).toBeGreaterThanOrEqual(400);
  });

  it('may not be put into a frame, nor have their type guessed', async () => {
    for (const path of ['/docs', '/dev/mail', '/v1/cases', '/openapi.json']) {
      const { headers } = await hejie().get(operator, path);
      expect(headers.get('x-frame-options')).toBe('DENY');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    }
  });

  it('show caught mail with its signs escaped', async () => {
    const mails = [
      {
        messageId: 'm',
        receivedAt: 'now',
        to: '<b>"x"</b>',
        subject: '<script>alert(1)</script>',
        text: `<img src=x onerror='y'>&`,
      },
    ];
    const app = createApp({ ...hejie().deps, caughtMail: async () => mails });
    const html = await (await app.request('/dev/mail')).text();
    expect(html).not.toMatch(/<script|<img|<b>/);
    expect(html).toContain('&#60;script&#62;alert(1)&#60;/script&#62;');
    const asJson = await app.request('/dev/mail', { headers: { accept: 'application/json' } });
    expect(await asJson.json()).toEqual({ items: mails });
  });

  it('show no mail and no keys where mail goes out for real and the issuer is another', async () => {
    const { caughtMail: _, devJwks: __, ...real } = hejie().deps;
    const app = createApp(real);
    expect((await app.request('/dev/mail')).status).toBe(404);
    expect((await app.request('/dev/jwks.json')).status).toBe(404);
  });

  it('give the public key of the development issuer, never the private one', async () => {
    const { body } = await hejie().get(undefined, '/dev/jwks.json');
    expect(body.keys).toHaveLength(1);
    expect(body.keys[0]).not.toHaveProperty('d');
  });
});

describe('whoever runs it', () => {
  it('asks whether it lives and whether it is ready', async () => {
    expect((await hejie().get(undefined, '/healthz')).body).toEqual({ ok: true });
    expect((await hejie().get(undefined, '/readyz')).body).toEqual({ ready: true, temporal: true, postgres: true });
  });

  it('measures by route, never by case', async () => {
    const caseNo = await register();
    await hejie().get(operator, `/v1/cases/${caseNo}`);
    await hejie().get(operator, `/v1/cases/${caseNo}/nothing-here`);
    const { text, headers } = await hejie().get(undefined, '/metrics');
    expect(headers.get('content-type')).toMatch(/^text\/plain/);
    expect(text).toMatch(/hejie_http_request_seconds_count\{method="GET",route="\/v1\/cases\/:id",status="200"\} \d+/);
    expect(text).not.toMatch(/\d{6}-\d{4}-\d{6}/);
    expect(text).not.toContain(caseNo);
  });

  it('finds an unexpected error in the log by the request, without what a person wrote', async () => {
    const secret = `${personal.worker} ${personal.workerPhone}`;
    const rules = Object.assign(Object.create(hejie().deps.rules), {
      regionExists: () => {
        throw new Error(`broken for\n${secret}\n  ${secret}`);
      },
    });
    const app = createApp({ ...hejie().deps, rules });
    const before = hejie().logged().length;
    const response = await app.request('/v1/rules/release?region=310116');
    const body = await response.json();
    const answer = { status: response.status, headers: response.headers, body, text: JSON.stringify(body) };
    expectProblem(answer, 500, 'internal');
    hejie().sawProblem('internal');
    const logged = hejie().logged().slice(before);
    expect(logged).toContain(response.headers.get('x-request-id'));
    expect(logged).toContain('regionExists');
    expect(logged + answer.text).not.toContain(personal.workerPhone);
  });
});
