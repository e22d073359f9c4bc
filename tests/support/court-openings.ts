import type { LegalDay } from '../../domain/time/types.ts';
import type { Registration } from '../../rehearsal/staged-case.ts';
import type { Story } from './story.ts';
import { draft } from './terms.ts';

type Sent = Partial<NonNullable<Registration['referral']>>;

/** A court has handed the case over on the first day; nobody has taken it. */
export async function sentByCourt(story: Story, sent: Sent = {}, given: Registration = {}): Promise<LegalDay> {
  const today = await story.today();
  const referral = { by: 'court', kind: 'delegated', receivedOn: today, ref: 'C-1', ...sent } as const;
  await story.register({ channel: 'court', referral, ...given });
  return today;
}

/** Taken on the first day, both willing, a mediator chosen by both. */
export async function heardForCourt(story: Story, sent: Sent = {}, given: Registration = {}): Promise<LegalDay> {
  const today = await sentByCourt(story, sent, given);
  await story.act('preLitigationMediation.take', { takenOn: today }, 'mediator');
  if (sent.kind !== 'entrusted') {
    await story.act('preLitigationMediation.invite', { invitedOn: today }, 'mediator');
    await story.act('preLitigationMediation.consent', { party: 'r1', willing: true }, 'r1');
  }
  await story.act('preLitigationMediation.chooseMediator', { mediatorId: 'T-3', agreedBy: ['w1', 'r1'] });
  return today;
}

/** Drafted and signed by both on the day given. */
export async function agreedForCourt(story: Story, on: LegalDay, obligations: unknown[]): Promise<void> {
  await story.act('preLitigationMediation.draftAgreement', draft(obligations), 'mediator');
  await story.act('preLitigationMediation.sign', { by: 'w1', signedOn: on, electronic: true }, 'w1');
  await story.act('preLitigationMediation.sign', { by: 'r1', signedOn: on, electronic: true }, 'r1');
}
