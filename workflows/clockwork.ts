import { condition } from '@temporalio/workflow';
import { tellOfSilence } from '../domain/case/afterwards.ts';
import type { Clock } from '../domain/case/case.ts';
import { ENFORCEMENT } from '../domain/case/enforcement.ts';
import { LIMITATION } from '../domain/case/limitation.ts';
import { caseReminds } from '../domain/procedures/case-acts/index.ts';
import type { Effects, ProcedureDefinition, ProcedureState, Tell } from '../domain/procedures/definition.ts';
import { applySilence, silenceQuestion } from '../domain/procedures/silence.ts';
import { moment } from './moment.ts';
import type { Run } from './run.ts';
import { showNextDue } from './search-attributes.ts';

/** What the clocks of a procedure need of it. */
interface Clockwork<S extends ProcedureState> extends Pick<Run<S>, 'state' | 'commit' | 'ask'> {
  definition: ProcedureDefinition<S>;
  /** Whether the date of a clock is just being computed. */
  isStarting(): boolean;
  /** Whether the case waits for another one to decide. */
  isHeld(): boolean;
}

/**
 * The clocks of a procedure, as the wait of its story: every clock that runs out gets its silence's default,
 * every reminder rung fires once.
 */
export function clockwork<S extends ProcedureState>(of: Clockwork<S>): Run<S>['until'] {
  const { state, definition, commit, ask, isStarting, isHeld } = of;

  const ended = () => state.outcome !== undefined;
  let shown: string | undefined;

  async function until(happened: () => boolean): Promise<void> {
    while (!ended() && !happened()) {
      // Dates that are just being computed are waited for, so that what is shown and slept for is set once.
      if (isStarting()) {
        await condition(() => ended() || happened() || !isStarting());
        continue;
      }
      shown = showNextDue(state.clocks, shown);
      const wake = nextWake(state.clocks);
      const changed = () => ended() || happened() || (!isStarting() && nextWake(state.clocks)?.id !== wake?.id);
      if (!wake) {
        await condition(changed);
        continue;
      }
      const left = Date.parse(wake.at) - Date.now();
      if (left > 0 && (await condition(changed, left))) continue;
      // While the moment came, the clock may have been stopped or set anew.
      if (isStarting() || !state.clocks.includes(wake.clock)) continue;
      await (wake.rung === undefined ? runOut(wake.clock) : remind(wake.clock, wake.rung));
    }
  }

  const reminded = (clock: Clock): Array<Tell['to']> =>
    clock.key === LIMITATION || clock.key === ENFORCEMENT
      ? ['applicant']
      : (caseReminds(state, clock) ?? definition.reminds?.(state, clock) ?? ['operator']);

  async function remind(clock: Clock, rung: string): Promise<void> {
    clock.rungs = clock.rungs.filter(({ id }) => id !== rung);
    clock.fired = [...clock.fired, rung];
    await commit({
      // By the moment it is about: a clock that was started again has reminders of its own.
      dedup: `rung:${clock.key}:${clock.dueAt}:${rung}`,
      event: {
        type: 'deadline.reminded',
        title: { zh: '期限提醒', en: 'Reminder' },
        legalRef: clock.legalRef,
        source: clock.source,
      },
      effects: {
        tell: reminded(clock).map((to) => ({
          template: rung.startsWith('after') ? 'overdueReminder' : 'reminder',
          to,
          clockKey: clock.key,
        })),
        detail: { deadlineId: clock.deadlineId, key: clock.key, rung },
      },
    });
  }

  async function runOut(clock: Clock): Promise<void> {
    const enforcing = clock.purpose === 'enforcing';
    const decisions = enforcing ? await ask([silenceQuestion(definition, state, clock)]) : [];
    if (isHeld()) await condition(() => !isHeld());
    // An act may have come in while the rules were asked.
    if (ended() || !state.clocks.includes(clock) || clock.expired) return;
    clock.expired = true;
    const outcome = decisions[0]?.outcome.outcome;
    const effects: Effects =
      outcome === undefined
        ? {
            ...definition.passed?.(state, clock, moment()),
            tell: reminded(clock).map((to) => ({ template: 'deadlinePassed', to, clockKey: clock.key })),
          }
        : applySilence(definition, state, clock, String(outcome), moment());
    await commit({
      dedup: `due:${clock.key}:${clock.dueAt}`,
      event: {
        type: 'deadline.ranOut',
        title: { zh: '期限届满', en: 'The time ran out' },
        legalRef: clock.legalRef,
        source: clock.source,
      },
      effects: {
        ...effects,
        tell: [...(effects.tell ?? []), ...tellOfSilence(state, clock, decisions[0], effects)],
        detail: {
          ...effects.detail,
          deadlineId: clock.deadlineId,
          key: clock.key,
          dueOn: clock.dueOn,
          outcome: outcome ?? clock.onExpiry,
        },
      },
      decisions,
    });
  }
  return until;
}

interface Wake {
  id: string;
  at: string;
  clock: Clock;
  rung?: string;
}

/** The earliest thing a procedure must wake for: a rung not fired or a clock not run out. Ties go by name. */
function nextWake(clocks: Clock[]): Wake | undefined {
  let first: Wake | undefined;
  const offer = (wake: Wake) => {
    if (!first || wake.at < first.at || (wake.at === first.at && wake.id < first.id)) first = wake;
  };
  for (const clock of clocks) {
    const name = `${clock.key}:${clock.revision}`;
    if (!clock.expired) offer({ id: `${name}:due:${clock.dueAt}`, at: clock.dueAt, clock });
    for (const { id, at } of clock.rungs) offer({ id: `${name}:${id}:${at}`, at, clock, rung: id });
  }
  return first;
}
