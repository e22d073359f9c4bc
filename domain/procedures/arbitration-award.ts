import type { Moment } from '../case/case.ts';
import { partyOf, sideOf } from '../case/case.ts';
import { checkParty } from '../case/known-party.ts';
import { firstRefusal, type Refusal, refuse } from '../refusal.ts';
import type { Decision } from '../rules.ts';
import {
  type ArbitrationState,
  type AwardDocument,
  type AwardReceived,
  documentOf,
  employerSide,
  INTERPRETATION,
  LAW,
  type RecordAward,
  type RightClock,
  sides,
  subjectOf,
} from './arbitration-state.ts';
import { type Act, checkPastDay, clockKey, type Effects, type Question, startClock } from './definition.ts';

const RECEIPT = 'arbitration.receipt';
const MONTHS = 12;

const recordAward: Act<ArbitrationState, RecordAward> = {
  event: 'arbitration.awarded',
  title: { zh: '登记仲裁裁决', en: 'Record the award' },
  legalRef: 'ARB-05',
  source: `${LAW} 第四十三条、第四十七条；劳动人事争议仲裁办案规则 第五十条`,
  by: ['arbitrator', 'operator'],
  open: ({ stage }) => stage === 'arbitrating',
  refuses: (state, input, at) =>
    firstRefusal(
      () => checkPastDay(input.awardedOn, at, '/awardedOn', state.docketedOn),
      () => checkItems(state, input),
    ),
  apply(state, input) {
    state.stage = 'awarded';
    state.awardedOn = input.awardedOn;
    state.twelveMonthsFen = input.monthlyMinimumFen * MONTHS;
    state.documents = input.documents.map(({ stated, items }, index) => ({
      ...{ id: index === 0 ? 'a1' : 'a2', stated, items, received: {} },
    }));
    return {
      stop: ['award', 'longstop', 'afterAgreement'].map((id) => clockKey(state, `arbitration.${id}`)),
      detail: { awardedOn: input.awardedOn, monthlyMinimumFen: input.monthlyMinimumFen, documents: input.documents },
    };
  },
};

/** Every item is for a party of the case, and answers a claim that the case has, if any. */
function checkItems({ case: snapshot }: ArbitrationState, { documents }: RecordAward): Refusal | undefined {
  for (const [number, { items }] of documents.entries())
    for (const [index, { claim, creditor }] of items.entries()) {
      const field = `/documents/${number}/items/${index}`;
      const stranger = checkParty(snapshot, creditor, `${field}/creditor`);
      if (stranger) return stranger;
      if (claim !== undefined && !snapshot.claims.some(({ id }) => id === claim))
        return refuse('unknown-claim', `本案没有请求 ${claim}。`, `The case has no claim ${claim}.`, {
          field: `${field}/claim`,
        });
    }
  return undefined;
}

/** What is asked of the rules about every item, in the order of the documents (L9). */
export const finalityQuestions = (state: ArbitrationState): Question[] =>
  state.documents.flatMap(({ stated, items }) =>
    items.map(({ subject, standards, creditor, amountFen }) => ({
      point: 'award.finality' as const,
      facts: {
        ...{ stated, subject, standards },
        creditorIsWorker: partyOf(state.case, creditor)?.kind === 'worker',
        withinTwelveMonths: amountFen !== undefined && amountFen <= (state.twelveMonthsFen ?? 0),
        personnelKind: state.case.facts.personnelKind,
      },
    })),
  );

/**
 * Takes the rules' answers: a document is final when each of its items is; one that mixes both is not
 * (解释（一） 第二十条). Then its receipt is waited for.
 */
export function judgeFinality(state: ArbitrationState, answers: Decision[], at: Moment): Effects {
  let from = 0;
  for (const document of state.documents) {
    const own = answers.slice(from, from + document.items.length);
    from += own.length;
    document.final = own.every(({ outcome }) => outcome.final === true);
  }
  return {
    start: [startClock(state, RECEIPT, { on: state.awardedOn ?? at.today, at })],
    detail: { final: Object.fromEntries(state.documents.map(({ id, final }) => [id, final])) },
  };
}

/** Which right its receipt gives a side: sue, or where the award is final and the side the employer's, ask to set aside. */
const rightOf = (state: ArbitrationState, { final }: AwardDocument, side: string): RightClock =>
  final !== true
    ? 'arbitration.suit'
    : side === employerSide(state)
      ? 'arbitration.setAside'
      : 'arbitration.workerSuit';

const ways = {
  'arbitration.suit': 'awardMayBeSued',
  'arbitration.workerSuit': 'awardMayBeSued',
  'arbitration.setAside': 'awardMayBeSetAside',
} as Partial<Record<RightClock, string>>;

/** A side has received a document: its time to act begins. The time of a side with several members runs from the last receipt. */
function receivedBy(
  state: ArbitrationState,
  document: AwardDocument,
  side: (typeof sides)[number],
  on: string,
  at: Moment,
) {
  document.received[side] = on;
  const right = rightOf(state, document, side);
  const subject = subjectOf(document.id, side);
  return {
    start: startClock(state, right, { on, at }, { subject }),
    tell: { template: ways[right] ?? 'reminder', to: side, clockKey: clockKey(state, right, subject) },
  };
}

const isReceived = (state: ArbitrationState): boolean =>
  state.documents.every(({ received }) => sides.every((side) => received[side] !== undefined));

const recordReceipt: Act<ArbitrationState, AwardReceived> = {
  event: 'arbitration.awardReceived',
  title: { zh: '登记收到裁决书', en: 'Record receipt of the award' },
  legalRef: 'FIN-04',
  source: `${LAW} 第四十八条、第四十九条、第五十条`,
  by: ['arbitrator', 'operator'],
  open: (state) => state.stage === 'awarded' && state.documents.some(({ fate }) => !fate),
  refuses: (state, input, at) => {
    const document = documentOf(state, input.document);
    const side = sideOf(state.case, input.party);
    return firstRefusal(
      () => checkDocument(document),
      // The rules are being asked; the API tries again by itself.
      () =>
        document?.final === undefined
          ? refuse(
              'procedure-closing',
              '正在判断是否终局，请稍后再试。',
              'Its finality is being judged; try again in a moment.',
            )
          : undefined,
      () => checkParty(state.case, input.party, '/party'),
      () => checkPastDay(input.receivedOn, at, '/receivedOn', state.awardedOn),
      () => {
        const known = side && document?.received[side];
        return known !== undefined && input.receivedOn <= known
          ? refuse(
              'act-not-open',
              `该方已登记于 ${known} 收到。`,
              `Receipt by that side on ${known} is recorded already.`,
              { field: '/receivedOn' },
            )
          : undefined;
      },
    );
  },
  apply(state, input, at) {
    const document = documentOf(state, input.document);
    const side = sideOf(state.case, input.party);
    if (!document || !side) return {};
    const { start, tell } = receivedBy(state, document, side, input.receivedOn, at);
    return {
      start: [start],
      stop: isReceived(state) ? [clockKey(state, RECEIPT)] : [],
      tell: [tell],
      detail: { document: document.id, party: input.party, receivedOn: input.receivedOn, final: document.final },
    };
  },
};

/** Nobody recorded a receipt: the times of the sides without one begin. */
export function deemReceived(state: ArbitrationState, on: string, at: Moment): Effects {
  const begun = state.documents.flatMap((document) =>
    sides
      .filter((side) => document.received[side] === undefined)
      .map((side) => receivedBy(state, document, side, on, at)),
  );
  return { start: begun.map(({ start }) => start), tell: begun.map(({ tell }) => tell) };
}

/** A document that is there and still open to be contested. */
export const checkDocument = (document: AwardDocument | undefined): Refusal | undefined =>
  document === undefined || document.fate !== undefined
    ? refuse('unknown-award', '没有这份裁决书，或者已经了结。', 'There is no such award, or it has been dealt with.', {
        field: '/document',
      })
    : undefined;

export const awardActs = {
  'arbitration.recordAward': recordAward,
  'arbitration.recordReceipt': recordReceipt,
};

/** As cited where the finality of an award is judged. */
export const FINALITY = `${LAW} 第四十七条；${INTERPRETATION} 第十八条至第二十条`;
