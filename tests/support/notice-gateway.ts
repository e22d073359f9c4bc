/** A gateway of SMS and instant messages: it checks who sends, keeps each message once by its id, and can fail in every way. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { text } from 'node:stream/consumers';
import type { GatewayMessage } from '../../activities/notices/gateway.ts';
import type { NoticeGateway } from '../../temporal-config/env.ts';
import { verify } from '../../temporal-config/signatures.ts';

export type Mood = 'takes' | 'refuses' | 'fails' | 'takesAndDies';

export class NoticeGatewaySimulator {
  /** What it would hand on, each message once. */
  readonly kept = new Map<string, GatewayMessage>();
  /** How often each message came. */
  readonly heard = new Map<string, number>();
  /** Messages whose signature did not fit. */
  forged = 0;
  /** How it answers; a channel may have an answer of its own. */
  mood: Mood = 'takes';
  readonly moods: Partial<Record<string, Mood>> = {};
  private server: Server | undefined;

  constructor(readonly gateway: NoticeGateway) {}

  async comeUp(): Promise<void> {
    const server = createServer(async (request, response) => {
      const body = await text(request);
      const genuine = verify(this.gateway.secret, (name) => request.headers[name] as string | undefined, body);
      if (typeof genuine === 'string') {
        this.forged += 1;
        return response.writeHead(401).end();
      }
      const message = JSON.parse(body) as GatewayMessage;
      this.heard.set(genuine.id, (this.heard.get(genuine.id) ?? 0) + 1);
      const mood = this.moods[message.channel] ?? this.mood;
      if (mood === 'refuses') return response.writeHead(422).end();
      if (mood === 'fails') return response.writeHead(503).end();
      this.kept.set(genuine.id, message);
      // What it has taken it hands on, and the sender never hears of it.
      if (mood === 'takesAndDies') return response.destroy();
      return response.writeHead(202).end();
    });
    server.listen(Number(new URL(this.gateway.url).port), '127.0.0.1');
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
}
