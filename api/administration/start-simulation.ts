import type { ApiDeps } from '../deps.ts';
import { problem } from '../problems.ts';
import { type SimulationAsked, TooManySimulations } from './simulator.ts';

const RETRY_SECONDS = 10;

/** Begins to look through what would change; `too-many-simulations` where others are at it. */
export async function startSimulation(
  { simulator }: Pick<ApiDeps, 'simulator'>,
  asked: SimulationAsked,
): Promise<{ id: string }> {
  try {
    return await simulator.start(asked);
  } catch (error) {
    if (!(error instanceof TooManySimulations)) throw error;
    throw problem('too-many-simulations', { headers: { 'retry-after': String(RETRY_SECONDS) } });
  }
}
