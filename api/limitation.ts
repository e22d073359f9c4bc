import type { DeadlineRow } from '../db/read-models.ts';
import { LIMITATION } from '../domain/case/limitation.ts';
import { daysBetween } from '../domain/time/day.ts';
import type { Bilingual, LegalDay } from '../domain/time/types.ts';

/** The limitation as it is shown beside a choice that could cost it. */
export interface LimitationView {
  lastDay: LegalDay;
  provisional: boolean;
  daysLeft: number;
  legalRef: string;
  article: string;
  warning: Bilingual;
}

/** The limitation of a case that runs, with what it means on a day; none where the case has none, or it was brought. */
export function limitationOf(deadlines: DeadlineRow[], on: LegalDay): LimitationView | null {
  const clock = deadlines.find(({ key, status }) => key === LIMITATION && status === 'open');
  if (!clock) return null;
  const { dueOn, provisional, legalRef, article } = clock;
  const daysLeft = daysBetween(on, dueOn);
  const warning =
    daysLeft < 0
      ? {
          zh: `仲裁时效已于 ${dueOn} 24:00 届满；对方提出时效抗辩的，请求不予支持。`,
          en: `The limitation ran out on ${dueOn} at 24:00; if the other side pleads it, the claim is not upheld.`,
        }
      : {
          zh: `仲裁时效继续计算，${dueOn} 24:00 届满，还有 ${daysLeft} 日；届满前应当申请仲裁、主张权利或者请求救济。`,
          en: `The limitation runs on and ends on ${dueOn} at 24:00, in ${daysLeft} days; before that apply for arbitration, claim from the other side or seek relief.`,
        };
  return { lastDay: dueOn, provisional, daysLeft, legalRef, article, warning };
}
