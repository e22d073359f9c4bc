import type {
  AdmissionRow,
  ClaimedRow,
  EndingRow,
  MediationRow,
  RegisterRecord,
  RegisterRow,
  SidedParty,
} from '../../db/register.ts';
import type { ClaimKind, ClaimSubject } from '../../domain/case/case.ts';
import { channelTitle, organisationTitle, outcomeTitle } from '../../domain/labels.ts';
import { resultTitle } from '../../domain/statistics.ts';
import { subjectText } from '../../papers/index.ts';
import type { Caller } from '../auth.ts';
import type { Cell, Table } from '../export/table.ts';
import { titleOf } from '../views.ts';

/** One line of the acceptance register 受理登记. */
export type RegisterEntry = ReturnType<typeof entryOf>;

/** A side of the case: how many of whom; their names for the staff of the case's regions only. */
function sideOf(parties: SidedParty[], side: string, named: boolean) {
  const own = parties.filter((party) => party.side === side);
  return {
    parties: own.length,
    kinds: [...new Set(own.map(({ kind }) => kind))],
    ...(named ? { names: own.map(({ name }) => name) } : {}),
  };
}

const mediationOf = (mediation: MediationRow) => ({
  organisation: mediation.organisation,
  organisationTitle: organisationTitle(mediation.organisation ?? 'none'),
  procedure: mediation.procedure,
  decision: mediation.declinedOn !== null ? 'declined' : mediation.acceptedOn !== null ? 'accepted' : 'pending',
  on: mediation.declinedOn ?? mediation.acceptedOn,
  ...(mediation.ground === null ? {} : { ground: mediation.ground, article: mediation.article }),
});

function acceptanceOf(admission: AdmissionRow | undefined, { splitFrom }: RegisterRow) {
  if (admission === undefined)
    return { decision: splitFrom === null ? 'pending' : 'splitOff', on: null, title: null, article: null };
  const { outcome, decidedOn, ground, title, article } = admission;
  const decision = outcome === 'routed' ? 'accepted' : outcome === 'notAdmissible' ? 'refused' : 'pending';
  return { decision, on: decidedOn, ...(ground === null ? {} : { ground }), title, article };
}

/** What the record says of one case. */
interface Recorded {
  admission?: AdmissionRow;
  mediation?: MediationRow;
  ending?: EndingRow;
  parties: SidedParty[];
  claims: ClaimedRow[];
}

/** The rows of each case. */
function byCase<T extends { caseNo: string }>(rows: readonly T[]): Map<string, T[]> {
  const found = new Map<string, T[]>();
  for (const row of rows) {
    const own = found.get(row.caseNo);
    if (own) own.push(row);
    else found.set(row.caseNo, [row]);
  }
  return found;
}

/** The lines of some cases, in the order given. */
export function entriesOf(rows: RegisterRow[], record: RegisterRecord, caller: Caller) {
  const [admissions, mediations] = [byCase(record.admissions), byCase(record.mediations)];
  const [endings, parties, claims] = [byCase(record.endings), byCase(record.parties), byCase(record.claims)];
  return rows.map((row) =>
    entryOf(row, caller, {
      admission: admissions.get(row.caseNo)?.[0],
      mediation: mediations.get(row.caseNo)?.[0],
      ending: endings.get(row.caseNo)?.[0],
      parties: parties.get(row.caseNo) ?? [],
      claims: claims.get(row.caseNo) ?? [],
    }),
  );
}

function entryOf(row: RegisterRow, caller: Caller, { admission, mediation, ending, parties, claims }: Recorded) {
  // Who looks after the rules needs no names.
  const named = caller.role !== 'administrator';
  return {
    ...row,
    channelTitle: channelTitle(row.channel),
    applicant: sideOf(parties, 'applicant', named),
    respondent: sideOf(parties, 'respondent', named),
    claims: claims.map(({ kind, subject, workers, amountFen }) => ({
      ...{ kind, subject, workers, text: subjectText({ kind: kind as ClaimKind, subject: subject as ClaimSubject }) },
      ...(amountFen === null ? {} : { amount: amountFen / 100 }),
    })),
    acceptance: acceptanceOf(admission, row),
    mediation: mediation === undefined ? null : mediationOf(mediation),
    result:
      ending === undefined
        ? null
        : {
            ...{ result: ending.result, title: resultTitle(ending.result), on: ending.endedOn },
            ...{ procedure: ending.procedure, procedureTitle: titleOf(ending.procedure) },
            ...{ outcome: ending.outcome, outcomeTitle: outcomeTitle(ending.outcome) },
          },
    href: `/v1/cases/${row.caseNo}`,
  };
}

const decisions: Record<string, string> = {
  accepted: '受理 accepted',
  refused: '不予受理 refused',
  declined: '不予受理 declined',
  pending: '待决定 pending',
  splitOff: '分案 split off',
};

const sideText = ({ names, parties }: RegisterEntry['applicant']): string =>
  names === undefined ? `${parties}` : names.join('、');

/** The register as a table. */
export const registerTable = (entries: RegisterEntry[]): Table => ({
  name: '受理登记',
  heading: [
    ...['案号 Case', '登记日期 Registered', '区域 Region', '来源 Channel', '申请人 Applicant', '被申请人 Respondent'],
    ...['请求事项 Claims', '请求金额（元） Yuan', '受理情况 Acceptance', '决定日期 On', '理由 Ground', '依据 Article'],
    ...['调解组织 Organisation', '调解受理 Mediation', '调解受理日期 On', '调解不予受理理由 Ground'],
    ...['结果 Result', '结果日期 On', '分自 Split from', '并入 Merged into'],
  ],
  rows: entries.map((entry): Cell[] => {
    const { acceptance, mediation, result, claims } = entry;
    const refused = acceptance.decision === 'refused';
    const amounts = claims.flatMap(({ amount }) => (amount === undefined ? [] : [amount]));
    return [
      ...[entry.caseNo, entry.registeredOn, entry.region, entry.channelTitle.zh],
      ...[sideText(entry.applicant), sideText(entry.respondent), claims.map(({ text }) => text).join('、')],
      amounts.length === 0 ? null : Math.round(amounts.reduce((sum, amount) => sum + amount, 0) * 100) / 100,
      ...[decisions[acceptance.decision] ?? '', acceptance.on],
      ...[refused ? (acceptance.title?.zh ?? '') : '', refused ? (acceptance.article ?? '') : ''],
      ...[mediation === null ? '' : mediation.organisationTitle.zh, decisions[mediation?.decision ?? ''] ?? ''],
      ...[mediation?.on ?? null, mediation?.ground ?? ''],
      ...[result === null ? '' : result.title.zh, result?.on ?? null, entry.splitFrom, entry.mergedInto],
    ];
  }),
});
