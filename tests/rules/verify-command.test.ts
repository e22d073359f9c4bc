import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type DecisionReceipt, sealed } from '../../rules/receipts/receipt.ts';
import { verify } from '../../scripts/receipts/verify.ts';
import { UsedWrongly } from '../../scripts/rules/command.ts';
import { clockReceipt, receiptOf, release, scenarios } from './receipts-support.ts';

const bin = fileURLToPath(new URL('../../bin/hejie.mjs', import.meta.url));
/** As it is called from a shell, wherever one stands. */
const shell = (...args: string[]) =>
  new Promise<{ code: unknown; out: string }>((done) =>
    execFile(process.execPath, [bin, ...args], { cwd: tmpdir() }, (error, stdout, stderr) =>
      done({ code: error === null ? 0 : error.code, out: stdout + stderr }),
    ),
  );

/** The same without a process of its own. */
async function run(...args: string[]): Promise<{ code: number; out: string }> {
  const lines: string[] = [];
  const spies = (['log', 'error'] as const).map((way) =>
    vi.spyOn(console, way).mockImplementation((line) => void lines.push(String(line))),
  );
  try {
    const code = await verify.run(args);
    return { code, out: lines.join('\n') };
  } catch (error) {
    if (!(error instanceof UsedWrongly)) throw error;
    return { code: 2, out: error.message };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hejie-receipts-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function file(name: string, content: unknown): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content, null, 2));
  return path;
}

describe('npx hejie verify', () => {
  const clock = clockReceipt('mediation.acceptance', { anchorOn: '2026-09-28' });

  it('says that a receipt is computed to the same, by what, and what it only states', async () => {
    const receipt = await file('deadline.json', clock);
    const content = await file('content.json', { format: 1, packs: release.packs });
    const alone = await shell('verify', receipt);
    const given = await run(receipt, '--release', content);
    expect(alone).toMatchObject({ code: 0, out: expect.stringContaining('一致 match') });
    expect(alone.out).toContain('← rules/packs');
    expect(alone.out).not.toContain('not checked');
    expect(given).toMatchObject({ code: 0, out: expect.stringContaining(`← ${content}`) });
  });

  it('names the line that differs, and says so where the release is not at hand', async () => {
    const changed = await file('changed.json', { ...clock, dueOn: '2026-12-01' });
    const scenario = scenarios[0];
    if (scenario === undefined) throw new Error('no scenario');
    const other = { name: `2020.01.01+${'a'.repeat(8)}`, sha256: 'a'.repeat(64) };
    const decision = await receiptOf(scenario);
    const foreign = await file('foreign.json', sealed<DecisionReceipt>({ ...decision, release: other }));
    const content = await file('release.json', { format: 1, packs: release.packs });
    const differs = await shell('verify', changed);
    const unknown = await run(foreign);
    const wrong = await run(foreign, '--release', content);
    const line =
      JSON.stringify({ ...clock, dueOn: '2026-12-01' }, null, 2)
        .split('\n')
        .findIndex((one) => one.includes('"dueOn"')) + 1;
    expect(differs).toMatchObject({ code: 1, out: expect.stringContaining('不一致 differs') });
    expect(differs.out).toContain(`line ${line} /dueOn  凭据写 "2026-12-01"，算出 "${clock.dueOn}"`);
    expect(unknown).toMatchObject({ code: 0, out: expect.stringContaining('未核对 not checked') });
    expect(wrong).toMatchObject({ code: 1, out: expect.stringContaining('/release/sha256') });
  });

  it('refuses what is no receipt, with the line and the reason', async () => {
    const [receipt, text, twice, future, strange, large, empty] = await Promise.all([
      file('receipt.json', clock),
      file('text.json', '{\n  "format": 1,\n  oops'),
      file('twice.json', '{"format": 1,\n "format": 1}'),
      file('future.json', { ...clock, format: 2 }),
      file('strange.json', { ...clock, surprise: true }),
      file('large.json', ' '.repeat(50_000_000)),
      file('empty.json', []),
    ]);
    const cases: Array<[string[], string]> = [
      [[text], `${text}:3`],
      [[twice], '/format'],
      [[future], 'not a format of receipts that this program knows: 2'],
      [[strange], '/surprise'],
      [[large], 'no receipt has more than 5 MB'],
      [[text, '--release', empty], `${text}:3`],
      [[receipt, '--release', empty], 'is not the content of a rule release'],
      [[receipt, '--releases', empty], '--releases'],
      [[join(folder, 'none.json')], 'ENOENT'],
      [[], 'Give one receipt'],
    ];
    for (const [args, said] of cases)
      expect(await run(...args), said).toMatchObject({ code: 2, out: expect.stringContaining(said) });
    expect(await shell('sign', text)).toMatchObject({
      code: 2,
      out: expect.stringContaining('There is no command "sign"'),
    });
  });
});
