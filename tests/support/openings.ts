import type { LegalDay } from '../../domain/time/types.ts';
import type { Registration } from '../../rehearsal/staged-case.ts';
import type { Story } from './story.ts';
import { draft, settlement } from './terms.ts';

/** A settlement signed on the first day. */
export async function settled(story: Story, obligations: unknown[], given: Registration = {}): Promise<void> {
  await story.register(given);
  const today = await story.today();
  await story.act('negotiation.serveRequest', { servedOn: today, method: 'hand' });
  const covered = Array.from({ length: given.workers ?? 1 }, (_, index) => `w${index + 1}`);
  await story.act('negotiation.settle', settlement(today, obligations, { covered }));
}

/** Mediation applied for on the first day; the other side has yet to consent. */
export async function appliedFor(story: Story, given: Registration = {}): Promise<LegalDay> {
  await story.register({ requestedRoute: 'mediation', ...given });
  const today = await story.today();
  await story.act('mediation.apply', { receivedOn: today, form: 'oral' });
  return today;
}

/** Mediation accepted on the first day, with a mediator. */
export async function hearing(story: Story, given: Registration = {}): Promise<LegalDay> {
  const today = await appliedFor(story, given);
  await story.act('mediation.consent', { party: 'r1', willing: true }, 'r1');
  await story.act('mediation.accept', { acceptedOn: today }, 'mediator');
  await story.act('mediation.assignMediator', { mediatorId: 'M-7' });
  return today;
}

/** A mediation agreement in effect on the first day. */
export async function agreed(story: Story, obligations: unknown[], given: Registration = {}): Promise<LegalDay> {
  const today = await hearing(story, given);
  const workers = Array.from({ length: given.workers ?? 1 }, (_, index) => `w${index + 1}`);
  await story.act('mediation.draftAgreement', draft(obligations, workers), 'mediator');
  for (const by of [...workers, 'r1', 'mediator']) await story.act('mediation.sign', { by, signedOn: today });
  await story.act('mediation.seal', { sealedOn: today });
  return today;
}
