import type { Logger } from 'pino';
import type { Db } from '../../db/client.ts';
import {
  type Answer,
  type GoingOut,
  type NoticeWork,
  type QueuedNotice,
  relayNotice,
  type TextsUsed,
} from '../../db/notice-outbox.ts';
import { type NoticeChannel, openChannels } from '../../domain/notices.ts';
import type { RuleBook } from '../../domain/rules.ts';
import { renderDigest } from '../../notices/digest.ts';
import { render, templateOf } from '../../notices/render.ts';
import { planSending, sendAt } from '../../notices/sending.ts';
import type { TextsIn } from '../../notices/texts.ts';
import { sha256Of } from '../../rules/canonical.ts';
import { backOff, type Relay, startOutbox } from '../outbox.ts';
import type { SignedTarget } from '../signed-post.ts';
import { sendByGateway } from './gateway.ts';
import { createMailer } from './mail.ts';
import { type Sent, withoutAddresses } from './sent.ts';

type Together = [GoingOut, ...GoingOut[]];

/** By one channel; then comes the next. */
const MAX_ATTEMPTS = 12;

export interface RelayDeps {
  db: Db;
  /** The rules of today: when a notice goes is no part of a case's path. */
  rules(): Promise<RuleBook>;
  /** The texts of today, which may be others tomorrow. */
  texts(): Promise<TextsIn>;
  smtpUrl: string;
  from: string;
  /** Of SMS and instant messages; without it there is e-mail only. */
  gateway?: SignedTarget;
  /** Where they are ignored, notices go at any hour and each by itself. */
  hours: 'kept' | 'ignored';
  log: Logger;
  everyMs?: number;
  now?: () => string;
}

/**
 * Sends what the outbox holds. Each row is locked while it is sent and marked in the same transaction. A process killed
 * between "accepted" and that mark sends again under the same id, by which mailboxes and the gateway know it.
 */
export function startRelay(deps: RelayDeps): Relay {
  const { db, rules, texts, gateway, log, now = () => new Date().toISOString() } = deps;
  const mailer = createMailer(deps);
  const open = openChannels(gateway !== undefined);

  const hand = async (textsIn: TextsIn, [first, ...others]: Together, now: string): Promise<Sent> => {
    const { id, caseNo, template, channel } = first;
    if (others.length > 0) {
      const digest = renderDigest(textsIn, [first, ...others], now);
      return mailer.send({ id, to: first.email ?? '', ...digest, headers: { 'X-Hejie-Template': 'digest' } });
    }
    const { subject, text, short } = render(textsIn(first.region), first, first.language);
    if (channel === 'email')
      return mailer.send({
        ...{ id, to: first.email ?? '', subject, text },
        headers: { 'X-Hejie-Case': caseNo, 'X-Hejie-Template': template },
      });
    if (gateway === undefined) return { error: 'no gateway is connected', forGood: true };
    const to = first.phone ?? '';
    return sendByGateway(
      gateway,
      channel === 'sms'
        ? { id, channel, to, text: short, language: first.language === 'en' ? 'en' : 'zh' }
        : { id, channel, to, subject, text, language: first.language },
    );
  };

  const hurried = <P extends { at: string }>(plan: P, now: string): P =>
    deps.hours === 'kept' ? plan : { ...plan, at: now, digest: false };
  /** Rules that cannot answer hold up their notice and no other. */
  const orLater = <A>({ id, channelAttempts }: QueuedNotice, now: string, answer: Promise<A>) =>
    answer.catch((error: unknown) => {
      log.warn({ notice: id, error: String(error) }, 'the rules do not say how a notice goes');
      return { error: String(error).slice(0, 500), retryAt: backOff(channelAttempts + 1, now) };
    });

  const work: NoticeWork = {
    plan: (notice, now) =>
      orLater(
        notice,
        now,
        rules()
          .then((book) => planSending(book, notice, now, open))
          .then((plan) => hurried(plan, now)),
      ),
    notBefore: (notice, now) =>
      orLater(
        notice,
        now,
        rules()
          .then((book) => sendAt(book, notice, notice.channel, now))
          .then((at) => hurried({ at }, now)),
      ),
    async send(notices, now): Promise<Answer> {
      const [first] = notices;
      const sent = await texts()
        .then(async (textsIn) => ({ ...(await hand(textsIn, notices, now)), by: usedOf(textsIn, notices) }))
        .catch((error: unknown) => ({ error: String(error), forGood: false }));
      if ('messageId' in sent) return sent;
      const { id, channel, channelAttempts } = first;
      // The address must not reach the log.
      log.warn({ notice: id, channel, attempt: channelAttempts + 1 }, 'a notice could not be sent');
      const error = withoutAddresses(sent.error);
      if (!sent.forGood && channelAttempts + 1 < MAX_ATTEMPTS)
        return { error, retryAt: backOff(channelAttempts + 1, now) };
      const next = nextChannel(first);
      return { error, next: next && { channel: next, at: now } };
    },
  };

  const relay = startOutbox(async () => {
    try {
      return await relayNotice(db, now(), work);
    } catch (error) {
      log.warn({ error: String(error) }, 'the outbox could not be read');
      return false;
    }
  }, deps.everyMs ?? 1000);

  return {
    nudge: relay.nudge,
    async stop() {
      await relay.stop();
      mailer.close();
    },
  };
}

/** By which texts notices go out. */
const usedOf = (textsIn: TextsIn, notices: Together): TextsUsed => ({
  texts: notices.map((notice) => sha256Of(templateOf(textsIn(notice.region), notice))),
  digest: notices.length > 1 ? sha256Of(textsIn(notices[0].region).digest) : null,
});

const nextChannel = ({ channels, channel }: GoingOut): NoticeChannel | undefined =>
  channels[channels.indexOf(channel) + 1];
