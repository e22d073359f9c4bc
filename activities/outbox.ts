/** Something that empties an outbox until it is stopped. */
export interface Relay {
  /** Looks at once instead of at the next round. */
  nudge(): void;
  stop(): Promise<void>;
}

/** Runs `work` again and again: at once while it says that there may be more, else after a while or when nudged. */
export function startOutbox(work: () => Promise<boolean>, everyMs: number): Relay {
  let stopped = false;
  let wake: (() => void) | undefined;
  let nudged = false;
  const loop = (async () => {
    while (!stopped) {
      nudged = false;
      const more = await work();
      if (more || nudged || stopped) continue;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, everyMs);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  })();
  return {
    nudge() {
      nudged = true;
      wake?.();
    },
    async stop() {
      stopped = true;
      wake?.();
      await loop;
    },
  };
}

/** 2, 4, 8 … seconds, at most five minutes. */
export const backOff = (attempts: number, now = new Date().toISOString()): string =>
  new Date(Date.parse(now) + Math.min(2 ** attempts, 300) * 1000).toISOString();
