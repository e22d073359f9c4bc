import { sideOf } from '../case/case.ts';
import { checkParty } from '../case/known-party.ts';
import { firstRefusal, type Refusal, refuse } from '../refusal.ts';
import {
  type ChooseMediator,
  CONCLUSION,
  type Consent,
  type CourtMediationState,
  choose,
  conclusionClock,
  type DeclineTaking,
  end,
  INVITED,
  type Invite,
  type NameMediator,
  ONLINE,
  reassign,
  referralOf,
  type Take,
  takingKey,
} from './court-mediation-state.ts';
import { type Act, checkBothSides, checkPastDay, clockKey, type Effects, startClock } from './definition.ts';

const office = ['operator', 'mediator'] as const;
const sides = ['applicant', 'respondent'] as const;

/** 签字接收法院移交的材料；在线的，在平台确认接受. The mediation's time runs from this day. */
export const take: Act<CourtMediationState, Take> = {
  event: 'preLitigationMediation.taken',
  title: { zh: '接受法院委派、委托', en: 'Take the case from the court' },
  legalRef: 'CRT-06',
  source: `${ONLINE} 第十二条；${INVITED} 第二十七条`,
  by: office,
  open: (state) => state.stage === 'taking',
  refuses: (state, input, at) => checkPastDay(input.takenOn, at, '/takenOn', referralOf(state.case).receivedOn),
  apply(state, input, at) {
    const { kind } = referralOf(state.case);
    state.takenOn = input.takenOn;
    const conclusion = conclusionClock(state, input.takenOn, at);
    const detail = { takenOn: input.takenOn, kind, assignment: state.assignment };
    // 第十五条 speaks of 委派: what is entrusted after filing has the consent of both already.
    if (kind === 'entrusted') {
      const chosen = choose(state, input.takenOn, at);
      return { ...chosen, stop: [takingKey(state)], start: [conclusion, ...(chosen.start ?? [])], detail };
    }
    state.stage = 'inviting';
    return {
      stop: [takingKey(state)],
      start: [conclusion, startClock(state, 'preLitigationMediation.invitation', { on: input.takenOn, at })],
      tell: sides.map((to) => ({ template: 'courtCaseTaken', to, clockKey: conclusion.key })),
      detail,
    };
  },
};

export const declineTaking: Act<CourtMediationState, DeclineTaking> = {
  event: 'preLitigationMediation.takingDeclined',
  title: { zh: '不接受法院委派、委托', en: 'Not take the case' },
  legalRef: 'CRT-06',
  source: `${ONLINE} 第十二条`,
  by: office,
  open: (state) => state.stage === 'taking',
  apply(state, { ground }, at) {
    const stop = [takingKey(state)];
    const effects = reassign(state, at.today, at);
    return { ...effects, stop, detail: { ...effects.detail, declined: ground } };
  },
};

export const invite: Act<CourtMediationState, Invite> = {
  event: 'preLitigationMediation.invited',
  title: { zh: '通知对方并询问是否愿意调解', en: 'Notify the other side and ask whether it is willing' },
  legalRef: 'CRT-07',
  source: `${ONLINE} 第十五条`,
  by: office,
  open: (state) => state.stage === 'inviting',
  refuses: (state, input, at) => checkPastDay(input.invitedOn, at, '/invitedOn', state.takenOn),
  apply(state, input, at) {
    state.stage = 'consenting';
    state.invitedOn = input.invitedOn;
    const consent = startClock(state, 'preLitigationMediation.consent', { on: input.invitedOn, at });
    return {
      stop: [clockKey(state, 'preLitigationMediation.invitation')],
      start: [consent],
      tell: [{ template: 'courtMediationInvited', to: 'respondent', clockKey: consent.key }],
      detail: { invitedOn: input.invitedOn },
    };
  },
};

export const consent: Act<CourtMediationState, Consent> = {
  event: 'preLitigationMediation.consentGiven',
  title: { zh: '表示是否愿意调解', en: 'Say whether you are willing' },
  legalRef: 'CRT-10',
  source: `民事诉讼法 第一百二十五条；${ONLINE} 第四条`,
  by: ['operator', 'mediator', 'union', 'party:respondent'],
  within: 'preLitigationMediation.consent',
  open: (state) => state.stage === 'inviting' || state.stage === 'consenting',
  refuses: (state, input) => checkAsked(state, input),
  apply(state, { party, willing }, at) {
    state.consents.respondent = willing;
    const detail = { party, willing };
    if (!willing) return { ...end(state, 'refused'), detail };
    const stop = ['invitation', 'consent'].map((name) => clockKey(state, `preLitigationMediation.${name}`));
    return { ...choose(state, at.today, at), stop, detail };
  },
};

/** Whoever sued has agreed when the court delegated the case; the other side is asked, once. */
function checkAsked(state: CourtMediationState, { party }: Consent): Refusal | undefined {
  const stranger = checkParty(state.case, party, '/party');
  if (stranger) return stranger;
  return sideOf(state.case, party) === 'applicant'
    ? refuse('already-done', '这一方已经表示过。', 'This side has answered already.', { field: '/party' })
    : undefined;
}

/** The mediator is there: the mediation proper begins. */
function begin(state: CourtMediationState, mediatorId: string, by: 'parties' | 'court' | 'organisation'): Effects {
  state.stage = 'hearing';
  state.mediatorId = mediatorId;
  const stop = ['mediatorChoice', 'mediatorNaming'].map((name) => clockKey(state, `preLitigationMediation.${name}`));
  return {
    stop,
    tell: sides.map((to) => ({ template: 'courtMediationBegins', to, clockKey: clockKey(state, CONCLUSION) })),
    detail: { mediatorId, by },
  };
}

export const chooseMediator: Act<CourtMediationState, ChooseMediator> = {
  event: 'preLitigationMediation.mediatorChosen',
  title: { zh: '共同选定调解员', en: 'Choose a mediator jointly' },
  legalRef: 'CRT-05',
  source: `${ONLINE} 第十条；${INVITED} 第十二条`,
  by: ['operator', 'mediator', 'union'],
  within: 'preLitigationMediation.mediatorChoice',
  open: (state) => state.stage === 'choosing',
  refuses: (state, input) => checkBothSides(state, input.agreedBy, `${ONLINE} 第十条`),
  apply: (state, input) => begin(state, input.mediatorId, 'parties'),
};

export const nameMediator: Act<CourtMediationState, NameMediator> = {
  event: 'preLitigationMediation.mediatorNamed',
  title: { zh: '指定调解员', en: 'Name the mediator' },
  legalRef: 'CRT-05',
  source: `${ONLINE} 第十条；${INVITED} 第十二条`,
  by: ['court', 'operator', 'mediator'],
  open: (state) => state.stage === 'naming',
  refuses: (state, _input, at) =>
    firstRefusal(() =>
      referralOf(state.case).online === true && at.actor.role !== 'court'
        ? refuse('wrong-side', '在线调解的，由人民法院指定。', 'Online it is for the court to name the mediator.', {
            source: `${ONLINE} 第十条`,
          })
        : undefined,
    ),
  apply: (state, input, at) => begin(state, input.mediatorId, at.actor.role === 'court' ? 'court' : 'organisation'),
};
