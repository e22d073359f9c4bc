import { createHash } from 'node:crypto';
import { listOpenEvidenceFiles } from '../../db/evidence.ts';
import { listPaperFiles, paperFormats } from '../../db/papers.ts';
import { type CaseRow, listDeadlinesOf, listEvents } from '../../db/read-models.ts';
import { listServices } from '../../db/services.ts';
import { type PaperKind, paperKindNames, paperKinds, zip } from '../../papers/index.ts';
import type { ApiDeps } from '../deps.ts';
import { type EvidenceKind, evidenceKinds } from '../evidence/kinds.ts';
import { keptServices } from '../services/view.ts';
import { readSigning } from '../signing/on-paper.ts';
import { deadlineView, eventView, evidenceView, paperView } from '../views.ts';

const MOST_EVENTS = 100_000;
const outside = paperKindNames.filter((kind) => paperKinds[kind].outside);
const placeOf = (number: number): string => String(number).padStart(3, '0');
const pretty = (value: unknown): Buffer => Buffer.from(`${JSON.stringify(value, null, 2)}\n`);

/**
 * What a case brings to a commission or a court: the papers that go outside, the open evidence, how the papers were served, what happened, every deadline with how it was
 * counted, and an index with the hash of each file. The same for whoever asks, as long as the case has not changed.
 *
 * Left out: words of people other than in papers, what was brought to settle only, and who looked at facts conceded for it, so that nothing of these gets into
 * the hands of whoever decides (NEG-08).
 */
export async function bundleOf(deps: ApiDeps, row: CaseRow): Promise<Buffer> {
  const { db } = deps;
  const { caseNo } = row;
  const [papers, signing, evidence, services, events, deadlines] = await Promise.all([
    listPaperFiles(db, caseNo, outside),
    readSigning(db, row),
    listOpenEvidenceFiles(db, caseNo),
    listServices(db, caseNo),
    listEvents(db, caseNo, 0, MOST_EVENTS),
    listDeadlinesOf(db, caseNo),
  ]);
  const files = new Map<string, Buffer>();
  for (const paper of papers)
    for (const format of paperFormats) {
      const { zh } = paperKinds[paper.kind as PaperKind].title;
      files.set(`papers/${placeOf(paper.number)} ${zh} ${paper.registerNo}.${format}`, paper[format]);
    }
  for (const { number, kind, extension, content } of evidence)
    files.set(`evidence/${placeOf(number)} ${evidenceKinds[kind as EvidenceKind].zh}.${extension}`, content);
  const reader = { subject: '', role: 'party', region: '' } as const;
  const told = events.filter(({ type, detail }) => !type.startsWith('shielded') && detail.shielded !== true);
  files.set('timeline.json', pretty(told.map((event) => eventView({ ...event, words: null }, reader))));
  // Whether one is overdue depends on when it is asked.
  files.set('deadlines.json', pretty(deadlines.map((deadline) => ({ ...deadlineView(deadline), overdue: undefined }))));
  files.set('services.json', pretty(await keptServices(deps, row, services)));
  const index = {
    caseNo,
    region: row.region,
    stage: row.stage,
    seq: row.seq,
    papers: signing
      .filter(({ paper }) => papers.some(({ number }) => number === paper.number))
      .map(({ paper, signing: of }) => paperView(caseNo, paper, of)),
    evidence: evidence.map((piece) => evidenceView(caseNo, piece)),
    files: [...files].map(([path, bytes]) => ({
      ...{ path, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') },
    })),
  };
  return zip([['index.json', pretty(index)], ...files]);
}
