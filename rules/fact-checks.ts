import { decisionPoints, type FactValue } from '../domain/rules.ts';
import type { FactSpec } from './facts.ts';

/** The values a fact's spec allows, once the nation's deadline ids are known. */
export function domainOf(spec: FactSpec, ids: DeadlineIds): readonly string[] | undefined {
  if (!('domain' in spec)) return undefined;
  if (spec.domain === 'deadlineId') return ids.all;
  if (spec.domain === 'enforcingDeadlineId') return ids.enforcing;
  if (spec.domain === 'decided') return [...decisionPoints, ...ids.all];
  return spec.domain;
}

export interface DeadlineIds {
  all: readonly string[];
  enforcing: readonly string[];
}

const dayPattern = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;

/** Whether a text is a day that the calendar has. */
export function isLegalDay(text: string): boolean {
  if (!dayPattern.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

/** Whether a number counts or sums something: a broken or endless one would silently match nothing. */
export const isMeasure = (value: number): boolean => Number.isFinite(value) && value >= 0;

export type FactFault = 'fact-type' | 'fact-domain' | undefined;

/** Compiles a spec into the check that the hot path runs. */
export function factCheck(spec: FactSpec, ids: DeadlineIds): (value: FactValue) => FactFault {
  const domain = new Set(domainOf(spec, ids));
  switch (spec.type) {
    case 'boolean':
      return (value) => (typeof value === 'boolean' ? undefined : 'fact-type');
    case 'number':
      return (value) => {
        if (typeof value !== 'number') return 'fact-type';
        return isMeasure(value) ? undefined : 'fact-domain';
      };
    case 'day':
      return (value) => {
        if (typeof value !== 'string') return 'fact-type';
        return isLegalDay(value) ? undefined : 'fact-domain';
      };
    case 'string':
      return (value) => {
        if (typeof value !== 'string') return 'fact-type';
        return domain.has(value) ? undefined : 'fact-domain';
      };
    case 'strings':
      return (value) => {
        if (!Array.isArray(value)) return 'fact-type';
        let fault: FactFault;
        for (const item of value as readonly unknown[]) {
          if (typeof item !== 'string') return 'fact-type';
          if (!domain.has(item)) fault = 'fact-domain';
        }
        return fault;
      };
  }
}
