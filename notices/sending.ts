import type { Notice, NoticeChannel } from '../domain/notices.ts';
import { type OfficeKind, officeKinds } from '../domain/offices.ts';
import type { OutcomeOf, RuleBook } from '../domain/rules.ts';
import { shanghaiDay } from '../domain/time/day.ts';
import type { Instant } from '../domain/time/types.ts';
import { afterQuiet, nextHour } from './quiet-hours.ts';

/** A notice with what the rules ask about who is to get it. */
export interface Addressed extends Pick<Notice, 'template' | 'deadline'> {
  region: string;
  /** A party's id, an office (`operator`, `operator@330304`), or `liaison`. */
  recipient: string;
  email: string | null;
  phone: string | null;
  preferred: NoticeChannel | null;
  /** Asked for by who sends it again. */
  wanted: NoticeChannel | null;
}

export interface Plan {
  /** In the order in which they are tried; empty where nobody can be reached. */
  channels: NoticeChannel[];
  /** Not before. */
  at: Instant;
  /** It goes with others of its office, in one mail. */
  digest: boolean;
}

/** By which channels a notice goes, when, and whether with others: by the rules of today, for the region of its case. */
export async function planSending(
  book: RuleBook,
  notice: Addressed,
  now: Instant,
  open: readonly NoticeChannel[],
): Promise<Plan> {
  const channels = (notice.wanted ? [notice.wanted] : await channelsOf(book, notice, now)).filter(
    (channel) => open.includes(channel) && (channel === 'email' ? notice.email : notice.phone) !== null,
  );
  const [first] = channels;
  if (first === undefined) return { channels, at: now, digest: false };
  const digestAt = notice.wanted ? undefined : await digestHour(book, notice, now);
  if (digestAt !== undefined && first === 'email') return { channels, at: digestAt, digest: true };
  return { channels, at: await sendAt(book, notice, first, now), digest: false };
}

/** When a notice may go out by a channel: quiet hours are kept, unless its time limit would be over by then. */
export async function sendAt(
  book: RuleBook,
  notice: Addressed,
  channel: NoticeChannel,
  now: Instant,
): Promise<Instant> {
  const { template, recipient, region, deadline } = notice;
  const facts = { template, recipient: kindOf(recipient), lastDay: lastDayOf(notice, now), channel };
  const { outcome } = await book.decide(region, 'notice.quietHours', facts);
  return afterQuiet(now, outcome as OutcomeOf['notice.quietHours'], deadline?.dueAt);
}

async function channelsOf(book: RuleBook, notice: Addressed, now: Instant): Promise<NoticeChannel[]> {
  const { template, recipient, region, email, phone, preferred } = notice;
  const { outcome } = await book.decide(region, 'notice.sending', {
    ...{ template, recipient: kindOf(recipient), lastDay: lastDayOf(notice, now), preferred: preferred ?? 'none' },
    ...{ email: email !== null, phone: phone !== null },
  });
  return (outcome as OutcomeOf['notice.sending']).channels;
}

/** The hour at which an office gets it with others; undefined for parties, and where its time limit is over before that hour. */
async function digestHour(book: RuleBook, notice: Addressed, now: Instant): Promise<Instant | undefined> {
  const office = officeOf(notice.recipient);
  if (office === undefined) return undefined;
  const { template, region, deadline } = notice;
  const { outcome } = await book.decide(region, 'notice.digest', { template, office, lastDay: lastDayOf(notice, now) });
  const { digest, hour } = outcome as OutcomeOf['notice.digest'];
  const at = nextHour(now, hour);
  const tooLate = deadline !== null && deadline.dueAt > now && deadline.dueAt <= at;
  return digest && !tooLate ? at : undefined;
}

const officeOf = (recipient: string): OfficeKind | undefined =>
  officeKinds.find((kind) => kind === recipient.split('@')[0]);

const kindOf = (recipient: string): OfficeKind | 'liaison' | 'party' =>
  recipient === 'liaison' ? recipient : (officeOf(recipient) ?? 'party');

function lastDayOf({ deadline }: Addressed, now: Instant): 'none' | 'past' | 'today' | 'later' {
  if (!deadline) return 'none';
  const today = shanghaiDay(now);
  return deadline.dueOn < today ? 'past' : deadline.dueOn > today ? 'later' : 'today';
}
