import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { besideWorkflowId } from '../contracts/ids.ts';
import { actorIdOf } from '../db/acts.ts';
import type { Db } from '../db/client.ts';
import { orderConditions } from '../domain/procedures/payment-order-state.ts';
import type { RunShape } from './bare-workflows.ts';
import { bareBesideId } from './queues.ts';
import { ActRefusedError, bareSide, openCase, send, sendBare, terms, today } from './sides.ts';

/**
 * The long path: a settlement is overdue and goes to mediation by itself; the agreement is taken to the court, which
 * dismisses the application; it is not performed either, and the payment order that is then offered gets the money.
 *
 * Dismissed, not confirmed: a confirmed agreement that is breached is enforced, and no payment order is open
 * (`breach-of-confirmed-agreement` in docs/paths.md). In the demonstration region, where a second stands for a day.
 */
export interface LongSide {
  /** Opens a case and takes it down the path; gives its workflow id, and whether it came to the end. */
  play(): Promise<{ workflowId: string; atEnd: boolean }>;
}

const REGION = '990000';
/** What a mediation agreement must state (`contents.json`). */
const mediationContents = ['parties', 'performanceManner', 'performancePeriod', 'requests', 'result'];

const SETTLEMENT_DAYS = 1;
/** Long enough for the joint application, which must be made before the breach. */
const AGREEMENT_DAYS = 4;
/** After its day a payment has the grace of the rule; in the demonstration that is one day more. */
const GRACE_DAYS = 1;

interface Act {
  act: string;
  input: () => Record<string, unknown>;
  /** Of what runs beside the chain. */
  beside?: true;
}
/** Acts at the same time, the mark that the next wait counts from, or nobody doing anything for so many days from there. */
type Step = Act[] | 'mark' | { days: number };

const act = (name: string, input: Act['input'] = () => ({})): Act => ({ act: name, input });
const beside = (one: Act): Act => ({ ...one, beside: true });

/** The debtor can be served, there are no other debts, and whatever else an order asks for. */
const allConditions = Object.fromEntries(Object.keys(orderConditions).map((name) => [name, true]));

const both = { agreedBy: ['w1', 'r1'] };
const consent = (party: string) => act('mediation.consent', () => ({ party, willing: true }));
const sign = (by: string) => act('mediation.sign', () => ({ by, signedOn: today() }));
const onDay = (name: string) => act(name, () => ({ on: today() }));

const steps: Step[] = [
  [act('negotiation.serveRequest', () => ({ servedOn: today(), method: 'hand' }))],
  [act('negotiation.respond', () => ({ willing: true, form: 'oral', party: 'r1' }))],
  [act('negotiation.settle', () => ({ ...terms(SETTLEMENT_DAYS), signedOn: today(), ...both }))],
  'mark',
  { days: SETTLEMENT_DAYS + GRACE_DAYS },
  [consent('w1'), consent('r1')],
  [act('mediation.accept', () => ({ acceptedOn: today() }))],
  [act('mediation.assignMediator', () => ({ mediatorId: 'M-1' }))],
  [act('mediation.draftAgreement', () => ({ ...terms(AGREEMENT_DAYS), stated: mediationContents }))],
  [sign('w1'), sign('r1'), sign('mediator')],
  [act('mediation.seal', () => ({ sealedOn: today() }))],
  'mark',
  [act('judicialConfirmation.applyJointly', () => ({ appliedOn: today(), ...both }))],
  [act('agreementPerformance.serveNotice', () => ({ servedOn: today() }))],
  [beside(act('judicialConfirmation.accept', () => ({ acceptedOn: today() })))],
  [beside(act('judicialConfirmation.dismiss', () => ({ ground: 'unclear' })))],
  { days: AGREEMENT_DAYS + GRACE_DAYS },
  [
    act('paymentOrder.apply', () => ({
      ...{ appliedOn: today(), amountFen: 1_000_000, evidence: ['mediationAgreement'] },
      ...allConditions,
    })),
  ],
  [onDay('paymentOrder.accept')],
  [onDay('paymentOrder.issue')],
  [onDay('paymentOrder.recordService')],
  [act('paymentOrder.recordPayment', () => ({ amountFen: 1_000_000, paidOn: today(), ref: 'bench-1' }))],
];

/** The path on the product. */
export async function productLongSide(client: Client, db: Db): Promise<LongSide> {
  const actorId = await actorIdOf(db, 'bench-operator');
  return {
    async play() {
      const workflowId = await openCase(client, db, actorId, REGION);
      const court = besideWorkflowId(workflowId.replace(/^case-/, ''), 'judicialConfirmation');
      try {
        await walk((one) => send(client, one.beside ? court : workflowId, one.act, one.input()));
        return { workflowId, atEnd: true };
      } catch (error) {
        // On a machine that is busy otherwise a day of one second may be over before an act is there.
        if (error instanceof ActRefusedError && error.code === 'deadline-passed') return { workflowId, atEnd: false };
        throw error;
      }
    },
  };
}

/** As many acts, with timers of the same length, on bare workflows. */
export function bareLongSide(client: Client, chain: RunShape[]): LongSide {
  const side = bareSide(client, chain, []);
  return {
    async play() {
      const workflowId = await side.open();
      await walk((one) => sendBare(client, one.beside ? bareBesideId(workflowId) : workflowId, {}));
      return { workflowId, atEnd: true };
    },
  };
}

const DAY_MS = 1_000;

async function walk(does: (one: Act) => Promise<void>): Promise<void> {
  let mark = performance.now();
  for (const step of steps) {
    if (step === 'mark') mark = performance.now();
    else if ('days' in step) await sleep(Math.max(0, mark + step.days * DAY_MS - performance.now()));
    else await Promise.all(step.map(does));
  }
}
