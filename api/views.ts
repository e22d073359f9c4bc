import type { EvidenceRow } from '../db/evidence.ts';
import type { Liaison } from '../db/liaisons.ts';
import type { LinkedCaseRow } from '../db/linked-cases.ts';
import type { NoticeRow } from '../db/notices.ts';
import type { PaperRow } from '../db/papers.ts';
import type {
  CaseRow,
  ClaimRow,
  DeadlineRow,
  DecisionRow,
  EventRow,
  PartyRow,
  ProcedureRow,
} from '../db/read-models.ts';
import { besideProcedures } from '../domain/case/case.ts';
import { outcomeTitle, stageTitle } from '../domain/labels.ts';
import { procedures } from '../domain/procedures/index.ts';
import { type PaperKind, paperKinds } from '../papers/index.ts';
import type { Caller } from './auth.ts';
import { ownParties } from './authorise.ts';
import { type EvidenceKind, evidenceKinds } from './evidence/kinds.ts';
import type { PaperSigning } from './signing/on-paper.ts';

const yuanOf = (fen: number | null | undefined): number | undefined => (fen == null ? undefined : fen / 100);

/** Amounts leave in yuan under the name without `Fen`, at any depth. */
function inYuan(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inYuan);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) =>
      key.endsWith('Fen') && typeof inner === 'number' ? [key.slice(0, -3), inner / 100] : [key, inYuan(inner)],
    ),
  );
}

/** A stage or procedure by its name in both languages. */
export const titleOf = (name: string): { zh: string; en: string } =>
  name in procedures
    ? procedures[name as keyof typeof procedures].title
    : name === 'closed'
      ? { zh: '已结案', en: 'Closed' }
      : name === 'registering'
        ? { zh: '登记中', en: 'Registering' }
        : { zh: '受理登记', en: 'Intake' };

/** A case in a list: no names. */
export const caseSummary = (row: Omit<CaseRow, 'view'>) => ({
  id: row.caseNo,
  region: row.region,
  secondRegion: row.secondRegion,
  channel: row.channel,
  stage: row.stage,
  stageTitle: titleOf(row.stage),
  status: row.status,
  statusTitle: row.status === null ? null : stageTitle(row.status),
  outcome: row.outcome,
  outcomeTitle: row.outcome === null ? null : outcomeTitle(row.outcome),
  nextDueOn: row.nextDueOn,
  nextDueAt: row.nextDueAt,
  splitFrom: row.splitFrom,
  mergedInto: row.mergedInto,
  createdAt: row.createdAt,
  updatedAt: row.updatedAt,
});

/** A party: staff see how to reach it, the parties see who the others are. */
export const partyView = (row: PartyRow, caller: Caller) => {
  const own = ownParties(caller, [row]).length > 0;
  const open = caller.role !== 'party' || own;
  return {
    id: row.id,
    side: row.side,
    kind: row.kind,
    name: row.name,
    groups: row.groups,
    ...(own ? { you: true } : {}),
    ...(row.movedTo === null ? {} : { movedTo: row.movedTo }),
    ...(open ? { phone: row.phone, email: row.email, address: row.address } : {}),
    ...(open ? { preferredChannel: row.preferredChannel, language: row.language } : {}),
    ...(open ? { idNumber: row.idNumber === null ? null : masked(row.idNumber) } : {}),
  };
};

const masked = (idNumber: string): string =>
  idNumber.length < 8 ? '****' : `${idNumber.slice(0, 4)}${'*'.repeat(idNumber.length - 8)}${idNumber.slice(-4)}`;

export const claimView = (row: ClaimRow) => ({
  id: row.id,
  worker: row.worker,
  kind: row.kind,
  subject: row.subject,
  amount: yuanOf(row.amountFen),
  text: row.text,
});

/** A deadline as a resource. `overdue` is derived here, never stored. */
export const deadlineView = (row: DeadlineRow, now = new Date().toISOString()) => ({
  ...row,
  titleZh: undefined,
  titleEn: undefined,
  title: { zh: row.titleZh, en: row.titleEn },
  overdue: row.status === 'open' && now >= row.dueAt,
  receipt: `/v1/cases/${row.caseNo}/deadlines/${encodeURIComponent(row.key)}/receipt`,
});

export const eventView = (row: EventRow, caller: Caller) => ({
  seq: row.seq,
  type: row.type,
  procedure: row.procedure,
  at: row.at,
  title: { zh: row.titleZh, en: row.titleEn },
  legalRef: row.legalRef,
  article: row.article,
  by: {
    role: row.actorRole,
    ...(row.partyId === null ? {} : { party: row.partyId }),
    ...(caller.role === 'party' ? {} : { actorId: row.actorId }),
  },
  channel: row.channel,
  ...(row.words === null ? {} : { words: wordsFor(row.words, caller) }),
  detail: inYuan(row.detail),
});

/** Words for the office alone: notes, addresses for service, what was typed to sign, said at a visit, or why a file stays incomplete. */
const officeWords = ['note', 'serviceAddresses', 'signing', 'remarks', 'incompleteBecause'];

/** Parties see the reason and what was agreed. Who joined the case is among its parties. */
function wordsFor({ joining: _joining, ...all }: Record<string, unknown>, caller: Caller): Record<string, unknown> {
  if (caller.role !== 'party') return all;
  return Object.fromEntries(Object.entries(all).filter(([name]) => !officeWords.includes(name)));
}

/** Who signs a paper, who has, when and how, and who is missing. Whose account it was, and what was typed, stays here. */
export const signingView = ({ mustSign, signed, missing, superseded }: PaperSigning) => ({
  mustSign,
  signed: signed.map(({ signer, signedOn, form, sha256, scan, at, actorRole }) => ({
    ...{ by: signer, on: signedOn, form, at, recordedBy: { role: actorRole } },
    ...(sha256 === null ? {} : { sha256 }),
    ...(scan === null ? {} : { scan }),
  })),
  missing,
  superseded,
});

/** A paper in a list: what it is, which version, where its files are, and who has signed it. */
export function paperView(caseNo: string, paper: PaperRow, signing: PaperSigning) {
  const { title, legalRef, source, outside } = paperKinds[paper.kind as PaperKind];
  const href = `/v1/cases/${caseNo}/papers/${paper.number}`;
  return {
    number: paper.number,
    registerNo: paper.registerNo,
    kind: paper.kind,
    ...{ title, legalRef, article: source, outside },
    version: paper.version,
    replaces: paper.replaces,
    madeAt: paper.madeAt,
    by: { role: paper.actorRole },
    docx: { sha256: paper.docxSha256, bytes: paper.docxBytes, href: `${href}.docx` },
    pdf: { sha256: paper.pdfSha256, bytes: paper.pdfBytes, href: `${href}.pdf` },
    templateSha256: paper.templateSha256,
    // Characters that the PDF's font does not have, to be written in by hand.
    byHand: paper.byHand,
    signing: paper.signers.length === 0 ? null : signingView(signing),
  };
}

/** A piece of evidence in a list. What a shielded one is called is shown with it, by a look. */
export const evidenceView = (caseNo: string, row: EvidenceRow) => ({
  number: row.number,
  kind: row.kind,
  kindTitle: evidenceKinds[row.kind as EvidenceKind],
  ...(row.shielded ? {} : { title: row.title, fileName: row.fileName }),
  ...{ contentType: row.contentType, bytes: row.size, sha256: row.sha256, shielded: row.shielded, links: row.links },
  madeAt: row.madeAt,
  by: { role: row.actorRole, ...(row.party === null ? {} : { party: row.party }) },
  href: `/v1/cases/${caseNo}/evidence/${row.number}${row.shielded ? '/looks' : ''}`,
});

/** A decision; why it was decided so is in its receipt. */
export const decisionView = (row: DecisionRow, caseNo: string) => ({
  ...row,
  receipt: `/v1/cases/${caseNo}/decisions/${row.seq}/${row.number}/receipt`,
});

/** A run of a procedure, with its state but not the whole case again. */
export const procedureView = (row: ProcedureRow) => {
  const { case: _, clocks: __, ...state } = row.view;
  return {
    run: row.run,
    workflowId: row.workflowId,
    procedure: row.procedure,
    title: titleOf(row.procedure),
    openedAt: row.openedAt,
    endedAt: row.endedAt,
    outcome: row.outcome,
    outcomeTitle: row.outcome === null ? null : outcomeTitle(row.outcome),
    next: row.next,
    state: inYuan(state),
  };
};

const linkedView = ({ caseNo, region, stage, kind, certainty, subjects }: LinkedCaseRow) => ({
  ...{ caseNo, kind, region, stage, stageTitle: titleOf(stage) },
  ...(kind === 'possibleDuplicate' ? { certainty, subjects } : {}),
});

/**
 * What the window is told of a dispute that may be there already: the cases that the caller may see, and for staff the regions
 * that have another, so that the office there can be asked.
 */
export const duplicatesView = (linked: LinkedCaseRow[], caller: Caller) => {
  const found = linked.filter(({ kind }) => kind === 'possibleDuplicate');
  const elsewhere = new Set(found.filter(({ visible }) => !visible).map(({ region }) => region));
  return {
    possibleDuplicates: found.filter(({ visible }) => visible).map(linkedView),
    ...(caller.role === 'party' ? {} : { duplicatesElsewhere: [...elsewhere].sort() }),
  };
};

/** A case as a whole: who, what for, where it stands, every date that binds. */
export function caseView(
  row: CaseRow,
  parts: {
    parties: PartyRow[];
    claims: ClaimRow[];
    deadlines: DeadlineRow[];
    runs: ProcedureRow[];
    splits: Array<{ caseNo: string }>;
    linked: LinkedCaseRow[];
    liaison: Liaison | undefined;
  },
  caller: Caller,
) {
  const current = row.view;
  const { case: snapshot, clocks: _, ...state } = current ?? { case: undefined, clocks: [] };
  const beside = parts.runs.filter(({ procedure }) => besideProcedures.some((beside) => beside === procedure));
  return {
    ...caseSummary(row),
    etag: row.seq,
    scope: snapshot?.scope,
    facts: snapshot?.facts,
    release: row.release === null ? null : { release: row.release, sha256: row.sha256 },
    parties: parts.parties.map((party) => partyView(party, caller)),
    claims: parts.claims.map(claimView),
    procedure: current ? inYuan(state) : null,
    agreement: snapshot?.agreement ? inYuan(snapshot.agreement) : null,
    organisation: snapshot?.organisation ?? null,
    referral: snapshot?.referral ?? null,
    settlementEvidence: snapshot?.settlementEvidence ?? null,
    disclosureBy: snapshot?.disclosureBy ?? [],
    // 仲裁员分片联系: the number in the roster; how to reach it is for the office.
    liaison: parts.liaison ? { region: parts.liaison.region, arbitratorId: parts.liaison.arbitratorId } : null,
    limitationRanOut: snapshot?.limitationRanOut ?? false,
    remedy: snapshot?.remedy ?? null,
    rightToArbitrate: snapshot?.rightToArbitrate ?? null,
    abilities: snapshot?.abilities ?? {},
    routes: snapshot?.routes ?? [],
    collective: snapshot?.collective ?? null,
    representation: snapshot?.representation ?? null,
    emergency: snapshot?.emergency ?? null,
    beside: beside.map(procedureView),
    deadlines: parts.deadlines.filter(({ status }) => status === 'open').map((deadline) => deadlineView(deadline)),
    splits: parts.splits.map(({ caseNo }) => caseNo),
    transfer: snapshot?.transfer ?? null,
    linked: parts.linked.filter(({ visible }) => visible).map(linkedView),
    past: snapshot?.past ?? [],
  };
}

/** A notice, with what it is tied to: the time limit, and the paper that it is about. No address. */
export const noticeView = ({ caseNo, clockKey, paper, messageId, sentWith, ...row }: NoticeRow) => ({
  ...row,
  deadline: clockKey,
  paper,
  /** In which message it went; one of several where `together` is true. */
  message: messageId,
  together: sentWith !== null,
  links: {
    case: `/v1/cases/${caseNo}`,
    ...(paper === null ? {} : { paper: `/v1/cases/${caseNo}/papers/${paper}.pdf` }),
    ...(row.textSha256 === null ? {} : { text: `/v1/notice-texts/${row.textSha256}` }),
  },
});

/** The same in a list across cases. */
export const noticeAcrossCases = ({ region, ...row }: NoticeRow & { region: string }) => ({
  case: row.caseNo,
  region,
  ...noticeView(row),
});
