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

/** Where releases are kept, as `rules/sources.ts` asks for it. */
export const releaseStore = (db: Db) => ({
  save: (release: Parameters<typeof saveRelease>[1]) => saveRelease(db, release),
  content: (sha256: string) => findReleaseContent(db, sha256),
});
