import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/**
 * Request times by route (never by path: a path names a case), the process's own figures, and how many acts wait to be
 * settled: more than none for long means that a case cannot go on, and the worker's log says which.
 */
export function createMetrics(unfinishedActs: () => Promise<number>) {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'hejie_http_request_seconds',
    help: 'Time to answer a request',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  });
  new Gauge({
    name: 'hejie_acts_unfinished',
    help: 'Acts kept and not answered by their case since',
    registers: [registry],
    // Without a database there is no figure, and the others must still be had.
    async collect() {
      this.set(await unfinishedActs().catch(() => Number.NaN));
    },
  });
  return {
    contentType: registry.contentType,
    observe: (method: string, route: string, status: number, ms: number) =>
      requests.labels(method, route, String(status)).observe(ms / 1000),
    text: () => registry.metrics(),
  };
}
