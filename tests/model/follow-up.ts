import type { LegalDay } from '../../domain/time/types.ts';
import { applicationSilence } from './agreement-performance.ts';
import type { Chapter, Model } from './model.ts';
import { day, staff, start, stop } from './model.ts';
import { order, tried } from './order-way.ts';
import { end, isBroken } from './path.ts';

const performed = ({ past }: Model): boolean => ['performed', 'paid'].includes(past.at(-1)?.outcome ?? '');

const awaits = (m: Model): boolean => isBroken(m) && Object.values(m.routes).includes('pending');

function archive(m: Model, from: LegalDay): void {
  m.stage = 'archiving';
  stop(m, 'followUp.visit');
  start(m, 'followUp.archive', from);
}

/** CRT-10: what a court delegated before filing, and nobody agreed on, it files within seven days. */
function comesBack({ past, referral }: Model): boolean {
  const { procedure, outcome = '' } = past.at(-1) ?? {};
  const failed = procedure === 'preLitigationMediation' && ['refused', 'expired', 'returned'].includes(outcome);
  return failed && referral?.kind === 'delegated';
}

/** 回访与归档, 人社部发〔2022〕71号 第十二条. */
export const followUp: Chapter = {
  begin(m) {
    m.stage = 'visiting';
    m.denied = false;
    m.paymentOrder = m.rightToArbitrate && !tried(m) ? order(m) : undefined;
    start(m, 'followUp.visit', m.today);
    if (comesBack(m)) start(m, 'followUp.filing', m.today);
  },
  acts: {
    'followUp.recordVisit': {
      by: staff,
      in: ['visiting', 'archiving'],
      unless: (m, { visitedOn }) => day(m, visitedOn),
      does(m, { visitedOn, paidInFull }) {
        m.denied = paidInFull === false && performed(m);
        if (m.stage === 'visiting') archive(m, String(visitedOn));
      },
    },
    'followUp.archive': {
      by: ['operator', 'mediator'],
      in: ['archiving'],
      when: (m) => !awaits(m),
      does: (m) => end(m, 'archived'),
    },
    'followUp.recordFiling': {
      by: ['court', 'operator', 'mediator'],
      in: ['visiting', 'archiving'],
      when: (m) => m.clocks['followUp.filing'] !== undefined,
      unless: (m, { filedOn }) => day(m, filedOn, m.clocks['followUp.filing']?.from),
      does: (m) => stop(m, 'followUp.filing'),
    },
    'followUp.reopen': { by: staff, in: ['visiting', 'archiving'], does: (m) => end(m, 'reopened') },
    // PO-02: where the dispute is not settled, wages may be asked for by an order.
    'followUp.choosePaymentOrder': {
      by: [...staff, 'party:applicant'],
      in: ['visiting', 'archiving'],
      when: (m) => m.rightToArbitrate && m.paymentOrder !== undefined,
      does: (m) => end(m, 'orderChosen'),
    },
  },
  silence: {
    'followUp.visit': (m, { dueOn }) => archive(m, dueOn),
    // A paper that was asked for after the breach is waited for, and so is a person where the visit denies the performance.
    'followUp.archive': (m, { dueOn }) =>
      awaits(m) || m.denied ? start(m, 'followUp.archive', dueOn) : end(m, 'archived'),
    'followUp.filing': () => {},
    ...applicationSilence,
  },
};
