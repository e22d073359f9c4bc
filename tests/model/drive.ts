import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { authoriseAct } from '../../api/authorise.ts';
import { workflowOf } from '../../api/perform-act.ts';
import { ProblemError } from '../../api/problems.ts';
import { sendAct } from '../../api/temporal.ts';
import type { PartyRow } from '../../db/read-models.ts';
import { findAct } from '../../domain/procedures/index.ts';
import { addDays } from '../../domain/time/day.ts';
import { messageOf } from '../../rehearsal/act-message.ts';
import type { Story } from '../support/story.ts';
import { type Registration, register } from './intake.ts';
import type { Law } from './law.ts';
import { type Act, type Answer, isParty, type Model } from './model.ts';
import { nextEnd, pass, perform } from './play.ts';
import { happenings, type Sequence } from './sequences.ts';
import { actual, expected, type View } from './view.ts';

/** A place where the workflows did not do what the law says, with everything that led there, in words. */
export interface Difference {
  story: string[];
  expected: unknown;
  actual: unknown;
}

/**
 * Plays a sequence against the real workflows and the law. Gives the first difference, if any. `restMs` is how long the workflows
 * may take to come to rest; the story's time stands still meanwhile. What the case goes through is counted in `seen`.
 */
export async function follow(
  story: Story,
  sequence: Sequence,
  { law, restMs, seen }: { law: Law; restMs: number; seen: Map<string, number> },
): Promise<Difference | undefined> {
  const told: string[] = [];
  const { registration } = sequence;
  let m = register(registration, law);
  const differs = (wanted: unknown, found: unknown): Difference => ({ story: told, expected: wanted, actual: found });
  const tally = (what: string) => seen.set(what, (seen.get(what) ?? 0) + 1);
  const stands = async (model: Model): Promise<Difference | undefined> => {
    const found = await rest(story, expected(model), restMs);
    return found === undefined ? undefined : differs(...narrowed(expected(model), found));
  };

  told.push(inWords(registration));
  await story.register(registration);
  let difference = await stands(m);
  for (const next of happenings(sequence, () => m)) {
    if (difference) return difference;
    if ('until' in next) {
      if (timeStandsStill(m)) return undefined;
      told.push(`${m.today} 无人行事 nobody does anything until ${next.until}`);
      for (let end = nextEnd(m); end !== undefined && end < next.until; end = nextEnd(m)) {
        if (timeStandsStill(m)) return undefined;
        // Not before the end of its last day, and with it.
        await story.sleepUntil(`${end}T23:59`);
        difference = await stands(pass(m, end));
        if (difference) return difference;
        m = pass(m, addDays(end, 1));
        await story.sleepUntil(`${m.today}T00:01`);
        difference = await stands(m);
        if (difference) return difference;
      }
      if (timeStandsStill(m)) return undefined;
      if (m.today < next.until) await story.sleepUntil(next.until);
      m = pass(m, next.until);
    } else {
      const { answer, model } = perform(m, next);
      told.push(`${m.today} ${next.by}: ${next.name} ${JSON.stringify(next.body)} → ${answer}`);
      tally(answer);
      const { actId, answer: really } = await send(story, m, next);
      if (really !== answer) return differs(answer, really);
      const trace = story.events().find((event) => event.actId === actId);
      if (answer !== 'taken' && trace) return differs('a refused act leaves no trace', trace.type);
      m = model;
    }
    for (const one of [m, ...Object.values(m.beside)]) tally(`${one.procedure}.${one.stage}`);
    difference = (await stands(m)) ?? (m.leftOut && (await elsewhere(story, m.leftOut, stands)));
  }
  return difference;
}

/**
 * The test server skips no time any more once a workflow has ended whose parent's run went on in another before it: a story ends
 * where a review or confirmation did after the performance that it was applied for in.
 */
const timeStandsStill = (m: Model): boolean =>
  m.procedure !== 'agreementPerformance' && Object.values(m.beside).some(({ stage }) => stage === 'ended');

/** The case of those whom an agreement left out stands where the first one stood. */
async function elsewhere(
  story: Story,
  leftOut: Model,
  stands: (m: Model) => Promise<Difference | undefined>,
): Promise<Difference | undefined> {
  const { caseNo } = story;
  const linked = [...story.record.splits.values()].at(-1);
  if (linked === undefined) return { story: [], expected: 'a linked case', actual: 'none' };
  await story.record.seen('the linked case', (event) => event.caseNo === linked);
  story.follow(linked);
  const difference = await stands(leftOut);
  story.follow(caseNo);
  return difference;
}

/** Sends an act as the API does: who, then the workflow. */
async function send(story: Story, m: Model, { name, by, body }: Act): Promise<{ actId: string; answer: Answer }> {
  const found = findAct(name);
  if (!found) throw new Error(`the product knows no act ${name}`);
  const role = isParty(by) ? 'party' : by;
  const message = messageOf(name, body, by);
  const { actId } = message;
  try {
    authoriseAct(found.act.by, { subject: by, role, region: m.region }, m.parties.map(rowOf), message.input);
  } catch (error) {
    if (error instanceof ProblemError) return { actId, answer: error.problem.code as Answer };
    throw error;
  }
  const told = await sendAct(story.env.client, workflowOf(found.procedure, story.caseNo), name, message);
  if (told.kind === 'refused') return { actId, answer: told.refusal.code };
  return { actId, answer: told.kind === 'done' ? 'taken' : 'elsewhere' };
}

const rowOf = ({ id, side, kind }: Model['parties'][number]): PartyRow => ({
  ...{ id, side, kind, name: '', subject: id, groups: [] },
  ...{ idNumber: null, phone: null, email: null, address: null, preferredChannel: null, language: null, movedTo: null },
});

/** Waits until the case stands as expected; gives how it stands where it does not come to that. */
async function rest(story: Story, wanted: View, restMs: number): Promise<View | undefined> {
  const until = Date.now() + restMs;
  for (;;) {
    const found = await actual(story);
    if (isDeepStrictEqual(found, wanted)) return undefined;
    if (Date.now() > until) return found;
    await sleep(5);
  }
}

/** Only what differs of two views. */
function narrowed(wanted: View, found: View): [unknown, unknown] {
  const keys = [...new Set([...Object.keys(wanted), ...Object.keys(found)])] as Array<keyof View>;
  const differing = keys.filter((key) => !isDeepStrictEqual(wanted[key], found[key]));
  const only = (view: View) => Object.fromEntries(differing.map((key) => [key, view[key]]));
  return [only(wanted), only(found)];
}

function inWords({ on, region, channel, requestedRoute, claims, facts, parties }: Registration): string {
  const plain = Object.entries(facts).filter(([, value]) => value !== false && value !== 'none');
  const asked = claims.map(({ worker, kind, subject, amountFen }) => `${worker} ${kind}/${subject} ${amountFen ?? ''}`);
  const who = parties.map(({ id }) => id).join(' ');
  return `${on} 登记 registered in ${region} by ${channel}, asks for ${requestedRoute}: ${who}; ${asked.join(', ')}; ${plain.map((one) => one.join(' ')).join(', ')}`;
}
