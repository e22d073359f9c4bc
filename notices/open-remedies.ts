import type { OpenRemedy } from '../domain/case/remedies.ts';
import type { Language, Notice } from '../domain/notices.ts';

/** Each way that is open, as the event carries it: until when, with which papers, at what cost, and what waiting would cost. */
export function openRemedies({ data }: Notice, language: Language): string | undefined {
  const open = (data.detail.remedies ?? []) as OpenRemedy[];
  if (open.length === 0) return undefined;
  const say = words[language];
  const list = open.map(({ title, article, lastDay, provisional, papers, lostByWaiting, fee }, index) =>
    [
      `${index + 1}. ${title[language]}${say.source(article)}`,
      `   ${lastDay === undefined ? say.noLastDay : say.lastDay(lastDay, provisional === true)}`,
      `   ${say.papers(papers.map((paper) => paper[language]))}`,
      `   ${say.waiting(lostByWaiting[language])}`,
      ...(fee ? [`   ${say.fee(fee.title[language], fee.amount)}${say.source(fee.article)}`] : []),
    ].join('\n'),
  );
  return `${say.heading}\n${list.join('\n')}`;
}

const inChinese = {
  heading: '现在可以采取的途径：',
  source: (article: string) => `（${article}）`,
  noLastDay: '没有法定期限。',
  lastDay: (day: string, provisional: boolean) => `最后一日：${day} 24:00${provisional ? '（暂定）' : ''}。`,
  papers: (papers: string[]) => `材料：${papers.join('、')}。`,
  waiting: (text: string) => `等待的后果：${text}`,
  fee: (text: string, yuan?: number) => `费用：${text}${yuan === undefined ? '' : `，按现欠数额为 ${yuan} 元`}`,
};

const inEnglish: typeof inChinese = {
  heading: 'What you may turn to now:',
  source: (article) => ` (${article})`,
  noLastDay: 'The law sets no time.',
  lastDay: (day, provisional) => `Last day: ${day}, 24:00${provisional ? ' (provisional)' : ''}.`,
  papers: (papers) => `Papers: ${papers.join('; ')}.`,
  waiting: (text) => `What waiting costs: ${text}`,
  fee: (text, yuan) => `Fee: ${text}${yuan === undefined ? '' : `; ${yuan} yuan for what is owed now`}`,
};

const words = { zh: inChinese, en: inEnglish };
