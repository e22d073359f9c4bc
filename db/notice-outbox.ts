import type { Notice, NoticeChannel, NoticeLanguage } from '../domain/notices.ts';
import type { Db, Tx } from './client.ts';

/** A notice that is due to be sent, with what its text says and where it may go. */
export interface QueuedNotice extends Notice {
  id: string;
  region: string;
  recipient: string;
  email: string | null;
  phone: string | null;
  preferred: NoticeChannel | null;
  wanted: NoticeChannel | null;
  language: NoticeLanguage;
  /** Null until it is taken for the first time. */
  channels: NoticeChannel[] | null;
  channel: NoticeChannel | null;
  channelAttempts: number;
  digest: boolean;
  sentWith: string | null;
}

/** A notice that goes out by a channel now. */
export type GoingOut = QueuedNotice & { channel: NoticeChannel; channels: NoticeChannel[] };

/** Hashes of the texts by which notices went out, in their order, and of the words round several. */
export interface TextsUsed {
  texts: string[];
  digest: string | null;
}

/** What became of a try: sent, to be tried again, or failed for good by this channel. */
export type Answer =
  | { messageId: string; by: TextsUsed }
  | { error: string; retryAt: string }
  | { error: string; next: { channel: NoticeChannel; at: string } | undefined };

/** Something that could not be found out now. */
type Later = { error: string; retryAt: string };

/** What is done with a notice at one moment, the one at which it is taken. */
export interface NoticeWork {
  /** By which channels, when, and whether with others. Asked once, when it is taken for the first time. */
  plan(notice: QueuedNotice, now: string): Promise<{ channels: NoticeChannel[]; at: string; digest: boolean } | Later>;
  /** Not before: asked each time that it is about to go out. */
  notBefore(notice: GoingOut, now: string): Promise<{ at: string } | Later>;
  /** One notice, or those that an office gets in one mail; the first gives the message its id. */
  send(notices: [GoingOut, ...GoingOut[]], now: string): Promise<Answer>;
}

/**
 * Takes the notice that has been due the longest and brings it one step further: planned, put off, or sent and marked. Its row is locked
 * meanwhile, so that two relays never send the same one. False where nothing is due.
 */
export const relayNotice = (db: Db, now: string, work: NoticeWork): Promise<boolean> =>
  db.begin(async (tx) => {
    const [notice] = await tx<QueuedNotice[]>`
      ${queued(tx)} and n.next_attempt_at <= ${now} and (n.sent_with is null or n.sent_with = n.id)
      order by n.next_attempt_at, n.created_at limit 1 for update of n skip locked`;
    if (!notice) return false;
    const fresh = notice.channels === null;
    if (fresh) {
      const plan = await work.plan(notice, now);
      if ('error' in plan) return settle(tx, [notice.id], now, plan);
      const { channels, at, digest } = plan;
      const channel = channels[0] ?? null;
      await tx`
        update notices set channels = ${channels}, channel = ${channel}, digest = ${digest},
          status = ${channel === null ? 'noAddress' : 'queued'}, next_attempt_at = ${at},
          held_until = ${at > now ? at : null} where id = ${notice.id}`;
      if (channel === null || at > now) return true;
      Object.assign(notice, { channels, channel, digest });
    }
    const going = notice as GoingOut;
    if (going.digest && going.sentWith === null && (await gather(tx, going, now))) return true;
    // Just planned, it is known to be free to go.
    const held = fresh ? { at: now } : await work.notBefore(going, now);
    if ('error' in held) return settle(tx, [going.id], now, held);
    if (held.at > now) {
      await tx`update notices set next_attempt_at = ${held.at}, held_until = ${held.at} where id = ${going.id}`;
      return true;
    }
    const together: [GoingOut, ...GoingOut[]] = [going, ...(await others(tx, going))];
    const ids = together.map(({ id }) => id);
    return settle(tx, ids, now, await work.send(together, now));
  }) as Promise<boolean>;

const queued = (tx: Tx) => tx`
  select n.id, n.case_no as "caseNo", c.region, n.template, n.recipient, n.email, n.phone, n.data, n.wanted, n.channels, n.channel,
    n.channel_attempts as "channelAttempts", n.digest, n.sent_with as "sentWith",
    paper.register_no as paper, p.preferred_channel as preferred, coalesce(p.language, 'both') as language,
    case when d.key is null then null else json_build_object('titleZh', d.title_zh, 'titleEn', d.title_en,
      'dueOn', d.due_on, 'dueAt', to_char(d.due_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
      'provisional', d.provisional, 'source', d.source) end as deadline
  from notices n
  join cases c using (case_no)
  left join parties p on p.case_no = n.case_no and p.party_id = n.recipient
  left join papers paper on paper.case_no = n.case_no and paper.number = notice_paper(n.data)
  left join deadlines d on d.case_no = n.case_no and d.key = n.data->>'clockKey'
  where n.status = 'queued'`;

/**
 * Puts together what goes to one office now, and has that kept before anything is sent: a mail that goes out again, because its sender
 * was killed, holds the same notices. False where there is only the one.
 */
async function gather(tx: Tx, { id, recipient, email }: GoingOut, now: string): Promise<boolean> {
  const found = await tx<Array<{ id: string }>>`
    select id from notices
    where status = 'queued' and digest and sent_with is null and id <> ${id} and next_attempt_at <= ${now}
      and split_part(recipient, '@', 1) = split_part(${recipient}, '@', 1) and email = ${email}
    order by created_at limit 200 for update skip locked`;
  if (found.length === 0) return false;
  await tx`update notices set sent_with = ${id} where id in ${tx([id, ...found.map((one) => one.id)])}`;
  return true;
}

const others = async (tx: Tx, { id, sentWith }: GoingOut): Promise<GoingOut[]> =>
  sentWith === null
    ? []
    : tx<GoingOut[]>`${queued(tx)} and n.sent_with = ${id} and n.id <> ${id} order by n.created_at for update of n`;

async function settle(tx: Tx, ids: string[], now: string, answer: Answer): Promise<true> {
  if ('messageId' in answer)
    await tx`
      update notices set status = 'sent', sent_at = now(), attempts = attempts + 1,
        channel_attempts = channel_attempts + 1, message_id = ${answer.messageId}, error = null,
        text_sha256 = used.text, digest_sha256 = ${answer.by.digest}
      from unnest(${ids}::uuid[], ${answer.by.texts}::text[]) as used (notice, text) where id = used.notice`;
  else if ('retryAt' in answer)
    await tx`
      update notices set attempts = attempts + 1, channel_attempts = channel_attempts + 1, error = ${answer.error},
        next_attempt_at = ${answer.retryAt} where id in ${tx(ids)}`;
  else if (answer.next)
    await tx`
      update notices set attempts = attempts + 1, channel_attempts = 0, error = ${answer.error},
        channel = ${answer.next.channel}, next_attempt_at = ${answer.next.at} where id in ${tx(ids)}`;
  else
    await tx`
      update notices set status = 'failed', attempts = attempts + 1, channel_attempts = channel_attempts + 1,
        error = ${answer.error}, next_attempt_at = ${now} where id in ${tx(ids)}`;
  return true;
}
