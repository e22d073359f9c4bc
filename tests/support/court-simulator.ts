/** A court's system as Hejie meets it: it sends signed messages over HTTP, is told things there, and may be down. */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Court } from '../../temporal-config/courts.ts';
import { signed, verify } from '../../temporal-config/signatures.ts';

export interface Heard {
  id: string;
  type: string;
  case: string;
  // biome-ignore lint/suspicious/noExplicitAny: what came over the wire; the tests say what it must be
  body: any;
}

export class CourtSimulator {
  /** What it was told, each message once by its id, in the order in which it came. */
  readonly heard: Heard[] = [];
  private server: Server | undefined;

  constructor(
    readonly court: Court,
    /** Where Hejie listens. */
    private readonly hejie: string,
  ) {}

  /** Listens where the court is told things. */
  async comeUp(): Promise<void> {
    const { port } = new URL(this.court.url ?? '');
    const server = createServer(async (request, response) => {
      const body = await text(request);
      const genuine = verify(this.court.secret, (name) => request.headers[name] as string | undefined, body);
      if (typeof genuine === 'string') return response.writeHead(401).end();
      if (!this.heard.some(({ id }) => id === genuine.id)) {
        const told = JSON.parse(body);
        this.heard.push({ id: genuine.id, type: told.type, case: told.case, body: told });
      }
      return response.writeHead(204).end();
    });
    server.listen(Number(port), '127.0.0.1');
    await once(server, 'listening');
    this.server = server;
  }

  async goDown(): Promise<void> {
    const { server } = this;
    if (!server) return;
    this.server = undefined;
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  }

  /** Sends a message; what is given instead takes the place of what an honest court would send. */
  async send(
    path: 'delegations' | 'results',
    body: unknown,
    instead: { id?: string; secret?: string; now?: number; court?: string; body?: unknown } = {},
  ): Promise<Response> {
    const { id = randomUUID(), secret = this.court.secret, now, court = this.court.id } = instead;
    const sent = JSON.stringify(body);
    return fetch(`${this.hejie}/v1/docking/court/${court}/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...signed(secret, id, sent, now) },
      body: instead.body === undefined ? sent : JSON.stringify(instead.body),
    });
  }
}
