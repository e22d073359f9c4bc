import nodemailer from 'nodemailer';
import type { Sent } from './sent.ts';

export interface Mail {
  /** The notice whose message it is. */
  id: string;
  to: string;
  subject: string;
  text: string;
  headers: Record<string, string>;
}

export interface Mailer {
  send(mail: Mail): Promise<Sent>;
  close(): void;
}

/** Sends mail over SMTP. A recipient whom the server refuses is refused for good; all else is tried again. */
export function createMailer({ smtpUrl, from }: { smtpUrl: string; from: string }): Mailer {
  // Pooled: a server may hold each new connection back for a moment (100 ms), and a group case tells everyone at once.
  const transport = nodemailer.createTransport({
    url: smtpUrl,
    pool: true,
    maxConnections: 2,
    connectionTimeout: 5000,
    greetingTimeout: 5000,
  } as never);
  return {
    async send({ id, ...mail }) {
      const messageId = `<${id}@hejie>`;
      try {
        await transport.sendMail({ messageId, from, ...mail });
        return { messageId };
      } catch (error) {
        const { code, responseCode = 0 } = error as { code?: string; responseCode?: number };
        return { error: String(error), forGood: code === 'EENVELOPE' && responseCode >= 500 };
      }
    },
    close: () => transport.close(),
  };
}
