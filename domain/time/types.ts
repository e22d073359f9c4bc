/** A legal day in Asia/Shanghai, `YYYY-MM-DD`. Fields that hold one end in `On`. */
export type LegalDay = string;

/** A UTC instant, ISO 8601 with `Z`. Fields that hold one end in `At`. */
export type Instant = string;

/** Units a rule may count in. `seconds` is for the demonstration region only. */
export type Unit = 'calendarDays' | 'workingDays' | 'hours' | 'months' | 'years' | 'seconds';

/** A sentence for people: Chinese first, English second. */
export interface Bilingual {
  zh: string;
  en: string;
}

/** What a calendar knows of one day. */
export interface DayStatus {
  working: boolean;
  /** Why: weekend, National Day, swap workday … */
  why: Bilingual;
  /** True where no State Council notice covers the year and the table of statutory days stands in. */
  provisional: boolean;
}

/**
 * Working days and days off. Throws a `CalendarMissing` error for a year it knows nothing of;
 * never takes ignorance for "no holidays".
 */
export interface Calendar {
  dayStatus(on: LegalDay): DayStatus;
  /** Names the data used for a year, e.g. `2026@国办发明电〔2025〕7号` or `2027@statutory-table`. */
  versionOf(year: number): string;
}

/** One line of the explanation of a date, made by the code that computes it. */
export interface ExplanationLine extends Bilingual {
  /** Stable: `anchor`, `counted`, `skipped`, `rolled`, `extended`, `suspended`, `provisional`, `due`. */
  code: string;
  on?: LegalDay;
}

export interface Extension {
  /** Either a length in `unit`, or a last day named by the parties. */
  amount?: number;
  unit?: Unit;
  until?: LegalDay;
  reason: string;
  agreedBy: string[];
}

/** Time that does not count, both days included. */
export interface Suspension {
  fromOn: LegalDay;
  toOn: LegalDay;
  reason: string;
}

/** How a deadline is defined by the rules in force for a region (after layering). */
export interface DeadlineDefinition {
  /** `<procedure>.<clock>`, e.g. `mediation.conclusion`. */
  id: string;
  /** Row of the legal table, e.g. `MED-07`. */
  legalRef: string;
  /** The event whose day does not count, e.g. `mediation.accepted`. */
  anchor: string;
  amount: number;
  unit: Unit;
  purpose: 'advisory' | 'enforcing';
  /** What the procedure does when nobody acted: an outcome or a named effect. */
  onExpiry: string;
  /** `statute` where the article gives the number, `agreed` where the parties do, `local` for a local text, `inferred` where no source gives it. */
  basis: 'statute' | 'agreed' | 'local' | 'inferred';
  extension?: {
    by: 'bothParties' | 'approval';
    written: boolean;
    /** Longest total extension, in the clock's unit; absent = no limit. */
    maxAmount?: number;
    maxTimes?: number;
  };
  /** Article, in Chinese, as cited. */
  source: string;
  title: Bilingual;
  note?: Bilingual;
}

/** The computed date of a clock. `overdue` is derived from it, never stored. */
export interface ComputedDeadline {
  /** Day the count starts from; it does not count itself. */
  anchorOn: LegalDay;
  /** Last day, after rolling. */
  dueOn: LegalDay;
  /** The end of the last day in Asia/Shanghai (24:00), or the exact instant for hours and seconds. */
  dueAt: Instant;
  provisional: boolean;
  /** Versions of every calendar year that was asked, joined by `;`. */
  calendarVersion: string;
  unit: Unit;
  amount: number;
  explanation: ExplanationLine[];
}

/** What a date is computed from. Asking again with the same input, or with the amount and unit answered, gives the same date. */
export interface DeadlineInput {
  /** The day of the event; it does not count. */
  anchorOn: LegalDay;
  /** The moment of the event: needed for hours, for seconds and in the demonstration region. */
  anchorAt?: Instant;
  /** Agreed instead of the rule's number. */
  amount?: number;
  unit?: Unit;
  /** Last day named by the parties instead of a length. */
  until?: LegalDay;
  extensions?: readonly Extension[];
  suspensions?: readonly Suspension[];
  /** Demonstration region 990000 only: how long a day lasts. */
  secondsPerDay?: number;
}
