import type { Notice } from '../domain/notices.ts';
import { type Db, json } from './client.ts';

/** A notice that is due to be sent, with what its text says. */
export interface DueNotice extends Notice {
  id: string;
  recipient: string;
  email: string;
  attempts: number;
}

/**
 * Takes due notices one batch at a time and hands each to `send`; what it answers is written before the next batch.
 * Rows are locked while they are sent, so that two relays never send the same one.
 * Returns how many were taken.
 */
export async function relayNotices(
  db: Db,
  limit: number,
  send: (notice: DueNotice) => Promise<{ messageId: string } | { error: string; retryAt: string | undefined }>,
): Promise<number> {
  return db.begin(async (tx) => {
    const due = await tx<DueNotice[]>`
      select n.id, n.case_no as "caseNo", n.template, n.recipient, n.email, n.attempts, n.data,
        case when d.key is null then null else json_build_object('titleZh', d.title_zh, 'titleEn', d.title_en,
          'dueOn', d.due_on, 'dueAt', d.due_at, 'provisional', d.provisional, 'source', d.source) end as deadline
      from notices n left join deadlines d on d.case_no = n.case_no and d.key = n.data->>'clockKey'
      where n.status = 'queued' and n.next_attempt_at <= now()
      order by n.next_attempt_at, n.created_at limit ${limit} for update of n skip locked`;
    for (const notice of due) {
      const answer = await send(notice);
      if ('messageId' in answer)
        await tx`update notices set status = 'sent', sent_at = now(), attempts = attempts + 1,
                 message_id = ${answer.messageId}, error = null where id = ${notice.id}`;
      else
        await tx`update notices set status = ${answer.retryAt === undefined ? 'failed' : 'queued'},
                 attempts = attempts + 1, error = ${answer.error},
                 next_attempt_at = ${answer.retryAt ?? new Date().toISOString()} where id = ${notice.id}`;
    }
    return due.length;
  }) as Promise<number>;
}

export interface NoticeRow {
  id: string;
  template: string;
  recipient: string;
  status: string;
  attempts: number;
  createdAt: string;
  sentAt: string | null;
  error: string | null;
  seq: number;
}

/** Every notice of a case, in order. */
export const listNotices = (db: Db, caseNo: string): Promise<NoticeRow[]> =>
  db<NoticeRow[]>`
    select id, seq, template, recipient, status, attempts, created_at as "createdAt", sent_at as "sentAt", error
    from notices where case_no = ${caseNo} order by seq, number, recipient`;

/**
 * Queues a notice again as a new row, to the address of today; the old row stays as it was.
 * The same request again (same `requestId`) gives the row it made. Undefined when there is no such notice in the case.
 */
export async function resendNotice(
  db: Db,
  { caseNo, noticeId, requestId }: { caseNo: string; noticeId: string; requestId: string },
): Promise<{ id: string; status: string } | undefined> {
  return db.begin(async (tx) => {
    // Two who send again at once would number their rows alike.
    await tx`select 1 from cases where case_no = ${caseNo} for update`;
    const [row] = await tx<Array<{ id: string; status: string }>>`
    with old as (select * from notices where id = ${noticeId} and case_no = ${caseNo}),
    address as (
      select coalesce(
        (select p.email from parties p, old where p.case_no = old.case_no and p.party_id = old.recipient),
        (select office_email(c, old.recipient) from cases c, old where c.case_no = old.case_no)) as email)
    insert into notices (id, case_no, seq, number, template, recipient, email, data, status)
    select ${requestId}::uuid, case_no, seq,
      (select max(number) + 1 from notices n where n.case_no = old.case_no and n.seq = old.seq),
      template, recipient, address.email, data || ${json(tx, { resendOf: noticeId })},
      case when address.email is null then 'noAddress' else 'queued' end
    from old, address
    on conflict (id) do update set id = excluded.id
    returning id, status`;
    return row;
  }) as Promise<{ id: string; status: string } | undefined>;
}
