import { describe, expect, it } from 'vitest';
import { loadRuleBook } from '../../rules/index.ts';
import { packsFolder, readSources } from '../../rules/load.ts';
import { documentOf, type PackDocument } from '../../rules/pack-document.ts';
import { createReleaseSource, type ReleaseStore, UnknownRelease } from '../../rules/release-source.ts';

const shipped = await loadRuleBook();
const packs = await readSources(packsFolder);
const jinshan = documentOf(packs.find(({ folder }) => folder === '310116-jinshan') as (typeof packs)[number]);

const jinshanWith = (amount: number, head: Record<string, string> = {}): PackDocument => ({
  format: 1,
  files: {
    ...jinshan.files,
    'pack.json': { ...(jinshan.files['pack.json'] as object), ...head },
    'deadlines.json': [{ id: 'mediation.conclusion', source: '区里的通知', amount }],
  },
});

/** A store in memory, since what is shown is when it is asked and what is made of it; the real one is in the api suite. */
function store() {
  const kept = new Map<string, unknown>();
  const inForce = new Map<string, string>();
  const approved: Array<{ from: string; document: PackDocument }> = [];
  const asked: string[] = [];
  const of: ReleaseStore = {
    save: async ({ sha256, content }) => void kept.set(sha256, content),
    content: async (sha256) => kept.get(sha256),
    approvedPacksOn: async (day) => {
      asked.push(day);
      return approved
        .filter(({ from }) => from <= day)
        .slice(-1)
        .map(({ document }) => document);
    },
    noteInForce: async (day, sha256) => void inForce.set(day, sha256),
    inForceOn: async (day) => [...inForce].filter(([from]) => from <= day).at(-1)?.[1],
  };
  return { of, approved, asked };
}

/** Days of mediation in Jinshan. */
const days = (book: typeof shipped) => book.deadline('310116', 'mediation.conclusion').amount;

describe('the rules over time', () => {
  it('a release approved for tomorrow is in force from midnight in Shanghai, and not before', async () => {
    const { of, approved, asked } = store();
    let now = new Date('2026-11-25T15:59:59.999Z');
    const releases = await createReleaseSource(shipped, of, () => now);
    approved.push({ from: '2026-11-26', document: jinshanWith(10) });
    expect(days(await releases.refresh())).toBe(15);
    expect(days(await releases.on('2026-11-26'))).toBe(10);
    now = new Date('2026-11-25T16:00:00.000Z');
    expect(days(await releases.refresh())).toBe(10);
    expect(days(releases.current())).toBe(10);
    // The day before is as it was, and nothing is asked twice of a day that has begun.
    expect(days(await releases.on('2026-11-25'))).toBe(15);
    const before = asked.length;
    await Promise.all([releases.refresh(), releases.refresh(), releases.on('2026-11-26')]);
    expect(asked.length).toBe(before);
  });

  it('every book that was ever in force is found by its hash, also by another process', async () => {
    const { of, approved } = store();
    let now = new Date('2026-11-25T04:00:00Z');
    const releases = await createReleaseSource(shipped, of, () => now);
    const first = releases.current();
    approved.push({ from: '2026-11-26', document: jinshanWith(10) });
    now = new Date('2026-11-26T04:00:00Z');
    const second = await releases.refresh();
    const other = await createReleaseSource(shipped, of, () => now);
    expect(other.current().sha256).toBe(second.sha256);
    expect((await other.ruleBook(first.sha256)).sha256).toBe(first.sha256);
    expect((await other.on('2026-11-25')).sha256).toBe(first.sha256);
    await expect(other.ruleBook('0'.repeat(64))).rejects.toThrow(UnknownRelease);
  });

  it('a local pack holds only between the days that it names; then the wider rules do', async () => {
    const { of, approved } = store();
    approved.push({ from: '2026-11-26', document: jinshanWith(10, { effectiveUntil: '2026-11-30' }) });
    const releases = await createReleaseSource(shipped, of, () => new Date('2026-11-25T04:00:00Z'));
    expect(days(await releases.on('2026-11-30'))).toBe(10);
    const after = await releases.on('2026-12-01');
    expect(days(after)).toBe(15);
    expect(after.packsFor('310116')).not.toContain('310116-jinshan');
  });
});
