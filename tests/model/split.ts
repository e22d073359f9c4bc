import type { PartyId } from '../../domain/case/case.ts';
import { type Model, workers } from './model.ts';

const without = (m: Model, gone: PartyId[]): void => {
  m.parties = m.parties.filter(({ id }) => !gone.includes(id));
  m.claims = m.claims.filter(({ worker }) => !gone.includes(worker));
};

/** An agreement covers some workers: the others go on in a case of their own, where this one stood, with its clocks. */
export function split(m: Model, covered: PartyId[]): void {
  const left = workers(m).filter((id) => !covered.includes(id));
  if (left.length === 0) return;
  const others = structuredClone({ ...m, leftOut: undefined });
  without(others, covered);
  without(m, left);
  Object.assign(others, { path: [m.procedure], beside: {}, agreement: undefined });
  m.leftOut = others;
}
