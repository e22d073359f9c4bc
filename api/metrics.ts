import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';

/** Request times by route (never by path: a path names a case) and the process's own figures. */
export function createMetrics() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'hejie_http_request_seconds',
    help: 'Time to answer a request',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  });
  return {
    contentType: registry.contentType,
    observe: (method: string, route: string, status: number, ms: number) =>
      requests.labels(method, route, String(status)).observe(ms / 1000),
    text: () => registry.metrics(),
  };
}
