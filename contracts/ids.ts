import type { BesideProcedure } from '../domain/case/case.ts';

/** Workflow id of a case's chain of procedures. */
export const caseWorkflowId = (caseNo: string): string => `case-${caseNo}`;

/** Workflow id of what runs beside the chain. */
export const besideWorkflowId = (caseNo: string, what: BesideProcedure): string => `case-${caseNo}-${what}`;

/** Workflow id of telling open cases that a calendar was loaded. */
export const calendarRolloutId = (version: string): string => `calendar-${version}`;

/** Builds a case number, `310116-2026-000042`: region, year, number within both. */
export const formatCaseNo = (region: string, year: number, number: number): string =>
  `${region}-${year}-${String(number).padStart(6, '0')}`;

/** Builds the number of a paper, `310116-2026-调-000012`: region, year, sign of its kind, number within all three. */
export const formatPaperNo = (region: string, year: number, sign: string, number: number): string =>
  `${region}-${year}-${sign}-${String(number).padStart(6, '0')}`;

/** The one task queue of the case workflows. */
export const CASE_TASK_QUEUE = 'hejie-cases';

/** What a case number looks like: region, year, number within both. */
export const caseNoPattern = /^\d{6}-\d{4}-\d{6,9}$/;

/**
 * How long the engine waits for a worker that has taken a step of a case, before another gets it: shorter than an act's
 * caller waits, so that a worker that dies does not cost the caller the answer.
 */
export const WORKFLOW_TASK_MS = 5_000;
