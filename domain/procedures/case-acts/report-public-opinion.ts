import { declaredByRule, majorDispute } from '../../case/collective.ts';
import type { LegalDay } from '../../time/types.ts';
import { type Act, checkPastDay, type ProcedureState } from '../definition.ts';

export interface ReportPublicOpinion {
  seenOn: LegalDay;
}

/** 社会舆情: a sign that 71号 第五条 names. The rules say whether it makes the dispute a major one. */
export const reportPublicOpinion: Act<ProcedureState, ReportPublicOpinion> = {
  event: 'case.publicOpinionReported',
  title: { zh: '登记社会舆情', en: 'Record that it is spoken of in public' },
  legalRef: 'POL-01',
  source: '人社部发〔2022〕71号 第五条',
  by: ['operator', 'union', 'mediator'],
  open: ({ case: { facts } }) => facts.publicOpinion !== true,
  refuses: (_state, { seenOn }, at) => checkPastDay(seenOn, at, '/seenOn'),
  apply({ case: snapshot }, { seenOn }) {
    snapshot.facts = { ...snapshot.facts, publicOpinion: true };
    return {
      detail: { seenOn },
      ask: [majorDispute(snapshot)],
      answered: (decisions) => ({ open: declaredByRule(snapshot, decisions) }),
    };
  },
};
