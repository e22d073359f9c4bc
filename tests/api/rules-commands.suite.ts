import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ServerType, serve } from '@hono/node-server';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { sha256Of } from '../../rules/canonical.ts';
import { runCommand } from '../../scripts/rules/command.ts';
import { commands } from '../../scripts/rules/commands.ts';
import type { Person } from '../support/app.ts';
import { hejie, inDays } from './stage.ts';

const PACK = '310116-jinshan';
const author: Person = { subject: 'administrator-commands', role: 'administrator', region: '310116' };
const second: Person = { ...author, subject: 'administrator-commands-2' };

let folder = '';
let server: ServerType;
let url = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hejie-commands-'));
  await new Promise<void>((listening) => {
    server = serve({ fetch: hejie().app.fetch, port: 0, hostname: '127.0.0.1' }, () => listening());
  });
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await new Promise((closed) => server.close(closed));
  await rm(folder, { recursive: true, force: true });
});

/** `npm run rules -- …` as somebody, against the server: its exit code and what it prints. */
async function rules(by: Person | undefined, ...args: string[]): Promise<{ code: unknown; out: string }> {
  const lines: string[] = [];
  const spies = (['log', 'error'] as const).map((way) =>
    vi.spyOn(console, way).mockImplementation((line) => void lines.push(String(line))),
  );
  const before = process.exitCode;
  vi.stubEnv('HEJIE_API_URL', url);
  vi.stubEnv('HEJIE_TOKEN', by === undefined ? undefined : await hejie().tokenOf(by));
  try {
    await runCommand('npm run rules --', commands, args);
    return { code: process.exitCode, out: lines.join('\n') };
  } finally {
    process.exitCode = before;
    vi.unstubAllEnvs();
    for (const spy of spies) spy.mockRestore();
  }
}

const packFolder = () => join(folder, PACK);
const services = () => join(packFolder(), 'decisions', 'case.services.json');
const idIn = (out: string): string => /[0-9a-f-]{36}/.exec(out)?.[0] ?? '';
const kept = async () => (await hejie().db`select count(*)::int as n from administered_releases`)[0]?.n;

describe('the rules from the command line', () => {
  it('a pack that is exported and handed in again is the same text, and nothing differs', async () => {
    expect(await rules(author, 'export', PACK, folder)).toMatchObject({ code: 0 });
    const imported = await rules(author, 'import', packFolder(), '--reason', '原样交回');
    expect([imported.code, imported.out]).toEqual([0, expect.stringContaining('checked')]);
    const id = idIn(imported.out);
    const inForce = (await hejie().get(author, `/v1/rules/packs/${PACK}`)).body;
    const drafted = await hejie().get(author, `/v1/releases/${id}/document`);
    expect(drafted.headers.get('etag')).toBe(`"${sha256Of(inForce)}"`);
    expect(sha256Of(drafted.body)).toBe(sha256Of(inForce));
    expect(await rules(author, 'diff', id)).toEqual({ code: 0, out: '0 处改动 changes' });
    await hejie().post(author, `/v1/releases/${id}/withdraw`, { reason: '仅试' });
  });

  it('a pack that was cut off in the middle is refused with the place, on disk or on the way, and nothing of it is kept', async () => {
    const before = await kept();
    const whole = await readFile(services(), 'utf8');
    await writeFile(services(), whole.slice(0, whole.length / 2));
    const broken = await rules(author, 'import', packFolder(), '--reason', '半个文件');
    expect(broken).toMatchObject({
      code: 1,
      out: expect.stringMatching(/case\.services\.json:\d+ .*\[syntax\] error/),
    });
    await writeFile(services(), whole);

    const { text } = await hejie().get(author, `/v1/rules/packs/${PACK}`);
    const body = Buffer.from(`{"kind":"pack","reason":"断线","document":${text}}`);
    const token = await hejie().tokenOf(author);
    await new Promise<void>((gone) => {
      const sending = request(`${url}/v1/releases`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
          'content-length': body.length,
        },
      });
      sending.on('error', () => gone());
      sending.on('close', () => gone());
      sending.write(body.subarray(0, body.length / 2), () => sending.destroy());
    });
    // Asked after it on the same server: what was cut off has been looked at.
    expect((await rules(author, 'diff', '00000000-0000-4000-8000-000000000000')).code).toBe(1);
    expect(await kept()).toBe(before);
  });

  it('a change is handed in, told row by row, simulated, and published by a second administrator only', async () => {
    for (const story of ['story-major-dispute', 'story-silent-employer'])
      await rm(join(packFolder(), 'scenarios', `${story}.json`));
    const text = await readFile(services(), 'utf8');
    await writeFile(services(), text.replace(/"source": "([^"]+)"/, '"source": "$1（修订）"'));
    const imported = await rules(author, 'import', packFolder(), '--reason', '修订依据');
    expect(imported.code).toBe(0);
    const id = idIn(imported.out);
    const differs = await rules(author, 'diff', id);
    expect(differs).toMatchObject({ code: 1, out: expect.stringContaining('decisions/case.services.json') });
    expect(differs.out).toContain('（修订）');

    const publish = (by: Person) => rules(by, 'publish', id, '--from', inDays(30), '--reason', '局务会议通过');
    expect(await publish(second)).toMatchObject({ code: 1, out: expect.stringContaining('release-not-simulated') });
    const simulated = await rules(author, 'simulate', id, '--reason', '看影响');
    expect(simulated.code).toBe(0);
    expect(JSON.parse(simulated.out)).toHaveProperty('decisions');
    const tried = await hejie().post(author, '/v1/rules/scenarios/run', { draft: id });
    expect(tried.body).toMatchObject({ green: true, untouched: [] });
    expect(await publish(author)).toMatchObject({ code: 1, out: expect.stringContaining('own-draft') });
    expect(await publish(second)).toMatchObject({ code: 0, out: expect.stringContaining(inDays(30)) });
    expect(await publish(second)).toMatchObject({ code: 1, out: expect.stringContaining('release-approved') });
    expect((await hejie().post(second, `/v1/releases/${id}/withdraw`, { reason: '仅试' })).status).toBe(200);
  });

  it('used wrongly it says how, with an exit code of its own; without a token it says what is missing', async () => {
    const wrongly: Array<[string[], string]> = [
      [['pubish'], 'pubish'],
      [['publish'], '<draft id>'],
      [['publish', 'x', '--reason', 'x'], '--from'],
      [['export', PACK], '<folder>'],
      [['import', join(folder, 'nowhere'), '--reason', 'x'], 'nowhere'],
      [['import', packFolder()], '--reason'],
      [['simulate', 'x', '--why', 'x'], '--why'],
      [['notice', join(folder, 'none.txt'), '--source', 'x'], 'none.txt'],
    ];
    for (const [args, said] of wrongly)
      expect([args, await rules(author, ...args)]).toEqual([args, { code: 2, out: expect.stringContaining(said) }]);
    expect(await rules(undefined, 'export', PACK, folder)).toMatchObject({
      code: 2,
      out: expect.stringContaining('HEJIE_TOKEN'),
    });
    expect(await rules(author, 'export', '999999-nowhere', folder)).toMatchObject({
      code: 1,
      out: expect.stringContaining('not-found'),
    });
  });

  it('a notice of holidays is read without a server, handed in with a reason, and refused with its line', async () => {
    const file = join(folder, 'notice.txt');
    const published = await readFile(new URL('../../fixtures/holiday-notices/2024.txt', import.meta.url), 'utf8');
    await writeFile(file, published);
    const printed: string[] = [];
    const spy = vi.spyOn(process.stdout, 'write').mockImplementation((text) => printed.push(String(text)) > 0);
    const nation: Person = { ...author, region: '000000' };
    try {
      expect((await rules(undefined, 'notice', file, '--source', '国务院公报')).code).toBe(0);
      expect((await rules(nation, 'notice', file, '--source', '国务院公报', '--reason', '补录')).out).toContain('#');
    } finally {
      spy.mockRestore();
    }
    const shown = printed.filter((text) => text.includes('"notice"')).map((text) => JSON.parse(text));
    expect(shown[1]).toEqual(shown[0]);
    expect(shown[0]).toMatchObject({ year: 2024, notice: '国办发明电〔2023〕7号', source: '国务院公报' });
    await writeFile(file, published.replace('放假调休,共8天', '放假调休,共9天'));
    const refused = await rules(undefined, 'notice', file, '--source', '国务院公报');
    expect(refused).toMatchObject({ code: 1, out: expect.stringMatching(/notice\.txt:11:\d+ \[count-differs\]/) });
  });
});
