import type { Progress } from '../temporal-config/temporal-cli.ts';

/**
 * Says what is being waited for once it has taken a second, then every ten seconds, and how long it took. What is quick says
 * nothing.
 */
export function createProgress(print: (line: string) => void): Progress {
  return async ({ zh, en }, work) => {
    const since = Date.now();
    const seconds = () => ((Date.now() - since) / 1000).toFixed(1);
    let timer = setTimeout(tell, 1_000);
    let isTold = false;
    function tell() {
      print(isTold ? `  … ${zh} ${en}: ${seconds()} s` : `  … ${zh} ${en}`);
      isTold = true;
      timer = setTimeout(tell, 10_000);
    }
    try {
      const result = await work();
      if (isTold) print(`  ✓ ${zh} ${en}: ${seconds()} s`);
      return result;
    } finally {
      clearTimeout(timer);
    }
  };
}
