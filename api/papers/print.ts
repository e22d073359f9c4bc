import type { PaperKind, PaperOrder } from '../../papers/index.ts';
import type { ApiDeps } from '../deps.ts';
import { problem } from '../problems.ts';
import { type Printer, PrinterBusy } from './printer.ts';

/** Prints a paper, unless so many wait already that the caller had better come again. */
export const print = (deps: ApiDeps, order: PaperOrder<PaperKind>): ReturnType<Printer['make']> =>
  deps.printer.make(order).catch((error: Error) => {
    throw error instanceof PrinterBusy ? problem('unavailable', { headers: { 'retry-after': '5' } }) : error;
  });
