/**
 * Places where a case under way may have been written by code of before. An id is never used again; it goes when no case
 * begun before its date is open any more, and then through `deprecatePatch`.
 */
export const patches = {
  /** 2026-11-24: a case that closes unsettled hands its limitation to a watch beside it. */
  limitationWatch: 'limitation-watch',
  /** 2026-11-24: a case tells the arbitration beside it where it goes. */
  arbitrationHears: 'arbitration-hears',
  /** 2026-11-24: of a broken settlement it is asked whether an order for wages is open. */
  orderAtSettlement: 'order-at-settlement',
} as const;
