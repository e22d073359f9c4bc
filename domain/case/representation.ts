import { checkSigned } from '../procedures/definition.ts';
import { type Refusal, refuse } from '../refusal.ts';
import type { CaseSnapshot, Moment, PartyId } from './case.ts';

export const ARTICLE_7 = '劳动争议调解仲裁法 第七条';
/** What a representative does binds those represented; giving up, changing or admitting a claim, and settling, needs their consent. */
export const ARTICLE_63 = '劳动人事争议仲裁办案规则 第六十三条';

/** Those whom a representative stands for, besides himself. */
export const representedBy = ({ representation }: CaseSnapshot, id: PartyId | undefined): PartyId[] =>
  id !== undefined && representation?.representatives.includes(id)
    ? representation.of.filter((one) => !representation.representatives.includes(one))
    : [];

/** Refuses unless all of these have consented, by name, to what a representative does for them. */
export function checkConsents(of: PartyId[], consentedBy: PartyId[] = []): Refusal | undefined {
  const missing = of.filter((id) => !consentedBy.includes(id));
  return missing.length === 0
    ? undefined
    : refuse(
        'represented-consent-missing',
        `代表人变更、放弃请求或者进行和解，须经被代表的劳动者同意；缺少 ${missing.join('、')} 的同意。`,
        `To settle, change or give up a claim a representative needs the consent of those represented; missing: ${missing.join(', ')}.`,
        { field: '/consentedBy', source: ARTICLE_63 },
      );
}

/**
 * Refuses unless everyone an agreement binds has signed it, or is represented by one who has and consented to it by name:
 * the consent takes the place of the signature and of nothing else.
 */
export function checkBound(
  snapshot: CaseSnapshot,
  bound: PartyId[],
  { agreedBy, consentedBy }: { agreedBy: PartyId[]; consentedBy?: PartyId[] },
  source: string,
): Refusal | undefined {
  const standFor = agreedBy.flatMap((id) => representedBy(snapshot, id));
  const unsigned = bound.filter((id) => standFor.includes(id) && !agreedBy.includes(id));
  return (
    checkSigned(
      agreedBy,
      bound.filter((id) => !unsigned.includes(id)),
      source,
    ) ?? checkConsents(unsigned, consentedBy)
  );
}

export interface GivesUp {
  consentedBy?: PartyId[];
}

/** Giving up the whole case needs the consent of all who are represented in it. What a party says of others proves nothing. */
export const checkGivesUp = (
  { representation }: CaseSnapshot,
  { consentedBy }: GivesUp,
  { actor }: Moment,
): Refusal | undefined => representation && checkConsents(representation.of, actor.role === 'party' ? [] : consentedBy);

/** Refuses a signature for others by anyone but their representative, and without the consent of each of them. */
export function checkSignsFor(
  snapshot: CaseSnapshot,
  { by, signsFor = [], consentedBy }: { by: string; signsFor?: PartyId[]; consentedBy?: PartyId[] },
  { actor }: Moment,
): Refusal | undefined {
  const stranger = signsFor.find((id) => !representedBy(snapshot, by).includes(id));
  if (stranger !== undefined)
    return refuse(
      'not-of-the-group',
      `${by} 不是 ${stranger} 推举的代表。`,
      `${stranger} has not chosen ${by} to represent him.`,
      { field: '/signsFor', source: ARTICLE_7 },
    );
  return checkConsents(signsFor, actor.role === 'party' ? [] : consentedBy);
}
