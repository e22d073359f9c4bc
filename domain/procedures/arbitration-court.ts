import { type Clock, type Moment, type Side, sideOf } from '../case/case.ts';
import { firstRefusal, type Refusal, refuse } from '../refusal.ts';
import { checkDocument } from './arbitration-award.ts';
import { endArbitration, refusesSuitInstead, sueInstead } from './arbitration-filing.ts';
import {
  type ApplyToSetAside,
  type ArbitrationState,
  type AwardDocument,
  documentOf,
  employerSide,
  INTERPRETATION,
  LAW,
  type RightClock,
  type SetAsideRuling,
  type SueOnArbitration,
  type SuitEnded,
  sides,
  subjectOf,
} from './arbitration-state.ts';
import { type Act, checkPastDay, clockKey, clockOf, type Effects, startClock } from './definition.ts';

const COURT = 'arbitration.court';
const clerks = ['court', 'operator', 'arbitrator'] as const;

/** The clock of a side's right against a document, while it runs. */
const running = (state: ArbitrationState, document: AwardDocument, side: Side, ...rights: RightClock[]) =>
  rights
    .map((right) => clockOf(state, right, subjectOf(document.id, side)))
    .find((clock) => clock !== undefined && !clock.expired);

/** Every clock about a document. */
const clocksOf = ({ clocks }: ArbitrationState, { id }: AwardDocument): Clock[] =>
  clocks.filter(({ subject = '' }) => subject === id || subject.startsWith(`${id}:`));

const keysOf = (state: ArbitrationState, document: AwardDocument): string[] =>
  clocksOf(state, document).map(({ key }) => key);

const worstFirst = ['sued', 'setAside', 'lapsed', 'inForce'] as const;

/**
 * Looks whether anything may still happen to the award: when nobody may act any more and no court has it, it is in force
 * (FIN-01, FIN-04). `stopped` are the keys of clocks that end with the step.
 */
export function settle(state: ArbitrationState, stopped: string[] = []): void {
  for (const document of state.documents) {
    if (document.fate !== undefined || document.court !== undefined) continue;
    if (!sides.every((side) => document.received[side] !== undefined)) continue;
    const open = clocksOf(state, document).some(({ key, expired }) => !expired && !stopped.includes(key));
    if (!open) document.fate = document.annulled ? 'setAside' : 'inForce';
  }
  const fates = state.documents.map(({ fate }) => fate);
  const outcome = worstFirst.find((fate) => fates.includes(fate));
  if (outcome !== undefined && !fates.includes(undefined)) endArbitration(state, outcome);
}

/** What a court decides takes its place: nothing runs against the document any more. */
function closeDocument(
  state: ArbitrationState,
  document: AwardDocument,
  fate: NonNullable<AwardDocument['fate']>,
): Effects {
  document.fate = fate;
  const stop = keysOf(state, document);
  settle(state, stop);
  return { stop };
}

/** The right that is used must run for that side, and have been used by its last day; a clerk may write it down later. */
function checkRight(
  state: ArbitrationState,
  { document: id, party, filedOn }: { document?: string; party: string; filedOn: string },
  rights: RightClock[],
  source: string,
): Refusal | undefined {
  const document = documentOf(state, id ?? '');
  const side = sideOf(state.case, party);
  const clock = document && side && running(state, document, side, ...rights);
  return firstRefusal(
    () => checkDocument(document),
    () =>
      clock === undefined
        ? refuse('right-not-open', '该方没有这项权利，或者期限没有开始。', 'That side has no such right now.', {
            field: '/party',
            source,
          })
        : undefined,
    () =>
      clock !== undefined && filedOn > clock.dueOn
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
    state.stage !== 'ended' &&
    state.suit === undefined &&
    (state.suitOpen || state.documents.some(({ fate }) => !fate)),
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
    const side = sideOf(state.case, input.party);
    if (!document || !side) return sueInstead(state, input, at);
    const detail = { document: document.id, party: input.party, filedOn: input.filedOn };
    if (!running(state, document, side, 'arbitration.workerSuit'))
      return { ...closeDocument(state, document, 'sued'), detail };
    // FIN-05: the employer's way is closed by the worker's suit, and open again when that comes to nothing.
    document.court = { kind: 'suit', by: side, filedOn: input.filedOn };
    return { stop: keysOf(state, document), start: [courtWait(state, document, input.filedOn, at)], detail };
  },
};

const courtWait = (state: ArbitrationState, { id }: AwardDocument, on: string, at: Moment) =>
  startClock(state, COURT, { on, at }, { subject: id });

const recordSuitEnded: Act<ArbitrationState, SuitEnded> = {
  event: 'arbitration.suitEnded',
  title: {
    zh: '登记劳动者起诉的结果，或者不予受理后起诉的结果',
    en: "Record what came of the worker's suit, or of one on what was not accepted",
  },
  legalRef: 'FIN-05',
  source: `${INTERPRETATION} 第二十一条第二款；${LAW} 第二十九条`,
  by: clerks,
  open: (state) => state.suit !== undefined || state.documents.some(({ court }) => court?.kind === 'suit'),
  refuses: (state, input, at) =>
    firstRefusal(
      () => (state.suit === undefined ? checkCourt(state, input.document ?? '', 'suit') : undefined),
      () => checkPastDay(input.receivedOn, at, '/receivedOn', suitOf(state, input)?.filedOn),
    ),
  apply(state, input, at) {
    if (state.suit !== undefined)
      return { ...endArbitration(state, 'sued'), detail: { how: input.how, receivedOn: input.receivedOn } };
    const document = documentOf(state, input.document ?? '');
    if (!document) return {};
    document.court = undefined;
    const detail = { document: document.id, how: input.how, receivedOn: input.receivedOn };
    if (input.how === 'judged') return { ...closeDocument(state, document, 'sued'), detail };
    const side = employerSide(state);
    const right = 'arbitration.setAsideAfterSuit';
    const subject = subjectOf(document.id, side);
    return {
      stop: [clockKey(state, COURT, document.id)],
      start: [startClock(state, right, { on: input.receivedOn, at }, { subject })],
      tell: [{ template: 'awardMayBeSetAside', to: side, clockKey: clockKey(state, right, subject) }],
      detail,
    };
  },
};

/** The suit that has ended. */
const suitOf = (state: ArbitrationState, { document }: SuitEnded) =>
  state.suit ?? documentOf(state, document ?? '')?.court;

const checkCourt = (state: ArbitrationState, id: string, kind: 'suit' | 'setAside'): Refusal | undefined =>
  documentOf(state, id)?.court?.kind === kind ? undefined : checkDocument(undefined);

const applyToSetAside: Act<ArbitrationState, ApplyToSetAside> = {
  event: 'arbitration.setAsideAsked',
  title: { zh: '登记用人单位申请撤销裁决', en: 'Record that the employer asks for setting aside' },
  legalRef: 'FIN-02',
  source: `${LAW} 第四十九条第一款`,
  by: clerks,
  open: (state) => state.documents.some(({ final, fate }) => final === true && !fate),
  refuses: (state, input, at) =>
    firstRefusal(
      () => checkPastDay(input.filedOn, at, '/filedOn', state.awardedOn),
      () =>
        checkRight(
          state,
          input,
          ['arbitration.setAside', 'arbitration.setAsideAfterSuit'],
          `${LAW} 第四十九条第一款；${INTERPRETATION} 第二十一条第二款`,
        ),
    ),
  apply(state, input, at) {
    const document = documentOf(state, input.document);
    const side = sideOf(state.case, input.party);
    const clock =
      document && side && running(state, document, side, 'arbitration.setAside', 'arbitration.setAsideAfterSuit');
    if (!document || !side || !clock) return {};
    document.court = { kind: 'setAside', by: side, filedOn: input.filedOn };
    return {
      stop: [clock.key],
      start: [courtWait(state, document, input.filedOn, at)],
      detail: { document: document.id, party: input.party, filedOn: input.filedOn, ground: input.ground },
    };
  },
};

const recordRuling: Act<ArbitrationState, SetAsideRuling> = {
  event: 'arbitration.setAsideRuled',
  title: { zh: '登记撤销申请的裁定', en: 'Record the ruling on setting aside' },
  legalRef: 'FIN-03',
  source: `${LAW} 第四十九条第二款、第三款`,
  by: clerks,
  open: (state) => state.documents.some(({ court }) => court?.kind === 'setAside'),
  refuses: (state, input, at) =>
    firstRefusal(
      () => checkCourt(state, input.document, 'setAside'),
      ...sides.map((side) => () => {
        const field = `${side}ReceivedOn` as const;
        return checkPastDay(input[field], at, `/${field}`, documentOf(state, input.document)?.court?.filedOn);
      }),
    ),
  apply(state, input, at) {
    const document = documentOf(state, input.document);
    if (!document) return {};
    document.court = undefined;
    const detail = { ...input };
    const wait = clockKey(state, COURT, document.id);
    if (!input.setAside) {
      settle(state, [wait]);
      return { stop: [wait], detail };
    }
    document.annulled = true;
    const right = 'arbitration.suitAfterSetAside';
    return {
      stop: keysOf(state, document),
      start: sides.map((side) =>
        startClock(state, right, { on: input[`${side}ReceivedOn`], at }, { subject: subjectOf(document.id, side) }),
      ),
      tell: sides.map((to) => ({
        ...{ template: 'awardMayBeSued', to },
        clockKey: clockKey(state, right, subjectOf(document.id, to)),
      })),
      detail,
    };
  },
};

/** Nothing was heard of a court in a year: the record ends with what is known. */
export function noWord(state: ArbitrationState, { subject = '' }: Clock): Effects {
  if (state.suit !== undefined) return endArbitration(state, 'sued');
  const document = documentOf(state, subject);
  return document ? closeDocument(state, document, document.court?.kind === 'suit' ? 'sued' : 'lapsed') : {};
}

export const courtActs = {
  'arbitration.recordSuit': recordSuit,
  'arbitration.recordSuitEnded': recordSuitEnded,
  'arbitration.applyToSetAside': applyToSetAside,
  'arbitration.recordSetAsideRuling': recordRuling,
};
