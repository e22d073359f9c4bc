import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import type { MadePaper, makePaper, PaperFile, PaperKind, PaperOrder } from '../../papers/index.ts';
import { tsxFlags } from '../../temporal-config/processes.ts';

type Made = Awaited<ReturnType<typeof makePaper>>;

/** Makes papers beside the API's own thread: one of a hundred pages takes seconds, and nobody else is to wait for it. */
export interface Printer {
  /** As `makePaper` of the room papers/; refused is what that refuses. Throws `PrinterBusy` when too many wait already. */
  make<K extends PaperKind>(order: PaperOrder<K>): Promise<Made>;
  stop(): Promise<void>;
}

/** A thread holds the font, some 80 MB: it comes with the first paper and goes when none was asked for in a while. */
const IDLE_MS = 300_000;
const MOST_THREADS = 4;
export class PrinterBusy extends Error {}

/** Starts no thread yet; so many orders may wait. */
export function createPrinter({ mostWaiting = 64 } = {}): Printer {
  const pool = new Piscina({
    filename: fileURLToPath(new URL('./printer-thread.ts', import.meta.url)),
    ...{ minThreads: 0, maxThreads: Math.min(MOST_THREADS, Math.max(1, availableParallelism() - 1)) },
    ...{ idleTimeout: IDLE_MS, execArgv: tsxFlags(), recordTiming: false },
  });
  return {
    async make(order) {
      if (pool.queueSize >= mostWaiting) throw new PrinterBusy();
      const made = (await pool.run(order)) as Made;
      return 'refusal' in made ? made : { paper: received(made.paper) };
    },
    stop: () => pool.destroy(),
  };
}

/** A buffer comes over from a thread as bare bytes. */
const file = ({ bytes, sha256 }: PaperFile): PaperFile => ({ bytes: Buffer.from(bytes), sha256 });
const received = (paper: MadePaper): MadePaper => ({ ...paper, docx: file(paper.docx), pdf: file(paper.pdf) });
