import type { Api, TimelineEvent } from '../published/api.ts';
import type { Audience } from '../published/stage.ts';
import type { Text } from '../published/story.ts';
import { box, event as printEvent, remark } from './print.ts';
import { describe, type Glossary } from './words.ts';

/** From how many on acts of one kind are shown in one line. */
const TOGETHER = 4;

/** The reader at the terminal: every event is printed as it is found, with the mails it sent. */
export const reader = (api: Api, caseNo: string, words: Glossary): Audience => ({
  breathMs: 350,
  lookMs: 100,
  patience: 1,
  async sees(events, dayOf) {
    const notices = await api.notices(caseNo);
    for (const group of together(events)) {
      const numbers = new Set(group.map(({ seq }) => seq));
      const mails = notices.filter(({ seq, status }) => numbers.has(seq) && status !== 'noAddress').length;
      print(group, mails, dayOf, words);
    }
  },
  hears: (kind, zh, en) => remark(kind, { zh, en }),
  reads: (mail, zh, en) => box({ zh, en }, `${mail.subject}\n${mail.text}`),
});

function print(group: TimelineEvent[], mails: number, dayOf: (event: TimelineEvent) => number, words: Glossary): void {
  const [event] = group;
  if (event === undefined) return;
  const text: Text =
    group.length < TOGETHER
      ? describe(event, words)
      : { zh: `${event.title.zh}，共 ${group.length} 次`, en: `${event.title.en}, ${group.length} times` };
  printEvent({
    day: dayOf(event),
    by: event.type.startsWith('deadline.') ? 'clock' : event.by.role === 'system' ? 'rules' : 'person',
    text,
    article: event.article,
    under: `${event.legalRef}${mails === 0 ? '' : ` · 邮件 mails ${mails}`}`,
  });
}

/** Runs of the same event, such as the signatures of a group, are one entry when there are many of them. */
function together(events: TimelineEvent[]): TimelineEvent[][] {
  const groups: TimelineEvent[][] = [];
  for (const event of events) {
    const last = groups.at(-1);
    if (last?.[0]?.type === event.type) last.push(event);
    else groups.push([event]);
  }
  return groups.flatMap((group) => (group.length < TOGETHER ? group.map((event) => [event]) : [group]));
}
