import { NativeConnection, Worker } from '@temporalio/worker';
import type { Logger } from 'pino';
import { createCalendarActivities } from '../activities/calendar.ts';
import { startCourtRelay } from '../activities/docking/relay.ts';
import { startRelay } from '../activities/notices/relay.ts';
import type { Relay } from '../activities/outbox.ts';
import { createRecordActivities } from '../activities/record.ts';
import { createRulesActivities } from '../activities/rules.ts';
import type { SignedTarget } from '../activities/signed-post.ts';
import { calendarsRevision, listCalendars } from '../db/calendars.ts';
import { openDb } from '../db/client.ts';
import { textStore } from '../db/notice-texts.ts';
import { releaseStore } from '../db/releases.ts';
import { ownTexts } from '../notices/load.ts';
import { createTextSource } from '../notices/text-source.ts';
import { createCalendarSource } from '../rules/calendar-source.ts';
import { loadRuleBook } from '../rules/index.ts';
import { createReleaseSource } from '../rules/release-source.ts';
import type { Court } from '../temporal-config/courts.ts';
import type { NoticeGateway } from '../temporal-config/env.ts';
import { signed } from '../temporal-config/signatures.ts';
import { caseWorkerOptions, workflowBundle } from '../temporal-config/worker-options.ts';

export interface CaseWorkerConfig {
  databaseUrl: string;
  temporalAddress: string;
  namespace: string;
  smtpUrl: string;
  mailFrom: string;
  cacheDir: string;
  buildId?: string;
  /** Of SMS and instant messages. */
  gateway?: NoticeGateway;
  /** Quiet hours and digests: `ignored` for trying out. */
  noticeHours: 'kept' | 'ignored';
  /** For tests: what time it is for notices. */
  noticeClock?: () => string;
  /** Courts that are told what came of their cases. */
  courts: Court[];
  /** For tests: what time it is for the rules in force. */
  rulesClock?: () => Date;
  log: Logger;
}

export interface CaseWorker {
  worker: Worker;
  relay: Relay;
  /** Resolves when the worker has stopped and everything it opened is closed. */
  run(): Promise<void>;
  shutdown(): void;
}

/** The composition root: config → dependencies → activities → worker. */
export async function createCaseWorker(config: CaseWorkerConfig): Promise<CaseWorker> {
  // As many as keep the server's cores busy: more connections only wait for one another there.
  const db = openDb(config.databaseUrl, { max: 8 });
  const [templates, releases, calendar, workflows, connection] = await Promise.all([
    ownTexts(),
    loadRuleBook().then((book) => createReleaseSource(book, releaseStore(db), config.rulesClock)),
    createCalendarSource({ list: () => listCalendars(db), revision: () => calendarsRevision(db) }),
    workflowBundle(config.cacheDir),
    NativeConnection.connect({ address: config.temporalAddress }),
  ]);
  const texts = createTextSource({
    ...{ own: templates, store: textStore(db), today: releases.today },
    broken: ({ region, notice }) => config.log.warn({ region, notice }, 'a text of a notice cannot be used any more'),
  });
  const relay = startRelay({
    ...{ db, texts, rules: () => releases.refresh(), log: config.log },
    ...{ smtpUrl: config.smtpUrl, from: config.mailFrom, hours: config.noticeHours, now: config.noticeClock },
    gateway: config.gateway && signedTarget(config.gateway),
  });
  const courtRelay = startCourtRelay({
    db,
    log: config.log,
    courts: config.courts.flatMap(({ id, url, secret }) =>
      url === undefined ? [] : [{ id, ...signedTarget({ url, secret }) }],
    ),
  });
  const worker = await Worker.create({
    ...caseWorkerOptions(config.buildId),
    connection,
    namespace: config.namespace,
    workflowBundle: workflows,
    activities: {
      ...createRulesActivities(releases, calendar),
      ...createRecordActivities({
        db,
        books: releases,
        calendar,
        noticesQueued: () => {
          relay.nudge();
          courtRelay.nudge();
        },
      }),
      ...createCalendarActivities({ db }),
    },
  });
  return {
    worker,
    relay,
    async run() {
      try {
        await worker.run();
      } finally {
        await Promise.all([relay.stop(), courtRelay.stop()]);
        await connection.close();
        await db.end({ timeout: 5 });
      }
    },
    shutdown: () => worker.shutdown(),
  };
}

const signedTarget = ({ url, secret }: { url: string; secret: string }): SignedTarget => ({
  url,
  sign: (id, body) => signed(secret, id, body),
});
