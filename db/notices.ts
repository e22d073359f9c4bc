import type { NoticeChannel, NoticeStatus } from '../domain/notices.ts';
import { type Db, json } from './client.ts';
import { regionPrefix, type Scope, visible } from './read-models.ts';

export interface NoticeRow {
  id: string;
  caseNo: string;
  seq: number;
  template: string;
  recipient: string;
  status: NoticeStatus;
  /** The one under way, or by which it went. */
  channel: NoticeChannel | null;
  attempts: number;
  error: string | null;
  createdAt: string;
  sentAt: string | null;
  heldUntil: string | null;
  /** The message it went in, which may hold several. */
  messageId: string | null;
  sentWith: string | null;
  /** Hash of the text by which it went, and of the words round several. */
  textSha256: string | null;
  digestSha256: string | null;
  clockKey: string | null;
  /** Its number within the case. */
  paper: number | null;
  resendOf: string | null;
}

const noticeColumns = (db: Db) => db`
  n.id, n.case_no as "caseNo", n.seq, n.template, n.recipient, n.status, n.channel, n.attempts, n.error,
  n.created_at as "createdAt", n.sent_at as "sentAt", n.held_until as "heldUntil", n.message_id as "messageId",
  n.sent_with as "sentWith", n.text_sha256 as "textSha256", n.digest_sha256 as "digestSha256", n.data->>'clockKey' as "clockKey", notice_paper(n.data) as paper,
  n.data->>'resendOf' as "resendOf"`;

/** Every notice of a case, in order. */
export const listNotices = (db: Db, caseNo: string): Promise<NoticeRow[]> =>
  db<NoticeRow[]>`
    select ${noticeColumns(db)} from notices n where n.case_no = ${caseNo} order by n.seq, n.number, n.recipient`;

/** Notices in one state, of all cases that the caller may see, newest first, after a given one. */
export const listNoticesAcrossCases = (
  db: Db,
  scope: Scope,
  { status, region, after, limit }: { status: NoticeStatus; region?: string; after?: string; limit: number },
): Promise<Array<NoticeRow & { region: string }>> =>
  db<Array<NoticeRow & { region: string }>>`
    select ${noticeColumns(db)}, c.region from notices n join cases c using (case_no)
    where n.status = ${status} and ${visible(db, scope)}
      ${region === undefined ? db`` : db`and c.region like ${`${regionPrefix(region)}%`}`}
      ${after === undefined ? db`` : db`and (n.created_at, n.id) < (select created_at, id from notices where id = ${after})`}
    order by n.created_at desc, n.id desc limit ${limit}`;

/**
 * Queues a notice again as a new row, to the address of today; the old row stays as it was.
 * The same request again (same `requestId`) gives the row it made. Undefined when there is no such notice in the case;
 * `noAddress` when it was to go by a channel for which the recipient has no address.
 */
export async function resendNotice(
  db: Db,
  asked: { caseNo: string; noticeId: string; requestId: string; channel?: NoticeChannel },
): Promise<{ id: string; status: string } | 'noAddress' | undefined> {
  const { caseNo, noticeId, requestId, channel } = asked;
  return db.begin(async (tx) => {
    // Two who send again at once would number their rows alike.
    await tx`select 1 from cases where case_no = ${caseNo} for update`;
    const [old] = await tx<Array<{ email: string | null; phone: string | null }>>`
      select case when p.party_id is not null then p.email when n.recipient = 'liaison' then n.email
        else office_email(c, n.recipient) end as email, p.phone
      from notices n
      join cases c using (case_no)
      left join parties p on p.case_no = n.case_no and p.party_id = n.recipient
      where n.id = ${noticeId} and n.case_no = ${caseNo}`;
    if (!old) return undefined;
    const { email, phone } = old;
    if (channel !== undefined && (channel === 'email' ? email : phone) === null) return 'noAddress';
    const [row] = await tx<Array<{ id: string; status: string }>>`
      insert into notices (id, case_no, seq, number, template, recipient, email, phone, data, status, wanted)
      select ${requestId}::uuid, case_no, seq,
        (select max(number) + 1 from notices n where n.case_no = old.case_no and n.seq = old.seq),
        template, recipient, ${email}, ${phone}, data || ${json(tx, { resendOf: noticeId })},
        ${email === null && phone === null ? 'noAddress' : 'queued'}, ${channel ?? null}
      from notices old where id = ${noticeId}
      on conflict (id) do update set id = excluded.id
      returning id, status`;
    return row;
  }) as Promise<{ id: string; status: string } | 'noAddress' | undefined>;
}
