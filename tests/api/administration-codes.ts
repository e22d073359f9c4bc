import type { ErrorCode } from '../../contracts/errors.ts';

/** Codes that are answered to administrators of the rules and to nobody else: their suites, on a stack of their own, show them. */
export const administrationCodes: readonly ErrorCode[] = [
  'unknown-release',
  'release-not-yet-in-force',
  'table-invalid',
  'too-many-simulations',
  'simulation-over',
  'receipt-not-kept',
  'simulation-outdated',
  'scenarios-not-run',
  'scenarios-not-green',
  'rules-untouched',
  'release-changed',
  'release-approved',
  'release-withdrawn',
  'later-release-approved',
  'day-has-begun',
  'approval-under-way',
  'facts-invalid',
  'too-many-stories',
  'rehearsal-busy',
  'same-release',
  'clock-not-countable',
  'clock-over-at-once',
];
