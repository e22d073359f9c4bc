import type { Notice } from '../domain/notices.ts';
import { shanghaiDay } from '../domain/time/day.ts';
import type { Instant } from '../domain/time/types.ts';
import { linesOf, templateOf } from './render.ts';
import type { TextsIn } from './texts.ts';

/** A notice with the region of its case. */
type Located = Notice & { region: string };

/**
 * Several notices of one office in one mail: first those whose last day it is, then the others, each in the words of its own region. The
 * words round them are those of the first.
 */
export function renderDigest(
  textsIn: TextsIn,
  notices: [Located, ...Located[]],
  now: Instant,
): { subject: string; text: string } {
  const { digest: words } = textsIn(notices[0].region);
  const today = shanghaiDay(now);
  const due = notices.filter(({ deadline }) => deadline?.dueOn === today);
  const others = notices.filter((notice) => !due.includes(notice));
  const count = String(notices.length);
  const part = (heading: { zh: string; en: string }, list: Located[]) =>
    list.length === 0
      ? []
      : [[`${heading.zh} ${heading.en}`, ...list.map((notice) => entry(textsIn, notice))].join('\n\n')];
  return {
    subject: `【和解】${words.subject.zh} ${words.subject.en}`.replaceAll('{count}', count),
    text: `${[...part(words.dueToday, due), ...part(words.others, others)].join('\n\n')}\n`,
  };
}

function entry(textsIn: TextsIn, notice: Located): string {
  const template = templateOf(textsIn(notice.region), notice);
  const { zh, en } = template.subject;
  return [`[${notice.caseNo}] ${zh} ${en}`, linesOf(template, notice, 'zh'), linesOf(template, notice, 'en')].join(
    '\n',
  );
}
