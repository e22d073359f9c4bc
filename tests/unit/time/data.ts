import { buildCalendar, type CalendarYear, type StatutoryTable } from '../../../domain/time/calendar.ts';
import { computeDeadline } from '../../../domain/time/deadline.ts';
import type { ComputedDeadline, DeadlineInput, Unit } from '../../../domain/time/types.ts';
import year2024 from '../../../rules/calendars/2024.json' with { type: 'json' };
import year2025 from '../../../rules/calendars/2025.json' with { type: 'json' };
import year2026 from '../../../rules/calendars/2026.json' with { type: 'json' };
import table from '../../../rules/calendars/statutory-days.json' with { type: 'json' };

export const statutory: StatutoryTable = table;
export const years: CalendarYear[] = [year2024, year2025, year2026];
export const [published2024, published2025, published2026] = [year2024, year2025, year2026];
export const calendar = buildCalendar({ years, statutory });

/** A clock of the rules with that number, computed on the published calendars. */
export const due = (amount: number, unit: Unit, input: DeadlineInput, on = calendar): ComputedDeadline =>
  computeDeadline({ amount, unit }, input, on);

export const codes = ({ explanation }: ComputedDeadline): string[] => explanation.map(({ code }) => code);
export const chinese = ({ explanation }: ComputedDeadline): string => explanation.map(({ zh }) => zh).join('\n');
export const english = ({ explanation }: ComputedDeadline): string => explanation.map(({ en }) => en).join('\n');
