import type { NoticeChannel, NoticeLanguage } from '../../domain/notices.ts';
import { isOk, postSigned, type SignedTarget } from '../signed-post.ts';
import type { Sent } from './sent.ts';

/** What the gateway of SMS and instant messages is handed, signed as messages to courts are (0023). */
export interface GatewayMessage {
  /** The notice; with the channel it is the id of the message, so that one that comes twice is known. */
  id: string;
  channel: Exclude<NoticeChannel, 'email'>;
  /** A telephone number; the gateway knows whose account it is. */
  to: string;
  subject?: string;
  text: string;
  language: NoticeLanguage;
}

/** Answers by which the gateway says that this message will never do; after any other it is tried again. */
const refusals = [400, 410, 422];

export async function sendByGateway(gateway: SignedTarget, message: GatewayMessage): Promise<Sent> {
  const messageId = `${message.id}.${message.channel}`;
  try {
    const status = await postSigned(gateway, messageId, message);
    if (isOk(status)) return { messageId };
    return { error: `the gateway answered ${status}`, forGood: refusals.includes(status) };
  } catch (error) {
    return { error: String(error), forGood: false };
  }
}
