import type { PartyId } from '../../case/case.ts';
import { withCommonClaim } from '../../case/collective.ts';
import { ARTICLE_7, ARTICLE_63 } from '../../case/representation.ts';
import { firstRefusal, type Refusal, refuse } from '../../refusal.ts';
import type { Act, ProcedureState } from '../definition.ts';

export interface ChooseRepresentatives {
  representatives: PartyId[];
  /** Those who chose them, by name, on the paper they signed: they are represented, nobody else is. */
  signedBy: PartyId[];
}

/** 推举代表, 调解仲裁法 第七条. Chosen again, the new ones take the place of those before. */
export const chooseRepresentatives: Act<ProcedureState, ChooseRepresentatives> = {
  event: 'case.representativesChosen',
  title: { zh: '推举代表', en: 'Choose representatives' },
  legalRef: 'MED-14',
  source: ARTICLE_7,
  by: ['operator', 'union', 'mediator'],
  open: ({ case: { parties } }) => parties.filter(({ kind }) => kind === 'worker').length > 1,
  refuses({ case: snapshot }, { representatives, signedBy }) {
    const { collective } = snapshot;
    const group = withCommonClaim(snapshot);
    const inGroup = (ids: PartyId[], field: string): Refusal | undefined => {
      const stranger = ids.find((id) => !group.includes(id));
      return stranger === undefined
        ? undefined
        : refuse(
            'not-of-the-group',
            `${stranger} 不是有共同请求的劳动者。`,
            `${stranger} is not one of the workers with the common claim.`,
            { field, source: ARTICLE_7 },
          );
    };
    const number = new Set(representatives).size;
    return firstRefusal(
      () =>
        collective === undefined
          ? refuse(
              'not-collective',
              '劳动者一方在十人以上并有共同请求的，才可以推举代表。',
              'Only ten workers or more with a common claim may choose representatives.',
              { source: ARTICLE_7 },
            )
          : undefined,
      () =>
        collective && (number < collective.least || number > collective.most)
          ? refuse(
              'number-of-representatives',
              `应推举 ${collective.least} 至 ${collective.most} 名代表，现为 ${number} 名。`,
              `There are ${collective.least} to ${collective.most} representatives, not ${number}.`,
              { field: '/representatives', source: ARTICLE_63 },
            )
          : undefined,
      () => inGroup(representatives, '/representatives'),
      () => inGroup(signedBy, '/signedBy'),
    );
  },
  apply({ case: snapshot }, input) {
    const representatives = [...new Set(input.representatives)];
    const of = [...new Set(input.signedBy)];
    snapshot.representation = { representatives, of };
    return {
      tell: [
        { template: 'representativesChosen', to: 'applicant' },
        { template: 'representativesChosen', to: 'respondent' },
      ],
      detail: { representatives, of },
    };
  },
};
