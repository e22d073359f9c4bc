import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Role } from '../../api/auth.ts';
import { devKeys, signDevToken } from '../../api/dev-issuer.ts';
import type { Env } from '../../temporal-config/env.ts';

/** Something the reader can put right; printed as it is. */
export class DemoError extends Error {
  constructor(zh: string, en: string) {
    super(`${zh}\n${en}`);
  }
}

/** Who speaks: an office of the demonstration region, or a party by its account. */
export type Voice = Exclude<Role, 'party'> | { party: string };

const Bilingual = z.object({ zh: z.string(), en: z.string() });

export const TimelineEvent = z.object({
  seq: z.number(),
  type: z.string(),
  procedure: z.string(),
  at: z.string(),
  title: Bilingual,
  legalRef: z.string(),
  article: z.string(),
  by: z.object({ role: z.string(), party: z.string().optional() }),
  detail: z.record(z.string(), z.unknown()),
});
export type TimelineEvent = z.infer<typeof TimelineEvent>;

const Notice = z.object({ seq: z.number(), template: z.string(), recipient: z.string(), status: z.string() });
export type Notice = z.infer<typeof Notice>;

const Procedure = z.object({
  run: z.string(),
  workflowId: z.string(),
  procedure: z.string(),
  title: Bilingual,
  outcome: z.string().nullable(),
});
export type Procedure = z.infer<typeof Procedure>;

const Deadline = z.object({
  id: z.string(),
  subject: z.string().nullable(),
  status: z.string(),
  amount: z.number(),
  unit: z.string(),
  legalRef: z.string(),
});
export type Deadline = z.infer<typeof Deadline>;

const Problem = z.object({ code: z.string(), detail: Bilingual });
const Mail = z.object({
  to: z.string(),
  subject: z.string(),
  text: z.string(),
  headers: z.record(z.string(), z.string()).optional(),
});
export type Mail = z.infer<typeof Mail>;

export interface Api {
  url: string;
  setOffice(region: string, kind: string, office: { name: string; email: string }): Promise<void>;
  register(body: unknown, voice?: Voice): Promise<string>;
  act(voice: Voice, caseNo: string, act: string, body: unknown): Promise<void>;
  timeline(caseNo: string, after: number): Promise<TimelineEvent[]>;
  notices(caseNo: string): Promise<Notice[]>;
  procedures(caseNo: string): Promise<Procedure[]>;
  deadlines(caseNo: string): Promise<Deadline[]>;
  /** Cases that were split off from one. */
  splitsOf(caseNo: string): Promise<string[]>;
  /** Mails caught on this machine for one address; empty where mail goes out for real. */
  mailsTo(address: string, caseNo: string): Promise<Mail[]>;
}

const RETRY_MS = 500;

/** The API as the demo uses it, after a look whether it is there. Throws `DemoError` when it is not. */
export async function connectApi(env: Env, region: string): Promise<Api> {
  const url = env.apiUrl ?? `http://127.0.0.1:${env.ports.api}`;
  await checkRunning(url);
  if (env.oidcIssuer !== undefined)
    throw new DemoError(
      '演示使用内置的开发令牌；设置了 OIDC_ISSUER 时不能运行。',
      'The demo signs development tokens; it cannot run while OIDC_ISSUER is set.',
    );
  const keys = await devKeys(env.dataDir);
  const tokens = new Map<string, Promise<string>>();
  const tokenOf = (voice: Voice): Promise<string> => {
    const role = typeof voice === 'string' ? voice : 'party';
    const subject = typeof voice === 'string' ? `demo-${voice}` : voice.party;
    const known = tokens.get(subject);
    if (known) return known;
    const signed = signDevToken(keys, {
      subject,
      role,
      audience: env.oidcAudience,
      ...(role === 'party' ? {} : { region }),
    });
    tokens.set(subject, signed);
    return signed;
  };

  async function call(voice: Voice, method: string, path: string, body?: unknown): Promise<unknown> {
    const headers = {
      authorization: `Bearer ${await tokenOf(voice)}`,
      'content-type': 'application/json',
      'idempotency-key': randomUUID(),
    };
    for (let tries = 1; ; tries++) {
      const answer = await fetch(`${url}${path}`, {
        method,
        headers,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      if (answer.ok) return answer.json();
      // The same key again: what was done is not done twice.
      if (answer.status === 503 && tries < 10) {
        await sleep(RETRY_MS);
        continue;
      }
      throw refusalOf(await answer.json().catch(() => undefined), `${method} ${path}`, answer.status, env.dataDir);
    }
  }
  const items = async <T>(schema: z.ZodType<T>, path: string): Promise<T[]> =>
    z.object({ items: z.array(schema) }).parse(await call('operator', 'GET', path)).items;

  return {
    url,
    async setOffice(of, kind, office) {
      await call('administrator', 'PUT', `/v1/offices/${of}/${kind}`, { ...office, reason: '登记办理机构' });
    },
    async register(body, voice = 'operator') {
      return z.object({ id: z.string() }).parse(await call(voice, 'POST', '/v1/cases', body)).id;
    },
    async act(voice, caseNo, act, body) {
      await call(voice, 'POST', `/v1/cases/${caseNo}/acts/${act}`, body);
    },
    timeline: (caseNo, after) => items(TimelineEvent, `/v1/cases/${caseNo}/timeline?after=${after}&limit=200`),
    notices: (caseNo) => items(Notice, `/v1/cases/${caseNo}/notices`),
    procedures: (caseNo) => items(Procedure, `/v1/cases/${caseNo}/procedures`),
    deadlines: (caseNo) => items(Deadline, `/v1/cases/${caseNo}/deadlines`),
    async splitsOf(caseNo) {
      return z.object({ splits: z.array(z.string()) }).parse(await call('operator', 'GET', `/v1/cases/${caseNo}`))
        .splits;
    },
    async mailsTo(address, caseNo) {
      const answer = await fetch(`${url}/dev/mail`, { headers: { accept: 'application/json' } });
      if (!answer.ok) return [];
      const mails = z.object({ items: z.array(Mail) }).parse(await answer.json()).items;
      return mails.filter(({ to, headers }) => to.includes(address) && headers?.['x-hejie-case'] === caseNo);
    },
  };
}

async function checkRunning(url: string): Promise<void> {
  try {
    const answer = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(5_000) });
    if (answer.ok) return;
  } catch {
    // Nobody there: said below.
  }
  throw new DemoError(
    `在 ${url} 没有找到运行中的服务。请先在另一个终端执行 npm start，看到“已就绪”后再执行 npm run demo。换过端口的，执行时带上同样的 API_PORT。`,
    `No running server at ${url}. Run npm start in another terminal, wait until it is ready, then npm run demo. If you moved the port, give the same API_PORT here.`,
  );
}

function refusalOf(body: unknown, request: string, status: number, dataDir: string): DemoError {
  const problem = Problem.safeParse(body).data;
  if (status === 401)
    return new DemoError(
      `服务不认可令牌：HEJIE_DATA_DIR 应与服务的一致（现为 ${dataDir}）。`,
      `The server does not know the token: HEJIE_DATA_DIR must be the server's (it is ${dataDir}).`,
    );
  return new DemoError(
    `${request} 被拒绝（${status} ${problem?.code ?? ''}）：${problem?.detail.zh ?? ''}`,
    `${request} was refused (${status} ${problem?.code ?? ''}): ${problem?.detail.en ?? ''}`,
  );
}
