/** `npm run demo`: three published cases on the running system, a second for a day, every event with its article. */
import { z } from 'zod';
import { readEnv } from '../temporal-config/env.ts';
import { StartError } from '../temporal-config/start-error.ts';
import { type Api, connectApi, DemoError } from './demo/api.ts';
import { readCaseFile } from './demo/case-file.ts';
import { type HistoryReader, openHistory } from './demo/history.ts';
import { heading, legend, line } from './demo/print.ts';
import { openStage } from './demo/stage.ts';
import { huaiyin } from './demo/stories/huaiyin.ts';
import { licang } from './demo/stories/licang.ts';
import { longgang } from './demo/stories/longgang.ts';
import { REGION, type Story } from './demo/story.ts';
import { printSummary, type Summary, summaryOf } from './demo/summary.ts';
import type { Glossary } from './demo/words.ts';

const stories = [licang, huaiyin, longgang];

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
  const file = await readCaseFile(story.file);
  const body = story.registration(file);
  const names = new Map([
    ...body.workers.map(({ name }, index): [string, string] => [`w${index + 1}`, name]),
    ...body.respondents.map(({ name }, index): [string, string] => [`r${index + 1}`, name]),
  ]);
  const deadlines = await deadlineTitles(api);
  const own = (id: string) => ({ zh: id, en: id });
  const words: Glossary = {
    party: (id) => names.get(id) ?? id,
    procedure: (name) => procedureTitles[name] ?? own(name),
    deadline: (id) => deadlines.get(id) ?? own(id),
  };
  const caseNo = await api.register(body);
  heading(number, story.title, [
    ['来源 Source', `${file.source.publisher}《${file.source.title}》`],
    ['', file.source.address],
    ['看什么 Watch', `${story.shows.zh}`],
    ['', story.shows.en],
    ['案号 Case', `${caseNo}，${body.workers.length} 名劳动者，${body.respondents.map(({ name }) => name).join('、')}`],
  ]);
  const stage = await openStage(api, caseNo, words);
  // A machine that is busy may take longer to route a case than the registration waits.
  await stage.until(`${story.published.path[1]?.[0]}.opened`, 30);
  await story.play(stage, file);
  return summaryOf(api, history, story, stage);
}

async function main(): Promise<number> {
  const started = Date.now();
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
