import { outcomeTitle } from '../../domain/labels.ts';
import type { TimelineEvent } from '../published/api.ts';
import { type Text, yuan } from '../published/story.ts';

/** What the words of an event need to know: names of parties, titles of procedures and deadlines. */
export interface Glossary {
  party(id: string): string;
  procedure(name: string): Text;
  deadline(id: string): Text;
}

const roles: Record<string, Text> = {
  operator: { zh: '受理窗口', en: 'window' },
  union: { zh: '工会', en: 'union' },
  mediator: { zh: '调解员', en: 'mediator' },
  court: { zh: '法院', en: 'court' },
  arbitrator: { zh: '仲裁委', en: 'commission' },
};

/** `o1.2` as people say it: the second part of the first thing owed. `p1` is the first payment. */
function itemWords(id: unknown): Text {
  const instalment = /^o(\d+)\.(\d+)$/.exec(String(id));
  if (instalment)
    return { zh: `第${instalment[1]}项第${instalment[2]}期`, en: `item ${instalment[1]} part ${instalment[2]}` };
  const payment = /^p(\d+)$/.exec(String(id));
  return payment ? { zh: `第${payment[1]}笔付款`, en: `payment ${payment[1]}` } : { zh: String(id), en: String(id) };
}

/** An event in both languages, with what happened beside its title. */
export function describe(event: TimelineEvent, words: Glossary): Text {
  const { title } = event;
  const more = moreOf(event, words);
  const who = event.by.party === undefined ? roles[event.by.role] : undefined;
  const by = event.by.party === undefined ? who : { zh: words.party(event.by.party), en: event.by.party };
  const zh = `${title.zh}${more === undefined ? '' : `：${more.zh}`}${by === undefined ? '' : `（${by.zh}）`}`;
  const en = `${title.en}${more === undefined ? '' : `: ${more.en}`}${by === undefined ? '' : ` (${by.en})`}`;
  return { zh, en };
}

function moreOf({ type, detail, procedure }: TimelineEvent, words: Glossary): Text | undefined {
  if (type.endsWith('.ended')) return endOf(detail, words);
  if (type === 'deadline.ranOut' || type === 'deadline.reminded') return clockOf(detail, words);
  if (type.endsWith('.paymentRecorded')) {
    const { zh, en } = itemWords(detail.instalment);
    const amount = yuan(Number(detail.amount));
    return { zh: `${zh} ${amount} 元`, en: `${en}, ${amount} yuan` };
  }
  if (type.endsWith('.paymentConfirmed')) return itemWords(detail.instalment);
  if (type === 'mediation.opened' && detail.prefilledFrom !== undefined)
    return { zh: '申请书已由和解协议预填', en: 'the application is prefilled from the settlement' };
  if (type === 'negotiation.responded' || type === 'mediation.consentGiven')
    return detail.willing === true ? { zh: '愿意', en: 'willing' } : { zh: '不愿意', en: 'unwilling' };
  if (type === 'mediation.signed') return signer(String(detail.by), words);
  if (procedure === 'followUp' && type === 'followUp.visited' && detail.paidInFull === true)
    return { zh: '款项已经到手', en: 'the money has arrived' };
  return undefined;
}

const signer = (by: string, words: Glossary): Text =>
  by === 'mediator' ? { zh: '调解员', en: 'the mediator' } : { zh: words.party(by), en: by };

function endOf(detail: Record<string, unknown>, words: Glossary): Text {
  const outcome = outcomeTitle(String(detail.outcome));
  if (typeof detail.next !== 'string') return outcome;
  const next = words.procedure(detail.next);
  return { zh: `${outcome.zh} → ${next.zh}`, en: `${outcome.en} → ${next.en}` };
}

function clockOf(detail: Record<string, unknown>, words: Glossary): Text {
  const title = words.deadline(String(detail.deadlineId));
  const subject = /#(.+)$/.exec(String(detail.key))?.[1];
  const about = subject === undefined ? undefined : itemWords(subject);
  const zh = about === undefined ? title.zh : `${title.zh}（${about.zh}）`;
  const en = about === undefined ? title.en : `${title.en}, ${about.en}`;
  const rung = /^(before|after)-(\d+)$/.exec(String(detail.rung ?? ''));
  if (!rung) return { zh, en };
  const days = Number(rung[2]);
  const counted = days === 1 ? '1 day' : `${days} days`;
  return rung[1] === 'before'
    ? { zh: `${zh}，还有 ${days} 天`, en: `${en}, ${counted} to go` }
    : { zh: `${zh}，已过 ${days} 天`, en: `${en}, ${counted} ago` };
}
