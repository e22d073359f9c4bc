import { CalendarMissing } from '../../domain/time/calendar.ts';
import { yearOf } from '../../domain/time/day.ts';
import { computeDeadline } from '../../domain/time/deadline.ts';
import type { Calendar, ComputedDeadline, DeadlineDefinition, DeadlineInput } from '../../domain/time/types.ts';
import { type CalendarDays, calendarOfDays, watchedCalendar } from '../../domain/time/watched-calendar.ts';
import { firstLayer, override } from '../layers.ts';
import { pointerOf } from '../located-json.ts';
import type { Difference } from './differences.ts';
import { type DeadlineLayers, type DeadlineReceipt, sealed } from './receipt.ts';
import { headOf, layersIn, packsIn, type Release, secondsPerDayIn } from './release.ts';

/** A deadline as it was recorded. */
export interface RecordedDeadline
  extends Pick<ComputedDeadline, 'dueOn' | 'dueAt' | 'provisional' | 'calendarVersion' | 'explanation'> {
  case: { no: string; key: string };
  id: string;
  region: string;
  amount: number;
  unit: DeadlineDefinition['unit'];
  countedFrom: DeadlineInput;
  calendarDays: CalendarDays[];
}

/** The receipt of a deadline: what was recorded, and out of the rule book what each pack says of it. Undefined where the book has no such deadline. */
export function deadlineReceipt(recorded: RecordedDeadline, release: Release): DeadlineReceipt | undefined {
  const { region, id, calendarVersion, calendarDays } = recorded;
  const layers = layersIn(release, region, id);
  if (layers === undefined) return undefined;
  const { definition } = layered(layers);
  return sealed<DeadlineReceipt>({
    format: 1,
    kind: 'deadline',
    case: recorded.case,
    deadline: id,
    region,
    release: { name: release.name, sha256: release.sha256 },
    ...{ dueOn: recorded.dueOn, dueAt: recorded.dueAt, provisional: recorded.provisional },
    ...{ amount: recorded.amount, unit: recorded.unit },
    countedFrom: begunWith(recorded.countedFrom, definition),
    definition,
    layers,
    packs: packsIn(release, region).map(({ head }) => head.id),
    calendar: { version: calendarVersion, days: calendarDays },
    explanation: recorded.explanation,
  });
}

/**
 * The same receipt, counted again under the rules of the book and by the calendar given, or, where one of them is not there, by
 * what the receipt brings along; or why it cannot be.
 */
export function recomputeDeadline(
  receipt: DeadlineReceipt,
  release?: Release,
  calendar?: Calendar,
): DeadlineReceipt | Difference[] {
  const { region, deadline, countedFrom } = receipt;
  const layers = release === undefined ? receipt.layers : layersIn(release, region, deadline);
  if (layers === undefined)
    return [
      {
        pointer: '/deadline',
        said: deadline,
        reason: { zh: '该规则版本没有这个期限', en: 'the release has no such deadline' },
      },
    ];
  const { definition, faults } = layered(layers as DeadlineLayers);
  if (faults.length > 0) return faults;
  const secondsPerDay = release === undefined ? countedFrom.secondsPerDay : secondsPerDayIn(release, region);
  const { secondsPerDay: _, ...from } = countedFrom;
  const input = { ...from, ...(secondsPerDay === undefined ? {} : { secondsPerDay }) };
  const watched = watchedCalendar(calendar ?? calendarOfDays(receipt.calendar.days));
  const computed = computeDeadline(definition, forCount(input), watched.calendar);
  return sealed<DeadlineReceipt>({
    ...receipt,
    ...headOf(receipt, release),
    ...{ dueOn: computed.dueOn, dueAt: computed.dueAt, provisional: computed.provisional },
    ...{ deadline: definition.id, amount: input.amount ?? definition.amount, unit: input.unit ?? definition.unit },
    countedFrom: begunWith(forCount(input), definition),
    definition,
    layers: layers as DeadlineReceipt['layers'],
    calendar: { version: computed.calendarVersion, days: watched.days() },
    explanation: computed.explanation,
  });
}

/** Whether a calendar has, of every year that the receipt names, the same data by name. */
export const hasVersionsOf = (calendar: Calendar, { calendar: { days } }: DeadlineReceipt): boolean =>
  days.every(({ fromOn, version }) => {
    try {
      return calendar.versionOf(yearOf(fromOn)) === version;
    } catch (error) {
      if (error instanceof CalendarMissing) return false;
      throw error;
    }
  });

/** The rows laid over each other, and where one breaks the bounds of those before it. */
function layered([nation, ...local]: DeadlineLayers): { definition: DeadlineDefinition; faults: Difference[] } {
  let layer = firstLayer(nation.row);
  const faults: Difference[] = [];
  for (const [index, { row }] of local.entries()) {
    const next = override(layer, row);
    const at = ['layers', index + 1, 'row'];
    faults.push(...next.faults.map(({ path, reason }) => ({ pointer: pointerOf([...at, ...path]), reason })));
    layer = next.layered;
  }
  return { definition: layer.definition, faults };
}

/** What of the input is counted: a named last day takes the place of a length, and the moment matters where moments are counted. */
function begunWith(input: DeadlineInput, { unit }: Pick<DeadlineDefinition, 'unit'>): DeadlineReceipt['countedFrom'] {
  const { anchorOn, anchorAt, amount, until, secondsPerDay, extensions = [], suspensions = [] } = input;
  const counts = until === undefined ? (input.unit ?? unit) : 'calendarDays';
  const fromMoment = secondsPerDay !== undefined || counts === 'hours' || counts === 'seconds';
  return {
    anchorOn,
    ...(fromMoment && anchorAt !== undefined ? { anchorAt } : {}),
    ...(until !== undefined
      ? { until }
      : { ...(amount === undefined ? {} : { amount }), ...(input.unit === undefined ? {} : { unit: input.unit }) }),
    extensions: extensions.map(({ amount, unit, until }) =>
      until !== undefined ? { until } : { amount, ...(unit === undefined ? {} : { unit }) },
    ),
    suspensions: suspensions.map(({ fromOn, toOn }) => ({ fromOn, toOn })),
    ...(secondsPerDay === undefined ? {} : { secondsPerDay }),
  };
}

/** As the count takes it; why and by whom is not in a receipt. */
const forCount = (from: DeadlineReceipt['countedFrom']): DeadlineInput => ({
  ...from,
  extensions: from.extensions.map((extension) => ({ ...extension, reason: '', agreedBy: [] })),
  suspensions: from.suspensions.map((suspension) => ({ ...suspension, reason: '' })),
});
