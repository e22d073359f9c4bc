import { setTimeout as sleep } from 'node:timers/promises';
import { shanghaiDay } from '../../domain/time/day.ts';
import { type Api, DemoError, type Mail, type TimelineEvent, type Voice } from './api.ts';

/** Who watches a story: told of everything as it is found in the timeline, and gives the pace. */
export interface Audience {
  /** A pause before each act, so that a reader can follow; and how often the timeline is looked at while nobody acts. */
  breathMs: number;
  lookMs: number;
  /** How many times longer than it should take is waited for what must come. */
  patience: number;
  sees(events: TimelineEvent[], dayOf: (event: TimelineEvent) => number): Promise<void>;
  hears(kind: 'source' | 'filledIn' | 'look', zh: string, en: string): void;
  /** Absent where nobody reads mails. */
  reads?(mail: Mail, zh: string, en: string): void;
}

/** Nobody watches: as fast as the system goes. */
export const nobody: Audience = {
  breathMs: 0,
  lookMs: 250,
  patience: 8,
  sees: async () => undefined,
  hears: () => undefined,
};

/** One case on the stage: what a story can do with it. */
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
  /**
   * The newest mail of this case to an address, where mail is caught on this machine. Meanwhile days go by, so it is not waited for long;
   * one that has not come by then is shown at the end.
   */
  showMail(address: string, zh: string, en: string): Promise<void>;
  /** The mails that came too late to be shown in their place. */
  showLateMails(): Promise<void>;
  /** The first event of a type so far. */
  find(type: string): TimelineEvent | undefined;
  /** Another case of the same story, registered on the way. */
  another(body: unknown, by?: Voice): Promise<Stage>;
  /** The case of those whom the agreement does not cover. Throws when there is none. */
  linked(): Promise<Stage>;
  /** The other cases of the story, in the order in which they came up. */
  readonly others: readonly string[];
  /** Day of the case on which an event happened. */
  dayOf(event: TimelineEvent): number;
}

/** Today, as the law counts days. */
export const today = (): string => shanghaiDay(new Date().toISOString());

/** The demonstration region: one second stands for one day. */
const DAY_MS = 1000;
/** How long a mail that was just queued is waited for, in its place and at the end. */
const MAIL_MS = 800;
const LATE_MAIL_MS = 30_000;

export async function openStage(api: Api, caseNo: string, audience: Audience): Promise<Stage> {
  const seen: TimelineEvent[] = [];
  const others: string[] = [];
  const enter = (other: string) => {
    others.push(other);
    return openStage(api, other, audience);
  };
  let startedAt = 0;
  const dayOf = (event: TimelineEvent) => Math.max(0, Math.floor((Date.parse(event.at) - startedAt) / DAY_MS));

  async function show(): Promise<void> {
    const fresh = await api.timeline(caseNo, seen.at(-1)?.seq ?? 0);
    const first = fresh[0];
    if (first === undefined) return;
    if (seen.length === 0) startedAt = Date.parse(first.at);
    seen.push(...fresh);
    await audience.sees(fresh, dayOf);
  }

  type LookedFor = [address: string, zh: string, en: string];
  const late: LookedFor[] = [];

  /** Whether there was such a mail to be shown. */
  async function mailShown([address, zh, en]: LookedFor, withinMs: number): Promise<boolean> {
    const end = Date.now() + withinMs;
    for (;;) {
      const mail = (await api.mailsTo(address, caseNo)).at(-1);
      if (mail) audience.reads?.(mail, zh, en);
      if (mail || Date.now() > end) return mail !== undefined;
      await sleep(100);
    }
  }

  await show();
  return {
    caseNo,
    today,
    says: audience.hears,
    async act(voice, name, body = {}) {
      await sleep(audience.breathMs);
      await api.act(voice, caseNo, name, body);
      await show();
    },
    async acts(name, each) {
      await sleep(audience.breathMs);
      await Promise.all(each.map(({ voice, body }) => api.act(voice, caseNo, name, body)));
      await show();
    },
    async until(type, withinDays) {
      const end = Date.now() + withinDays * DAY_MS * audience.patience;
      for (;;) {
        const found = seen.find((event) => event.type === type);
        if (found) return found;
        if (Date.now() > end)
          throw new DemoError(
            `等了 ${withinDays} 天仍未出现 ${type}。`,
            `${type} did not come within ${withinDays} days.`,
          );
        await sleep(audience.lookMs);
        await show();
      }
    },
    async rest(days) {
      const end = Date.now() + days * DAY_MS;
      while (Date.now() < end) {
        await sleep(audience.lookMs);
        await show();
      }
    },
    async showMail(...mail) {
      if (audience.reads && !(await mailShown(mail, MAIL_MS))) late.push(mail);
    },
    async showLateMails() {
      for (const mail of late.splice(0)) await mailShown(mail, LATE_MAIL_MS);
    },
    another: async (body, by) => enter(await api.register(body, by)),
    async linked() {
      const [split] = await api.splitsOf(caseNo);
      if (split === undefined) throw new Error(`${caseNo} was not split`);
      return enter(split);
    },
    others,
    find: (type) => seen.find((event) => event.type === type),
    dayOf,
  };
}
