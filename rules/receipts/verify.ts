import { CalendarMissing } from '../../domain/time/calendar.ts';
import type { Bilingual, Calendar } from '../../domain/time/types.ts';
import { pointerOf } from '../located-json.ts';
import { hasVersionsOf, recomputeDeadline } from './deadline.ts';
import { factsNotCompared, recomputeDecision } from './decision.ts';
import { type Difference, differences } from './differences.ts';
import { type DeadlineReceipt, type Receipt, sealed } from './receipt.ts';
import type { Release } from './release.ts';

/** What a receipt is held against besides itself. */
export interface Known {
  /** The rule book that is said to have decided. */
  release?: Release;
  /** A calendar from another source than the receipt. */
  calendar?: Calendar;
}

export interface Verdict {
  /** None: it says what is computed. */
  differences: Difference[];
  /** What could not be held against anything but the receipt itself. */
  unchecked: Bilingual[];
}

/**
 * What a receipt only states: nothing is computed from it, and nothing here knows better. Whoever doubts it asks the system that
 * keeps the case. Of a region, that other packs would apply is found; that it is another place under the same packs is not.
 */
export const statedOnly: Record<Receipt['kind'], readonly string[]> = {
  decision: ['/case', '/at', '/region'],
  deadline: ['/case', '/region'],
};
/** What besides is only stated where the release is not at hand: that these are its rules, all of them, and in these words. */
export const statedWithoutRelease: Record<Receipt['kind'], readonly string[]> = {
  decision: ['/release', '/packs', '/point', '/rules'],
  deadline: ['/release', '/packs', '/layers'],
};
/** Likewise of the calendar. */
export const statedWithoutCalendar = ['/calendar'] as const;

/** Computes a receipt again and holds the two against each other. */
export async function verifyReceipt(receipt: Receipt, known: Known = {}): Promise<Verdict> {
  const { release, calendar } = fitting(receipt, known);
  const wrongRelease = known.release === undefined || release !== undefined ? [] : otherRelease(receipt, known.release);
  const again = await recompute(receipt, release, calendar);
  const found = Array.isArray(again) ? again : differences({ ...receipt, sha256: again.sha256 }, again);
  return {
    differences: [...wrongRelease, ...found, ...brokenSeal(receipt)],
    unchecked: [
      ...(release === undefined ? [uncheckedRelease] : []),
      ...(receipt.kind === 'deadline' && calendar === undefined ? [uncheckedCalendar] : []),
    ],
  };
}

/** A book of another hash decides nothing about this receipt; nor does a calendar that does not have its data. */
function fitting(receipt: Receipt, { release, calendar }: Known): Known {
  return {
    ...(release !== undefined && release.sha256 === receipt.release.sha256 ? { release } : {}),
    ...(calendar !== undefined && receipt.kind === 'deadline' && hasVersionsOf(calendar, receipt) ? { calendar } : {}),
  };
}

async function recompute(
  receipt: Receipt,
  release: Release | undefined,
  calendar: Calendar | undefined,
): Promise<Receipt | Difference[]> {
  try {
    return receipt.kind === 'decision'
      ? await recomputeDecision(receipt, release)
      : recomputeDeadline(receipt, release, calendar);
  } catch (error) {
    if (error instanceof CalendarMissing) return [{ pointer: '/calendar/days', reason: dayMissing }];
    if (!(error instanceof Error)) throw error;
    const reason = { zh: `不能据此重新计算：${error.message}`, en: `cannot be computed again: ${error.message}` };
    return [{ pointer: receipt.kind === 'decision' ? '/rules' : '/countedFrom', reason }];
  }
}

const dayMissing: Bilingual = {
  zh: '计算需要的日子不在凭据所载的日历之中',
  en: 'the count asks for a day of which the receipt does not say what the calendar said',
};

const otherRelease = (receipt: Receipt, given: Release): Difference[] => [
  {
    pointer: '/release/sha256',
    said: receipt.release.sha256,
    computed: given.sha256,
    reason: { zh: '给出的规则版本不是凭据所指的', en: 'the release given is not the one that the receipt names' },
  },
];

function brokenSeal(receipt: Receipt): Difference[] {
  const { sha256 } = sealed<Receipt>(receipt);
  if (sha256 === receipt.sha256) return [];
  const reason = { zh: '凭据制成后有改动', en: 'the receipt has been changed since it was made' };
  return [{ pointer: '/sha256', said: receipt.sha256, computed: sha256, reason }];
}

const uncheckedRelease: Bilingual = {
  zh: '规则是否即该版本的规则、是否齐全：没有该版本的内容（用 --release 给出）。',
  en: 'whether these are the rules of that release, and all of them: its content is not at hand (give it with --release).',
};
const uncheckedCalendar: Bilingual = {
  zh: '放假安排：随程序的日历没有凭据所用的数据，按凭据所载计算。',
  en: 'the calendar: the one that comes with the program does not have that data; counted by what the receipt says of the days.',
};

/** Pointers to what of this receipt is stated and not computed, with what was at hand. */
export function stated(receipt: Receipt, known: Known = {}): string[] {
  const { release, calendar } = fitting(receipt, known);
  return [
    ...statedOnly[receipt.kind],
    ...(release === undefined ? statedWithoutRelease[receipt.kind] : []),
    ...(receipt.kind === 'deadline' && calendar === undefined ? statedWithoutCalendar : []),
    ...(receipt.kind === 'decision'
      ? factsNotCompared(receipt).map((fact) => pointerOf(['facts', fact]))
      : withoutEffect(receipt).map((field) => pointerOf(['countedFrom', field]))),
  ];
}

/** Of the count: a named last day in whose place another was agreed, and a suspension, which may lie outside the time that ran. */
const withoutEffect = ({ countedFrom: { until, extensions, suspensions } }: DeadlineReceipt): string[] => [
  ...(until !== undefined && extensions.some((extension) => extension.until !== undefined) ? ['until'] : []),
  ...(suspensions.length > 0 ? ['suspensions'] : []),
];
