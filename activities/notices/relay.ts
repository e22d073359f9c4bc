import nodemailer from 'nodemailer';
import type { Logger } from 'pino';
import type { Db } from '../../db/client.ts';
import { type DueNotice, relayNotices } from '../../db/notices.ts';
import type { Templates } from '../../notices/load.ts';
import { render } from '../../notices/render.ts';
import { backOff, type Relay, startOutbox } from '../outbox.ts';

const MAX_ATTEMPTS = 12;
/** One at a time: what a killed process may send twice is then one mail, the one under way. */
const BATCH = 1;

/**
 * Sends what the outbox holds. Each row is locked while it is sent and marked in the same transaction. A process killed
 * between the server's "accepted" and that mark sends again under the same Message-ID, which mailboxes drop.
 */
export function startRelay(deps: {
  db: Db;
  templates: Templates;
  smtpUrl: string;
  from: string;
  log: Logger;
  everyMs?: number;
}): Relay {
  // Pooled: a server may hold each new connection back for a moment (100 ms), and a group case tells everyone at once.
  const transport = nodemailer.createTransport({
    url: deps.smtpUrl,
    pool: true,
    maxConnections: 2,
    connectionTimeout: 5000,
    greetingTimeout: 5000,
  } as never);

  async function send(notice: DueNotice) {
    const messageId = `<${notice.id}@hejie>`;
    try {
      const { subject, text } = render(deps.templates, notice);
      await transport.sendMail({
        messageId,
        from: deps.from,
        to: notice.email,
        subject,
        text,
        headers: { 'X-Hejie-Case': notice.caseNo, 'X-Hejie-Template': notice.template },
      });
      return { messageId };
    } catch (error) {
      // The address must not reach the log; the row has the error.
      deps.log.warn({ notice: notice.id, attempt: notice.attempts + 1 }, 'a notice could not be sent');
      return { error: String(error).slice(0, 500), retryAt: retryAt(notice.attempts + 1) };
    }
  }

  const relay = startOutbox(async () => {
    try {
      return (await relayNotices(deps.db, BATCH, send)) === BATCH;
    } catch (error) {
      deps.log.warn({ error: String(error) }, 'the outbox could not be read');
      return false;
    }
  }, deps.everyMs ?? 1000);

  return {
    nudge: relay.nudge,
    async stop() {
      await relay.stop();
      transport.close();
    },
  };
}

/** Undefined after the last try. */
const retryAt = (attempts: number): string | undefined => (attempts >= MAX_ATTEMPTS ? undefined : backOff(attempts));
