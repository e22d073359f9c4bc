import { z } from '@hono/zod-openapi';
import { partyId, positiveMoney, toFen } from '../../contracts/acts/common.ts';
import type { DoneAct } from '../../db/papers.ts';
import { partiesTo } from '../../domain/case/case.ts';
import { confirmationPapers } from '../../domain/procedures/confirmation-application.ts';
import { orderEvidence, type PaymentOrderState } from '../../domain/procedures/payment-order-state.ts';
import { reviewPapers } from '../../domain/procedures/review-application.ts';
import { type SigningState, signatories } from '../../domain/procedures/signing.ts';
import {
  fillConfirmationApplication,
  fillMediationAgreement,
  fillPaymentOrderApplication,
  fillPerformanceNotice,
  fillReviewApplication,
  fillSettlementAgreement,
  type PaperKind,
} from '../../papers/index.ts';
import { casePaper, helpers, mediators, organisation, organisationOf, words } from './definition.ts';
import { agreementOf, clockOf, type Dossier, lastRun, writtenIn } from './dossier.ts';

const drafts = ['mediation.draftAgreement', 'preLitigationMediation.draftAgreement'] as const;
const draft = (dossier: Dossier) => agreementOf(dossier, ...drafts);

/** The settlement that was recorded, or the draft that is being signed, or was: one that came to nothing has no paper. */
function settlement(dossier: Dossier) {
  const act = agreementOf(dossier, 'negotiation.settle', 'negotiation.draftSettlement');
  const outcome = lastRun(dossier, 'negotiation')?.outcome ?? 'settled';
  return act?.act === 'negotiation.draftSettlement' && outcome !== 'settled' ? undefined : act;
}

/** Whoever an agreement binds or gives something to. */
const boundBy = ({ snapshot }: Dossier, act: DoneAct | undefined): string[] =>
  act === undefined ? [] : signatories(snapshot, writtenIn(act).terms);

/** Everybody who applies jointly. */
const joint = ({ snapshot }: Dossier): string[] => partiesTo(snapshot).map(({ id }) => id);

/** The draft that became the agreement of the case, once it is in effect. */
const inEffect = (dossier: Dossier) => (dossier.snapshot.agreement?.kind === 'mediation' ? draft(dossier) : undefined);

/** The headings of what the region's rules add. */
const headings = ({ local }: Dossier, kind: PaperKind): Record<string, string> =>
  Object.fromEntries((local[kind] ?? []).map(({ field, title }) => [field, title.zh]));

/** The agreement as other papers refer to it. */
function reference(dossier: Dossier, act: NonNullable<ReturnType<typeof draft>>, given: { organisation?: string }) {
  const run = lastRun(dossier, 'mediation', 'preLitigationMediation')?.view as SigningState | undefined;
  const paper = dossier.papers.findLast(({ kind, about }) => kind === 'mediationAgreement' && about === act.actId);
  return {
    agreement: writtenIn(act),
    agreementNumber: paper?.registerNo ?? '',
    signedOn:
      (run?.signatures ?? [])
        .map(({ on }) => on)
        .sort()
        .at(-1) ?? '',
    effectiveOn: dossier.snapshot.agreement?.effectiveOn ?? '',
    organisation: organisationOf(dossier, given.organisation),
  };
}

/** The days on which the parts are due, by the clocks of the performance. */
function dueDays(dossier: Dossier): Record<string, string> {
  const run = lastRun(dossier, 'agreementPerformance')?.run;
  return Object.fromEntries(
    dossier.deadlines
      .filter(({ id, key }) => id === 'agreementPerformance.instalment' && key.startsWith(`${run}:`))
      .map(({ subject, dueOn }) => [subject, dueOn]),
  );
}

/** Where an application was recorded or may still be made: its clock's last day. */
function application(dossier: Dossier, route: 'arbitrationReview' | 'judicialConfirmation') {
  const clock = clockOf(dossier, `${route}.application`);
  const act = dossier.last(`${route}.applyJointly`);
  const about = clock?.status === 'open' || act !== undefined ? inEffect(dossier)?.actId : undefined;
  return {
    about,
    lastDay: clock?.dueOn ?? '',
    appliedOn: (act?.input.appliedOn as string | undefined) ?? dossier.today,
    act,
  };
}

const order = (dossier: Dossier) => lastRun(dossier, 'paymentOrder')?.view as PaymentOrderState | undefined;

/** The agreements, and the papers that rest on one. */
export const agreementPapers = {
  settlementAgreement: casePaper('settlementAgreement', {
    ...{ sign: '和', by: helpers, given: {} },
    about: (dossier) => settlement(dossier)?.actId,
    signers: (dossier) => boundBy(dossier, settlement(dossier)),
    fill: (dossier, _given, head) =>
      fillSettlementAgreement(dossier.record, {
        ...head,
        agreement: writtenIn(settlement(dossier) as never),
        headings: headings(dossier, 'settlementAgreement'),
      }),
  }),
  mediationAgreement: casePaper('mediationAgreement', {
    ...{ sign: '调', by: helpers, given: { organisation, mediators } },
    about: (dossier) => draft(dossier)?.actId,
    signers(dossier) {
      const act = draft(dossier);
      // Those sent by a court take effect by the signatures of the parties (CRT-04).
      return [...boundBy(dossier, act), ...(act?.act === 'mediation.draftAgreement' ? ['mediator', 'seal'] : [])];
    },
    fill: (dossier, given, head) =>
      fillMediationAgreement(dossier.record, {
        ...{ ...head, organisation: organisationOf(dossier, given.organisation), mediators: given.mediators ?? [] },
        ...{ agreement: writtenIn(draft(dossier) as never), headings: headings(dossier, 'mediationAgreement') },
      }),
  }),
  performanceNotice: casePaper('performanceNotice', {
    ...{ sign: '履', by: helpers, given: { organisation, contact: words.optional() } },
    about: (dossier) => inEffect(dossier)?.actId,
    fill(dossier, given, head) {
      const open = (id: string) => {
        const clock = clockOf(dossier, id);
        return clock?.status === 'open' ? clock.dueOn : undefined;
      };
      return fillPerformanceNotice(dossier.record, {
        ...{ ...head, ...reference(dossier, inEffect(dossier) as never, given), due: dueDays(dossier) },
        reviewLastDay: open('arbitrationReview.application'),
        confirmationLastDay: open('judicialConfirmation.application'),
        contact: given.contact,
      });
    },
  }),
  reviewApplication: casePaper('reviewApplication', {
    ...{ sign: '审', by: helpers },
    given: {
      ...{ organisation, commission: words.optional(), papers: z.array(z.enum(reviewPapers)).optional() },
      serviceAddresses: z.array(z.strictObject({ party: partyId, address: words, phone: words })).optional(),
    },
    about: (dossier) => application(dossier, 'arbitrationReview').about,
    signers: joint,
    fill(dossier, given, head) {
      const { act, lastDay, appliedOn } = application(dossier, 'arbitrationReview');
      const filed = {
        papers: act?.input.papers as typeof given.papers,
        serviceAddresses: act?.words.serviceAddresses as typeof given.serviceAddresses,
      };
      const covered = dossier.snapshot.agreement?.coveredWorkers ?? [];
      const known = dossier.record.parties
        .filter(({ id, kind }) => kind !== 'worker' || covered.includes(id))
        .map(({ id, address = '', phone = '' }) => ({ party: id, address, phone }));
      return fillReviewApplication(dossier.record, {
        ...{ ...head, ...reference(dossier, inEffect(dossier) as never, given), lastDay, appliedOn },
        commission: given.commission ?? '',
        papers: given.papers ?? filed.papers ?? [],
        // Of those whom the agreement binds; who joined the case later is none of them.
        serviceAddresses: (given.serviceAddresses ?? filed.serviceAddresses ?? known).filter(({ party }) =>
          known.some((one) => one.party === party),
        ),
      });
    },
  }),
  confirmationApplication: casePaper('confirmationApplication', {
    ...{ sign: '确', by: helpers },
    given: { organisation, court: words.optional(), papers: z.array(z.enum(confirmationPapers)).optional() },
    about: (dossier) => application(dossier, 'judicialConfirmation').about,
    signers: joint,
    fill(dossier, given, head) {
      const { act, lastDay, appliedOn } = application(dossier, 'judicialConfirmation');
      return fillConfirmationApplication(dossier.record, {
        ...{ ...head, ...reference(dossier, inEffect(dossier) as never, given), lastDay, appliedOn },
        court: given.court ?? '',
        papers: given.papers ?? (act?.input.papers as typeof given.papers) ?? [],
      });
    },
  }),
  paymentOrderApplication: casePaper('paymentOrderApplication', {
    ...{ sign: '支', by: helpers },
    given: {
      ...{ court: words.optional(), facts: words.optional(), evidence: z.array(z.enum(orderEvidence)).optional() },
      shares: z
        .array(z.strictObject({ creditor: partyId, amount: positiveMoney }))
        .max(2000)
        .optional()
        .meta({ description: 'What each worker asks for; all that is owed, where there is one worker' }),
    },
    about: (dossier) => (dossier.row.stage === 'paymentOrder' ? order(dossier)?.run : undefined),
    signers: ({ record }, { shares }) =>
      shares?.map(({ creditor }) => creditor) ??
      record.parties.filter(({ kind }) => kind === 'worker').map(({ id }) => id),
    fill(dossier, given, head) {
      const { route, owedFen, claimedFen = owedFen, appliedOn = dossier.today } = order(dossier) as PaymentOrderState;
      const [one, ...others] = dossier.record.parties.filter(({ kind }) => kind === 'worker');
      const whole = one && others.length === 0 ? [{ creditor: one.id, amountFen: claimedFen }] : [];
      const agreement = route === 'A' ? inEffect(dossier) : undefined;
      return fillPaymentOrderApplication(dossier.record, {
        ...{ ...head, route, appliedOn, facts: given.facts ?? '', evidence: given.evidence ?? [] },
        court: given.court ?? '',
        shares: given.shares?.map(({ creditor, amount }) => ({ creditor, amountFen: toFen(amount) })) ?? whole,
        ...(agreement === undefined ? {} : { on: reference(dossier, agreement, {}) }),
      });
    },
  }),
};
