import { checkTerms, warningsOf } from '../case/agreement.ts';
import { type PartyId, sideOf, workersOf } from '../case/case.ts';
import { checkSignsFor } from '../case/representation.ts';
import { firstRefusal, refuse } from '../refusal.ts';
import { laterDay } from '../time/day.ts';
import type { LegalDay } from '../time/types.ts';
import { type Act, checkPastDay, type Effects } from './definition.ts';
import {
  type DraftAgreement,
  end,
  type MediationState,
  ORDER_17,
  type Seal,
  type Sign,
  staff,
} from './mediation-state.ts';

export const draftAgreement: Act<MediationState, DraftAgreement> = {
  event: 'mediation.agreementDrafted',
  title: { zh: '拟定调解协议书', en: 'Draft the mediation agreement' },
  legalRef: 'MED-10',
  source: `${ORDER_17} 第二十六条`,
  by: ['operator', 'mediator'],
  within: 'mediation.conclusion',
  open: (state) => state.stage === 'hearing' || (state.stage === 'signing' && state.signatures.length === 0),
  refuses: (state, input, at) =>
    state.mediatorId === undefined
      ? refuse('mediator-missing', '尚未指定调解员。', 'No mediator has been assigned yet.', {
          source: `${ORDER_17} 第二十五条`,
        })
      : checkTerms(state.case, input, at.today, 'mediationAgreement'),
  apply(state, input) {
    state.stage = 'signing';
    state.draft = input;
    return {
      detail: { coveredWorkers: input.coveredWorkers, obligations: input.obligations.length, ...warningsOf(input) },
    };
  },
};

/** Who must sign: the workers covered, everyone who owes or is owed, and the other side of the case. */
export function signatories(state: MediationState): PartyId[] {
  const draft = state.draft;
  if (!draft) return [];
  const named = [...draft.coveredWorkers, ...draft.obligations.flatMap(({ debtor, creditor }) => [debtor, creditor])];
  const sides = new Set(named.map((id) => sideOf(state.case, id)));
  const missingSide = (['applicant', 'respondent'] as const).filter((side) => !sides.has(side));
  const others = state.case.parties.filter((party) => missingSide.includes(party.side)).map((party) => party.id);
  return [...new Set([...named, ...others])].sort();
}

function checkSignature(state: MediationState, by: string, on: LegalDay, at: Parameters<typeof checkPastDay>[1]) {
  return firstRefusal(
    () =>
      state.signatures.some((signature) => signature.by === by)
        ? refuse('already-signed', '已经签过。', 'This signature is there already.')
        : undefined,
    () => checkPastDay(on, at, by === 'seal' ? '/sealedOn' : '/signedOn', state.acceptedOn),
  );
}

/** Adds a signature or the seal; with the last one the agreement takes effect, on the latest of their days. */
function addSignature(state: MediationState, by: PartyId | 'mediator' | 'seal', on: LegalDay, now: string): Effects {
  state.signatures.push({ by, on });
  const required = [...signatories(state), 'mediator', 'seal'];
  const missing = required.filter((who) => !state.signatures.some((signature) => signature.by === who));
  if (missing.length > 0 || !state.draft) return { detail: { by, on, missing } };
  const terms = state.draft;
  const effectiveOn = state.signatures.map((signature) => signature.on).reduce(laterDay);
  state.case.agreement = { ...terms, id: `m${state.case.runNo}`, kind: 'mediation', effectiveOn, effectiveAt: now };
  const others = workersOf(state.case).filter((worker) => !terms.coveredWorkers.includes(worker.id));
  return {
    ...end(state, 'agreement'),
    // A bare mediation agreement is not enforceable, whatever it says.
    detail: { by, on, effectiveOn, enforceable: false },
    ...(others.length === 0
      ? {}
      : {
          split: {
            workers: others.map((worker) => worker.id),
            resume: { stage: 'hearing', signatures: [], draft: undefined },
          },
        }),
  };
}

export const sign: Act<MediationState, Sign> = {
  event: 'mediation.signed',
  title: { zh: '签名或盖章', en: 'Sign' },
  legalRef: 'MED-10',
  source: `劳动争议调解仲裁法 第十四条；${ORDER_17} 第二十六条`,
  by: [...staff, 'party:applicant', 'party:respondent'],
  within: 'mediation.conclusion',
  open: (state) => state.stage === 'signing',
  refuses: (state, input, at) =>
    firstRefusal(
      () =>
        input.by === 'mediator' || signatories(state).includes(input.by)
          ? undefined
          : refuse('unknown-party', `${input.by} 不在签名人之列。`, `${input.by} is not among those who must sign.`, {
              field: '/by',
            }),
      () =>
        at.actor.role === 'party' && input.by !== at.actor.partyId
          ? refuse('wrong-side', '只能为自己签名。', 'A party can sign for itself only.', { field: '/by' })
          : undefined,
      () => checkSignature(state, input.by, input.signedOn, at),
      () => checkSignsFor(state.case, input, at),
    ),
  apply(state, { by, signedOn, signsFor = [] }, at) {
    const others = signsFor.filter((id) => !state.signatures.some((signature) => signature.by === id));
    state.signatures.push(...others.map((id) => ({ by: id, on: signedOn })));
    const effects = addSignature(state, by, signedOn, at.now);
    return others.length === 0 ? effects : { ...effects, detail: { ...effects.detail, signsFor: others } };
  },
};

export const seal: Act<MediationState, Seal> = {
  event: 'mediation.sealed',
  title: { zh: '加盖调解组织印章', en: 'Seal by the organisation' },
  legalRef: 'MED-10',
  source: `劳动争议调解仲裁法 第十四条；${ORDER_17} 第二十六条`,
  by: ['operator', 'mediator'],
  within: 'mediation.conclusion',
  open: (state) => state.stage === 'signing',
  refuses: (state, input, at) => checkSignature(state, 'seal', input.sealedOn, at),
  apply: (state, input, at) => addSignature(state, 'seal', input.sealedOn, at.now),
};
