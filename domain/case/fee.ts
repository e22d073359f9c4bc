import type { FeeRule } from '../rules.ts';

/** What a remedy costs for an amount, in fen; undefined where it depends on an amount that is not known. */
export function feeFen({ yuan, oneIn = 1, bands }: FeeRule, amountFen: number): number | undefined {
  if (bands === undefined) return yuan === undefined ? undefined : yuan * 100;
  if (amountFen <= 0) return undefined;
  let fee = 0;
  let from = 0;
  for (const band of bands) {
    const to = (band.toYuan ?? Number.POSITIVE_INFINITY) * 100;
    const within = Math.min(amountFen, to) - from;
    if (within <= 0) break;
    fee += band.yuan === undefined ? (within * (band.perMille ?? 0)) / 1000 : band.yuan * 100;
    from = to;
  }
  return Math.round(fee / oneIn);
}
