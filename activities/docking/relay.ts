import type { Logger } from 'pino';
import type { Db } from '../../db/client.ts';
import { type DueReport, relayReport } from '../../db/docking.ts';
import { backOff, type Relay, startOutbox } from '../outbox.ts';
import { isOk, postSigned, type SignedTarget } from '../signed-post.ts';

/** A court that is told things. */
export interface ToldCourt extends SignedTarget {
  id: string;
}

/**
 * Tells courts what came of their cases. A court that is down is tried again for as long as it takes; the message's id
 * is the report's, so that one that arrives twice is known.
 */
export function startCourtRelay(deps: { db: Db; courts: ToldCourt[]; log: Logger; everyMs?: number }): Relay {
  const ids = deps.courts.map(({ id }) => id);

  async function send({ id, court, attempts, body }: DueReport) {
    const to = deps.courts.find((one) => one.id === court);
    if (!to) return { error: 'no such court', retryAt: backOff(attempts + 1) };
    try {
      const status = await postSigned(to, id, body);
      if (isOk(status)) return {};
      return { error: `answered ${status}`, retryAt: backOff(attempts + 1) };
    } catch (error) {
      deps.log.warn({ report: id, court, attempt: attempts + 1 }, 'a court could not be told');
      return { error: String(error).slice(0, 500), retryAt: backOff(attempts + 1) };
    }
  }

  return startOutbox(async () => {
    if (ids.length === 0) return false;
    try {
      return await relayReport(deps.db, ids, send);
    } catch (error) {
      deps.log.warn({ error: String(error) }, 'the reports to courts could not be read');
      return false;
    }
  }, deps.everyMs ?? 1000);
}
