import nodemailer from 'nodemailer';
import type { Logger } from 'pino';
import type { Db } from '../../db/client.ts';
import { type DueNotice, relayNotices } from '../../db/notices.ts';
import { render } from './templates.ts';

const MAX_ATTEMPTS = 12;
/** One at a time: what a killed process may send twice is then one mail, the one under way. */
const BATCH = 1;

export interface Relay {
  /** Looks at once instead of at the next round. */
  nudge(): void;
  stop(): Promise<void>;
}

/**
 * Sends what the outbox holds. Each row is locked while it is sent and marked in the same transaction. A process killed
 * between the server's "accepted" and that mark sends again under the same Message-ID, which mailboxes drop.
 */
export function startRelay(deps: { db: Db; smtpUrl: string; from: string; log: Logger; everyMs?: number }): Relay {
  // Pooled: a server may hold each new connection back for a moment (100 ms), and a group case tells everyone at once.
  const transport = nodemailer.createTransport({
    url: deps.smtpUrl,
    pool: true,
    maxConnections: 2,
    connectionTimeout: 5000,
    greetingTimeout: 5000,
  } as never);
  let stopped = false;
  let wake: (() => void) | undefined;
  let nudged = false;

  async function send(notice: DueNotice) {
    const messageId = `<${notice.id}@hejie>`;
    try {
      const { subject, text } = render(notice);
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

  const loop = (async () => {
    while (!stopped) {
      nudged = false;
      let taken = 0;
      try {
        taken = await relayNotices(deps.db, BATCH, send);
      } catch (error) {
        deps.log.warn({ error: String(error) }, 'the outbox could not be read');
      }
      if (taken === BATCH || nudged || stopped) continue;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, deps.everyMs ?? 1000);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  })();

  return {
    nudge() {
      nudged = true;
      wake?.();
    },
    async stop() {
      stopped = true;
      wake?.();
      await loop;
      transport.close();
    },
  };
}

/** 2, 4, 8 … seconds, at most five minutes; undefined after the last try. */
function retryAt(attempts: number): string | undefined {
  if (attempts >= MAX_ATTEMPTS) return undefined;
  return new Date(Date.now() + Math.min(2 ** attempts, 300) * 1000).toISOString();
}
