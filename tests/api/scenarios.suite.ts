import { describe, expect, it } from 'vitest';
import type { WholeRelease } from '../../api/administration/kind.ts';
import { notTried } from '../../api/administration/tried.ts';
import { findRelease } from '../../db/administered-releases.ts';
import { findScenarioRun } from '../../db/scenario-runs.ts';
import { eventually } from '../support/app.ts';
import { administrator, expectProblem, hejie, operator } from './stage.ts';

const author = { subject: 'administrator-scenarios', role: 'administrator', region: '310116' } as const;
const run = (body: unknown, by: Parameters<ReturnType<typeof hejie>['post']>[0] = author, headers = {}) =>
  hejie().post(by, '/v1/rules/scenarios/run', body, { headers });

const story = (days: number) => ({
  ...{ id: 'ten-days', title: { zh: '金山：调解十日', en: 'Jinshan: ten days of mediation' }, region: '310116' },
  case: { requestedRoute: 'mediation' },
  story: [
    { act: 'mediation.apply', input: { form: 'oral' } },
    { act: 'mediation.consent', input: { party: 'r1', willing: true }, by: 'r1' },
    { act: 'mediation.accept' },
    { expect: { clock: 'mediation.conclusion', days } },
    { silent: 15 },
    { expect: { ended: 'mediation', outcome: 'expired', next: 'followUp' } },
  ],
  path: ['mediation', 'followUp'],
});

/** Jinshan with ten days of mediation, and that story about it. */
async function draftWith(days: number) {
  const { body } = await hejie().get(author, '/v1/rules/packs/310116-jinshan');
  const rules = Object.entries(body.files).filter(([file]) => !file.startsWith('scenarios/'));
  const row = { id: 'mediation.conclusion', source: '本区通知', amount: 10 };
  const decisions = (body.files['scenarios/jinshan.json'] as unknown[]).slice(0, 1);
  const files = { ...Object.fromEntries(rules), 'deadlines.json': [row] };
  return { format: 1, files: { ...files, 'scenarios/mine.json': story(days), 'scenarios/jinshan.json': decisions } };
}

interface News {
  event: string;
  data: Record<string, unknown>;
}
const newsOf = (text: string): News[] =>
  text
    .split('\n\n')
    .filter((one) => one.includes('data: '))
    .map((one) => ({
      event: /event: (.*)/.exec(one)?.[1] ?? '',
      data: JSON.parse(/data: (.*)/.exec(one)?.[1] ?? 'null'),
    }));

describe('the scenarios of a draft', () => {
  it('MED-07 run on the real workflows before it is in force: the story that fails says where, and when it is mended the draft is green', async () => {
    const streamed = run({ document: await draftWith(15) }, author, { accept: 'text/event-stream' });
    // One rehearsal at a time: whoever comes meanwhile is told when to come again.
    await eventually('the rehearsal', async () => hejie().deps.rehearsals.busy());
    const busy = await run({ scenarios: [story(10)] });
    expectProblem(busy, 503, 'rehearsal-busy');
    expect(busy.headers.get('retry-after')).toBe('10');

    const news = newsOf((await streamed).text);
    expect(news.map(({ event }) => event)).toEqual(['result', 'result', 'done']);
    expect(news[0]?.data).toMatchObject({ kind: 'decision', passed: true });
    expect(news[1]?.data).toMatchObject({
      ...{ id: 'ten-days', kind: 'story', passed: false },
      differences: [{ at: '/story/3/expect/days', expected: 15, actual: 10 }],
    });
    const untouched = [{ pack: '310116-jinshan', file: 'deadlines.json', row: 'mediation.conclusion' }];
    expect(news[2]?.data).toMatchObject({ green: false, untouched });

    const { body, status } = await run({ document: await draftWith(10) });
    expect(status).toBe(200);
    expect(body).toMatchObject({ green: true, untouched: [] });
    expect(body.sha256).not.toBe(hejie().deps.rules.sha256);
    const kept = (await hejie().get(author, `/v1/rules/scenarios/runs/${body.id}`)).body;
    expect(kept).toMatchObject({ green: true, bookSha256: body.sha256, results: body.results });
    expect(await findScenarioRun(hejie().db, kept.documentSha256)).toMatchObject({ id: body.id, green: true });
    const first = await hejie().get(author, `/v1/rules/scenarios/runs/${news[2]?.data.id}`);
    expect(first.body).toMatchObject({ green: false, untouched });
    expectProblem(await hejie().get(operator, `/v1/rules/scenarios/runs/${body.id}`), 403, 'not-allowed');
  });

  it('of the packs within its region are tried with it beneath them, and one that fails keeps it from being approved', async () => {
    const nation = { ...administrator, subject: 'administrator-nation' };
    const { files } = (await hejie().get(nation, '/v1/rules/packs/000000-national')).body;
    const point = 'decisions/mediation.organisation.json';
    const rules = Object.entries(files).filter(([file]) => !file.startsWith('scenarios/'));
    // Stronger than what Sichuan and Jinshan may say.
    const stronger = (files[point] as Array<Record<string, unknown>>).map((rule, at) =>
      at === 0 ? { ...rule, priority: 1000, when: { all: [] } } : rule,
    );
    const document = { format: 1, files: { ...Object.fromEntries(rules), [point]: stronger } };
    const { body } = await hejie().post(nation, '/v1/releases', { kind: 'pack', reason: '统一调解组织', document });
    const tried = (await run({ draft: body.id }, nation)).body;
    const red = tried.results.filter(({ passed }: { passed: boolean }) => !passed);
    expect(tried.green).toBe(false);
    expect(new Set(red.map(({ pack }: { pack: string }) => pack))).toContain('510000-sichuan');

    const release = { ...(await findRelease(hejie().db, body.id)), content: document } as WholeRelease;
    const obstacle = await notTried(hejie().deps, release);
    expect(obstacle?.problem).toMatchObject({ code: 'scenarios-not-green' });
    const places = obstacle?.problem.errors?.map(({ place }) => place);
    expect(places).toContainEqual(expect.stringMatching(/^510000-sichuan [a-zA-Z0-9.-]+$/));
    await hejie().post(nation, `/v1/releases/${body.id}/withdraw`, { reason: '不采用' });
  });

  it('end with whoever asked for them: nothing is left of a rehearsal that nobody waits for', async () => {
    const left = new AbortController();
    const token = await hejie().tokenOf(author);
    const response = await hejie().app.request('/v1/rules/scenarios/run', {
      ...{ method: 'POST', signal: left.signal, body: JSON.stringify({ document: await draftWith(10) }) },
      headers: { authorization: `Bearer ${token}`, accept: 'text/event-stream', 'content-type': 'application/json' },
    });
    const reader = response.body?.getReader();
    await reader?.read();
    await reader?.cancel();
    await hejie().deps.rehearsals.stop();
    expect((await run({ document: await draftWith(10), only: ['jinshan-platform'] })).body).toMatchObject({
      green: true,
      results: [{ id: 'jinshan-platform' }],
    });
  });

  it('are refused where they are broken, too many, or none of the caller’s business', async () => {
    const { files } = await draftWith(10);
    const broken = { ...story(10), story: [{ act: 'mediation.sing' }] };
    const invalid = await run({ document: { format: 1, files: { ...files, 'scenarios/mine.json': broken } } });
    expectProblem(invalid, 422, 'release-invalid', '/story/0/act');
    expect(invalid.body.errors[0].place).toMatch(/^310116-jinshan\/scenarios\/mine\.json:\d+$/);
    const many = Array.from({ length: 31 }, (_, index) => ({ ...story(10), id: `s${index}` }));
    expectProblem(await run({ scenarios: many }), 422, 'too-many-stories');
    expectProblem(await run({ scenarios: [story(10)], release: 'a'.repeat(64) }), 422, 'unknown-release', '/release');
    expectProblem(await run({}), 422, 'bad-input', '/draft');
    expectProblem(await run({ draft: '00000000-0000-4000-8000-000000000000' }), 404, 'not-found');
    expectProblem(await run({ scenarios: [story(10)] }, operator), 403, 'not-allowed');
    const elsewhere = { ...administrator, subject: 'administrator-guiyang', region: '520100' };
    expectProblem(await run({ scenarios: [story(10)] }, elsewhere), 403, 'not-allowed');
  });
});
