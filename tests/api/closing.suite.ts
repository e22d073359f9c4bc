import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { errorCodes } from '../../contracts/errors.ts';
import { administrationCodes } from './administration-codes.ts';
import { codesSeen, expectProblem, hejie, items, lapsed, personal } from './stage.ts';

describe('after the time to apply has run out (JR-01, counted in seconds in the demonstration region)', () => {
  it('the joint application is refused with the deadline that has passed, and the case says that it lapsed', async () => {
    const { caseNo, answer } = await lapsed();
    expectProblem(answer, 409, 'deadline-passed');
    expect(answer.body.source).toContain('第七十四条');
    const demo = { subject: 'window-demo', role: 'operator' as const, region: '990000' };
    const deadlines = await items(`/v1/cases/${caseNo}/deadlines`, demo);
    const application = deadlines.find(({ id }: { id: string }) => id === 'arbitrationReview.application');
    expect(Date.parse(application.dueAt)).toBeLessThan(Date.now());
  });
});

/** Codes that no call of the API can bring about at will, and where they are shown instead. */
const shownElsewhere: Record<string, { file: string; why: string }> = {
  'procedure-closing': {
    file: 'tests/unit/api/send-act.test.ts',
    why: 'only in the instant between two procedures; the API then tries again by itself for five seconds',
  },
};

describe('the list of error codes', () => {
  it('holds no code that nobody has seen: each was answered in these tests, or is shown elsewhere', async () => {
    const unseen = errorCodes.filter(
      (code) => !codesSeen.has(code) && !administrationCodes.includes(code) && shownElsewhere[code] === undefined,
    );
    expect(unseen).toEqual([]);
    for (const [code, { file }] of Object.entries(shownElsewhere)) {
      const text = await readFile(new URL(`../../${file}`, import.meta.url), 'utf8');
      expect(text, file).toContain(`'${code}'`);
    }
  });

  it('is closed: no problem was answered with a code that is not in it', () => {
    expect([...codesSeen].filter((code) => !(errorCodes as readonly string[]).includes(code))).toEqual([]);
  });

  it('is used up: each code stands somewhere in the program', async () => {
    const rooms = ['api', 'domain', 'papers', 'workflows'];
    const texts = await Promise.all(
      rooms.map(async (room) => {
        const folder = new URL(`../../${room}/`, import.meta.url);
        const files = (await readdir(folder, { recursive: true })).filter(
          (name) => name.endsWith('.ts') && name !== 'refusal.ts',
        );
        return Promise.all(files.map((name) => readFile(new URL(name, folder), 'utf8')));
      }),
    );
    const program = texts.flat().join('\n');
    expect(errorCodes.filter((code) => !program.includes(`'${code}'`))).toEqual([]);
  });
});

describe('the logs', () => {
  it('of the API and of the worker hold none of the names, numbers and addresses that were used, nor words of people', () => {
    const logged = hejie().logged();
    for (const secret of [...Object.values(personal), '测试', '双方当面谈妥', '拖欠三个月工资', 'example.test'])
      expect(logged).not.toContain(secret);
    for (const account of ['account-worker', 'account-employer', 'window-1', 'Bearer'])
      expect(logged).not.toContain(account);
    // There is a log: what was left unfinished was settled, and mail failed for a while.
    expect(logged).toContain('an unfinished act was settled');
    expect(logged).toContain('a notice could not be sent');
  });

  it('and the histories hold none either', async () => {
    const { workflow } = hejie().deps.temporal;
    let looked = 0;
    for await (const { workflowId, runId } of workflow.list({ pageSize: 200 })) {
      if (looked >= 60) break;
      looked += 1;
      const history = JSON.stringify(await workflow.getHandle(workflowId, runId).fetchHistory(), (_key, value) =>
        value instanceof Uint8Array || value?.type === 'Buffer'
          ? Buffer.from(value.data ?? value).toString('utf8')
          : value,
      );
      for (const secret of [...Object.values(personal), '测试', '双方当面谈妥', 'example.test'])
        expect(history, workflowId).not.toContain(secret);
    }
    expect(looked).toBeGreaterThan(20);
  });
});
