import type { Clock, Moment, PartyId } from '../case/case.ts';
import type { NoticeTemplate } from '../notices.ts';
import { firstRefusal, type Refusal, refuse } from '../refusal.ts';
import type { LegalDay } from '../time/types.ts';
import {
  allReceived,
  type BesideState,
  bound,
  checkParty,
  endBeside,
  givePaper,
  type Objection,
  type Received,
  refusalToReceive,
} from './beside.ts';
import {
  type Act,
  type AnyAct,
  checkPastDay,
  clockKey,
  clockOf,
  type Effects,
  startClock,
  type Tell,
} from './definition.ts';
import { isLate } from './late-authority.ts';

const ARTICLE = '最高人民法院关于适用《民事诉讼法》的解释 第三百七十二条';
const RECEIPT = 'judicialConfirmation.receipt';
const BY_PARTY = 'judicialConfirmation.partyObjection';
const BY_OTHERS = 'judicialConfirmation.thirdPartyObjection';
const DECISION = 'judicialConfirmation.objectionDecision';
const LONGSTOP = 'judicialConfirmation.longstop';

const sides = ['applicant', 'respondent'] as const;
const bothSides = (template: NoticeTemplate, clockKey?: string): Tell[] =>
  sides.map((to) => ({ template, to, ...(clockKey === undefined ? {} : { clockKey }) }));

export interface FileObjection {
  by: PartyId | 'interestedParty';
  filedOn: LegalDay;
}
export interface OnObjection {
  objection: string;
}
export interface ChangeRuling extends OnObjection {
  /** Obligations that the new ruling does not confirm. */
  without: string[];
}

/** The ruling is given: its receipt is waited for, and third parties have their six months. */
export function startObjections(state: BesideState, at: Moment): Effects {
  state.stage = 'objecting';
  state.objections = [];
  const ruled = { on: at.today, at };
  return {
    start: [startClock(state, RECEIPT, ruled), startClock(state, BY_OTHERS, ruled)],
    tell: bothSides('agreementConfirmed'),
  };
}

/** The ruling stands when everybody's time to object has run out and no objection waits for its decision. */
function settle(state: BesideState): void {
  const over = [clockOf(state, BY_OTHERS), ...bound(state).map((party) => clockOf(state, BY_PARTY, party))];
  if (!over.every((clock) => clock?.expired === true) || state.objections?.some(({ decision }) => !decision)) return;
  state.stage = 'ended';
  state.outcome = 'confirmed';
}

/** Ends the wait for objections because another agreement of the case is brought before the court. */
export function makeWay(state: BesideState): void {
  if (state.stage !== 'objecting') return;
  state.stage = 'ended';
  state.outcome = 'confirmed';
}

const recordReceipt: Act<BesideState, Received> = {
  event: 'judicialConfirmation.received',
  title: { zh: '登记收到确认裁定', en: 'Record receipt of the ruling' },
  legalRef: 'JC-08',
  source: ARTICLE,
  by: ['court', 'operator'],
  open: (state) => state.stage === 'objecting',
  refuses: refusalToReceive,
  apply(state, input, at) {
    state.received[input.party] = input.receivedOn;
    return {
      start: [startClock(state, BY_PARTY, { on: input.receivedOn, at }, { subject: input.party })],
      stop: allReceived(state) ? [clockKey(state, RECEIPT)] : [],
      detail: { party: input.party, receivedOn: input.receivedOn },
    };
  },
};

const object: Act<BesideState, FileObjection> = {
  event: 'judicialConfirmation.objected',
  title: { zh: '对确认裁定提出异议', en: 'Object to the ruling' },
  legalRef: 'JC-08',
  source: ARTICLE,
  by: ['court', 'operator', 'party:applicant', 'party:respondent'],
  open: (state) => state.stage === 'objecting',
  refuses(state, { by, filedOn }, at) {
    const { actor } = at;
    return firstRefusal(
      () => (by === 'interestedParty' ? undefined : checkParty(state, by, '/by')),
      () =>
        actor.role === 'party' && by !== actor.partyId
          ? refuse('wrong-side', '只能以自己的名义提出异议。', 'A party objects in its own name only.', {
              field: '/by',
            })
          : undefined,
      () => checkPastDay(filedOn, at, '/filedOn', state.paper?.on),
      () => {
        // When a third party came to know is for the court to find; only the parties' days are known here.
        const clock = by === 'interestedParty' ? undefined : clockOf(state, BY_PARTY, by);
        // A clerk may record the day after what was filed in time.
        return clock && (filedOn > clock.dueOn || (actor.role === 'party' && at.now >= clock.dueAt))
          ? refuse(
              'deadline-passed',
              `异议期已于 ${clock.dueOn} 24:00 届满。`,
              `The time to object ended on ${clock.dueOn} at 24:00.`,
              { field: '/filedOn', source: ARTICLE },
            )
          : undefined;
      },
      () =>
        by !== 'interestedParty' && state.objections?.some((one) => one.by === by && !one.decision)
          ? refuse('objection-pending', '该当事人的异议尚未决定。', 'An objection of that party awaits its decision.')
          : undefined,
    );
  },
  apply(state, { by, filedOn }, at) {
    const id = `b${(state.objections?.length ?? 0) + 1}`;
    state.objections = [...(state.objections ?? []), { id, by, filedOn }];
    const decision = startClock(state, DECISION, { on: filedOn, at }, { subject: id });
    return {
      start: [decision],
      tell: [...bothSides('objectionFiled'), { template: 'objectionFiled', to: 'court', clockKey: decision.key }],
      detail: { objection: id, by, filedOn },
    };
  },
};

const pending = (state: BesideState, id: string): Objection | undefined =>
  state.objections?.find((one) => one.id === id && !one.decision);

/** The court's answer to an objection; both are open and refused alike. */
const decide = <Input extends OnObjection = OnObjection>(
  more: Pick<Act<BesideState, Input>, 'event' | 'title' | 'apply'> & Partial<Pick<Act<BesideState, Input>, 'refuses'>>,
): Act<BesideState, Input> => ({
  legalRef: 'JC-08',
  source: ARTICLE,
  by: ['court'],
  open: (state) => state.stage === 'objecting' && (state.objections ?? []).some(({ decision }) => !decision),
  ...more,
  refuses: (state, input, at) => checkPending(state, input.objection) ?? more.refuses?.(state, input, at),
});

const checkPending = (state: BesideState, objection: string): Refusal | undefined =>
  pending(state, objection)
    ? undefined
    : refuse('unknown-objection', `没有待决定的异议 ${objection}。`, `No objection ${objection} awaits a decision.`, {
        field: '/objection',
      });

const uphold = decide({
  event: 'judicialConfirmation.objectionUpheld',
  title: { zh: '异议成立，撤销确认裁定', en: 'Uphold the objection and revoke the ruling' },
  apply(state, { objection }, at) {
    const one = pending(state, objection);
    if (one) one.decision = 'upheld';
    return { ...endBeside(state, 'revoked', at.today), detail: { objection } };
  },
});

const reject = decide({
  event: 'judicialConfirmation.objectionRejected',
  title: { zh: '裁定驳回异议', en: 'Reject the objection' },
  apply(state, { objection }) {
    const one = pending(state, objection);
    if (one) one.decision = 'rejected';
    settle(state);
    return {
      stop: [clockKey(state, DECISION, objection), clockKey(state, LONGSTOP, objection)],
      tell: bothSides('objectionRejected'),
      detail: { objection },
    };
  },
});

/** 部分成立: the new ruling confirms what is left, and that stays enforceable. */
const change = decide<ChangeRuling>({
  event: 'judicialConfirmation.rulingChanged',
  title: { zh: '异议部分成立，改变确认裁定', en: 'Uphold the objection in part and change the ruling' },
  refuses(state, { without }) {
    const all = (state.case.agreement?.obligations ?? []).map(({ id }) => id);
    const stranger = without.find((id) => !all.includes(id));
    if (stranger !== undefined)
      return refuse('unknown-obligation', `协议中没有 ${stranger}。`, `The agreement has no ${stranger}.`, {
        field: '/without',
      });
    const out = new Set([...(state.paper?.without ?? []), ...without]);
    return out.size < all.length
      ? undefined
      : refuse(
          'nothing-confirmed',
          '没有余下的确认内容，应当撤销裁定。',
          'Nothing would be left confirmed: the ruling is to be revoked.',
          { field: '/without', source: ARTICLE },
        );
  },
  apply(state, { objection, without }, at) {
    const one = pending(state, objection);
    if (one) one.decision = 'partlyUpheld';
    const out = [...new Set([...(state.paper?.without ?? []), ...without])].sort();
    givePaper(state, 'confirmed', at.today, true);
    if (state.paper) state.paper.without = out;
    settle(state);
    return {
      stop: [clockKey(state, DECISION, objection), clockKey(state, LONGSTOP, objection)],
      tell: bothSides('rulingChanged'),
      detail: { objection, without: out },
    };
  },
});

/** The acts that are open once the court has confirmed. */
export const objectionActs: Record<string, AnyAct<BesideState>> = {
  'judicialConfirmation.recordReceipt': recordReceipt,
  'judicialConfirmation.object': object,
  'judicialConfirmation.upholdObjection': uphold,
  'judicialConfirmation.changeRuling': change,
  'judicialConfirmation.rejectObjection': reject,
};

/** All that a silence may mean while objections may come, by the clock. */
export const objectionSilences = {
  receipt: ['deemedReceived'],
  partyObjection: ['noObjection'],
  thirdPartyObjection: ['noObjection'],
  objectionDecision: ['waitLongstop', 'lapsed'],
  longstop: ['lapsed'],
};

/** What silence does while objections may come: in the end the ruling stands, unless the court itself revokes it. */
export function objectionSilence(state: BesideState, clock: Clock, outcome: string, at: Moment): Effects | undefined {
  const from = { on: clock.dueOn, at };
  const objection = clock.subject ?? '';
  switch (outcome) {
    case 'deemedReceived': {
      const silent = bound(state).filter((party) => state.received[party] === undefined);
      return {
        start: silent.map((party) => ({
          ...startClock(state, BY_PARTY, from, { subject: party }),
          anchorAt: clock.dueAt,
        })),
      };
    }
    case 'waitLongstop':
      return isLate(state, clock, LONGSTOP, 'court', at, objection);
    case 'noObjection':
      settle(state);
      return {};
    case 'lapsed': {
      const undecided = pending(state, objection);
      if (undecided) undecided.decision = 'undecided';
      settle(state);
      return {};
    }
    default:
      return undefined;
  }
}

/** A party is reminded of its own time, the court of what it has to decide; who else may object nobody knows. */
export function objectionReminds(_state: BesideState, clock: Clock): Array<Tell['to']> {
  if (clock.deadlineId === BY_PARTY) return [{ party: clock.subject ?? '' }];
  if (clock.deadlineId === BY_OTHERS) return [];
  return [clock.deadlineId === DECISION ? 'court' : 'operator'];
}
