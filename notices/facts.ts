import { abilityTitle, outcomeTitle } from '../domain/labels.ts';
import type { Language, Notice, NoticeTemplate } from '../domain/notices.ts';
import type { Bilingual } from '../domain/time/types.ts';
import { nextStep } from './next-step.ts';
import { openRemedies } from './open-remedies.ts';

interface Fact {
  title: Bilingual;
  /** Undefined where this notice has no such fact: then the line that names it is left out. */
  say(notice: Notice, language: Language): string | undefined;
}

const fact = (zh: string, en: string, say: Fact['say']): Fact => ({ title: { zh, en }, say });

/** What a template may name, as `{due}`. */
export const facts = {
  caseNo: fact('案号', 'Number of the case', ({ caseNo }) => caseNo),
  due: fact('期限、最后一日和依据，一整句', 'The time limit, its last day and article, a whole sentence', due),
  deadline: fact('期限的名称', 'Name of the time limit', ({ deadline }, language) =>
    language === 'zh' ? deadline?.titleZh : deadline?.titleEn,
  ),
  lastDay: fact('期限的最后一日', 'Last day of the time limit', ({ deadline }) => deadline?.dueOn),
  article: fact('期限的依据', 'Article of the time limit', ({ deadline }) => deadline?.source),
  paper: fact('通知所说文书的文号', 'Number of the paper that it is about', ({ paper }) => paper ?? undefined),
  outcome: fact('程序的结果', 'What came of the procedure', ({ data }, language) =>
    data.detail.outcome === undefined ? undefined : outcomeTitle(String(data.detail.outcome))[language],
  ),
  next: fact('下一步，整段', 'What is next, whole lines', nextStep),
  remedies: fact('可以采取的途径，整段列出', 'Each way that is open, a list', openRemedies),
  ability: fact('履约能力评估结果', 'How able to perform the debtor was found', ({ data }, language) =>
    data.detail.ability === undefined ? undefined : abilityTitle(String(data.detail.ability))[language],
  ),
  suggestions: fact('评估后的建议，逐条列出', 'What the assessment suggests, a list', suggestions),
} satisfies Record<string, Fact>;
export type FactName = keyof typeof facts;

/** A notice may be tied to a clock or to a paper, whatever it says. */
const ofEvery: readonly FactName[] = ['caseNo', 'due', 'deadline', 'lastDay', 'article', 'paper'];
const ofOne: Partial<Record<NoticeTemplate, readonly FactName[]>> = {
  result: ['outcome', 'next'],
  overdue: ['outcome', 'next', 'remedies'],
  abilityAssessed: ['ability', 'suggestions'],
};
/** Those that a notice may be without. */
const fleeting: readonly string[] = [
  'due',
  'deadline',
  'lastDay',
  'article',
  'paper',
  'next',
  'remedies',
  'suggestions',
];

/** What a template may name. */
export const factsOf = (template: NoticeTemplate): readonly FactName[] => [...ofEvery, ...(ofOne[template] ?? [])];

/** Whether a fact may be missing from a notice. */
export const mayBeMissing = (name: string): boolean => fleeting.includes(name);

function due({ deadline }: Notice, language: Language): string | undefined {
  if (!deadline) return undefined;
  const { titleZh, titleEn, dueOn, provisional, source } = deadline;
  return language === 'zh'
    ? `${titleZh}：${dueOn} 24:00 届满${provisional ? '（次年放假安排公布前为暂定）' : ''}。依据：${source}。`
    : `${titleEn}: ends on ${dueOn} at 24:00${provisional ? ' (provisional until the holidays of that year are published)' : ''}. Source: ${source}.`;
}

function suggestions({ data }: Notice, language: Language): string | undefined {
  const list = (data.detail.suggest ?? []) as Bilingual[];
  return list.length === 0 ? undefined : list.map((one) => `- ${one[language]}`).join('\n');
}
