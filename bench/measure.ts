/** Calls with so many in flight; gives the milliseconds of each. */
export async function timed(
  callers: number,
  each: number,
  call: (caller: number, turn: number) => Promise<void>,
): Promise<number[]> {
  const times: number[] = [];
  await allDone(
    Array.from({ length: callers }, async (_, caller) => {
      for (let turn = 0; turn < each; turn++) {
        const started = performance.now();
        await call(caller, turn);
        times.push(performance.now() - started);
      }
    }),
  );
  return times;
}

/** Does a number of jobs with so many in flight; gives the seconds it took. */
export async function pooled(jobs: number, inFlight: number, job: (number: number) => Promise<void>): Promise<number> {
  let next = 0;
  const started = performance.now();
  await allDone(
    Array.from({ length: Math.min(inFlight, jobs) }, async () => {
      while (next < jobs) await job(next++);
    }),
  );
  return (performance.now() - started) / 1000;
}

/** Lets every caller come to its end before the first failure is thrown, so that nothing calls servers that are gone. */
async function allDone(callers: Array<Promise<void>>): Promise<void> {
  await Promise.allSettled(callers);
  await Promise.all(callers);
}

/** The value below which that part of all values lies. */
export function percentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * part) - 1)] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => percentile(values, 0.5);
