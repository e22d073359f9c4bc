import { ZenEngine } from '@gorules/zen-engine';
import { Engine } from 'json-rules-engine';
import { channels } from '../domain/case/case.ts';
import type { FactValue, RuleBook } from '../domain/rules.ts';
import { lintPacks } from '../rules/lint.ts';
import { packsFolder, readSources } from '../rules/load.ts';
import { documentOf, type PackDocument, sourceOfDocument } from '../rules/pack-document.ts';
import type { PackSource } from '../rules/packs.ts';
import { ruleBookOf } from '../rules/rule-book.ts';
import { median } from './measure.ts';

const POINT = 'intake.majorDispute';
const NATION = '000000-national';
const STEP_YUAN = 1_000;

/** One row of the table: a channel and a band of amounts. */
interface Band {
  channel: string;
  fromYuan: number;
}

/** The same table of rules in three engines: how fast each answers, and what it takes to have it ready. */
export interface TableTimes {
  rules: number;
  /** Decisions a second. */
  rates: { product: number; jsonRulesEngine: number; zen: number };
  /** Seconds until it answers the first time; of the product with every check that stops a start. */
  ready: { product: number; jsonRulesEngine: number; zen: number };
  /** Seconds of all that can be found in the pack before it is in force, gaps and rules in vain included. */
  lint: number;
}

/** Measures a pack with so many rules at one point. All three answer alike, or it throws. */
export async function measureTable(
  rules: number,
  { turns, turnMs }: { turns: number; turnMs: number },
): Promise<TableTimes> {
  const bands = Array.from({ length: rules }, (_, index): Band => {
    return {
      channel: channels[index % channels.length] ?? '',
      fromYuan: Math.floor(index / channels.length) * STEP_YUAN,
    };
  });
  const packs = await packsWith(bands);
  const questions = bands.map(factsOf);
  const ready = { product: [] as number[], jsonRulesEngine: [] as number[], zen: [] as number[] };
  const rates = { product: [] as number[], jsonRulesEngine: [] as number[], zen: [] as number[] };
  for (let turn = 0; turn < turns; turn++) {
    for (const side of ['product', 'jsonRulesEngine', 'zen'] as const) {
      const started = performance.now();
      const ask = side === 'product' ? oursOf(packs) : side === 'zen' ? zenOf(bands) : bareOf(bands);
      const answered = await ask(questions[0] ?? {});
      ready[side].push((performance.now() - started) / 1000);
      if (answered !== 'band-0') throw new Error(`${side} answers ${answered}`);
      rates[side].push(await rateOf(ask, questions, turnMs));
    }
  }
  const linting = performance.now();
  const { findings } = await lintPacks(packs);
  const lint = (performance.now() - linting) / 1000;
  const broken = findings.filter(({ severity }) => severity === 'error');
  if (broken.length > 0) throw new Error(broken[0]?.reason.en);
  const middle = (of: typeof ready) => ({
    ...{ product: median(of.product), jsonRulesEngine: median(of.jsonRulesEngine), zen: median(of.zen) },
  });
  return { rules, rates: middle(rates), ready: middle(ready), lint };
}

type Ask = (facts: Record<string, FactValue>) => Promise<string | undefined>;

const factsOf = ({ channel, fromYuan }: Band): Record<string, FactValue> => ({
  ...{ workers: 1, withCommonClaim: 1, groups: [], publicOpinion: false },
  ...{ channel, amountYuan: fromYuan + STEP_YUAN / 2 },
});

const conditionsOf = ({ channel, fromYuan }: Band) => ({
  all: [
    { fact: 'channel', operator: 'equal', value: channel },
    { fact: 'amountYuan', operator: 'greaterThanInclusive', value: fromYuan },
    { fact: 'amountYuan', operator: 'lessThan', value: fromYuan + STEP_YUAN },
  ],
});

/** The shipped packs with these rules at the point of the nation, above its own. */
async function packsWith(bands: Band[]): Promise<PackSource[]> {
  const sources = await readSources(packsFolder);
  const nation = sources.find(({ folder }) => folder === NATION);
  if (nation === undefined) throw new Error('no national pack');
  const { files } = documentOf(nation);
  const file = `decisions/${POINT}.json`;
  const [like, ...others] = files[file] as Array<Record<string, unknown>>;
  const rows = bands.map((band, index) => ({
    ...like,
    ...{ id: `band-${index}`, priority: 900, when: conditionsOf(band) },
  }));
  const document: PackDocument = { format: 1, files: { ...files, [file]: [like, ...others, ...rows] } };
  return [...sources.filter((source) => source !== nation), sourceOfDocument(document)];
}

function oursOf(packs: PackSource[]): Ask {
  const book: RuleBook = ruleBookOf(packs);
  return async (facts) => (await book.decide('000000', POINT, facts)).matched[0]?.id;
}

/** json-rules-engine as its manual shows it. */
function bareOf(bands: Band[]): Ask {
  const rules = bands.map((band, index) => ({
    conditions: conditionsOf(band),
    event: { type: `band-${index}` },
  }));
  const engine = new Engine(rules);
  return async (facts) => (await engine.run(facts)).events[0]?.type;
}

/** ZEN's decision table with the first row that fits. */
function zenOf(bands: Band[]): Ask {
  const position = { x: 0, y: 0 };
  const table = {
    hitPolicy: 'first',
    inputs: [
      { id: 'channel', field: 'channel', name: 'channel' },
      { id: 'amount', field: 'amountYuan', name: 'amountYuan' },
    ],
    outputs: [{ id: 'rule', field: 'rule', name: 'rule' }],
    rules: bands.map(({ channel, fromYuan }, index) => ({
      ...{ _id: String(index), channel: `"${channel}"`, amount: `[${fromYuan}..${fromYuan + STEP_YUAN})` },
      rule: `"band-${index}"`,
    })),
  };
  const graph = {
    nodes: [
      { id: 'in', type: 'inputNode', name: 'in', position },
      { id: 'table', type: 'decisionTableNode', name: 'table', position, content: table },
      { id: 'out', type: 'outputNode', name: 'out', position },
    ],
    edges: [
      { id: 'first', type: 'edge', sourceId: 'in', targetId: 'table' },
      { id: 'second', type: 'edge', sourceId: 'table', targetId: 'out' },
    ],
  };
  const decision = new ZenEngine().createDecision(Buffer.from(JSON.stringify(graph)));
  return async (facts) => (await decision.evaluate(facts)).result.rule;
}

/** Questions from all over the table, one after the other. */
async function rateOf(ask: Ask, questions: Array<Record<string, FactValue>>, ms: number): Promise<number> {
  const started = performance.now();
  let done = 0;
  while (performance.now() - started < ms) {
    await ask(questions[(done * 37) % questions.length] ?? {});
    done += 1;
  }
  return (done / (performance.now() - started)) * 1000;
}
