import type { PackError } from '../../domain/rules.ts';

const MOST_PLACES = 100;

/** Findings as places of a problem. */
export const placesOf = (findings: readonly PackError[]) =>
  findings.slice(0, MOST_PLACES).map(({ file, line, pointer, code, reason }) => ({
    ...{ field: pointer, code, place: line > 0 ? `${file}:${line}` : file, zh: reason.zh, en: reason.en },
  }));
