import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { outcomeTitle } from '../../domain/labels.ts';
import type { Api, Notice, Procedure } from '../published/api.ts';
import type { Stage } from '../published/stage.ts';
import { pathsOf, type Story, type Text } from '../published/story.ts';
import type { HistoryReader, HistorySize } from './history.ts';
import { bad, bold, good, line, rows, rule } from './print.ts';

/** What came of one story. */
export interface Summary {
  story: Story;
  caseNo: string;
  procedures: Procedure[];
  mails: { sent: number; waiting: number; failed: number };
  remedy: Text | undefined;
  history: HistorySize | undefined;
  days: number;
  reached: boolean;
}

/** Waits until the mails are out, then looks at everything once. */
export async function summaryOf(
  api: Api,
  history: HistoryReader | undefined,
  story: Story,
  stage: Stage,
): Promise<Summary> {
  const notices = await sentNotices(api, stage.caseNo);
  const procedures = await api.procedures(stage.caseNo);
  const remedy = stage.find('agreementPerformance.ended')?.detail.remedy as Text | undefined;
  const last = stage.find('followUp.ended');
  const count = (status: string) => notices.filter((notice) => notice.status === status).length;
  return {
    story,
    caseNo: stage.caseNo,
    procedures,
    remedy,
    mails: { sent: count('sent'), waiting: count('queued'), failed: count('failed') },
    history: await history?.sizeOf(stage.caseNo),
    days: last === undefined ? 0 : stage.dayOf(last),
    reached: reached(story, procedures, remedy),
  };
}

const MAIL_MS = 10_000;

async function sentNotices(api: Api, caseNo: string): Promise<Notice[]> {
  const until = Date.now() + MAIL_MS;
  for (;;) {
    const notices = await api.notices(caseNo);
    if (Date.now() > until || notices.every(({ status }) => status !== 'queued')) return notices;
    await sleep(200);
  }
}

function reached({ published }: Story, procedures: Procedure[], remedy: Text | undefined): boolean {
  const named = published.remedy === undefined || (remedy?.zh.includes(published.remedy) ?? false);
  const paths = pathsOf(published.path, procedures);
  return isDeepStrictEqual(paths.taken, paths.published) && named;
}

/** Prints what came of every case; true when each reached its published outcome. */
export function printSummary(summaries: Summary[], seconds: number, url: string): boolean {
  line();
  rule('━');
  line(` ${bold('小结')}  Summary`);
  rule('━');
  for (const summary of summaries) printOne(summary);
  const all = summaries.every(({ reached }) => reached);
  const events = summaries.reduce((sum, { history }) => sum + (history?.events ?? 0), 0);
  const mails = summaries.reduce((sum, { mails: { sent } }) => sum + sent, 0);
  rule('─');
  line(
    all
      ? good(` ✓ ${summaries.length} 个案件都走到了公开报道的结果，用时 ${seconds.toFixed(0)} 秒。`)
      : bad(` ✗ 有案件没有走到公开报道的结果。用时 ${seconds.toFixed(0)} 秒。`),
  );
  line(
    all
      ? good(`   All ${summaries.length} cases reached the outcome that was published, in ${seconds.toFixed(0)} s.`)
      : bad('   Not every case reached the outcome that was published.'),
  );
  line(`   历史事件 history events ${events} · 邮件 mails ${mails} · 邮件内容 mails to read: ${url}/dev/mail`);
  line(`   接口文档 API reference: ${url}/docs`);
  return all;
}

function printOne({ story, caseNo, procedures, mails, remedy, history, days, reached: isReached }: Summary): void {
  const mark = isReached ? good('✓') : bad('✗');
  const { outcome } = story.published;
  rows(story.title, [
    ['案号 Case', `${caseNo}，历时 ${days} 天 days`],
    [
      '路径 Path',
      procedures.map(({ title, outcome }) => `${title.zh}（${outcomeTitle(String(outcome)).zh}）`).join(' → '),
    ],
    ['', procedures.map(({ procedure, outcome }) => `${procedure} (${outcome ?? '…'})`).join(' → ')],
    ['报道结果 Published', `${mark} ${outcome.zh} ${outcome.en}`],
    ['救济 Remedy', remedy === undefined ? '无须 none needed' : remedy.zh],
    ...(remedy === undefined ? [] : ([['', remedy.en]] as Array<[string, string]>)),
    ['历史事件 History', history === undefined ? '无法连接 Temporal，未统计 not counted' : sizeWords(history)],
    [
      '邮件 Mails',
      `已发 sent ${mails.sent}${mails.waiting === 0 ? '' : `，待发 waiting ${mails.waiting}`}${mails.failed === 0 ? '' : `，失败 failed ${mails.failed}`}`,
    ],
  ]);
}

const sizeWords = ({ events, runs, workflows }: HistorySize): string =>
  `${events} 个事件 events，${runs} 次运行 runs，${workflows} 个工作流 workflows`;
