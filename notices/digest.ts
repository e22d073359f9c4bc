import type { Notice } from '../domain/notices.ts';
import { shanghaiDay } from '../domain/time/day.ts';
import type { Instant } from '../domain/time/types.ts';
import type { Templates } from './load.ts';
import { templateOf, textOf } from './render.ts';

/** Several notices of one office in one mail: first those whose last day it is, then the others, each as it would be alone. */
export function renderDigest(templates: Templates, notices: Notice[], now: Instant): { subject: string; text: string } {
  const { digest: words } = templates;
  const today = shanghaiDay(now);
  const due = notices.filter(({ deadline }) => deadline?.dueOn === today);
  const others = notices.filter((notice) => !due.includes(notice));
  const count = String(notices.length);
  const part = (heading: { zh: string; en: string }, list: Notice[]) =>
    list.length === 0
      ? []
      : [[`${heading.zh} ${heading.en}`, ...list.map((notice) => entry(templates, notice))].join('\n\n')];
  return {
    subject: `【和解】${words.subject.zh} ${words.subject.en}`.replaceAll('{count}', count),
    text: `${[...part(words.dueToday, due), ...part(words.others, others)].join('\n\n')}\n`,
  };
}

function entry(templates: Templates, notice: Notice): string {
  const template = templateOf(templates, notice);
  const { zh, en } = template.subject;
  return [`[${notice.caseNo}] ${zh} ${en}`, textOf(template, notice, 'zh'), textOf(template, notice, 'en')].join('\n');
}
