import type { LegalDay } from '../../domain/time/types.ts';

/** One part of an obligation, in yuan. */
export type Part = { amount: number; dueOn?: LegalDay; daysAfterEffect?: number };

/** Money that the employer owes a worker, in parts. */
export const owed = (creditor: string, instalments: Part[], debtor = 'r1') => ({
  ...{ debtor, creditor, instalments },
  amount: instalments.reduce((sum, { amount }) => sum + amount, 0),
});

/** Something to be done that is not money. */
export const deed = (form: 'certificate' | 'fileTransfer' | 'socialInsurance', creditor: string, dueOn: LegalDay) => ({
  ...{ debtor: 'r1', creditor, form },
  instalments: [{ amount: 0, dueOn }],
});

/** A settlement as the window writes it down. */
export const settlement = (
  signedOn: LegalDay,
  obligations: unknown[],
  { covered = ['w1'], agreedBy = [...covered, 'r1'] }: { covered?: string[]; agreedBy?: string[] } = {},
) => ({
  ...{ signedOn, obligations, agreedBy, coveredWorkers: covered },
  content: { matter: '拖欠工资', terms: '分期付清，逾期按全部未付部分一次付清' },
});

/** The draft of a mediation agreement. */
export const draft = (obligations: unknown[], covered = ['w1']) => ({
  obligations,
  coveredWorkers: covered,
  content: { requests: '支付拖欠的工资', result: '被申请人分期支付', performanceManner: '银行转账' },
});

/** What a joint application for arbitration review hands in (JR-02). */
export const reviewPapers = {
  papers: ['application', 'agreement', 'identity', 'qualification'],
  serviceAddresses: ['w1', 'r1'].map((party) => ({ party, address: '送达路 1 号', phone: '19900000000' })),
};
