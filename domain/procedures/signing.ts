import { type Agreement, type AgreementTerms, checkTerms, warningsOf } from '../case/agreement.ts';
import { type CaseSnapshot, type Moment, type PartyId, sideOf, workersOf } from '../case/case.ts';
import { noteConcessions } from '../case/disclosure.ts';
import { checkSignsFor } from '../case/representation.ts';
import { firstRefusal, type Refusal, refuse } from '../refusal.ts';
import { laterDay } from '../time/day.ts';
import type { Bilingual, LegalDay } from '../time/types.ts';
import { type Act, checkPastDay, type Doer, type Effects, type ProcedureState } from './definition.ts';

/** Who besides the parties must sign before an agreement is one. */
export type Witness = 'mediator' | 'seal';

/** How a signature was put to a paper of the case. What was typed, and the scan, are in the record only. */
export interface Signing {
  form: 'hand' | 'typed';
  /** Number of the paper within the case. */
  paper: number;
}

/** What a procedure has while its agreement is drafted and signed. */
export interface SigningState extends ProcedureState {
  mediatorId?: string;
  draft?: AgreementTerms;
  /** How many drafts there were: a paper of an earlier one is not signed any more. */
  drafts?: number;
  /** By party, by the mediator, and the seal: the last one that the law asks for makes the agreement. */
  signatures: Array<{ by: PartyId | Witness; on: LegalDay; electronic?: boolean; signing?: Signing }>;
}

/** The paper a signature is on, and of which draft the record found it to be. */
type OnPaper = Signing & { draft?: number };

export interface Sign {
  by: PartyId | 'mediator';
  signedOn: LegalDay;
  electronic?: boolean;
  signing?: OnPaper;
  /** Those represented for whom a representative signs; each must have consented. */
  signsFor?: PartyId[];
  consentedBy?: PartyId[];
}
export interface Seal {
  sealedOn: LegalDay;
  signing?: OnPaper;
}

/** The law under which one kind of agreement is drafted and signed. */
interface SigningLaw<S extends SigningState> {
  /** Prefix of the events. */
  procedure: string;
  kind: Agreement['kind'];
  /** What the procedure ends with when it is signed. */
  outcome: string;
  within: string;
  draft: { event: string; title: Bilingual; legalRef: string; source: string; by: readonly Doer[] };
  sign: { legalRef: string; source: string };
  /** The article that wants a mediator named first. */
  mediator?: string;
  signers: readonly Doer[];
  witnesses: readonly Witness[];
  /** Whether terms may be drafted, while nobody has signed. */
  drafting(state: S): boolean;
  /** No signature is older than this day. */
  since(state: S): LegalDay | undefined;
  /** Where workers whom the agreement does not cover go on from. */
  resume: { stage: S['stage'] };
  /** The stage in which the draft is signed. */
  signingStage: S['stage'];
}

/** Who must sign: the workers covered, everyone who owes or is owed, and the other side of the case. */
export function signatories(snapshot: CaseSnapshot, draft: AgreementTerms): PartyId[] {
  const named = [...draft.coveredWorkers, ...draft.obligations.flatMap(({ debtor, creditor }) => [debtor, creditor])];
  const sides = new Set(named.map((id) => sideOf(snapshot, id)));
  const missingSide = (['applicant', 'respondent'] as const).filter((side) => !sides.has(side));
  const others = snapshot.parties.filter((party) => missingSide.includes(party.side)).map((party) => party.id);
  return [...new Set([...named, ...others])].sort();
}

const toSign = (state: SigningState): PartyId[] => (state.draft ? signatories(state.case, state.draft) : []);

/** Nobody types for another. */
export const notOwnAccount = (field: string): Refusal =>
  refuse(
    'signature-by-own-account',
    '键入确认只能由签名人用自己的账户作出；他人签名的，上传签字页扫描件。',
    'A typed confirmation is made on the account of the signer; for anybody else there is the scan of what was signed.',
    { field },
  );

/** Typed on the signer's own account or not at all; all sign one and the same paper, of the terms as they stand. */
function checkSigning(
  state: SigningState,
  by: string,
  signing: OnPaper | undefined,
  { actor }: Moment,
): Refusal | undefined {
  if (signing === undefined) return undefined;
  if (signing.form === 'typed' && (actor.role !== 'party' || actor.partyId !== by))
    return notOwnAccount('/signing/form');
  const other = state.signatures.find((one) => one.signing !== undefined && one.signing.paper !== signing.paper);
  return other === undefined && (signing.draft === undefined || signing.draft === state.drafts)
    ? undefined
    : refuse(
        'paper-superseded',
        '这份文书不是现在应当签署的文本。',
        'This paper is not the text that is to be signed now.',
        { field: '/signing/paper' },
      );
}

/** Terms that a mediation organisation writes down; the article is the mediation's own. */
export const draftOfMediation = (procedure: string, law: { legalRef: string; source: string }) => ({
  event: `${procedure}.agreementDrafted`,
  title: { zh: '拟定调解协议书', en: 'Draft the mediation agreement' },
  by: ['operator', 'mediator'] as const,
  ...law,
});

const onPaper = (signing: OnPaper | undefined): { signing?: Signing } =>
  signing === undefined ? {} : { signing: { form: signing.form, paper: signing.paper } };

/** The acts that draft an agreement and sign it, the same for every procedure but for its law. */
export function signingActs<S extends SigningState>(law: SigningLaw<S>) {
  const isSigned = (state: S): boolean => state.stage === law.signingStage && state.draft !== undefined;
  const mayDraft = (state: S): boolean => law.drafting(state) && state.signatures.length === 0;

  function checkSignature(state: S, by: string, on: LegalDay, at: Moment) {
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
    const required = [...toSign(state), ...law.witnesses];
    const missing = required.filter((who) => !state.signatures.some(({ by }) => by === who));
    if (missing.length > 0 || !state.draft) return { detail: { ...signature, missing } };
    const terms = state.draft;
    const { kind } = law;
    const effectiveOn = state.signatures.map(({ on }) => on).reduce(laterDay);
    state.case.agreement = { ...terms, id: `${kind[0]}${state.case.runNo}`, kind, effectiveOn, effectiveAt: now };
    state.stage = 'ended';
    state.outcome = law.outcome;
    const others = workersOf(state.case).filter((worker) => !terms.coveredWorkers.includes(worker.id));
    return {
      // Neither a settlement nor a bare mediation agreement is enforceable, whatever it says.
      detail: { ...signature, effectiveOn, enforceable: false },
      ...(others.length === 0
        ? {}
        : {
            split: {
              workers: others.map((worker) => worker.id),
              resume: { ...law.resume, signatures: [], draft: undefined },
            },
          }),
    };
  }

  const draftAgreement: Act<S, AgreementTerms> = {
    ...law.draft,
    within: law.within,
    open: mayDraft,
    refuses: (state, input, at) =>
      law.mediator !== undefined && state.mediatorId === undefined
        ? refuse('mediator-missing', '尚未指定调解员。', 'No mediator has been assigned yet.', { source: law.mediator })
        : checkTerms(state.case, input, at.today, `${law.kind}Agreement`),
    apply(state, input) {
      state.stage = law.signingStage;
      state.draft = input;
      state.drafts = (state.drafts ?? 0) + 1;
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
    open: isSigned,
    refuses: (state, input, at) =>
      firstRefusal(
        () =>
          law.witnesses.some((witness) => witness === input.by) || toSign(state).includes(input.by)
            ? undefined
            : refuse('unknown-party', `${input.by} 不在签名人之列。`, `${input.by} is not among those who must sign.`, {
                field: '/by',
              }),
        () =>
          at.actor.role === 'party' && input.by !== at.actor.partyId
            ? refuse('wrong-side', '只能为自己签名。', 'A party can sign for itself only.', { field: '/by' })
            : undefined,
        () => checkSignature(state, input.by, input.signedOn, at),
        () => checkSigning(state, input.by, input.signing, at),
        () => checkSignsFor(state.case, input, at),
      ),
    apply(state, { by, signedOn, electronic, signing, signsFor = [] }, at) {
      const signature = { on: signedOn, ...(electronic === undefined ? {} : { electronic }), ...onPaper(signing) };
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
    open: isSigned,
    refuses: (state, input, at) =>
      firstRefusal(
        () => checkSignature(state, 'seal', input.sealedOn, at),
        () => checkSigning(state, 'seal', input.signing, at),
      ),
    apply: (state, { sealedOn, signing }, at) =>
      addSignature(state, { by: 'seal', on: sealedOn, ...onPaper(signing) }, at.now),
  };

  return { draftAgreement, sign, seal };
}
