import { type ChainProcedure, chainProcedures } from '../case/case.ts';
import { type AnyProcedure, procedures } from './index.ts';
import { intakeProcedure } from './intake.ts';

/** The procedures of the chain, in its order; intake takes no acts and has no place in their table. */
export const chain: [ChainProcedure, AnyProcedure][] = chainProcedures.map((name) => [
  name,
  name === 'intake' ? intakeProcedure : procedures[name],
]);
