/**
 * A set of facts as a box: for each dimension a bit for every value that it may have there. A rule is a union of boxes, so whether rules
 * cover one another is told without looking at each combination of facts.
 */
export type Box = readonly bigint[];

/** Thrown when a question would take longer than it is worth; whoever asks says so instead of keeping silent. */
export class TooLarge extends Error {}

/** How many comparisons of boxes a question may take. */
export class Work {
  private left: number;

  constructor(comparisons: number) {
    this.left = comparisons;
  }

  spend(comparisons: number): void {
    this.left -= comparisons;
    if (this.left < 0) throw new TooLarge();
  }
}

/** What two boxes have in common, if anything. */
export function intersection(one: Box, other: Box): Box | undefined {
  const common: bigint[] = [];
  for (let at = 0; at < one.length; at += 1) {
    const bits = (one[at] ?? 0n) & (other[at] ?? 0n);
    if (bits === 0n) return undefined;
    common.push(bits);
  }
  return common;
}

export function meets(one: Box, other: Box): boolean {
  for (let at = 0; at < one.length; at += 1) if (((one[at] ?? 0n) & (other[at] ?? 0n)) === 0n) return false;
  return true;
}

/** In how many dimensions a box reaches beyond a cover that it meets. */
function beyond(box: Box, cover: Box): number {
  let count = 0;
  for (let at = 0; at < box.length; at += 1) if (((box[at] ?? 0n) & ~(cover[at] ?? 0n)) !== 0n) count += 1;
  return count;
}

const narrowed = (box: Box, dimension: number, bits: bigint): Box => box.with(dimension, bits);

/**
 * A part of the box that none of the covers has, or nothing where they cover all of it. Cuts off what a cover leaves over, dimension by
 * dimension, and looks at each piece in turn. Throws `TooLarge`.
 */
export function uncovered(box: Box, covers: readonly Box[], work: Work): Box | undefined {
  work.spend(covers.length + 1);
  const meeting: Box[] = [];
  let best: { cover: Box; pieces: number } | undefined;
  for (const cover of covers) {
    if (!meets(box, cover)) continue;
    const pieces = beyond(box, cover);
    if (pieces === 0) return undefined;
    meeting.push(cover);
    if (best === undefined || pieces < best.pieces) best = { cover, pieces };
  }
  if (best === undefined) return box;
  let rest = box;
  for (const [dimension, bits] of best.cover.entries()) {
    const outside = (rest[dimension] ?? 0n) & ~bits;
    if (outside === 0n) continue;
    const found = uncovered(narrowed(rest, dimension, outside), meeting, work);
    if (found !== undefined) return found;
    rest = narrowed(rest, dimension, (rest[dimension] ?? 0n) & bits);
  }
  return undefined;
}

/** The box made as wide as it can be, within `whole`, without meeting any of the covers: what is missing in few words. */
export function widened(box: Box, whole: Box, covers: readonly Box[], work: Work): Box {
  let wide = box;
  for (const [dimension, bits] of whole.entries()) {
    const candidate = narrowed(wide, dimension, bits);
    work.spend(covers.length);
    if (!covers.some((cover) => meets(candidate, cover))) wide = candidate;
  }
  return wide;
}
