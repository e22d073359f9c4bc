import type { Actor, Moment } from '../domain/case/case.ts';
import { shanghaiDay } from '../domain/time/day.ts';

/** Who acts when nobody does: the clock. */
export const SYSTEM: Actor = { actorId: 'system', role: 'system' };

/** The moment as this workflow sees it. */
export function moment(actor: Actor = SYSTEM): Moment {
  const now = new Date().toISOString();
  return { now, today: shanghaiDay(now), actor };
}
