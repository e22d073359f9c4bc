/** The first rows of a list, and how many there are in all. */
export interface Capped<T> {
  total: number;
  /** Whether there are more than are listed. */
  capped: boolean;
  items: T[];
}

/** Keeps the first so many, counts them all. */
export class CappedList<T> {
  private readonly items: T[] = [];
  private readonly most: number;
  private total = 0;

  constructor(most: number) {
    this.most = most;
  }

  add(item: T): void {
    this.total += 1;
    if (this.items.length < this.most) this.items.push(item);
  }

  report(): Capped<T> {
    return { total: this.total, capped: this.total > this.items.length, items: [...this.items] };
  }
}

/** The first rows of what is known whole. */
export const cappedOf = <T>(items: readonly T[], most: number): Capped<T> => ({
  total: items.length,
  capped: items.length > most,
  items: items.slice(0, most),
});
