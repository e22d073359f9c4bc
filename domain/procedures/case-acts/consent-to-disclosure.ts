import type { PartyId } from '../../case/case.ts';
import { isDisclosed, SHIELD } from '../../case/disclosure.ts';
import { checkParty } from '../../case/known-party.ts';
import { firstRefusal, refuse } from '../../refusal.ts';
import type { LegalDay } from '../../time/types.ts';
import { type Act, checkPastDay, type ProcedureState } from '../definition.ts';

export interface ConsentToDisclosure {
  agreedBy: PartyId[];
  consentedOn: LegalDay;
}

/** 同意公开妥协认可的事实 NEG-08, CRT-03: what a party conceded is open when it and the whole other side have agreed. */
export const consentToDisclosure: Act<ProcedureState, ConsentToDisclosure> = {
  event: 'shieldedFacts.consented',
  title: { zh: '同意将妥协认可的事实用于仲裁、诉讼', en: 'Agree that conceded facts may be used' },
  legalRef: 'NEG-08',
  source: SHIELD,
  by: ['operator', 'union', 'mediator', 'arbitrator', 'court', 'party:applicant', 'party:respondent'],
  open: ({ case: snapshot }) => snapshot.conceded === true,
  refuses({ case: snapshot }, { agreedBy, consentedOn }, at) {
    const field = '/agreedBy';
    return firstRefusal(
      () => checkPastDay(consentedOn, at, '/consentedOn', snapshot.registeredOn),
      () => firstRefusal(...agreedBy.map((id) => () => checkParty(snapshot, id, field))),
      () =>
        at.actor.role === 'party' && agreedBy.some((id) => id !== at.actor.partyId)
          ? refuse('wrong-side', '只能为自己一方表示同意。', 'A party can agree for itself only.', { field })
          : undefined,
      () =>
        agreedBy.every((id) => snapshot.disclosureBy?.includes(id))
          ? refuse('already-done', '已经表示同意。', 'The agreement is there already.', { field })
          : undefined,
    );
  },
  apply({ case: snapshot }, { agreedBy, consentedOn }) {
    snapshot.disclosureBy = [...new Set([...(snapshot.disclosureBy ?? []), ...agreedBy])];
    const disclosed = snapshot.parties.map(({ id }) => id).filter((id) => isDisclosed(snapshot, id));
    return { detail: { agreedBy, consentedOn, disclosed } };
  },
};
