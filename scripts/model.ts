/**
 * `npm run model`: random cases driven through the real workflows and through the model of the law, with any difference made
 * small and printed. `--seed N` for the same cases again, `--runs M` for another number of them, `--path P` for one story.
 */
import { parseArgs } from 'node:util';
import { compare, inPrint } from '../tests/model/compare.ts';

const { values } = parseArgs({
  options: { seed: { type: 'string' }, runs: { type: 'string' }, path: { type: 'string' } },
});
const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
const runs = Number(values.runs ?? (values.path === undefined ? 300 : 1));
if (!Number.isInteger(seed) || !Number.isInteger(runs) || runs < 1)
  throw new Error('--seed 与 --runs 须为整数 | --seed and --runs must be whole numbers');

console.log(`${runs} 个随机案件 random cases, seed ${seed}`);
let told = 0;
const comparison = await compare({
  ...{ seed, runs, path: values.path },
  told: () => {
    told += 1;
    if (told % 50 === 0) console.log(`${told} …`);
  },
});
console.log(inPrint(comparison));
process.exitCode = comparison.difference === undefined ? 0 : 1;
