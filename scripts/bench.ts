/**
 * `npm run bench`: the product beside bare Temporal workflows that do as many durable steps, on the same server, in turns; and the
 * rules beside json-rules-engine. Two paths: negotiation → settled → performed, and the long one (bench/long-path.ts): settlement →
 * overdue → mediation → confirmation dismissed → breach → payment order. `--only long` for one part, `--quick` for small counts, `--json FILE` to keep the figures, `--profile DIR` for CPU
 * profiles of both workers. Reports; fails only when something breaks.
 */
import { writeFile } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { BUNDLED, measureBundle } from '../bench/bundle.ts';
import { measureDecisions } from '../bench/decisions.ts';
import { bareLongSide, type LongSide, productLongSide } from '../bench/long-path.ts';
import { median, percentile, pooled, timed } from '../bench/measure.ts';
import { openAtNegotiation } from '../bench/memory.ts';
import { measurePapers } from '../bench/papers.ts';
import { atLeast, atMost, type Row, tableOf } from '../bench/report.ts';
import { eventsOf, readChain, stepsOf } from '../bench/shape.ts';
import { bareSide, productSide, type Side } from '../bench/sides.ts';
import { measureSimulation } from '../bench/simulation.ts';
import { type BenchStack, startBenchStack } from '../bench/stack.ts';
import { measureTable } from '../bench/table-of-rules.ts';

const { values: flags } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    json: { type: 'string' },
    profile: { type: 'string' },
    only: { type: 'string' },
  },
});

const IN_FLIGHT = 20;
const counts = flags.quick
  ? {
      actRounds: 2,
      actsEach: 6,
      single: 16,
      caseRounds: 2,
      cases: 12,
      longRounds: 1,
      long: 24,
      http: 5,
      cold: 40,
      coldRounds: 1,
      few: 50,
      many: 500,
      turns: 3,
      turnMs: 60,
    }
  : {
      actRounds: 3,
      actsEach: 15,
      single: 60,
      caseRounds: 3,
      cases: 60,
      longRounds: 2,
      long: 60,
      http: 12,
      cold: 200,
      coldRounds: 2,
      few: 500,
      many: 5000,
      turns: 5,
      turnMs: 200,
    };

const parts = [
  'decisions',
  'table',
  'papers',
  'simulation',
  'bundle',
  'history',
  'acts',
  'cases',
  'long',
  'cold',
  'memory',
] as const;
const wanted = (part: (typeof parts)[number]) => flags.only === undefined || flags.only.split(',').includes(part);

const say = (text: string) => void process.stderr.write(`  … ${text}\n`);
const load = () =>
  loadavg()
    .map((value) => value.toFixed(1))
    .join(' ');

interface Bench {
  stack: BenchStack;
  product: Side;
  bare: Side;
}

/** Takes a sample case through its path, reads its history, and shapes the bare chain after it. */
async function prepare(stack: BenchStack): Promise<Bench & { rows: Row[] }> {
  const { client, db } = stack;
  const product = await productSide(client, db);
  const sample = await product.open();
  for (const act of product.path) await act(sample);
  await sleep(1_000);
  const runs = await readChain(client, sample);
  const acts = await product.open();
  for (const act of product.path.slice(0, 2)) await act(acts);
  const before = (await readChain(client, acts)).at(-1)?.shape.updates.length ?? 0;
  for (const turn of [0, 1]) await product.act(acts, turn);
  const shapes = (await readChain(client, acts)).at(-1)?.shape.updates.slice(before) ?? [];
  const chain = runs.map(({ shape }) => shape);
  const bare = bareSide(client, chain, shapes);
  const bareSample = await bare.open();
  for (const act of bare.path) await act(bareSample);
  await sleep(1_000);
  const bareRuns = await readChain(client, bareSample);
  return {
    stack,
    product,
    bare,
    rows: [
      {
        measure: 'history events, negotiation → settled → performed',
        unit: 'events',
        product: eventsOf(runs),
        bare: eventsOf(bareRuns),
        ratio: eventsOf(runs) / eventsOf(bareRuns),
        target: '≤ 100',
        met: eventsOf(runs) <= 100,
        note: runs.map(({ type, events }) => `${type} ${events}`).join(' + '),
      },
      {
        measure: 'local activities of that case',
        unit: 'steps',
        product: stepsOf(runs),
        bare: stepsOf(bareRuns),
      },
    ],
  };
}

const caseNoOf = (workflowId: string): string => workflowId.replace(/^case-/, '');

async function openMany(side: Side, count: number, upTo: number): Promise<string[]> {
  const ids: string[] = [];
  await pooled(count, IN_FLIGHT, async () => {
    const id = await side.open();
    for (const act of side.path.slice(0, upTo)) await act(id);
    ids.push(id);
  });
  return ids;
}

/** Latency of one act, with twenty in flight and one at a time, by the update path; then the same through HTTP. */
async function measureActs({ stack, product, bare }: Bench): Promise<Row[]> {
  say('opening cases for the acts');
  const sides = [
    { side: product, ids: await openMany(product, IN_FLIGHT, 2) },
    { side: bare, ids: await openMany(bare, IN_FLIGHT, 2) },
  ] as const;
  const many: number[][] = [[], []];
  const single: number[][] = [[], []];
  for (let round = 0; round < counts.actRounds; round++)
    for (const [index, { side, ids }] of sides.entries()) {
      say(`acts, round ${round + 1}/${counts.actRounds}, ${index === 0 ? 'product' : 'bare'}, load ${load()}`);
      many[index]?.push(
        ...(await timed(IN_FLIGHT, counts.actsEach, (caller, turn) => side.act(ids[caller] ?? '', turn))),
      );
      single[index]?.push(
        ...(await timed(1, counts.single, (_, turn) => side.act(ids[turn % ids.length] ?? '', turn))),
      );
    }
  const of = (times: number[][], part: number) => ({
    product: percentile(times[0] ?? [], part),
    bare: percentile(times[1] ?? [], part),
  });
  say('acts through HTTP');
  const { ids } = sides[0];
  const overHttp = (caller: number, turn: number) => httpAct(stack, ids[caller % ids.length] ?? '', turn);
  await timed(IN_FLIGHT, 2, overHttp);
  const http = await timed(IN_FLIGHT, counts.http, overHttp);
  const httpSingle = await timed(1, counts.single, (_, turn) => overHttp(turn, turn));
  return [
    atMost({ measure: 'act, 20 in flight, p50', unit: 'ms', ...of(many, 0.5) }, 1.5),
    atMost({ measure: 'act, 20 in flight, p95', unit: 'ms', ...of(many, 0.95) }, 1.5),
    {
      measure: 'act, one at a time, p50',
      unit: 'ms',
      ...of(single, 0.5),
      ratio: median(single[0] ?? []) / median(single[1] ?? []),
    },
    { measure: 'act, one at a time, p95', unit: 'ms', ...of(single, 0.95) },
    { measure: 'act through HTTP, 20 in flight, p50', unit: 'ms', product: percentile(http, 0.5) },
    { measure: 'act through HTTP, 20 in flight, p95', unit: 'ms', product: percentile(http, 0.95) },
    { measure: 'act through HTTP, one at a time, p50', unit: 'ms', product: percentile(httpSingle, 0.5) },
    { measure: 'act through HTTP, one at a time, p95', unit: 'ms', product: percentile(httpSingle, 0.95) },
  ];
}

async function httpAct({ apiUrl, token }: BenchStack, workflowId: string, turn: number): Promise<void> {
  const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
  const [act, body] =
    turn % 2 === 0
      ? ['negotiation.recordSession', { heldOn: today, channel: 'phone' }]
      : ['negotiation.agreePeriod', { amount: 20 + (turn % 4), agreedBy: ['w1', 'r1'] }];
  const answer = await fetch(`${apiUrl}/v1/cases/${workflowId.replace(/^case-/, '')}/acts/${act}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${act}: ${answer.status} ${await answer.text()}`);
  await answer.arrayBuffer();
}

/** Whole cases from registration to the last payment. */
async function measureCases({ product, bare }: Bench): Promise<Row[]> {
  const rates: number[][] = [[], []];
  for (let round = 0; round < counts.caseRounds; round++)
    for (const [index, side] of [product, bare].entries()) {
      say(`cases, round ${round + 1}/${counts.caseRounds}, ${index === 0 ? 'product' : 'bare'}, load ${load()}`);
      const seconds = await pooled(counts.cases, IN_FLIGHT, async () => {
        const id = await side.open();
        for (const act of side.path) await act(id);
      });
      rates[index]?.push(counts.cases / seconds);
    }
  return [
    atLeast(
      {
        measure: 'cases, negotiation → settled → performed',
        unit: 'cases/s',
        product: median(rates[0] ?? []),
        bare: median(rates[1] ?? []),
      },
      0.6,
    ),
  ];
}

/** The long path, see bench/long-path.ts: its history beside the bare chain's, then whole cases with the timers overlapping. */
async function measureLong({ client, db }: BenchStack): Promise<Row[]> {
  const sample = async (side: LongSide) => {
    const { workflowId } = await side.play();
    await sleep(1_000);
    return readChain(client, workflowId);
  };
  say('long path, a sample of each');
  const product = await productLongSide(client, db);
  const runs = await sample(product);
  const chain = runs.map(({ shape }) => shape);
  const bare = bareLongSide(client, chain);
  const bareRuns = await sample(bare);
  const rates: number[][] = [[], []];
  let missed = 0;
  for (let round = 0; round < counts.longRounds; round++)
    for (const [index, side] of [product, bare].entries()) {
      say(`long path, round ${round + 1}/${counts.longRounds}, ${index === 0 ? 'product' : 'bare'}, load ${load()}`);
      let ended = 0;
      const seconds = await pooled(counts.long, IN_FLIGHT, async () => {
        if ((await side.play()).atEnd) ended += 1;
      });
      rates[index]?.push(ended / seconds);
      missed += counts.long - ended;
    }
  const rate = { product: median(rates[0] ?? []), bare: median(rates[1] ?? []) };
  return [
    {
      measure: 'history events, long path',
      unit: 'events',
      product: eventsOf(runs),
      bare: eventsOf(bareRuns),
      ratio: eventsOf(runs) / eventsOf(bareRuns),
      note: runs
        .flatMap(({ type, events, beside }) => [
          `${type} ${events}`,
          ...beside.map((one) => `beside it ${one.type} ${one.events}`),
        ])
        .join(' + '),
    },
    { measure: 'local activities of that case', unit: 'steps', product: stepsOf(runs), bare: stepsOf(bareRuns) },
    atLeast(
      {
        ...{ measure: 'cases, long path', unit: 'cases/s', ...rate },
        ...(missed === 0 ? {} : { note: `${missed} missed a clock of a second a day and are not counted` }),
      },
      0.6,
    ),
  ];
}

/** The worker is started anew, so that no case is in its memory; then an act on each of many open cases. */
async function measureCold({ stack, product, bare }: Bench): Promise<Row[]> {
  say(`opening ${counts.cold} + ${counts.cold} cases`);
  const sides = [
    { side: product, part: stack.worker, ids: await openMany(product, counts.cold, 2) },
    { side: bare, part: stack.bareWorker, ids: await openMany(bare, counts.cold, 2) },
  ] as const;
  const rates: number[][] = [[], []];
  for (let round = 0; round < counts.coldRounds; round++)
    for (const [index, { side, part, ids }] of sides.entries()) {
      say(`cold, round ${round + 1}/${counts.coldRounds}, ${index === 0 ? 'product' : 'bare'}, load ${load()}`);
      await part.stop();
      await part.start();
      await sleep(1_000);
      const seconds = await pooled(ids.length, IN_FLIGHT, (number) => side.act(ids[number] ?? '', 0));
      rates[index]?.push(ids.length / seconds);
    }
  return [
    atLeast(
      {
        measure: `cold: an act on each of ${counts.cold} open cases`,
        unit: 'acts/s',
        product: median(rates[0] ?? []),
        bare: median(rates[1] ?? []),
      },
      0.6,
    ),
  ];
}

/** Memory of the worker with few and with many cases open. */
async function measureMemory({ stack, product }: Bench): Promise<Row[]> {
  const like = await product.open();
  await sleep(1_500);
  const caseNo = caseNoOf(like);
  await stack.worker.stop();
  await stack.worker.start();
  say(`memory: opening ${counts.few} cases, load ${load()}`);
  await openAtNegotiation(stack.client, stack.db, caseNo, { from: 0, to: counts.few, inFlight: IN_FLIGHT });
  const few = await stack.worker.memory();
  say(`memory: opening ${counts.many - counts.few} more, load ${load()}`);
  await openAtNegotiation(stack.client, stack.db, caseNo, { from: counts.few, to: counts.many, inFlight: IN_FLIGHT });
  const many = await stack.worker.memory();
  return [
    { measure: `worker memory, ${counts.few} open cases`, unit: 'MB', product: few },
    {
      measure: `worker memory, ${counts.many} open cases`,
      unit: 'MB',
      product: many,
      note: `growth × ${(many / few).toFixed(2)}`,
    },
  ];
}

async function decisionRows(): Promise<Row[]> {
  const rates = await measureDecisions(counts);
  // Overall: as if every point were asked equally often.
  const overall = (side: 'product' | 'bare') => rates.length / rates.reduce((sum, rate) => sum + 1 / rate[side], 0);
  return [
    ...rates.map(({ point, rules, product, bare }) =>
      atLeast({ measure: `decisions, ${point}`, unit: '/s', product, bare, note: `${rules} rules` }, 0.9),
    ),
    atLeast({ measure: 'decisions, all points', unit: '/s', product: overall('product'), bare: overall('bare') }, 0.9),
  ];
}

/** One table of a thousand rules in three engines. */
async function tableRows(): Promise<Row[]> {
  say(`table of rules, load ${load()}`);
  const { rules, rates, ready, lint } = await measureTable(flags.quick ? 200 : 1_000, counts);
  const of = `${rules.toLocaleString('en-US')} rules at one point`;
  const zen = (value: number, unit: string) => `ZEN ${value.toPrecision(3)} ${unit}`;
  return [
    {
      ...{ measure: `decisions, ${of}`, unit: '/s', product: rates.product, bare: rates.jsonRulesEngine },
      ...{ ratio: rates.product / rates.jsonRulesEngine, note: zen(rates.zen, '/s') },
    },
    {
      ...{ measure: `load and check, ${of}`, unit: 's', product: ready.product, bare: ready.jsonRulesEngine },
      note: `${zen(ready.zen, 's')}; bare and ZEN check nothing; with all that lint finds ${lint.toPrecision(3)} s more`,
    },
  ];
}

async function paperRows(): Promise<Row[]> {
  const { perSecond, papers } = await measurePapers({ most: flags.quick ? 20 : 100 });
  const note = `${papers} papers of all kinds, DOCX and PDF, one after the other`;
  return [{ measure: 'papers', unit: '/s', product: perSecond, note }];
}

async function simulationRows(): Promise<Row[]> {
  const decisions = flags.quick ? 5_000 : 100_000;
  say(`simulation, load ${load()}`);
  return (await measureSimulation(decisions)).flatMap(({ facts, seconds, peakMb }) => {
    const of = `simulation of ${decisions.toLocaleString('en-US')} decisions, facts ${facts}`;
    return [
      {
        measure: of,
        unit: 's',
        product: seconds,
        target: '≤ 20',
        met: seconds <= 20,
        note: 'what no condition tells apart is asked once',
      },
      { measure: `${of}: memory`, unit: 'MB', product: peakMb, note: 'peak above what the process had before' },
    ];
  });
}

async function bundleRows({ stack, product }: Bench): Promise<Row[]> {
  say(`bundle, load ${load()}`);
  const [id = ''] = await openMany(product, 1, 1);
  const { perSecond, bundleMs, bytes } = await measureBundle(stack, caseNoOf(id));
  return [
    { measure: 'papers through HTTP, one at a time', unit: '/s', product: perSecond, note: 'made, printed and kept' },
    {
      ...{ measure: `bundle of ${BUNDLED} papers, through HTTP`, unit: 'ms', product: bundleMs },
      ...{ target: '≤ 2000', met: bundleMs <= 2000, note: `${(bytes / 1e6).toFixed(1)} MB, DOCX and PDF, p50` },
    },
  ];
}

async function main(): Promise<void> {
  const started = Date.now();
  const loadBefore = load();
  const rows: Row[] = [];
  /** A part that breaks costs its own rows only; the run then fails at its end. */
  const part = async (name: (typeof parts)[number], measure: () => Promise<Row[]>) => {
    if (!wanted(name)) return;
    try {
      rows.push(...(await measure()));
    } catch (error) {
      process.exitCode = 1;
      process.stderr.write(`  ✗ ${name}: ${error instanceof Error ? error.stack : String(error)}\n`);
    }
  };
  await part('decisions', decisionRows);
  await part('table', tableRows);
  await part('papers', paperRows);
  await part('simulation', simulationRows);
  if (parts.slice(4).some(wanted)) {
    say('starting servers');
    const stack = await startBenchStack(flags.profile === undefined ? {} : { profile: flags.profile });
    try {
      const { rows: history, ...bench } = await prepare(stack);
      rows.push(...history);
      await part('bundle', () => bundleRows(bench));
      await part('acts', () => measureActs(bench));
      await part('cases', () => measureCases(bench));
      await part('long', () => measureLong(stack));
      await part('cold', () => measureCold(bench));
      await part('memory', () => measureMemory(bench));
    } finally {
      await stack.stop();
    }
  }
  const about = {
    at: new Date(started).toISOString(),
    seconds: Math.round((Date.now() - started) / 1000),
    cores: cpus().length,
    cpu: cpus()[0]?.model ?? '',
    node: process.version,
    loadBefore,
    loadAfter: load(),
    inFlight: IN_FLIGHT,
    quick: flags.quick,
  };
  const text = [
    '',
    tableOf(rows),
    '',
    `${about.cores} cores (${about.cpu}), Node ${about.node}; load before ${about.loadBefore}, after ${about.loadAfter}; ${about.seconds} s.`,
    `${IN_FLIGHT} callers in one process; beside them ran Temporal's dev server (SQLite, WAL), Postgres, the mail catcher, the product's`,
    'worker with its mail relay, the API and the bare worker, the one that is not measured being idle. Product and bare in turns.',
    'A ratio over 1 is slower for a time and faster for a rate.',
    '',
  ].join('\n');
  process.stdout.write(text);
  if (flags.json !== undefined) await writeFile(flags.json, `${JSON.stringify({ about, counts, rows }, null, 2)}\n`);
}

await main();
