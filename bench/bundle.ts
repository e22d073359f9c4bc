import { median } from './measure.ts';
import type { BenchStack } from './stack.ts';

/** Papers in the bundle. */
export const BUNDLED = 50;
const TURNS = 5;

/** Over HTTP: fifty papers made of one case, one after the other, and then the case fetched as a ZIP. */
export async function measureBundle(
  { apiUrl, token }: BenchStack,
  caseNo: string,
): Promise<{ perSecond: number; bundleMs: number; bytes: number }> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const ofCase = `${apiUrl}/v1/cases/${caseNo}`;
  const make = async () => {
    const body = JSON.stringify({ kind: 'negotiationRequest' });
    const answer = await fetch(`${ofCase}/papers`, { method: 'POST', headers, body });
    if (answer.status !== 201) throw new Error(`a paper: ${answer.status} ${await answer.text()}`);
    await answer.arrayBuffer();
  };
  // The first one waits for the printer's thread.
  await make();
  const started = performance.now();
  for (let made = 1; made < BUNDLED; made++) await make();
  const perSecond = (BUNDLED - 1) / ((performance.now() - started) / 1000);

  const times: number[] = [];
  let bytes = 0;
  for (let turn = 0; turn < TURNS; turn++) {
    const from = performance.now();
    const answer = await fetch(`${ofCase}/bundle`, { headers });
    bytes = (await answer.arrayBuffer()).byteLength;
    times.push(performance.now() - from);
    if (answer.status !== 200) throw new Error(`the bundle: ${answer.status}`);
  }
  return { perSecond, bundleMs: median(times), bytes };
}
