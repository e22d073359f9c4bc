import { describe, expect, it } from 'vitest';
import { chain } from '../../domain/procedures/chain.ts';
import type { RuleBook } from '../../domain/rules.ts';
import { loadRuleBook, ruleBookFrom } from '../../rules/index.ts';
import type { RuleRow } from '../../rules/pack-schema.ts';
import { pathFaults, walk } from '../../rules/paths.ts';
import { layeredRegions, type StoredPack } from '../../rules/stored-packs.ts';

const book = await loadRuleBook();
const regions = layeredRegions(book);

/** The same book with one rule of the nation's paths spoilt. */
function spoilt(id: string, spoil: (rule: RuleRow) => RuleRow[]): RuleBook {
  const content = structuredClone(book.content) as { packs: StoredPack[] };
  const decisions = content.packs.find(({ head }) => head.regionCode === '000000')?.decisions ?? {};
  let times = 0;
  for (const point of ['procedure.next', 'intake.firstProcedure'] as const) {
    decisions[point] = (decisions[point] ?? []).flatMap((rule) => {
      if (rule.id !== id) return [rule];
      times += 1;
      return spoil(rule);
    });
  }
  expect(times, id).toBe(1);
  return ruleBookFrom(content);
}
const without = (id: string): RuleBook => spoilt(id, () => []);
/** Puts one value in the place of another wherever the rule has it. */
const changed = (id: string, from: string, to: string): RuleBook =>
  spoilt(id, (rule) => {
    expect(JSON.stringify(rule)).toContain(`"${from}"`);
    return [JSON.parse(JSON.stringify(rule).replaceAll(`"${from}"`, `"${to}"`)) as RuleRow];
  });

describe('the paths of a case', () => {
  it('NEG-09 MED-13: no outcome leaves a case standing, no procedure is out of reach, no rule waits in vain', async () => {
    expect(await pathFaults(book)).toEqual([]);
  });

  it.each(regions)('region %s: every outcome of every procedure has its row', async (region) => {
    const { paths } = await walk(book, region);
    const known = new Set(paths.map(({ procedure, outcome }) => `${procedure}/${outcome}`));
    const asked = chain.flatMap(([name, { outcomes }]) => outcomes.map((outcome) => `${name}/${outcome}`));
    expect(asked.filter((pair) => !known.has(pair))).toEqual([]);
  });

  it('NEG-09: an overdue settlement goes to mediation in every region', async () => {
    for (const region of regions) {
      const { paths } = await walk(book, region);
      const overdue = paths.filter((path) => path.procedure === 'settlementPerformance' && path.outcome === 'overdue');
      expect(new Set(overdue.map(({ next }) => next)), region).toEqual(new Set(['mediation']));
    }
  });
});

describe('a spoilt book is found out', () => {
  it.each([
    ['NEG-01', 'negotiation-first', 'intake/routed', '"negotiatedBefore":false'],
    ['NEG-09', 'negotiation-over-to-mediation', 'negotiation/noResponse', '"scope":"labour"'],
    ['MED-11', 'breach-to-arbitration', 'agreementPerformance/breached', '"scope":"personnel"'],
    ['MED-17', 'breach-to-court', 'agreementPerformance/breached', '"scope":"newEmploymentForm"'],
    ['JC-07', 'breach-of-confirmed-agreement', 'agreementPerformance/breached', '"enforceable":"confirmed"'],
  ])('%s: without %s, %s leads nowhere in any region', async (_row, id, about, facts) => {
    const faults = (await pathFaults(without(id))).filter(({ code }) => code === 'no-next');
    const missed = faults.filter((fault) => fault.about === about && fault.reason.zh.includes(facts));
    expect(new Set(missed.map(({ region }) => region))).toEqual(new Set(regions));
  });

  it('NEG-06: where a settlement is not followed by its performance, that procedure is out of reach', async () => {
    const faults = await pathFaults(changed('settled-to-performance', 'settlementPerformance', 'followUp'));
    expect(faults.map(({ code, about }) => [code, about])).toEqual(
      regions.map(() => ['out-of-reach', 'settlementPerformance']),
    );
    expect(faults[0]?.reason.zh).toContain('从受理登记无法到达“和解协议履行”');
  });

  it('MED-13: a rule for an outcome that its procedure never has is named', async () => {
    const faults = await pathFaults(changed('mediation-withdrawn', 'withdrawn', 'reopened'));
    expect(faults).toContainEqual({
      code: 'unknown-outcome',
      region: '000000',
      about: 'mediation-withdrawn',
      reason: { zh: 'mediation 没有结果“reopened”', en: 'mediation has no outcome "reopened"' },
    });
    expect(faults.filter(({ code }) => code === 'no-next').map(({ about }) => about)).toContain('mediation/withdrawn');
  });
});
