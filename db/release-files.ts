import type { Db, Tx } from './client.ts';

/** A file that a release names by its hash. */
export interface ReleaseFile {
  sha256: string;
  bytes: Buffer;
}

/** Keeps a file under its hash; the same one again changes nothing. */
export const keepReleaseFile = (tx: Tx, { sha256, bytes }: ReleaseFile) =>
  tx`insert into release_files ${tx({ sha256, bytes })} on conflict (sha256) do nothing`;

/** A file by its hash, whatever became of the draft that it came with. */
export async function findReleaseFile(db: Db, sha256: string): Promise<Buffer | undefined> {
  const [row] = await db<Array<{ bytes: Buffer }>>`select bytes from release_files where sha256 = ${sha256}`;
  return row?.bytes;
}
