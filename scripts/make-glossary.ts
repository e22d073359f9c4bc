/** Writes the lower tables of docs/glossary.md from the code and the packs; `--check` fails where they differ. */
import { readFile, writeFile } from 'node:fs/promises';
import { allActs } from '../domain/procedures/index.ts';
import { loadRuleBook } from '../rules/index.ts';

const file = new URL('../docs/glossary.md', import.meta.url);
const mark = '<!-- made: do not edit below -->\n';
const book = await loadRuleBook();

const acts = allActs.map(
  ([name, act]) => `| ${act.title.zh} | ${act.title.en} | \`${name}\` | ${act.source} (${act.legalRef}) |`,
);
const deadlines = book
  .catalogue('000000')
  .map(
    ({ id, title, source, legalRef, amount, unit, basis }) =>
      `| ${title.zh} | ${title.en} | \`${id}\` | ${amount} ${unit} | ${basis} | ${source} (${legalRef}) |`,
  );
const made = `
## Acts 操作
| 中文 | English | in the code | source |
|---|---|---|---|
${acts.join('\n')}

## Deadlines 期限（000000）
| 中文 | English | in the code | length | basis | source |
|---|---|---|---|---|---|
${deadlines.join('\n')}
`;

const [written = '', before] = (await readFile(file, 'utf8')).split(mark);
if (process.argv.includes('--check')) {
  if (before !== made) {
    process.stderr.write(
      'docs/glossary.md 与代码不一致，请运行 tsx scripts/make-glossary.ts。It differs from the code.\n',
    );
    process.exitCode = 1;
  }
} else {
  await writeFile(file, `${written}${mark}${made}`);
}
