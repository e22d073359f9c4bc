/**
 * The one module that reads `process.env`. Everything else is handed what it needs.
 */
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { StartError } from './start-error.ts';

/** The checkout: what `npm start` is run in. */
export const projectRoot = fileURLToPath(new URL('..', import.meta.url));

export type ServerPorts = { temporal: number; temporalUi: number; postgres: number; smtp: number };
export type Ports = ServerPorts & { api: number };

/** Which variable sets which port: an error about a port names it. */
export const portVariables = {
  api: 'API_PORT',
  temporal: 'TEMPORAL_PORT',
  temporalUi: 'TEMPORAL_UI_PORT',
  postgres: 'POSTGRES_PORT',
  smtp: 'SMTP_PORT',
} as const satisfies Record<keyof Ports, string>;

const port = (fallback: number) =>
  z
    .string()
    .regex(/^\d{1,5}$/, '应为 1 至 65535 的整数 | must be a whole number from 1 to 65535')
    .transform(Number)
    .refine((value) => value >= 1 && value <= 65_535, '应为 1 至 65535 的整数 | must be a whole number from 1 to 65535')
    .default(fallback);

const url = (...schemes: string[]) =>
  z.string().refine(
    (value) => {
      return URL.canParse(value) && schemes.includes(new URL(value).protocol);
    },
    `应为以 ${schemes.map((s) => `${s}//`).join(' 或 ')} 开头的地址 | must be a URL that starts with ${schemes.map((s) => `${s}//`).join(' or ')}`,
  );

/** A key of signatures, by Standard Webhooks. */
const signingKey = /^whsec_[A-Za-z0-9+/]{32,}={0,2}$/;

/** Courts that are docked with: id, region of its cases, key of the signatures, where it is told. */
const Courts = z.array(
  z.strictObject({
    id: z.string().regex(/^[a-z0-9-]{1,64}$/),
    region: z.string().regex(/^\d{6}$/),
    secret: z.string().regex(signingKey),
    url: url('http:', 'https:').optional(),
  }),
);

const courtsMessage =
  '应为法院的 JSON 列表：id、region、secret、url | must be a JSON list of courts: id, region, secret, url';

function courtsOf(text: string): z.infer<typeof Courts> | undefined {
  try {
    return Courts.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

const variables = z.object({
  DATABASE_URL: url('postgres:', 'postgresql:').optional(),
  TEMPORAL_ADDRESS: z
    .string()
    .regex(/^(\[[0-9a-fA-F:]+\]|[^\s:/]+):\d{1,5}$/, '应为 主机:端口 | must be host:port')
    .optional(),
  TEMPORAL_NAMESPACE: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, '命名空间名称无效 | is not a namespace name')
    .default('default'),
  SMTP_URL: url('smtp:', 'smtps:').optional(),
  OIDC_ISSUER: url('https:', 'http:').optional(),
  OIDC_AUDIENCE: z.string().default('hejie'),
  HEJIE_DATA_DIR: z.string().optional(),
  HEJIE_CACHE_DIR: z.string().optional(),
  HEJIE_DURABILITY: z.enum(['normal', 'full'], '应为 normal 或 full | must be normal or full').default('normal'),
  HEJIE_BUILD_ID: z
    .string()
    .regex(/^[A-Za-z0-9._-]{1,128}$/, '只能含字母、数字、点、横线 | may hold letters, digits, dots and dashes only')
    .optional(),
  HEJIE_MAIL_CAUGHT: z.enum(['yes', 'no'], '应为 yes 或 no | must be yes or no').default('no'),
  HEJIE_MAIL_FROM: z
    .string()
    .regex(/^([^<>]*<)?[^\s<>@]+@[^\s<>@]+>?$/, '应为邮箱地址 | must be a mail address')
    .default('和解 Hejie <hejie@localhost>'),
  LOG_LEVEL: z
    .enum(
      ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'],
      '应为 trace debug info warn error fatal silent 之一 | must be one of trace debug info warn error fatal silent',
    )
    .default('info'),
  HEJIE_API_URL: url('http:', 'https:').optional(),
  HEJIE_COURTS: z
    .string()
    .refine((text) => courtsOf(text) !== undefined, courtsMessage)
    .transform((text) => courtsOf(text) ?? [])
    .optional(),
  NOTICE_GATEWAY_URL: url('http:', 'https:').optional(),
  NOTICE_GATEWAY_SECRET: z.string().regex(signingKey, '应为 whsec_ 加 base64 | must be whsec_ and base64').optional(),
  NOTICE_HOURS: z.enum(['kept', 'ignored'], '应为 kept 或 ignored | must be kept or ignored').default('kept'),
  HEJIE_UPLOAD_MB: z
    .string()
    .regex(/^\d{1,4}$/, '应为 1 至 1000 的整数 | must be a whole number from 1 to 1000')
    .transform(Number)
    .refine((value) => value >= 1 && value <= 1000, '应为 1 至 1000 的整数 | must be a whole number from 1 to 1000')
    .default(20),
  API_HOST: z.string().default('127.0.0.1'),
  API_PORT: port(8080),
  TEMPORAL_PORT: port(7233),
  TEMPORAL_UI_PORT: port(8233),
  POSTGRES_PORT: port(54_329),
  SMTP_PORT: port(1025),
});

export type Durability = 'normal' | 'full';
export type LogLevel = z.infer<typeof variables>['LOG_LEVEL'];

/** A gateway of SMS and instant messages, and the key by which what it gets is signed. */
export interface NoticeGateway {
  url: string;
  secret: string;
}

export type Env = {
  /** Set when Postgres is somebody else's; then none is started. */
  databaseUrl?: string;
  /** Set when Temporal is somebody else's; then none is started. */
  temporalAddress?: string;
  temporalNamespace: string;
  /** Set when mail goes out for real; then nothing is caught. */
  smtpUrl?: string;
  /** True when `smtpUrl` is the mail catcher of `npm start`, so that `/dev/mail` has something to show. */
  mailCaught: boolean;
  oidcIssuer?: string;
  oidcAudience: string;
  /** Absolute. All state is under it. */
  dataDir: string;
  /** Absolute. Downloaded servers, shared by every stack of the checkout. */
  cacheDir: string;
  /** `full` survives a power cut, `normal` survives a killed process. */
  durability: Durability;
  buildId?: string;
  mailFrom: string;
  logLevel: LogLevel;
  /** Courts that are docked with; undefined where the environment names none. */
  courts?: z.infer<typeof Courts>;
  /** Where the API is, for those who call it from outside; on this machine's port when it is not set. */
  apiUrl?: string;
  /** Where SMS and instant messages are handed over; without it there is e-mail only. */
  noticeGateway?: NoticeGateway;
  /** Quiet hours and digests of notices; `ignored` for trying out. */
  noticeHours: 'kept' | 'ignored';
  apiHost: string;
  /** The most that a file of evidence may have. */
  mostUploadBytes: number;
  ports: Ports;
};

/**
 * Reads and checks the environment. An empty variable counts as unset; relative folders are taken from the checkout's
 * working directory. Throws `bad-environment`, with every wrong variable named, in both languages.
 */
export function readEnv(source: Record<string, string | undefined> = process.env): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = variables.safeParse(given);
  if (!parsed.success) {
    throw badEnvironment(parsed.error.issues.map(({ path, message }) => ({ name: path.join('.'), message })));
  }
  const v = parsed.data;
  const ports: Ports = {
    api: v.API_PORT,
    temporal: v.TEMPORAL_PORT,
    temporalUi: v.TEMPORAL_UI_PORT,
    postgres: v.POSTGRES_PORT,
    smtp: v.SMTP_PORT,
  };
  rejectSharedPorts(ports);
  return {
    databaseUrl: v.DATABASE_URL,
    temporalAddress: v.TEMPORAL_ADDRESS,
    temporalNamespace: v.TEMPORAL_NAMESPACE,
    smtpUrl: v.SMTP_URL,
    mailCaught: v.HEJIE_MAIL_CAUGHT === 'yes',
    oidcIssuer: v.OIDC_ISSUER,
    oidcAudience: v.OIDC_AUDIENCE,
    dataDir: resolve(v.HEJIE_DATA_DIR ?? '.hejie'),
    cacheDir: resolve(v.HEJIE_CACHE_DIR ?? resolve(projectRoot, '.hejie/cache')),
    durability: v.HEJIE_DURABILITY,
    buildId: v.HEJIE_BUILD_ID,
    mailFrom: v.HEJIE_MAIL_FROM,
    logLevel: v.LOG_LEVEL,
    courts: v.HEJIE_COURTS,
    apiUrl: v.HEJIE_API_URL?.replace(/\/$/, ''),
    noticeGateway: gatewayOf(v.NOTICE_GATEWAY_URL, v.NOTICE_GATEWAY_SECRET),
    noticeHours: v.NOTICE_HOURS,
    apiHost: v.API_HOST,
    mostUploadBytes: v.HEJIE_UPLOAD_MB * 1_000_000,
    ports,
  };
}

/** The environment of a process that we start: ours, with what it must know laid over it. */
export function childEnv(overrides: Record<string, string | undefined>): NodeJS.ProcessEnv {
  return { ...process.env, ...overrides };
}

/** Where commands are looked for, in order. */
export function searchPath(): string {
  return process.env.PATH ?? '';
}

/** True when `npm start` (or another npm script) started this process. */
export function startedByNpm(): boolean {
  return process.env.npm_lifecycle_event !== undefined;
}

function gatewayOf(url: string | undefined, secret: string | undefined): NoticeGateway | undefined {
  if (url !== undefined && secret !== undefined) return { url, secret };
  if (url === undefined && secret === undefined) return undefined;
  const [name, other] =
    url === undefined
      ? ['NOTICE_GATEWAY_URL', 'NOTICE_GATEWAY_SECRET']
      : ['NOTICE_GATEWAY_SECRET', 'NOTICE_GATEWAY_URL'];
  throw badEnvironment([{ name, message: `须与 ${other} 同时设置 | must be set together with ${other}` }]);
}

function rejectSharedPorts(ports: Ports): void {
  const byNumber = new Map<number, string>();
  for (const [key, name] of Object.entries(portVariables) as [keyof Ports, string][]) {
    const other = byNumber.get(ports[key]);
    if (other !== undefined) {
      const message = `与 ${other} 是同一端口 ${ports[key]} | is the same port as ${other}, ${ports[key]}`;
      throw badEnvironment([{ name, message }]);
    }
    byNumber.set(ports[key], name);
  }
}

function badEnvironment(issues: readonly { name: string; message: string }[]): StartError {
  const zh = issues.map(({ name, message }) => `  ${name}：${message.split(' | ')[0]}`);
  const en = issues.map(({ name, message }) => `  ${name} ${message.split(' | ')[1] ?? message}`);
  return new StartError('bad-environment', {
    zh: ['环境变量有误：', ...zh].join('\n'),
    en: ['The environment is not right:', ...en].join('\n'),
  });
}
