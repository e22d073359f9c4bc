import { type Finding, type PackError, PackErrors } from '../../domain/rules.ts';
import { problem } from '../problems.ts';

const MOST_PLACES = 100;

/** Findings as places of a problem. */
export const placesOf = (findings: readonly (PackError | Finding)[]) =>
  findings.slice(0, MOST_PLACES).map(({ file, line, pointer, code, reason }) => ({
    ...{ field: pointer, code, place: line > 0 ? `${file}:${line}` : file, zh: reason.zh, en: reason.en },
  }));

/** Reads or lays packs; what is broken in them, also in others than the one handed in, is refused with its places. */
export async function refusingBroken<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw refusedPacks(error);
  }
}

/** Faults of packs as a problem; any other error as it is. */
export const refusedPacks = (error: unknown): unknown =>
  error instanceof PackErrors ? problem('release-invalid', { errors: placesOf(error.errors) }) : error;
