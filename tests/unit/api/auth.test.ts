import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { remoteKeys, requireRegion, scopeOf, verifyCaller } from '../../../api/auth.ts';

let pair: Awaited<ReturnType<typeof generateKeyPair>>;
let key: JWK;
beforeAll(async () => {
  pair = await generateKeyPair('ES256', { extractable: true });
  key = { ...(await exportJWK(pair.publicKey)), alg: 'ES256', kid: 'one' };
});

/** An OIDC issuer on this machine; it answers for its keys as told. */
async function issuer(keys: () => { status: number; body: string }): Promise<{ url: string; server: Server }> {
  const server = createServer((request, response) => {
    const { port } = server.address() as AddressInfo;
    if (request.url === '/.well-known/openid-configuration')
      response.end(JSON.stringify({ jwks_uri: `http://127.0.0.1:${port}/keys` }));
    else {
      const { status, body } = keys();
      response.writeHead(status, { 'content-type': 'application/json' }).end(body);
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function setUp(keys: () => { status: number; body: string }) {
  const { url, server } = await issuer(keys);
  servers.push(server);
  const config = { issuer: url, audience: 'hejie', keys: await remoteKeys(url) };
  const token = await new SignJWT({ role: 'court', region: '310116' })
    .setProtectedHeader({ alg: 'ES256', kid: 'one' })
    .setSubject('judge')
    .setIssuer(url)
    .setAudience('hejie')
    .setExpirationTime('1h')
    .sign(pair.privateKey);
  return { config, server, header: `Bearer ${token}` };
}

describe('a token of an issuer elsewhere', () => {
  it('is verified with the keys that the issuer publishes', async () => {
    const { config, header } = await setUp(() => ({ status: 200, body: JSON.stringify({ keys: [key] }) }));
    expect(await verifyCaller(config, header)).toEqual({ subject: 'judge', role: 'court', region: '310116' });
  });

  it('is bad when the issuer has no such key', async () => {
    const { config, header } = await setUp(() => ({ status: 200, body: JSON.stringify({ keys: [] }) }));
    await expect(verifyCaller(config, header)).rejects.toMatchObject({ problem: { code: 'bad-token', status: 401 } });
  });

  it.each([
    ['answers with an error', () => ({ status: 500, body: '{}' })],
    ['answers with no keys at all', () => ({ status: 200, body: 'nonsense' })],
  ])('is not called bad when the issuer %s: try again later', async (_what, keys) => {
    const { config, header } = await setUp(keys);
    await expect(verifyCaller(config, header)).rejects.toMatchObject({
      problem: { code: 'unavailable', status: 503 },
      headers: { 'retry-after': expect.any(String) },
    });
  });

  it('is not called bad when the issuer is away: try again later', async () => {
    const { config, header, server } = await setUp(() => ({ status: 200, body: JSON.stringify({ keys: [key] }) }));
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
    await expect(verifyCaller(config, header)).rejects.toMatchObject({ problem: { code: 'unavailable', status: 503 } });
  });
});

describe('who sees what', () => {
  const staff = (region: string) => ({ subject: 'x', role: 'operator' as const, region });

  it('is the region of the office and what lies in it', () => {
    expect(scopeOf(staff('310116'))).toEqual({ kind: 'region', prefix: '310116' });
    expect(scopeOf(staff('510100'))).toEqual({ kind: 'region', prefix: '5101' });
    expect(scopeOf(staff('510000'))).toEqual({ kind: 'region', prefix: '51' });
    expect(scopeOf(staff('000000'))).toEqual({ kind: 'region', prefix: '' });
    expect(scopeOf({ subject: 'x', role: 'party', region: '' })).toEqual({ kind: 'party', subject: 'x' });
  });

  it.each([
    ['310116', '310116', true],
    ['310000', '310116', true],
    ['000000', '310116', true],
    ['310116', '310000', false],
    ['310116', '310115', false],
    ['510000', '310116', false],
  ])('an office of %s and region %s: %s', (own, region, allowed) => {
    const asked = () => requireRegion(staff(own), region);
    if (allowed) expect(asked).not.toThrow();
    else expect(asked).toThrow('not-allowed');
  });
});
