import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, importJWK, type JSONWebKeySet, type JWK, SignJWT } from 'jose';
import type { Role } from './auth.ts';

/** Issuer of tokens on one machine; a real deployment names its own by OIDC_ISSUER. */
export const DEV_ISSUER = 'urn:hejie:development';

interface Keys {
  private: JWK;
  public: JWK;
}

/** The key pair of the built-in issuer, made at the first start and kept in the data directory. */
export async function devKeys(dataDir: string): Promise<Keys> {
  const file = join(dataDir, 'dev-issuer.json');
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Keys;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const pair = await generateKeyPair('ES256', { extractable: true });
  const keys: Keys = {
    private: { ...(await exportJWK(pair.privateKey)), alg: 'ES256', kid: 'dev' },
    public: { ...(await exportJWK(pair.publicKey)), alg: 'ES256', kid: 'dev', use: 'sig' },
  };
  await mkdir(dataDir, { recursive: true });
  const fresh = `${file}.${process.pid}`;
  await writeFile(fresh, JSON.stringify(keys), { mode: 0o600 });
  await rename(fresh, file);
  return JSON.parse(await readFile(file, 'utf8')) as Keys;
}

export const devJwks = (keys: Keys): JSONWebKeySet => ({ keys: [keys.public] });

/** Signs a token of the development issuer, good for twelve hours. */
export async function signDevToken(
  keys: Keys,
  { subject, role, region, audience }: { subject: string; role: Role; region?: string; audience: string },
): Promise<string> {
  // Staff of the development issuer are of the whole country unless said otherwise; a real issuer must say it.
  const office = region ?? (role === 'party' ? undefined : '000000');
  return new SignJWT({ role, ...(office === undefined ? {} : { region: office }) })
    .setProtectedHeader({ alg: 'ES256', kid: 'dev' })
    .setSubject(subject)
    .setIssuer(DEV_ISSUER)
    .setAudience(audience)
    .setIssuedAt()
    .setExpirationTime('12h')
    .sign(await importJWK(keys.private, 'ES256'));
}
