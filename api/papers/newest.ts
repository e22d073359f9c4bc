import type { PaperRow } from '../../db/papers.ts';

/** The newest version of each paper that was made, in order. */
export function newestPapers<P extends Pick<PaperRow, 'number' | 'replaces'>>(papers: readonly P[]): P[] {
  const replaced = new Set(papers.map(({ replaces }) => replaces));
  return papers.filter(({ number }) => !replaced.has(number));
}
