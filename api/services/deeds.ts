import type { ServiceRow } from '../../db/services.ts';
import type { DeemedGround, ServiceResult } from '../../domain/service.ts';
import type { PaperKind } from '../../papers/index.ts';

/** The act by which a procedure takes the receipt of a paper; other papers have none. */
const deeds: Partial<Record<PaperKind, string>> = {
  negotiationRequest: 'negotiation.serveRequest',
  performanceNotice: 'agreementPerformance.serveNotice',
};

export const deedOf = (paperKind: string): string | null => deeds[paperKind as PaperKind] ?? null;

/** The body of that act: received on a day, or left or put up on it. */
export function deedBody(
  { party, method }: Pick<ServiceRow, 'party' | 'method'>,
  { result, on }: { result: ServiceResult; on: string },
  ground: DeemedGround,
): Record<string, unknown> {
  if (result === 'left' || result === 'posted') return { servedOn: on, method: result, ground, to: party };
  // What was to be left was taken after all: by hand.
  return { servedOn: on, method: method === 'left' || method === 'posted' ? 'hand' : method, to: party };
}
