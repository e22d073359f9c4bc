import { actContracts } from '../../contracts/acts/index.ts';
import type { AgreementTerms } from '../../domain/case/agreement.ts';
import { addDays } from '../../domain/time/day.ts';
import {
  fillAcceptanceNotice,
  fillArchiveCover,
  fillArchiveIndex,
  fillConfirmationApplication,
  fillFailureNotice,
  fillMediationAgreement,
  fillMediationApplication,
  fillMediationRecord,
  fillMediationSuggestion,
  fillNegotiationRequest,
  fillPaymentOrderApplication,
  fillPerformanceNotice,
  fillRefusalNotice,
  fillReviewApplication,
  fillSettlementAgreement,
  fillTransferLetter,
  type PaperInput,
  type PaperKind,
  type WrittenAgreement,
  writtenAgreement,
} from '../../papers/index.ts';
import type { PublishedRecord } from './published-record.ts';

/** What is filled into the papers of a case; kinds for which the case has nothing are not there. */
export type Papers = { [K in PaperKind]?: PaperInput<K> };

const ON = '2026-11-24';
const number = (kind: string) => `示例〔2026〕${kind}`;
/** An agreement as the record has it: what the act's contract makes of the body, and the words that were kept. */
function agreed({ acts }: PublishedRecord, verb: string): WrittenAgreement | undefined {
  const act = acts.find(({ name }) => name.endsWith(verb));
  const contract = act && actContracts[act.name];
  if (contract === undefined) return undefined;
  const body = contract.schema.parse(act?.body) as {
    content: Record<string, string>;
    obligations: Array<{ what?: string }>;
  };
  const what = body.obligations.flatMap(({ what: words }, index) => (words ? [[`o${index + 1}`, words]] : []));
  return writtenAgreement(contract.facts(body) as unknown as AgreementTerms, {
    content: body.content,
    obligations: Object.fromEntries(what),
  });
}

/** The papers of the mediation, whatever came of it. */
function ofMediation(published: PublishedRecord, organisation: string): Papers {
  const { record } = published;
  const head = (kind: string) => ({ number: number(kind), madeOn: ON });
  const mediators = ['调解员（名册编号 M-01）'];
  return {
    mediationApplication: fillMediationApplication(record, {
      ...{ ...head('申1号'), organisation, appliedOn: record.registeredOn, form: 'oral', evidence: ['考勤记录'] },
    }),
    acceptanceNotice: fillAcceptanceNotice(record, {
      ...{ ...head('受1号'), organisation, mediators, appliedOn: record.registeredOn, acceptedOn: '2026-11-04' },
      ...{ endsOn: '2026-11-19', endsSource: '企业劳动争议协商调解规定 第二十九条', arbitrationFrom: '2026-11-17' },
    }),
    refusalNotice: fillRefusalNotice(record, {
      ...{ ...head('不1号'), organisation, appliedOn: record.registeredOn, ground: 'noConsent' },
      ...{ reason: '对方表示不愿调解', rightToArbitrate: true, limitation: { dueOn: '2027-11-02', provisional: true } },
    }),
    mediationRecord: fillMediationRecord(record, {
      ...{ ...head('录1号'), organisation, mediators, heldOn: '2026-11-06', channel: 'room', present: ['双方当事人'] },
      ...{
        statements: [{ speaker: '调解员', text: '告知双方权利义务' }],
        result: '双方愿意再谈',
        rightToArbitrate: false,
      },
    }),
    failureNotice: fillFailureNotice(record, {
      ...{ ...head('终1号'), organisation, acceptedOn: '2026-11-04', endedOn: '2026-11-19', outcome: 'expired' },
      ...{ rightToArbitrate: record.scope === 'labour', remedy: { zh: '可以向人民法院起诉。' } },
      limitation: { dueOn: '2027-11-19', provisional: true },
    }),
  };
}

function ofAgreement(published: PublishedRecord, agreement: WrittenAgreement, organisation: string): Papers {
  const { record } = published;
  const head = (kind: string) => ({ number: number(kind), madeOn: ON });
  const reference = {
    ...{ agreement, organisation, agreementNumber: number('调1号'), signedOn: '2026-11-10', effectiveOn: '2026-11-10' },
  };
  const addresses = record.parties
    .filter(({ id, kind }) => kind !== 'worker' || agreement.terms.coveredWorkers.includes(id))
    .map(({ id, address = '', phone = '' }) => ({ party: id, address, phone }));
  return {
    mediationAgreement: fillMediationAgreement(record, {
      ...{ ...head('调1号'), agreement, organisation, mediators: ['调解员（名册编号 M-01）'] },
    }),
    performanceNotice: fillPerformanceNotice(record, {
      ...{ ...head('履1号'), ...reference, reviewLastDay: '2026-11-25', confirmationLastDay: '2026-12-10' },
      due: Object.fromEntries(
        agreement.terms.obligations
          .flatMap(({ instalments }) => instalments)
          .map(({ id, daysAfterEffect = 30, dueOn }) => [id, dueOn ?? addDays('2026-11-10', daysAfterEffect)]),
      ),
    }),
    reviewApplication: fillReviewApplication(record, {
      ...{
        ...head('审1号'),
        ...reference,
        appliedOn: '2026-11-12',
        lastDay: '2026-11-25',
        commission: '劳动人事争议仲裁委员会',
      },
      ...{ papers: ['application', 'agreement', 'identity', 'qualification'], serviceAddresses: addresses },
    }),
    confirmationApplication: fillConfirmationApplication(record, {
      ...{ ...head('确1号'), ...reference, appliedOn: '2026-11-12', lastDay: '2026-12-10', court: '人民法院' },
      papers: ['agreement', 'proofOfMediation', 'identity', 'contacts'],
    }),
  };
}

function ofOrder({ record, acts }: PublishedRecord): Papers {
  const body = acts.find(({ name }) => name === 'paymentOrder.apply')?.body as
    | { amount: number; summary: string; appliedOn: string }
    | undefined;
  if (body === undefined) return {};
  const workers = record.parties.filter(({ kind }) => kind === 'worker');
  const fen = Math.round(body.amount * 100);
  const share = Math.floor(fen / workers.length);
  return {
    paymentOrderApplication: fillPaymentOrderApplication(record, {
      ...{
        number: number('支1号'),
        madeOn: ON,
        route: 'B',
        facts: body.summary,
        evidence: ['payslip'],
        court: '人民法院',
      },
      appliedOn: body.appliedOn,
      shares: workers.map(({ id }, index) => ({
        ...{ creditor: id, amountFen: index === 0 ? fen - share * (workers.length - 1) : share },
      })),
    }),
  };
}

/** Every paper that a published case has the facts for. */
export function papersOf(published: PublishedRecord): Papers {
  const { record, mediatedBy = '劳动争议调解组织' } = published;
  const head = (kind: string) => ({ number: number(kind), madeOn: ON });
  const settled = agreed(published, '.settle');
  const mediated = agreed(published, '.draftAgreement');
  return {
    negotiationRequest: fillNegotiationRequest(record, {
      ...{ ...head('协1号'), answer: { amount: 5, unit: 'calendarDays' }, reply: '到受理窗口或者来电' },
    }),
    ...(settled && { settlementAgreement: fillSettlementAgreement(record, { ...head('和1号'), agreement: settled }) }),
    ...ofMediation(published, mediatedBy),
    ...(mediated && ofAgreement(published, mediated, mediatedBy)),
    ...ofOrder(published),
    mediationSuggestion: fillMediationSuggestion(record, {
      ...{ ...head('建1号'), commission: '劳动人事争议仲裁委员会', organisation: { name: mediatedBy } },
      ...{ appliedOn: record.registeredOn, answerBy: '2026-11-05' },
    }),
    transferLetter: fillTransferLetter(record, {
      ...{ ...head('移1号'), from: '受理窗口', to: '劳动保障监察机构', reason: '属监察职责', papers: ['调解申请书'] },
      answerBy: '2026-11-09',
    }),
    archiveCover: fillArchiveCover(record, {
      ...{ ...head('卷1号'), organisation: mediatedBy, outcome: 'agreement', closedOn: ON, papers: 3, pages: 5 },
      ...{ acceptedOn: '2026-11-04', mediators: ['M-01'], performance: 'performed', archivedOn: ON },
    }),
    archiveIndex: fillArchiveIndex(record, {
      ...head('卷1号'),
      papers: [
        { kind: 'mediationApplication', number: number('申1号'), on: record.registeredOn, pages: 1 },
        { kind: 'mediationAgreement', number: number('调1号'), on: '2026-11-10', pages: 3 },
        { title: '身份证明复印件', on: record.registeredOn, pages: 1, note: '复印件' },
      ],
    }),
  };
}
