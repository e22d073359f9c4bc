import type { ApprovedText } from '../domain/notices.ts';
import { type Db, json } from './client.ts';

/** The newest text of each notice that is approved to be in force on a day, of every region. */
export const approvedTextsOn = (db: Db, day: string): Promise<ApprovedText[]> =>
  db<ApprovedText[]>`
    select distinct on (subject) region, content->>'notice' as notice, content->'text' as text
    from administered_releases
    where kind = 'noticeTemplate' and status = 'approved' and in_force_from <= ${day}
    order by subject, in_force_from desc`;

/** Keeps texts under their hashes; those that are there change nothing. */
export async function keepTexts(db: Db, texts: Array<{ sha256: string; content: unknown }>): Promise<void> {
  const rows = texts.map(({ sha256, content }) => ({ sha256, content: json(db, content) }));
  await db`insert into notice_texts ${db(rows)} on conflict (sha256) do nothing`;
}

/** A text by its hash: by it a notice knows what it was sent by. */
export async function findText(db: Db, sha256: string): Promise<unknown> {
  const [row] = await db<Array<{ content: unknown }>>`select content from notice_texts where sha256 = ${sha256}`;
  return row?.content;
}

/** Where texts are kept, as `notices/text-source.ts` asks for it. */
export const textStore = (db: Db) => ({
  approvedOn: (day: string) => approvedTextsOn(db, day),
  keep: (texts: Parameters<typeof keepTexts>[1]) => keepTexts(db, texts),
});
