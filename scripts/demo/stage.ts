import { setTimeout as sleep } from 'node:timers/promises';
import { shanghaiDay } from '../../domain/time/day.ts';
import { type Api, DemoError, type TimelineEvent, type Voice } from './api.ts';
import { box, event as printEvent, remark, type Text } from './print.ts';
import { describe, type Glossary } from './words.ts';

/** One case on the stage: what a story can do with it. Every event is printed as it is found in the timeline. */
export interface Stage {
  readonly caseNo: string;
  /** Today, as the law counts days. */
  today(): string;
  /** Something published, something the source does not say and the rules fill in, or where to look. */
  says(kind: 'source' | 'filledIn' | 'look', zh: string, en: string): void;
  act(voice: Voice, name: string, body?: Record<string, unknown>): Promise<void>;
  /** The same act by several, at the same time. */
  acts(name: string, each: Array<{ voice: Voice; body: Record<string, unknown> }>): Promise<void>;
  /** Does nothing until the event is there. Throws when it does not come within so many days. */
  until(type: string, withinDays: number): Promise<TimelineEvent>;
  /** Lets so many days go by. */
  rest(days: number): Promise<void>;
  /** The newest mail of this case to an address, where mail is caught on this machine. */
  showMail(address: string, zh: string, en: string): Promise<void>;
  /** The first event of a type so far. */
  find(type: string): TimelineEvent | undefined;
  /** Day of the case on which an event happened. */
  dayOf(event: TimelineEvent): number;
}

/** The demonstration region: one second stands for one day. */
const DAY_MS = 1000;
/** A pause before each act, so that a reader can follow. */
const BREATH_MS = 350;
/** How long a mail that was just queued is waited for. */
const MAIL_MS = 1_500;
/** From how many on acts of one kind are shown in one line. */
const TOGETHER = 4;

export async function openStage(api: Api, caseNo: string, words: Glossary): Promise<Stage> {
  const seen: TimelineEvent[] = [];
  let startedAt = 0;
  const dayOf = (event: TimelineEvent) => Math.max(0, Math.floor((Date.parse(event.at) - startedAt) / DAY_MS));

  async function show(): Promise<void> {
    const fresh = await api.timeline(caseNo, seen.at(-1)?.seq ?? 0);
    const first = fresh[0];
    if (first === undefined) return;
    if (seen.length === 0) startedAt = Date.parse(first.at);
    seen.push(...fresh);
    const notices = await api.notices(caseNo);
    for (const group of together(fresh)) {
      const numbers = new Set(group.map(({ seq }) => seq));
      const mails = notices.filter(({ seq, status }) => numbers.has(seq) && status !== 'noAddress').length;
      print(group, mails);
    }
  }

  function print(group: TimelineEvent[], mails: number): void {
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

  await show();
  return {
    caseNo,
    today: () => shanghaiDay(new Date().toISOString()),
    says: (kind, zh, en) => remark(kind, { zh, en }),
    async act(voice, name, body = {}) {
      await sleep(BREATH_MS);
      await api.act(voice, caseNo, name, body);
      await show();
    },
    async acts(name, each) {
      await sleep(BREATH_MS);
      await Promise.all(each.map(({ voice, body }) => api.act(voice, caseNo, name, body)));
      await show();
    },
    async until(type, withinDays) {
      const end = Date.now() + withinDays * DAY_MS;
      for (;;) {
        const found = seen.find((event) => event.type === type);
        if (found) return found;
        if (Date.now() > end)
          throw new DemoError(
            `等了 ${withinDays} 天仍未出现 ${type}。`,
            `${type} did not come within ${withinDays} days.`,
          );
        await sleep(100);
        await show();
      }
    },
    async rest(days) {
      const end = Date.now() + days * DAY_MS;
      while (Date.now() < end) {
        await sleep(100);
        await show();
      }
    },
    async showMail(address, zh, en) {
      const end = Date.now() + MAIL_MS;
      for (;;) {
        const mail = (await api.mailsTo(address, caseNo)).at(-1);
        if (mail) box({ zh, en }, `${mail.subject}\n${mail.text}`);
        if (mail || Date.now() > end) return;
        await sleep(100);
      }
    },
    find: (type) => seen.find((event) => event.type === type),
    dayOf,
  };
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
