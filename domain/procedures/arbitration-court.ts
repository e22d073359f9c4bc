import { type Clock, type Moment, type PartyId, sideOf } from '../case/case.ts';
import { checkParty } from '../case/known-party.ts';
import { firstRefusal, type Refusal, refuse } from '../refusal.ts';
import type { LegalDay } from '../time/types.ts';
import { checkDocument } from './arbitration-award.ts';
import { endArbitration, refusesSuitInstead, sueInstead } from './arbitration-filing.ts';
import { beginRights, COURT, clocksOf, decide, endRights, isOpen, settle, sharesAbout } from './arbitration-shares.ts';
import {
  type ApplyToSetAside,
  type ArbitrationState,
  type AwardDocument,
  type AwardShare,
  aboutOf,
  documentOf,
  employersIn,
  INTERPRETATION,
  LAW,
  type RightClock,
  type SetAsideRuling,
  type SueOnArbitration,
  type SuitEnded,
  sides,
  subjectOf,
} from './arbitration-state.ts';
import { type Act, checkPastDay, type Effects, startClock } from './definition.ts';

const clerks = ['court', 'operator', 'arbitrator'] as const;

/** The clocks of a party's rights against a document, while they run. */
const running = (state: ArbitrationState, document: AwardDocument, party: PartyId, rights: RightClock[]): Clock[] =>
  clocksOf(state, document).filter(
    ({ deadlineId, subject, expired }) =>
      !expired && aboutOf(subject).party === party && rights.some((right) => right === deadlineId),
  );

/** The rights that a party uses by what it filed that day, and the shares of the award that this is about. */
function usedBy(
  state: ArbitrationState,
  document: AwardDocument,
  { party, filedOn }: { party: PartyId; filedOn: string },
  rights: RightClock[],
): { used: Clock[]; shares: AwardShare[] } {
  const used = running(state, document, party, rights).filter(({ dueOn }) => filedOn <= dueOn);
  return {
    used,
    shares: document.shares.filter((one) => used.some((clock) => sharesAbout(document, clock).includes(one))),
  };
}

/** The right that is used must run for that party, and have been used by its last day; a clerk may write it down later. */
function checkRight(
  state: ArbitrationState,
  { document: id, ...input }: { document?: string; party: PartyId; filedOn: string },
  rights: RightClock[],
  source: string,
): Refusal | undefined {
  const document = documentOf(state, id ?? '');
  const clock = document && running(state, document, input.party, rights).at(-1);
  return firstRefusal(
    () => checkDocument(document),
    () =>
      clock === undefined
        ? refuse('right-not-open', '该当事人没有这项权利，或者期限没有开始。', 'That party has no such right now.', {
            field: '/party',
            source,
          })
        : undefined,
    () =>
      document && clock && usedBy(state, document, input, rights).used.length === 0
        ? refuse(
            'deadline-passed',
            `期限已于 ${clock.dueOn} 24:00 届满。`,
            `The time for this ended on ${clock.dueOn} at 24:00.`,
            { field: '/filedOn', source: clock.source },
          )
        : undefined,
  );
}

const suits: RightClock[] = ['arbitration.workerSuit', 'arbitration.suit', 'arbitration.suitAfterSetAside'];

const recordSuit: Act<ArbitrationState, SueOnArbitration> = {
  event: 'arbitration.suitFiled',
  title: { zh: '登记起诉', en: 'Record a suit' },
  legalRef: 'FIN-04',
  source: `${LAW} 第四十八条、第四十九条第三款、第五十条`,
  by: clerks,
  open: (state) =>
    state.stage !== 'ended' && state.suit === undefined && (state.suitOpen || state.documents.some(isOpen)),
  refuses: (state, input, at) =>
    firstRefusal(
      () => checkPastDay(input.filedOn, at, '/filedOn', state.awardedOn ?? state.filedOn),
      () =>
        state.stage === 'awarded'
          ? checkRight(state, input, suits, `${LAW} 第四十八条、第五十条`)
          : refusesSuitInstead(state, input),
    ),
  apply(state, input, at) {
    const document = documentOf(state, input.document ?? '');
    if (!document) return sueInstead(state, input, at);
    const { party, filedOn } = input;
    const { used, shares } = usedBy(state, document, input, suits);
    const detail = { document: document.id, party, filedOn };
    if (!used.some(({ deadlineId }) => deadlineId === 'arbitration.workerSuit'))
      return { ...decide(state, document, shares, 'sued'), detail };
    // FIN-05: the employer's way against this worker is closed by his suit, and open again when that comes to nothing.
    for (const share of shares) share.court = { kind: 'suit', filedOn };
    return {
      stop: endRights(state, document, used),
      start: [courtWait(state, subjectOf(document, party), filedOn, at)],
      detail,
    };
  },
};

const courtWait = (state: ArbitrationState, subject: string, on: string, at: Moment) =>
  startClock(state, COURT, { on, at }, { subject });

const recordSuitEnded: Act<ArbitrationState, SuitEnded> = {
  event: 'arbitration.suitEnded',
  title: {
    zh: '登记劳动者起诉的结果，或者不予受理后起诉的结果',
    en: "Record what came of the worker's suit, or of one on what was not accepted",
  },
  legalRef: 'FIN-05',
  source: `${INTERPRETATION} 第二十一条第二款；${LAW} 第二十九条`,
  by: clerks,
  open: (state) => state.suit !== undefined || state.documents.some((document) => before(document, 'suit').length > 0),
  refuses: (state, input, at) =>
    firstRefusal(
      () => (state.suit === undefined ? checkSuit(documentOf(state, input.document ?? ''), input) : undefined),
      () => checkPastDay(input.receivedOn, at, '/receivedOn', suitOf(state, input)?.filedOn),
    ),
  apply(state, input, at) {
    if (state.suit !== undefined)
      return { ...endArbitration(state, 'sued'), detail: { how: input.how, receivedOn: input.receivedOn } };
    const document = documentOf(state, input.document ?? '');
    const [share] = document ? suitsOf(document, input) : [];
    if (!document || !share) return {};
    const { worker } = share;
    const detail = { document: document.id, party: worker, how: input.how, receivedOn: input.receivedOn };
    if (input.how === 'judged') return { ...decide(state, document, [share], 'sued'), detail };
    share.court = undefined;
    const stop = endRights(state, document);
    const right = 'arbitration.setAsideAfterSuit';
    const holders = employersIn(state).map(
      (party) => ({ right, party, against: worker, on: input.receivedOn }) as const,
    );
    return { stop, ...beginRights(state, document, holders, at), detail };
  },
};

/** The shares that such a court has before it. */
const before = ({ shares }: AwardDocument, kind: 'suit' | 'setAside'): AwardShare[] =>
  shares.filter(({ court }) => court?.kind === kind);

/** The suits of workers that are meant: the named worker's, or whichever are pending. */
const suitsOf = (document: AwardDocument, { party }: SuitEnded): AwardShare[] =>
  before(document, 'suit').filter(({ worker }) => party === undefined || worker === party);

const suitOf = (state: ArbitrationState, input: SuitEnded) => {
  const document = documentOf(state, input.document ?? '');
  return state.suit ?? (document && suitsOf(document, input)[0]?.court);
};

/** The suit that has ended must be pending, and be told from those of others. */
function checkSuit(document: AwardDocument | undefined, input: SuitEnded): Refusal | undefined {
  const meant = document ? suitsOf(document, input) : [];
  if (meant.length === 0) return checkDocument(undefined);
  return meant.length === 1
    ? undefined
    : refuse(
        'unknown-party',
        '有多名劳动者的诉讼未结，请写明是哪一位的。',
        'The suits of several workers are pending: say whose has ended.',
        { field: '/party' },
      );
}

const applications: RightClock[] = ['arbitration.setAside', 'arbitration.setAsideAfterSuit'];

const applyToSetAside: Act<ArbitrationState, ApplyToSetAside> = {
  event: 'arbitration.setAsideAsked',
  title: { zh: '登记用人单位申请撤销裁决', en: 'Record that the employer asks for setting aside' },
  legalRef: 'FIN-02',
  source: `${LAW} 第四十九条第一款`,
  by: clerks,
  open: (state) => state.documents.some((document) => document.final === true && isOpen(document)),
  refuses: (state, input, at) =>
    firstRefusal(
      () => checkPastDay(input.filedOn, at, '/filedOn', state.awardedOn),
      () => checkRight(state, input, applications, `${LAW} 第四十九条第一款；${INTERPRETATION} 第二十一条第二款`),
    ),
  apply(state, input, at) {
    const document = documentOf(state, input.document);
    if (!document) return {};
    const { party, filedOn, ground } = input;
    const { used, shares } = usedBy(state, document, input, applications);
    for (const share of shares) share.court = { kind: 'setAside', filedOn };
    return {
      stop: endRights(state, document, used),
      start: [courtWait(state, document.id, filedOn, at)],
      detail: { document: document.id, party, filedOn, ground },
    };
  },
};

const recordRuling: Act<ArbitrationState, SetAsideRuling> = {
  event: 'arbitration.setAsideRuled',
  title: { zh: '登记撤销申请的裁定', en: 'Record the ruling on setting aside' },
  legalRef: 'FIN-03',
  source: `${LAW} 第四十九条第二款、第三款`,
  by: clerks,
  open: (state) => state.documents.some((document) => before(document, 'setAside').length > 0),
  refuses: (state, input, at) =>
    firstRefusal(
      () => (askedOf(state, input).length === 0 ? checkDocument(undefined) : undefined),
      ...sides.map((side) => () => checkReceived(state, input, input[`${side}ReceivedOn`], `/${side}ReceivedOn`, at)),
      ...(input.apart ?? []).flatMap(({ party, receivedOn }, index) => [
        () => checkParty(state.case, party, `/apart/${index}/party`),
        () => checkReceived(state, input, receivedOn, `/apart/${index}/receivedOn`, at),
      ]),
    ),
  apply(state, input, at) {
    const document = documentOf(state, input.document);
    if (!document) return {};
    const shares = askedOf(state, input);
    for (const share of shares) {
      share.court = undefined;
      if (input.setAside) share.annulled = true;
    }
    const stop = endRights(state, document);
    const detail = { ...input };
    if (!input.setAside) {
      settle(state);
      return { stop, detail };
    }
    // Against one of several the employer's time must not be taken for that against the others.
    const [only, another] = shares;
    const against = only && another === undefined ? { against: only.worker } : {};
    const holders = [
      ...shares.map(({ worker }) => ({ party: worker })),
      ...employersIn(state).map((party) => ({ party, ...against })),
    ].map((holder) => ({
      ...holder,
      right: 'arbitration.suitAfterSetAside' as const,
      on: receiptOf(state, input, holder.party),
    }));
    return { stop, ...beginRights(state, document, holders, at), detail };
  },
};

const checkReceived = (state: ArbitrationState, ruling: SetAsideRuling, on: LegalDay, field: string, at: Moment) =>
  checkPastDay(on, at, field, askedOf(state, ruling)[0]?.court?.filedOn);

/** The day on which a party received the ruling. */
const receiptOf = (state: ArbitrationState, ruling: SetAsideRuling, party: PartyId): LegalDay =>
  ruling.apart?.find((one) => one.party === party)?.receivedOn ??
  ruling[`${sideOf(state.case, party) ?? 'applicant'}ReceivedOn`];

/** What the court has been asked to set aside of the document. */
const askedOf = (state: ArbitrationState, { document: id }: SetAsideRuling): AwardShare[] => {
  const document = documentOf(state, id);
  return document ? before(document, 'setAside') : [];
};

/** Nothing was heard of a court in a year: the record ends with what is known. */
export function noWord(state: ArbitrationState, clock: Clock): Effects {
  if (state.suit !== undefined) return endArbitration(state, 'sued');
  const { document: id = '', party } = aboutOf(clock.subject);
  const document = documentOf(state, id);
  return document ? decide(state, document, sharesAbout(document, clock), party === undefined ? 'lapsed' : 'sued') : {};
}

export const courtActs = {
  'arbitration.recordSuit': recordSuit,
  'arbitration.recordSuitEnded': recordSuitEnded,
  'arbitration.applyToSetAside': applyToSetAside,
  'arbitration.recordSetAsideRuling': recordRuling,
};
