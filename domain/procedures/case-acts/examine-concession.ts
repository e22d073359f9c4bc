import type { PartyId } from '../../case/case.ts';
import { checkParty } from '../../case/known-party.ts';
import { firstRefusal } from '../../refusal.ts';
import type { LegalDay } from '../../time/types.ts';
import { type Act, checkPastDay, type ProcedureState } from '../definition.ts';

/** What a fact conceded by a party turns out to be. */
export const concessionFindings = ['trueIntent', 'seriousMisunderstanding', 'notTrueIntent'] as const;

export interface ExamineConcession {
  concededBy: PartyId;
  examinedOn: LegalDay;
  finding: (typeof concessionFindings)[number];
}

/** Open where the rules of the region ask the court or the commission for it after a settlement that was not performed. */
export const examineConcession: Act<ProcedureState, ExamineConcession> = {
  event: 'shieldedFacts.examined',
  title: { zh: '审查自认的事实是否真实意思表示', en: 'Examine whether a concession was truly meant' },
  legalRef: 'NEG-08',
  source: '金山区《关于建立健全“5+X”机制加强劳动人事争议协商调解工作实施方案》（2025） 二（二）5',
  by: ['court', 'arbitrator'],
  open: ({ case: snapshot }) => snapshot.concessionsAsked === true,
  refuses: ({ case: snapshot }, { concededBy, examinedOn }, at) =>
    firstRefusal(
      () => checkParty(snapshot, concededBy, '/concededBy'),
      () => checkPastDay(examinedOn, at, '/examinedOn', snapshot.registeredOn),
    ),
  apply: (_state, { concededBy, examinedOn, finding }) => ({ detail: { concededBy, examinedOn, finding } }),
};
