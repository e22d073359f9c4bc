import { type DoneAct, listDoneActs, listPapers, type PaperRow } from '../../db/papers.ts';
import {
  type CaseRow,
  type DeadlineRow,
  listClaims,
  listDeadlinesOf,
  listParties,
  listProcedures,
  type ProcedureRow,
} from '../../db/read-models.ts';
import type { AgreementTerms } from '../../domain/case/agreement.ts';
import type { CaseSnapshot, Claim, Party } from '../../domain/case/case.ts';
import type { OpenRemedy } from '../../domain/case/remedies.ts';
import type { Scope } from '../../domain/rules.ts';
import { shanghaiDay } from '../../domain/time/day.ts';
import type { LegalDay, Unit } from '../../domain/time/types.ts';
import {
  type CaseRecord,
  type LocalContent,
  type PaperKind,
  type WrittenAgreement,
  writtenAgreement,
} from '../../papers/index.ts';
import type { ApiDeps } from '../deps.ts';
import { remediesOf } from '../remedies.ts';
import { localContents } from './local-contents.ts';

/** Acts whose words a paper puts in writing. */
const acts = [
  'intake.register',
  'negotiation.settle',
  'negotiation.draftSettlement',
  'mediation.apply',
  'mediation.decline',
  'mediation.holdSession',
  'mediation.fail',
  'mediation.draftAgreement',
  'preLitigationMediation.draftAgreement',
  'preLitigationMediation.holdSession',
  'arbitrationReview.applyJointly',
  'judicialConfirmation.applyJointly',
  'case.transfer',
] as const;

/** All that the record of a case has for its papers. Facts conceded to settle are not read (NEG-08). */
export interface Dossier {
  row: CaseRow;
  snapshot: CaseSnapshot;
  record: CaseRecord;
  today: LegalDay;
  runs: ProcedureRow[];
  deadlines: DeadlineRow[];
  remedies: OpenRemedy[];
  papers: PaperRow[];
  /** The last act of one of these names. */
  last(...names: Array<(typeof acts)[number]>): DoneAct | undefined;
  /** The length of `negotiation.response` under the case's rules. */
  answerWithin: { amount: number; unit: Unit };
  /** What the region's own rules want in a paper beyond the law. */
  local: Partial<Record<PaperKind, LocalContent[]>>;
}

/** Reads it; undefined while the case is only being registered, and when it was merged into another. */
export async function readDossier(deps: ApiDeps, row: CaseRow): Promise<Dossier | undefined> {
  const { db, ruleBook } = deps;
  const snapshot = row.view?.case;
  if (snapshot === undefined || row.mergedInto !== null) return undefined;
  const { caseNo } = row;
  const today = shanghaiDay(new Date().toISOString());
  const [parties, claims, runs, deadlines, done, papers, { items: remedies }, book] = await Promise.all([
    listParties(db, caseNo),
    listClaims(db, caseNo),
    listProcedures(db, caseNo),
    listDeadlinesOf(db, caseNo),
    listDoneActs(db, caseNo, acts),
    listPapers(db, caseNo),
    remediesOf(deps, row, today),
    ruleBook(snapshot.sha256),
  ]);
  const last: Dossier['last'] = (...names) => done.findLast(({ act }) => names.some((name) => name === act));
  const present = parties.filter(({ movedTo }) => movedTo === null);
  const reason = last('intake.register')?.words.reason;
  const record: CaseRecord = {
    caseNo,
    registeredOn: snapshot.registeredOn,
    scope: snapshot.scope as Scope,
    forCourt: snapshot.referral?.by === 'court',
    ...(typeof reason === 'string' ? { reason } : {}),
    parties: present.map(({ id, side, kind, name, idNumber, phone, address }) => ({
      ...{ id, name, side: side as Party['side'], kind: kind as Party['kind'] },
      ...{ idNumber: idNumber ?? undefined, phone: phone ?? undefined, address: address ?? undefined },
    })),
    claims: claims
      .filter(({ worker }) => present.some(({ id }) => id === worker))
      .map(({ id, worker, kind, subject, amountFen, text }) => ({
        ...{ id, worker, kind: kind as Claim['kind'], subject: subject as Claim['subject'] },
        ...{ amountFen: amountFen ?? undefined, text: text ?? undefined },
      })),
    representatives: snapshot.representation?.representatives,
  };
  return {
    ...{ row, snapshot, record, today, runs, deadlines, remedies, papers, last },
    answerWithin: book.deadline(snapshot.region, 'negotiation.response'),
    local: localContents(book, snapshot.region),
  };
}

/** A run of the case as it was written last, and its state. */
export const lastRun = ({ runs }: Dossier, ...procedures: string[]): ProcedureRow | undefined =>
  runs.findLast(({ procedure }) => procedures.includes(procedure));

/** A clock of the case by its rule, the open one first; of one run where it is named. */
export const clockOf = ({ deadlines }: Dossier, id: string, run = ''): DeadlineRow | undefined =>
  deadlines.find((row) => row.id === id && row.key.startsWith(run));

/** The agreement that an act drafted or made, with its words. */
export const writtenIn = ({ input, words }: DoneAct): WrittenAgreement =>
  writtenAgreement(input as unknown as AgreementTerms, words);

/** The last act that drafted or made an agreement, unless somebody it binds has left the case since. */
export function agreementOf({ last, record }: Dossier, ...names: Parameters<Dossier['last']>): DoneAct | undefined {
  const act = last(...names);
  if (act === undefined) return undefined;
  const { coveredWorkers, obligations } = writtenIn(act).terms;
  const bound = [...coveredWorkers, ...obligations.flatMap(({ debtor, creditor }) => [debtor, creditor])];
  return bound.every((id) => record.parties.some((party) => party.id === id)) ? act : undefined;
}
