import { formatPaperNo } from '../contracts/ids.ts';
import { type Db, json, type Tx } from './client.ts';
import { isSigned } from './signatures.ts';
import { type DoneBeside, type Written, writeBeside } from './without-workflow.ts';

/** A paper as a list shows it: everything but what was filled in and the files. */
export interface PaperRow {
  number: number;
  registerNo: string;
  kind: string;
  about: string;
  version: number;
  /** Number of the version before. */
  replaces: number | null;
  templateSha256: string;
  byHand: string[];
  docxSha256: string;
  docxBytes: number;
  pdfSha256: string;
  pdfBytes: number;
  madeAt: string;
  actorRole: string;
  /** Who must sign it: parties, `mediator`, `seal`; nobody where it is a notice. */
  signers: string[];
}

const columns = (db: Db) => db`
  number, register_no as "registerNo", kind, about, version, replaces, template_sha256 as "templateSha256",
  by_hand as "byHand", docx_sha256 as "docxSha256", octet_length(docx) as "docxBytes",
  pdf_sha256 as "pdfSha256", octet_length(pdf) as "pdfBytes", made_at as "madeAt", actor_role as "actorRole", signers`;

/** The papers of a case in the order in which they were made. */
export const listPapers = (db: Db, caseNo: string): Promise<PaperRow[]> =>
  db<PaperRow[]>`select ${columns(db)} from papers where case_no = ${caseNo} order by number`;

/** The forms in which a paper is kept. */
export const paperFormats = ['docx', 'pdf'] as const;
export type PaperFormat = (typeof paperFormats)[number];

/** One file of a paper of this case, or undefined. */
export async function findPaperFile(
  db: Db,
  { caseNo, number, format }: { caseNo: string; number: number; format: PaperFormat },
): Promise<{ kind: string; registerNo: string; bytes: Buffer; sha256: string } | undefined> {
  const [row] = await db<Array<{ kind: string; registerNo: string; bytes: Buffer; sha256: string }>>`
    select kind, register_no as "registerNo", ${db(format)} as bytes, ${db(`${format}_sha256`)} as sha256
    from papers where case_no = ${caseNo} and number = ${number}`;
  return row;
}

/** The number a paper will bear, `310116-2026-调-000012`; numbers are never given twice, gaps may be. */
export async function nextPaperNo(
  db: Db,
  { region, year, sign }: { region: string; year: number; sign: string },
): Promise<string> {
  const [row] = await db<Array<{ value: number }>>`
    insert into counters (name, value) values (${`paper:${region}:${year}:${sign}`}, 1)
    on conflict (name) do update set value = counters.value + 1 returning value`;
  return formatPaperNo(region, year, sign, row?.value ?? 1);
}

export interface NewPaper {
  registerNo: string;
  kind: string;
  about: string;
  data: unknown;
  templateSha256: string;
  byHand: string[];
  signers: string[];
  /** Whether it stays as it is once anybody has signed it. */
  onceSigned: boolean;
  docx: { bytes: Buffer; sha256: string };
  pdf: { bytes: Buffer; sha256: string };
}

/** What making a paper came to: its number within the case. */
export interface PaperAnswer {
  number: number;
}

/** Somebody has signed the agreement that would be made again: it stays as it was signed. */
export class SignedBefore extends Error {}

/**
 * Keeps a paper under the next number of its case, as the next version of the one about the same thing, with its event. Throws
 * `SignedBefore`, where the kind is one that stays as it was signed.
 */
export const keepPaper = (
  db: Db,
  done: DoneBeside,
  { onceSigned, ...paper }: NewPaper,
  at: string,
): Promise<PaperAnswer | undefined> =>
  writeBeside<PaperAnswer>(db, done, at, async (tx) => {
    const { caseNo, actId, actor } = done;
    const { registerNo, kind, about, templateSha256, docx, pdf } = paper;
    const [last] = await tx<Array<{ number: number }>>`
      select coalesce(max(number), 0)::int as number from papers where case_no = ${caseNo}`;
    const [before] = await tx<Array<{ number: number; version: number }>>`
      select number, version from papers where case_no = ${caseNo} and kind = ${kind} and about = ${about}
      order by version desc limit 1`;
    if (before && onceSigned && (await isSigned(tx, caseNo, before.number))) throw new SignedBefore();
    const number = (last?.number ?? 0) + 1;
    const version = (before?.version ?? 0) + 1;
    await tx`
      insert into papers ${tx({
        case_no: caseNo,
        number,
        register_no: registerNo,
        kind,
        about,
        version,
        replaces: before?.number ?? null,
        data: json(tx, paper.data),
        template_sha256: templateSha256,
        by_hand: paper.byHand,
        signers: paper.signers,
        docx: docx.bytes,
        docx_sha256: docx.sha256,
        pdf: pdf.bytes,
        pdf_sha256: pdf.sha256,
        made_at: at,
        actor_id: actor.actorId,
        actor_role: actor.role,
        act_id: actId,
      })}`;
    return {
      detail: {
        ...{ kind, number, registerNo, version, ...(before ? { replaces: before.number } : {}) },
        ...{ templateSha256, docxSha256: docx.sha256, pdfSha256: pdf.sha256 },
      },
      answer: { number },
      ...(await askToSign(tx, caseNo, { ...paper, number })),
    };
  });

/** The parties who must sign it and have not signed these terms yet. */
async function askToSign(
  tx: Tx,
  caseNo: string,
  { number, signers, about }: Pick<NewPaper, 'signers' | 'about'> & { number: number },
): Promise<Pick<Written<PaperAnswer>, 'tell'>> {
  const signed = await tx<Array<{ signer: string }>>`
    select signer from signatures where case_no = ${caseNo} and about = ${about}`;
  const parties = signers.filter((who) => !signed.some(({ signer }) => signer === who));
  return parties.length === 0 ? {} : { tell: { template: 'paperToSign', parties, paper: number } };
}

/** An act that was done, with what people wrote in it. */
export interface DoneAct {
  actId: string;
  act: string;
  words: Record<string, unknown>;
  input: Record<string, unknown>;
}

/** The acts of these names that were done in a case, in order. What was conceded to settle is not with them (NEG-08). */
export const listDoneActs = (db: Db, caseNo: string, acts: readonly string[]): Promise<DoneAct[]> =>
  db<DoneAct[]>`
    select act_id as "actId", act, words, coalesce(message->'input', '{}') as input from acts
    where case_no = ${caseNo} and act in ${db(acts)} and status <> 'pending' order by created_at, act_id`;
