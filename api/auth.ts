import {
  createLocalJWKSet,
  createRemoteJWKSet,
  errors,
  type JSONWebKeySet,
  type JWTVerifyGetKey,
  jwtVerify,
} from 'jose';
import { z } from 'zod';
import type { Scope } from '../db/read-models.ts';
import { regionPrefix } from '../db/read-models.ts';
import { problem } from './problems.ts';

export const roles = ['operator', 'union', 'mediator', 'arbitrator', 'court', 'administrator', 'party'] as const;
export type Role = (typeof roles)[number];

/** Who may read the forms of papers and the words of notices: the offices that send them, and who sets them. */
export const formReaders = [
  'administrator',
  'operator',
  'union',
  'mediator',
  'arbitrator',
] as const satisfies readonly Role[];

/** Who calls: the account, one role, and for staff the region of the office. */
export interface Caller {
  subject: string;
  role: Role;
  region: string;
}

const Claims = z.object({
  sub: z.string().min(1).max(200),
  role: z.enum(roles),
  region: z
    .string()
    .regex(/^\d{6}$/)
    .optional(),
});

export interface AuthConfig {
  issuer: string;
  audience: string;
  keys: JWTVerifyGetKey;
}

/** Keys of an OIDC issuer, fetched and cached by jose. */
export async function remoteKeys(issuer: string): Promise<JWTVerifyGetKey> {
  const discovery = await fetch(
    new URL('.well-known/openid-configuration', issuer.endsWith('/') ? issuer : `${issuer}/`),
  );
  const { jwks_uri } = z.object({ jwks_uri: z.url() }).parse(await discovery.json());
  return createRemoteJWKSet(new URL(jwks_uri));
}

export const localKeys = (jwks: JSONWebKeySet): JWTVerifyGetKey => createLocalJWKSet(jwks);

/** Verifies a bearer token. Throws `no-token` or `bad-token`; says nothing of why, for whoever tries keys. */
export async function verifyCaller(config: AuthConfig, header: string | undefined): Promise<Caller> {
  const token = /^Bearer (.+)$/i.exec(header ?? '')?.[1];
  if (token === undefined) throw problem('no-token', { headers: { 'www-authenticate': 'Bearer' } });
  try {
    const { payload } = await jwtVerify(token, config.keys, {
      issuer: config.issuer,
      audience: config.audience,
      requiredClaims: ['exp', 'sub'],
    });
    return callerOf(Claims.parse(payload));
  } catch (error) {
    // The issuer that cannot be asked for its keys says nothing about the token.
    if (error instanceof errors.JWKSTimeout || error instanceof TypeError || isAnswerOfIssuer(error))
      throw problem('unavailable', {
        about: { zh: '身份认证服务暂时不可用，请稍后重试。', en: 'The token issuer is unavailable; try again later.' },
        headers: { 'retry-after': '5' },
      });
    if (error instanceof errors.JOSEError || error instanceof z.ZodError)
      throw problem('bad-token', { headers: { 'www-authenticate': 'Bearer error="invalid_token"' } });
    throw error;
  }
}

/** A party is its account; a member of staff without a region would see the whole country, so there is none. */
function callerOf({ sub, role, region }: z.output<typeof Claims>): Caller {
  if (role !== 'party' && region === undefined)
    throw problem('bad-token', { headers: { 'www-authenticate': 'Bearer error="invalid_token"' } });
  return { subject: sub, role, region: region ?? '' };
}

/** jose's error for an answer that is no set of keys. */
const isAnswerOfIssuer = (error: unknown): boolean =>
  error instanceof errors.JOSEError && error.code === 'ERR_JOSE_GENERIC';

/** What a caller may see: staff the cases of their region, a party its own. */
export const scopeOf = (caller: Caller): Scope =>
  caller.role === 'party'
    ? { kind: 'party', subject: caller.subject }
    : { kind: 'region', prefix: regionPrefix(caller.region) };

/** Refuses a caller whose role is not among these. */
export function requireRole(caller: Caller, ...allowed: Role[]): void {
  if (!allowed.includes(caller.role)) throw problem('not-allowed');
}

/** Whether one of the regions is that of a member of staff's office; a party belongs to none. */
export function isOfRegion(caller: Caller, ...regions: Array<string | null | undefined>): boolean {
  const scope = scopeOf(caller);
  return scope.kind === 'party' || regions.some((region) => region?.startsWith(scope.prefix));
}

/** Refuses a member of staff outside the region of the office, or outside both where a case concerns two. */
export function requireRegion(caller: Caller, ...regions: Array<string | null | undefined>): void {
  if (!isOfRegion(caller, ...regions))
    throw problem('not-allowed', {
      about: { zh: '不在您的辖区。', en: 'This is outside the region of your office.' },
    });
}
