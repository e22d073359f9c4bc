/**
 * A mailbox for one machine: keeps what is sent instead of delivering it. Two processes look into it, so what it keeps is a
 * file in the data directory, one line for each delivery.
 */
import { randomUUID } from 'node:crypto';
import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type AddressObject, type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { z } from 'zod';

const CaughtMailSchema = z.object({
  messageId: z.string(),
  /** When it was first delivered, UTC. */
  receivedAt: z.string(),
  from: z.string(),
  /** As the envelope had them: who would really have got it. */
  recipients: z.array(z.string()),
  to: z.string(),
  subject: z.string(),
  text: z.string(),
  html: z.string().optional(),
  /** Headers of our own, `X-…`, names in lower case. */
  headers: z.record(z.string(), z.string()),
  attachments: z.array(z.object({ filename: z.string(), contentType: z.string(), bytes: z.number() })),
});

/**
 * A mail as its reader sees it: once, however often it was delivered under its Message-ID, as mailboxes do. `deliveries` says
 * how often that was.
 */
export type CaughtMail = z.infer<typeof CaughtMailSchema> & { deliveries: number };

export type MailCatcher = {
  url: string;
  /** Every mail, oldest first. */
  list(): Promise<CaughtMail[]>;
  stop(): Promise<void>;
};

/** Listens for mail on this machine only. A mail is acknowledged when it is on disk. Throws what the port throws. */
export async function startMailCatcher({ port, dataDir }: { port: number; dataDir: string }): Promise<MailCatcher> {
  const file = mailFile(dataDir);
  await mkdir(dirname(file), { recursive: true });
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    size: 25_000_000,
    closeTimeout: 1_000,
    logger: false,
    onData(stream, session, acknowledge) {
      simpleParser(stream)
        .then(async (parsed) => {
          const recipients = session.envelope.rcptTo.map(({ address }) => address);
          const delivered: z.infer<typeof CaughtMailSchema> = caught(parsed, recipients);
          await appendFile(file, `${JSON.stringify(delivered)}\n`, { mode: 0o600 });
          acknowledge();
        })
        .catch(acknowledge);
    },
  });
  // A client that breaks off is no fault of ours; without a listener it would end the process.
  server.on('error', () => {});
  await new Promise<void>((listening, failed) => {
    server.server.once('error', failed);
    server.listen(port, '127.0.0.1', () => {
      server.server.off('error', failed);
      listening();
    });
  });
  return {
    url: `smtp://127.0.0.1:${port}`,
    list: () => readCaughtMail(dataDir),
    stop: () => new Promise((stopped) => server.close(() => stopped())),
  };
}

/** What the mail catcher of a data directory holds, oldest first. No file yet is no mail yet. */
export async function readCaughtMail(dataDir: string): Promise<CaughtMail[]> {
  const byMessageId = new Map<string, CaughtMail>();
  for (const line of (await contentOf(mailFile(dataDir))).split('\n')) {
    const delivered = parseLine(line);
    if (delivered === undefined) continue;
    const known = byMessageId.get(delivered.messageId);
    if (known === undefined) {
      byMessageId.set(delivered.messageId, { ...delivered, deliveries: 1 });
    } else {
      known.deliveries += 1;
      known.recipients = [...new Set([...known.recipients, ...delivered.recipients])];
    }
  }
  return [...byMessageId.values()];
}

const mailFile = (dataDir: string) => join(dataDir, 'mail.jsonl');

async function contentOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

/** A line that a crash tore was never acknowledged, so its mail comes again: it is left out. */
function parseLine(line: string): z.infer<typeof CaughtMailSchema> | undefined {
  if (line === '') return undefined;
  try {
    return CaughtMailSchema.parse(JSON.parse(line));
  } catch {
    return undefined;
  }
}

function caught(mail: ParsedMail, recipients: string[]): z.infer<typeof CaughtMailSchema> {
  const own = mail.headerLines
    .filter(({ key }) => key.startsWith('x-'))
    .map(({ key, line }) => [key, line.slice(line.indexOf(':') + 1).trim()] as const);
  return {
    messageId: mail.messageId ?? `<${randomUUID()}@caught>`,
    receivedAt: new Date().toISOString(),
    from: mail.from?.text ?? '',
    recipients,
    to: textOf(mail.to),
    subject: mail.subject ?? '',
    text: mail.text ?? '',
    html: mail.html === false ? undefined : mail.html,
    headers: Object.fromEntries(own),
    attachments: mail.attachments.map(({ filename, contentType, size }) => ({
      filename: filename ?? '',
      contentType,
      bytes: size,
    })),
  };
}

function textOf(to: AddressObject | AddressObject[] | undefined): string {
  return [to ?? []]
    .flat()
    .map(({ text }) => text)
    .join(', ');
}
