import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Env } from './env.ts';

/** A court whose system speaks with this one. */
export interface Court {
  id: string;
  /** The region whose cases it may send. */
  region: string;
  /** Key of the signatures in both directions, `whsec_<base64>`. */
  secret: string;
  /** Where it is told what came of its cases; without it that waits. */
  url?: string;
}

/** The courts of the environment; on one machine, with the issuer of its own, one for trying out, with a secret of its own. */
export async function readCourts({ courts, oidcIssuer, dataDir }: Env): Promise<Court[]> {
  if (courts !== undefined) return courts;
  if (oidcIssuer !== undefined) return [];
  return [{ id: 'dev', region: '000000', secret: await developmentSecret(dataDir) }];
}

async function developmentSecret(dataDir: string): Promise<string> {
  const file = join(dataDir, 'dev-court-secret');
  const fresh = `${file}.${process.pid}`;
  await mkdir(dataDir, { recursive: true });
  await writeFile(fresh, `whsec_${randomBytes(32).toString('base64')}`, { mode: 0o600 });
  // The first process wins: API and worker start at the same time.
  await link(fresh, file).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  await rm(fresh);
  return readFile(file, 'utf8');
}
