/**
 * `npm run demo`: three published cases on the running system, a second for a day, every event with its article.
 * `npm run demo -- licang` plays only those that are named.
 */
import { z } from 'zod';
import { readEnv } from '../temporal-config/env.ts';
import { StartError } from '../temporal-config/start-error.ts';
import { reader } from './demo/audience.ts';
import { type HistoryReader, openHistory } from './demo/history.ts';
import { heading, legend, line } from './demo/print.ts';
import { printSummary, type Summary, summaryOf } from './demo/summary.ts';
import type { Glossary } from './demo/words.ts';
import { type Api, connectApi, DemoError } from './published/api.ts';
import { playStory } from './published/play.ts';
import { huaiyin } from './published/stories/huaiyin.ts';
import { licang } from './published/stories/licang.ts';
import { longgang } from './published/stories/longgang.ts';
import { REGION, type Story } from './published/story.ts';

const shown = { licang, huaiyin, longgang };

/** Those that were asked for, or all of them. Throws `DemoError` on a name that is none of theirs. */
function storiesAskedFor(): Story[] {
  const asked = process.argv.slice(2);
  const names = Object.keys(shown) as Array<keyof typeof shown>;
  const unknown = asked.filter((name) => !names.some((known) => known === name));
  if (unknown.length > 0)
    throw new DemoError(
      `没有 ${unknown.join('、')} 这个案件；可以演示的有 ${names.join('、')}。`,
      `There is no ${unknown.join(', ')} to show; there are ${names.join(', ')}.`,
    );
  return names.filter((name) => asked.length === 0 || asked.includes(name)).map((name) => shown[name]);
}

/** Who is told things in the demonstration region. Mail to the reserved domain reaches nobody. */
const offices = [
  { kind: 'union', name: '演示区总工会', email: 'union@demo.example' },
  { kind: 'operator', name: '演示区受理窗口', email: 'window@demo.example' },
  { kind: 'commission', name: '演示区劳动人事争议仲裁委员会', email: 'commission@demo.example' },
  { kind: 'court', name: '演示区人民法院', email: 'court@demo.example' },
];

const Titles = z.object({
  items: z.array(z.object({ id: z.string(), title: z.object({ zh: z.string(), en: z.string() }) })),
});

/** Titles of deadlines, from the catalogue in force. */
async function deadlineTitles(api: Api): Promise<Map<string, { zh: string; en: string }>> {
  const answer = await fetch(`${api.url}/v1/deadlines/catalogue?region=${REGION}`);
  return new Map(Titles.parse(await answer.json()).items.map(({ id, title }) => [id, title]));
}

const procedureTitles: Record<string, { zh: string; en: string }> = {
  emergencyResponse: { zh: '应急联合调处', en: 'the joint response' },
  negotiation: { zh: '协商', en: 'negotiation' },
  settlementPerformance: { zh: '履行和解协议', en: 'performance of the settlement' },
  mediation: { zh: '调解', en: 'mediation' },
  agreementPerformance: { zh: '履行调解协议', en: 'performance of the agreement' },
  followUp: { zh: '回访与归档', en: 'return visit and archive' },
  closed: { zh: '结案', en: 'closed' },
};

async function play(api: Api, history: HistoryReader | undefined, story: Story, number: string): Promise<Summary> {
  const deadlines = await deadlineTitles(api);
  const own = (id: string) => ({ zh: id, en: id });
  const stage = await playStory(api, story, ({ caseNo, file, body }) => {
    const names = new Map([
      ...body.workers.map(({ name }, index): [string, string] => [`w${index + 1}`, name]),
      ...body.respondents.map(({ name }, index): [string, string] => [`r${index + 1}`, name]),
    ]);
    const words: Glossary = {
      party: (id) => names.get(id) ?? id,
      procedure: (name) => procedureTitles[name] ?? own(name),
      deadline: (id) => deadlines.get(id) ?? own(id),
    };
    const { publisher, title, address } = file.source;
    heading(number, story.title, [
      ['来源 Source', `${publisher}${title === null ? '' : `《${title}》`}`],
      ['', address ?? ''],
      ['看什么 Watch', story.shows.zh],
      ['', story.shows.en],
      [
        '案号 Case',
        `${caseNo}，${body.workers.length} 名劳动者，${body.respondents.map(({ name }) => name).join('、')}`,
      ],
    ]);
    return reader(api, caseNo, words);
  });
  return summaryOf(api, history, story, stage);
}

async function main(): Promise<number> {
  const started = Date.now();
  const stories = storiesAskedFor();
  const env = readEnv();
  const api = await connectApi(env, REGION);
  const history = await openHistory(env);
  try {
    for (const { kind, ...office } of offices) await api.setOffice(REGION, kind, office);
    line();
    line(' 和解 Hejie：三个公开报道的案件，在演示区（990000）重演，一秒当一天。');
    line(' Three published cases, played in the demonstration region, where a second stands for a day.');
    line();
    legend();
    line(' 右列是每一步所依据的条文、法规表行号和发出的邮件数。');
    line(' On the right: the article each step rests on, its row in the legal table, and the mails it sent.');
    const summaries: Summary[] = [];
    for (const [index, story] of stories.entries())
      summaries.push(await play(api, history, story, `${index + 1}/${stories.length}`));
    return printSummary(summaries, (Date.now() - started) / 1000, api.url) ? 0 : 1;
  } finally {
    await history?.close();
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof DemoError || error instanceof StartError)) throw error;
  process.stderr.write(`\n${error.message}\n`);
  process.exitCode = 1;
}
