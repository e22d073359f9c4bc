import type { Client } from '@temporalio/client';
import type { Logger } from 'pino';
import type { Db } from '../db/client.ts';
import type { NoticeChannel } from '../domain/notices.ts';
import type { RuleBook } from '../domain/rules.ts';
import type { StatutoryTable } from '../domain/time/calendar.ts';
import type { Calendar } from '../domain/time/types.ts';
import type { ReleaseSource } from '../rules/release-source.ts';
import type { Court } from '../temporal-config/courts.ts';
import type { AuthConfig, Caller } from './auth.ts';
import type { Printer } from './papers/printer.ts';

/** What the API is made of; handed in by `api/main.ts` or a test. */
export interface ApiDeps {
  db: Db;
  temporal: Client;
  auth: AuthConfig;
  releases: ReleaseSource;
  /** The rules in force today. */
  readonly rules: RuleBook;
  /** The rules a case is pinned to. Throws when the release is not kept. */
  ruleBook(sha256: string): Promise<RuleBook>;
  calendar(): Promise<Calendar>;
  statutory: StatutoryTable;
  /** Courts whose systems send cases and results. */
  courts: Court[];
  /** By which notices can go out. */
  noticeChannels: readonly NoticeChannel[];
  /** The most that a file of evidence may have. */
  mostUploadBytes: number;
  /** Makes papers. */
  printer: Printer;
  log: Logger;
  /** Mail caught on this machine, for `/dev/mail`; absent where mail goes out for real. */
  caughtMail?: () => Promise<
    Array<{ messageId: string; receivedAt: string; to: string; subject: string; text: string }>
  >;
  /** Keys of the built-in development issuer, where it is the issuer. */
  devJwks?: unknown;
}

/** What a request carries through the app. */
export interface ApiEnv {
  Variables: { caller: Caller; requestId: string };
}
