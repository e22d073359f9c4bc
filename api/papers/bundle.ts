import { findEvidence, listEvidence } from '../../db/evidence.ts';
import { findPaperFile, paperFormats } from '../../db/papers.ts';
import { type CaseRow, listDeadlinesOf, listEvents } from '../../db/read-models.ts';
import { listServices } from '../../db/services.ts';
import { type PaperKind, paperKinds, type ZipEntry, zipStream } from '../../papers/index.ts';
import type { ApiDeps } from '../deps.ts';
import { type EvidenceKind, evidenceKinds } from '../evidence/kinds.ts';
import { hashOf } from '../hash.ts';
import { keptServices } from '../services/view.ts';
import { readSigning } from '../signing/on-paper.ts';
import { deadlineView, eventView, evidenceView, paperView } from '../views.ts';

const MOST_EVENTS = 100_000;
const placeOf = (number: number): string => String(number).padStart(3, '0');
const pretty = (value: unknown): Buffer => Buffer.from(`${JSON.stringify(value, null, 2)}\n`);

/** A file of a bundle, known before it is read. */
interface BundledFile {
  path: string;
  bytes: number;
  sha256: string;
  read(): Promise<Buffer>;
}

/**
 * What a case brings to a commission or a court: the papers that go outside and how they were served, the open evidence, what happened,
 * every deadline with how it was counted, and first an index with the hash of each file. The same for whoever asks, as long as the
 * case has not changed. It comes file by file: evidence may be more than a machine holds.
 *
 * Left out: words of people other than in papers, what was brought to settle only, and who looked at facts conceded for it, so that
 * nothing of these gets into the hands of whoever decides (NEG-08).
 */
export async function bundleOf(deps: ApiDeps, row: CaseRow): Promise<AsyncIterable<Buffer>> {
  const { db } = deps;
  const { caseNo } = row;
  const [signing, evidence, services, events, deadlines] = await Promise.all([
    readSigning(db, row),
    listEvidence(db, caseNo),
    listServices(db, caseNo),
    listEvents(db, caseNo, 0, MOST_EVENTS),
    listDeadlinesOf(db, caseNo),
  ]);
  const outside = signing.filter(({ paper }) => paperKinds[paper.kind as PaperKind].outside);
  const open = evidence.filter(({ shielded }) => !shielded);
  const reader = { subject: '', role: 'party', region: '' } as const;
  const told = events.filter(({ type, detail }) => !type.startsWith('shielded') && detail.shielded !== true);
  const files: BundledFile[] = [
    ...outside.flatMap(({ paper: { number, kind, registerNo, ...of } }) =>
      paperFormats.map((format) => ({
        path: `papers/${placeOf(number)} ${paperKinds[kind as PaperKind].title.zh} ${registerNo}.${format}`,
        ...{ bytes: of[`${format}Bytes`], sha256: of[`${format}Sha256`] },
        read: async () => (await findPaperFile(db, { caseNo, number, format }))?.bytes as Buffer,
      })),
    ),
    ...open.map(({ number, kind, extension, size, sha256 }) => ({
      path: `evidence/${placeOf(number)} ${evidenceKinds[kind as EvidenceKind].zh}.${extension}`,
      ...{ bytes: size, sha256 },
      read: async () => (await findEvidence(db, caseNo, number))?.content as Buffer,
    })),
    written('services.json', pretty(await keptServices(deps, row, services))),
    written('timeline.json', pretty(told.map((event) => eventView({ ...event, words: null }, reader)))),
    // Whether one is overdue depends on when it is asked.
    written('deadlines.json', pretty(deadlines.map((one) => ({ ...deadlineView(one), overdue: undefined })))),
  ];
  const index = pretty({
    ...{ caseNo, region: row.region, stage: row.stage, seq: row.seq },
    papers: outside.map(({ paper, signing: of }) => paperView(caseNo, paper, of)),
    evidence: open.map((piece) => evidenceView(caseNo, piece)),
    files: files.map(({ path, bytes, sha256 }) => ({ path, bytes, sha256 })),
  });
  return zipStream(entriesOf([written('index.json', index), ...files]));
}

const written = (path: string, body: Buffer): BundledFile => ({
  ...{ path, bytes: body.length, sha256: hashOf(body) },
  read: async () => body,
});

/** What is read is what the index says, or the bundle breaks off; papers and evidence are packed as they are. */
async function* entriesOf(files: BundledFile[]): AsyncGenerator<ZipEntry> {
  for (const { path, bytes, read } of files) {
    const body = await read();
    if (body.length !== bytes) throw new Error(`${path} has changed`);
    yield { name: path, body, stored: !path.endsWith('.json') };
  }
}
