import { makePaper, type PaperInput, type PaperKind } from '../papers/index.ts';
import { papersOf } from '../tests/support/published-papers.ts';
import { publishedRecords } from '../tests/support/published-record.ts';

/** Workers of a case up to which its papers are measured; a list of 142 names is no usual paper. */
const MOST_PARTIES = 15;

/** Papers a second on one core, each as DOCX and as PDF: all kinds, of the smaller published cases, one after the other. */
export async function measurePapers({ most }: { most: number }): Promise<{ perSecond: number; papers: number }> {
  const records = (await publishedRecords()).filter(({ record }) => record.parties.length <= MOST_PARTIES);
  const papers = records.flatMap((record) => Object.entries(papersOf(record))).slice(0, most);
  const makeAll = async () => {
    for (const [kind, data] of papers) await make(kind as PaperKind, data as PaperInput<PaperKind>);
  };
  await makeAll();
  const started = performance.now();
  await makeAll();
  return { perSecond: papers.length / ((performance.now() - started) / 1000), papers: papers.length };
}

async function make<K extends PaperKind>(kind: K, data: PaperInput<K>): Promise<void> {
  const made = await makePaper({ kind, data });
  if ('refusal' in made) throw new Error(`${kind}: ${made.refusal.en}`);
}
