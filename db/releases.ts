import { type Db, json } from './client.ts';

/** Keeps a release under its hash; the same one again changes nothing. */
export async function saveRelease(db: Db, book: { release: string; sha256: string; content: unknown }): Promise<void> {
  await db`insert into rule_releases ${db({ release: book.release, sha256: book.sha256, content: json(db, book.content) })}
           on conflict (sha256) do nothing`;
}

/** The content of a release, or undefined. */
export async function findReleaseContent(db: Db, sha256: string): Promise<unknown> {
  const [row] = await db<Array<{ content: unknown }>>`select content from rule_releases where sha256 = ${sha256}`;
  return row?.content;
}

/** The text of each pack that is approved to be in force on a day, by the pack's id. */
export async function approvedPacksOn(db: Db, day: string): Promise<unknown[]> {
  const rows = await db<Array<{ content: unknown }>>`
    select distinct on (subject) content from administered_releases
    where kind = 'pack' and status = 'approved' and in_force_from <= ${day}
    order by subject, in_force_from desc`;
  return rows.map(({ content }) => content);
}

/** Notes that a kept book is in force from a day on; nothing where it was already. */
export async function noteInForce(db: Db, fromDay: string, sha256: string): Promise<void> {
  await db`
    insert into books_in_force (from_day, sha256)
    select ${fromDay}, ${sha256}
    where ${sha256} is distinct from
      (select sha256 from books_in_force where from_day <= ${fromDay} order by from_day desc limit 1)
    on conflict (from_day) do update set sha256 = excluded.sha256`;
}

/** The book that was in force on a day; of a day before the first, that one. */
export async function findInForceOn(db: Db, day: string): Promise<string | undefined> {
  const [row] = await db<Array<{ sha256: string }>>`
    select sha256 from books_in_force order by from_day <= ${day} desc, abs(from_day - ${day}::date) limit 1`;
  return row?.sha256;
}

/** Where releases are kept, as `rules/release-source.ts` asks for it. */
export const releaseStore = (db: Db) => ({
  save: (release: Parameters<typeof saveRelease>[1]) => saveRelease(db, release),
  content: (sha256: string) => findReleaseContent(db, sha256),
  approvedPacksOn: (day: string) => approvedPacksOn(db, day),
  noteInForce: (fromDay: string, sha256: string) => noteInForce(db, fromDay, sha256),
  inForceOn: (day: string) => findInForceOn(db, day),
});
