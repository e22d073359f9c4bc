import { type Clock, type Moment, type PartyId, partyOf } from '../case/case.ts';
import { checkParty } from '../case/known-party.ts';
import { representedBy } from '../case/representation.ts';
import { firstRefusal, type Refusal, refuse } from '../refusal.ts';
import type { Decision } from '../rules.ts';
import type { LegalDay } from '../time/types.ts';
import { beginRights, isOpen } from './arbitration-shares.ts';
import {
  type ArbitrationState,
  type AwardDocument,
  type AwardReceived,
  aboutOf,
  documentOf,
  employersIn,
  INTERPRETATION,
  LAW,
  type RecordAward,
  type RightClock,
  subjectOf,
  workersIn,
} from './arbitration-state.ts';
import { receivedBefore } from './beside.ts';
import { isLeft, leave, received } from './deemed-service.ts';
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
      ...{ id: index === 0 ? 'a1' : 'a2', stated, items, received: {}, rights: [] },
      shares: workersIn(state).map((worker) => ({ worker })),
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

/** Which right its receipt gives a party: sue, or where the award is final and the party an employer, ask to set aside. */
const rightOf = (state: ArbitrationState, { final }: AwardDocument, party: PartyId): RightClock =>
  final !== true
    ? 'arbitration.suit'
    : employersIn(state).includes(party)
      ? 'arbitration.setAside'
      : 'arbitration.workerSuit';

/** These have received a document on that day: the time of each begins. */
function receivedBy(state: ArbitrationState, document: AwardDocument, parties: PartyId[], on: LegalDay, at: Moment) {
  for (const party of parties) document.received[party] = on;
  return beginRights(
    state,
    document,
    parties.map((party) => ({ right: rightOf(state, document, party), party, on })),
    at,
  );
}

/** The parties who have not received a document. */
const without = (state: ArbitrationState, { received }: AwardDocument): PartyId[] =>
  state.case.parties.map(({ id }) => id).filter((id) => received[id] === undefined);

const recordReceipt: Act<ArbitrationState, AwardReceived> = {
  event: 'arbitration.awardReceived',
  title: { zh: '登记收到裁决书', en: 'Record receipt of the award' },
  legalRef: 'FIN-04',
  source: `${LAW} 第四十八条、第四十九条、第五十条`,
  by: ['arbitrator', 'operator'],
  open: (state) => state.stage === 'awarded' && state.documents.some(isOpen),
  refuses: (state, input, at) => {
    const document = documentOf(state, input.document);
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
      () => receivedBefore(document?.received[input.party]),
    );
  },
  apply(state, { party, receivedOn, ...input }, at) {
    const document = documentOf(state, input.document);
    if (!document) return {};
    const subject = subjectOf(document, party);
    if (isLeft(input)) {
      document.left = { ...document.left, [party]: receivedOn };
      const left = leave(state, input, { on: receivedOn, subject }, at);
      return { ...left, detail: { document: document.id, party, ...left.detail } };
    }
    return {
      ...receivedFor(state, document, party, receivedOn, at),
      detail: { document: document.id, party, receivedOn, final: document.final },
    };
  },
};

/** A party has received it, or it counts as received, on that day; so have those whom it was chosen to act for. */
function receivedFor(
  state: ArbitrationState,
  document: AwardDocument,
  party: PartyId,
  on: LegalDay,
  at: Moment,
): Effects {
  const others = representedBy(state.case, party).filter((one) => document.received[one] === undefined);
  const parties = [party, ...others];
  const begun = receivedBy(state, document, parties, on, at);
  const { [party]: _, ...left } = document.left ?? {};
  document.left = left;
  const all = state.documents.every((one) => without(state, one).length === 0);
  const waited = parties.map((one) => subjectOf(document, one));
  return { ...begun, stop: [...received(state, waited), ...(all ? [clockKey(state, RECEIPT)] : [])] };
}

/** Nobody recorded a receipt: the times of the parties without one begin, but for those who wait for what was left (ARB-06). */
export function deemReceived(state: ArbitrationState, on: string, at: Moment): Effects {
  const begun = state.documents.map((document) => {
    const { left = {} } = document;
    const silent = without(state, document).filter((party) => left[party] === undefined);
    return receivedBy(state, document, silent, on, at);
  });
  return { start: begun.flatMap(({ start }) => start), tell: begun.flatMap(({ tell }) => tell) };
}

/** What was left or put up counts as received by now (ARB-06). */
export function deemServed(state: ArbitrationState, { subject, dueOn }: Clock, at: Moment): Effects {
  const about = aboutOf(subject);
  const document = state.documents.find(({ id }) => id === about.document);
  if (!document || about.party === undefined) return {};
  return receivedFor(state, document, about.party, dueOn, at);
}

/** A document that is there and still open to be contested. */
export const checkDocument = (document: AwardDocument | undefined): Refusal | undefined =>
  document === undefined || !isOpen(document)
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
