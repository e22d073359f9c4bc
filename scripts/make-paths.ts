/** Writes the tables of docs/paths.md from the rule files; `--check` fails where they differ. */
import { readFile, writeFile } from 'node:fs/promises';
import { outcomeTitle } from '../domain/labels.ts';
import { chain } from '../domain/procedures/chain.ts';
import type { Bilingual } from '../domain/time/types.ts';
import type { Condition } from '../rules/conditions.ts';
import { loadRuleBook } from '../rules/index.ts';
import { type Path, walk } from '../rules/paths.ts';
import { lineage, nationCode } from '../rules/regions.ts';
import { packsOf, rulesInForce } from '../rules/stored-packs.ts';

const file = new URL('../docs/paths.md', import.meta.url);
const mark = '<!-- made: do not edit below -->\n';
const book = await loadRuleBook();
const both = ({ zh, en }: Bilingual): string => `${zh} ${en}`;

const titles = new Map<string, string>(chain.map(([name, { title }]) => [name, both(title)]));
const titleOf = (name: string): string => titles.get(name) ?? (name === 'closed' ? '已结案 Closed' : name);

/** A condition as one reads it; the procedure and the outcome stand in the table already. */
function inWords(when: Condition): string {
  if ('all' in when) return when.all.map(inWords).filter(Boolean).join('; ');
  if ('any' in when) return `(${when.any.map(inWords).filter(Boolean).join(' or ')})`;
  if ('not' in when) return `not (${inWords(when.not)})`;
  const { fact, operator, value } = when;
  if (fact === 'procedure' || fact === 'outcome') return '';
  const sign = { equal: '=', notEqual: '≠', in: '∈', notIn: '∉', contains: '∋', doesNotContain: '∌' }[operator];
  return `\`${fact}\` ${sign ?? operator} ${[value].flat().join(', ')}`;
}

/** What the rule says besides the next procedure. */
const besides = ({ next: _, remedy, tell, ...more }: Record<string, unknown>): string =>
  [
    ...Object.entries(more).map(([field, value]) => `\`${field}\` ${value}`),
    ...(tell === undefined ? [] : [`tell ${(tell as string[]).join(', ')}`]),
    ...(remedy === undefined ? [] : [both(remedy as Bilingual)]),
  ].join('; ');

const columns = ['结果 outcome', '条件 if', '下一程序 next', '规则 rule', '并且 and', '依据 source'];
const table = (rows: string[][]): string =>
  [columns, columns.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

function row(region: string, { procedure, outcome, rule, next }: Path, before = ''): string[] {
  const { when, basis } =
    [...rulesInForce(book, region, 'procedure.next'), ...rulesInForce(book, region, 'intake.firstProcedure')].find(
      ({ id }) => id === rule.id,
    ) ?? {};
  return [
    `${before === '' ? '' : `${titleOf(procedure)}: `}${both(outcomeTitle(outcome))} \`${outcome}\``,
    inWords(when as Condition) || '—',
    `${titleOf(next)} \`${next}\``,
    `${both(rule.title)} \`${rule.id}\`${before}`,
    besides(rule.outcome) || '—',
    `${rule.source} (${rule.legalRef})${basis === 'inferred' ? '; 推断 inferred' : ''}`,
  ];
}

const national = (await walk(book, nationCode)).paths;
const sections = chain.map(([name, { title, source, legalRef }]) => {
  const rows = national.filter(({ procedure }) => procedure === name).map((path) => row(nationCode, path));
  return `### ${both(title)} \`${name}\`\n${source} (${legalRef})\n\n${table(rows)}`;
});

/** The ways that a pack's own rules decide, each with the wider rule it takes the place of. */
async function changes(region: string, own: ReadonlySet<string>): Promise<string[][]> {
  const wider = (await walk(book, lineage(region).at(-2) ?? nationCode)).paths;
  const { paths } = await walk(book, region);
  return paths
    .filter(({ rule }) => own.has(rule.id))
    .map((path) => {
      const left = paths.filter((p) => p.procedure === path.procedure && p.outcome === path.outcome);
      const gone = wider.filter(
        (p) =>
          p.procedure === path.procedure && p.outcome === path.outcome && !left.some((l) => l.rule.id === p.rule.id),
      );
      const instead = gone.map(({ rule, next }) => `\`${rule.id}\` → \`${next}\``).join(', ');
      return row(region, path, `; ${instead === '' ? '另加 added' : `代替 instead of ${instead}`}`);
    });
}

const local = await Promise.all(
  packsOf(book)
    .filter(({ head }) => head.regionCode !== nationCode)
    .map(async ({ head, decisions }) => {
      const rules = [...(decisions['procedure.next'] ?? []), ...(decisions['intake.firstProcedure'] ?? [])];
      const rows = await changes(head.regionCode, new Set(rules.map(({ id }) => id)));
      const said = rows.length === 0 ? '不改变路径，照全国。No path differs from the nation.' : table(rows);
      return `## ${both(head.title)} \`${head.id}\`\n${said}`;
    }),
);

const made = `
## 全国 Nation \`000000-national\`
${sections.join('\n\n')}

${local.join('\n\n')}
`;

const [written = '', before] = (await readFile(file, 'utf8')).split(mark);
if (process.argv.includes('--check')) {
  if (before !== made) {
    process.stderr.write('docs/paths.md 与规则不一致，请运行 tsx scripts/make-paths.ts。It differs from the rules.\n');
    process.exitCode = 1;
  }
} else {
  await writeFile(file, `${written}${mark}${made}`);
}
