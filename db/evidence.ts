import { type Db, json } from './client.ts';
import { type DoneBeside, writeBeside } from './without-workflow.ts';

/** What a piece of evidence is about. */
export interface EvidenceLinks {
  claims: string[];
  /** Obligations and instalments of the agreement. */
  obligations: string[];
  payments: string[];
  papers: number[];
}

/** A piece of evidence as a list shows it: everything but the file. */
export interface EvidenceRow {
  number: number;
  kind: string;
  title: string;
  fileName: string;
  contentType: string;
  extension: string;
  size: number;
  sha256: string;
  shielded: boolean;
  links: EvidenceLinks;
  madeAt: string;
  actorRole: string;
  /** The party that brought it, or on whose behalf it was brought. */
  party: string | null;
}

const columns = (db: Db) => db`
  number, kind, title, file_name as "fileName", content_type as "contentType", extension, size, sha256, shielded, links,
  made_at as "madeAt", actor_role as "actorRole", party_id as party`;

/** The evidence of a case in the order in which it came. */
export const listEvidence = (db: Db, caseNo: string): Promise<EvidenceRow[]> =>
  db<EvidenceRow[]>`select ${columns(db)} from evidence where case_no = ${caseNo} order by number`;

/** One piece of evidence of this case with its file, or undefined. */
export async function findEvidence(
  db: Db,
  caseNo: string,
  number: number,
): Promise<(EvidenceRow & { content: Buffer }) | undefined> {
  const [row] = await db<Array<EvidenceRow & { content: Buffer }>>`
    select ${columns(db)}, content from evidence where case_no = ${caseNo} and number = ${number}`;
  return row;
}

/** The pieces of this case that hold the same file. */
export const findSameEvidence = (db: Db, caseNo: string, sha256: string): Promise<EvidenceRow[]> =>
  db<EvidenceRow[]>`
    select ${columns(db)} from evidence where case_no = ${caseNo} and sha256 = ${sha256} order by number`;

/** Which of these numbers the case has no open piece of evidence for. */
export async function missingEvidence(db: Db, caseNo: string, numbers: readonly number[]): Promise<number[]> {
  if (numbers.length === 0) return [];
  const found = await db<Array<{ number: number }>>`
    select number from evidence where case_no = ${caseNo} and not shielded and number in ${db(numbers)}`;
  return numbers.filter((wanted) => !found.some(({ number }) => number === wanted));
}

export type NewEvidence = Omit<EvidenceRow, 'number' | 'madeAt' | 'actorRole'> & { content: Buffer };

/** What bringing it came to: its number within the case. */
export interface EvidenceAnswer {
  number: number;
}

/** The same file came into the case in this moment; nothing of this one is written. */
export class SameEvidence extends Error {}

/** Keeps a piece of evidence under the next number of its case, with its event. Throws `SameEvidence`. */
export const keepEvidence = (
  db: Db,
  done: DoneBeside,
  piece: NewEvidence,
  at: string,
): Promise<EvidenceAnswer | undefined> =>
  writeBeside<EvidenceAnswer>(db, done, at, async (tx) => {
    const { caseNo, actId, actor } = done;
    const { kind, title, fileName, contentType, extension, size, sha256, content, shielded, links, party } = piece;
    const [last] = await tx<Array<{ number: number }>>`
      select coalesce(max(number), 0)::int as number from evidence where case_no = ${caseNo}`;
    const number = (last?.number ?? 0) + 1;
    const made = await tx`
      insert into evidence ${tx({
        ...{ case_no: caseNo, number, kind, title, file_name: fileName, content_type: contentType, extension, size },
        ...{ sha256, content, shielded, links: json(tx, links), made_at: at, actor_id: actor.actorId },
        ...{ actor_role: actor.role, party_id: party, act_id: actId },
      })} on conflict do nothing`;
    if (made.count === 0) throw new SameEvidence();
    return {
      detail: { number, kind, shielded, sha256, size, ...links, ...(party === null ? {} : { party }) },
      answer: { number },
    };
  });
