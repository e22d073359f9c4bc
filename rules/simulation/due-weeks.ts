import { addDays, daysBetween } from '../../domain/time/day.ts';
import type { LegalDay } from '../../domain/time/types.ts';
import { atKey } from './at-key.ts';
import { type Capped, cappedOf } from './capped-list.ts';
import { type Change, MOST_LISTED } from './decision-tally.ts';

/** How many open deadlines of a district end in which week, before and after. */
export interface DueWeeks {
  /** Weeks with another number, the ones that grow most first; `week` is their Monday. */
  weeks: Capped<{ region: string; week: LegalDay } & Change>;
  /** The fullest week of each district where anything changes. */
  peaks: Capped<{ region: string; before: Peak; after: Peak }>;
}
interface Peak {
  week: LegalDay;
  due: number;
}

const MONDAY = '1970-01-05';
const weekOf = (on: LegalDay): LegalDay => addDays(on, -(((daysBetween(MONDAY, on) % 7) + 7) % 7));

export class DueWeekTally {
  private readonly regions = new Map<string, Map<LegalDay, Change>>();

  add(region: string, before: LegalDay, after: LegalDay): void {
    const weeks = atKey(this.regions, region, () => new Map<LegalDay, Change>());
    const none = (): Change => ({ before: 0, after: 0 });
    atKey(weeks, weekOf(before), none).before += 1;
    atKey(weeks, weekOf(after), none).after += 1;
  }

  report(): DueWeeks {
    const regions = [...this.regions].sort(([a], [b]) => (a < b ? -1 : 1));
    const weeks = regions.flatMap(([region, of]) =>
      [...of]
        .filter(([, { before, after }]) => before !== after)
        .map(([week, change]) => ({ region, week, ...change })),
    );
    const peak = (of: Map<LegalDay, Change>, when: keyof Change): Peak =>
      [...of]
        .map(([week, change]) => ({ week, due: change[when] }))
        .reduce((most, one) => (one.due > most.due || (one.due === most.due && one.week < most.week) ? one : most));
    const changed = new Set(weeks.map(({ region }) => region));
    return {
      weeks: cappedOf(
        weeks.sort((a, b) => b.after - b.before - (a.after - a.before) || (a.week < b.week ? -1 : 1)),
        MOST_LISTED,
      ),
      peaks: cappedOf(
        regions
          .filter(([region]) => changed.has(region))
          .map(([region, of]) => ({ region, before: peak(of, 'before'), after: peak(of, 'after') })),
        MOST_LISTED,
      ),
    };
  }
}
