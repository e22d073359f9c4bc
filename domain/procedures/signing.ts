import { type AgreementTerms, checkTerms, warningsOf } from '../case/agreement.ts';
import { type PartyId, sideOf, workersOf } from '../case/case.ts';
import { noteConcessions } from '../case/disclosure.ts';
import { checkSignsFor } from '../case/representation.ts';
import { firstRefusal, refuse } from '../refusal.ts';
import { laterDay } from '../time/day.ts';
import type { LegalDay } from '../time/types.ts';
import { type Act, checkPastDay, type Doer, type Effects, type ProcedureState } from './definition.ts';

/** Who besides the parties must sign before an agreement is one. */
export type Witness = 'mediator' | 'seal';

/** What a mediation has while its agreement is drafted and signed. */
export interface SigningState extends ProcedureState {
  mediatorId?: string;
  draft?: AgreementTerms;
  /** By party, by the mediator, and the seal: the last one that the law asks for makes the agreement. */
  signatures: Array<{ by: PartyId | Witness; on: LegalDay; electronic?: boolean }>;
}

export interface Sign {
  by: PartyId | 'mediator';
  signedOn: LegalDay;
  electronic?: boolean;
  /** Those represented for whom a representative signs; each must have consented. */
  signsFor?: PartyId[];
  consentedBy?: PartyId[];
}
export interface Seal {
  sealedOn: LegalDay;
}

/** The law under which one kind of mediation makes its agreement. */
interface SigningLaw<S extends SigningState> {
  /** Prefix of the events. */
  procedure: string;
  within: string;
  draft: { legalRef: string; source: string };
  sign: { legalRef: string; source: string };
  /** The article that wants a mediator named first. */
  mediator: string;
  signers: readonly Doer[];
  witnesses: readonly Witness[];
  /** No signature is older than this day. */
  since(state: S): LegalDay | undefined;
}

/** Who must sign: the workers covered, everyone who owes or is owed, and the other side of the case. */
export function signatories(state: SigningState): PartyId[] {
  const draft = state.draft;
  if (!draft) return [];
  const named = [...draft.coveredWorkers, ...draft.obligations.flatMap(({ debtor, creditor }) => [debtor, creditor])];
  const sides = new Set(named.map((id) => sideOf(state.case, id)));
  const missingSide = (['applicant', 'respondent'] as const).filter((side) => !sides.has(side));
  const others = state.case.parties.filter((party) => missingSide.includes(party.side)).map((party) => party.id);
  return [...new Set([...named, ...others])].sort();
}

/** The acts that draft an agreement and sign it, the same for every mediation but for its law. */
export function signingActs<S extends SigningState>(law: SigningLaw<S>) {
  function checkSignature(state: S, by: string, on: LegalDay, at: Parameters<typeof checkPastDay>[1]) {
    return firstRefusal(
      () =>
        state.signatures.some((signature) => signature.by === by)
          ? refuse('already-signed', '已经签过。', 'This signature is there already.')
          : undefined,
      () => checkPastDay(on, at, by === 'seal' ? '/sealedOn' : '/signedOn', law.since(state)),
    );
  }

  /** Adds a signature or the seal; with the last one the agreement takes effect, on the latest of their days. */
  function addSignature(state: S, signature: SigningState['signatures'][number], now: string): Effects {
    state.signatures.push(signature);
    const required = [...signatories(state), ...law.witnesses];
    const missing = required.filter((who) => !state.signatures.some(({ by }) => by === who));
    if (missing.length > 0 || !state.draft) return { detail: { ...signature, missing } };
    const terms = state.draft;
    const effectiveOn = state.signatures.map(({ on }) => on).reduce(laterDay);
    state.case.agreement = { ...terms, id: `m${state.case.runNo}`, kind: 'mediation', effectiveOn, effectiveAt: now };
    state.stage = 'ended';
    state.outcome = 'agreement';
    const others = workersOf(state.case).filter((worker) => !terms.coveredWorkers.includes(worker.id));
    return {
      // A bare mediation agreement is not enforceable, whatever it says.
      detail: { ...signature, effectiveOn, enforceable: false },
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

  const draftAgreement: Act<S, AgreementTerms> = {
    event: `${law.procedure}.agreementDrafted`,
    title: { zh: '拟定调解协议书', en: 'Draft the mediation agreement' },
    ...law.draft,
    by: ['operator', 'mediator'],
    within: law.within,
    open: (state) => state.stage === 'hearing' || (state.stage === 'signing' && state.signatures.length === 0),
    refuses: (state, input, at) =>
      state.mediatorId === undefined
        ? refuse('mediator-missing', '尚未指定调解员。', 'No mediator has been assigned yet.', { source: law.mediator })
        : checkTerms(state.case, input, at.today, 'mediationAgreement'),
    apply(state, input) {
      state.stage = 'signing';
      state.draft = input;
      noteConcessions(state.case, input);
      return {
        detail: { coveredWorkers: input.coveredWorkers, obligations: input.obligations.length, ...warningsOf(input) },
      };
    },
  };

  const sign: Act<S, Sign> = {
    event: `${law.procedure}.signed`,
    title: { zh: '签名或盖章', en: 'Sign' },
    ...law.sign,
    by: law.signers,
    within: law.within,
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
    apply(state, { by, signedOn, electronic, signsFor = [] }, at) {
      const signature = { on: signedOn, ...(electronic === undefined ? {} : { electronic }) };
      const others = signsFor.filter((id) => !state.signatures.some((signed) => signed.by === id));
      state.signatures.push(...others.map((id) => ({ by: id, ...signature })));
      const effects = addSignature(state, { by, ...signature }, at.now);
      return others.length === 0 ? effects : { ...effects, detail: { ...effects.detail, signsFor: others } };
    },
  };

  const seal: Act<S, Seal> = {
    event: `${law.procedure}.sealed`,
    title: { zh: '加盖调解组织印章', en: 'Seal by the organisation' },
    ...law.sign,
    by: ['operator', 'mediator'],
    within: law.within,
    open: (state) => state.stage === 'signing',
    refuses: (state, input, at) => checkSignature(state, 'seal', input.sealedOn, at),
    apply: (state, { sealedOn }, at) => addSignature(state, { by: 'seal', on: sealedOn }, at.now),
  };

  return { draftAgreement, sign, seal };
}
