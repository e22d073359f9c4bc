import { condition, setHandler } from '@temporalio/workflow';
import {
  breachQuestion,
  enforcementAfterBreach,
  type Next,
  questionsAfterRevocation,
} from '../domain/case/afterwards.ts';
import { makesEnforceable } from '../domain/case/applications.ts';
import type { Paper } from '../domain/case/case.ts';
import { ENFORCEMENT } from '../domain/case/enforcement.ts';
import { LIMITATION } from '../domain/case/limitation.ts';
import { type CaseUnder, NOT_REACHING_BACK, takeRelease } from '../domain/case/release-move.ts';
import { applyPaper } from '../domain/procedures/agreement-performance.ts';
import { type ProcedureDefinition, type ProcedureState, restartClock } from '../domain/procedures/definition.ts';
import { MECHANISM } from '../domain/procedures/emergency-state.ts';
import { calendarLoaded, emergencyOver, paperDecided, releaseMoved, sentToMediation } from './messages.ts';
import { moment } from './moment.ts';
import type { Run } from './run.ts';

/** What a procedure must let others know of itself, so that it can be told of what happens elsewhere. */
interface Listener<S extends ProcedureState> extends Pick<Run<S>, 'state' | 'commit' | 'ask'> {
  definition: ProcedureDefinition<S>;
  /** Whether the date of a clock is just being computed. */
  isStarting(): boolean;
  /** Whether the end of the procedure has been written, and where the case goes. */
  isHandedOn(): boolean;
  /** What another release would do to the case. */
  underOther(sha256: string): Promise<CaseUnder>;
}

/** What machines tell a procedure: that a calendar was loaded, that the case goes by another release, and what came of an application beside. */
export function listen<S extends ProcedureState>(of: Listener<S>): void {
  const { state, definition, commit, ask, isStarting, isHandedOn, underOther } = of;
  const calendarsHeard = new Set<string>();

  setHandler(calendarLoaded, async ({ version, notice }) => {
    // A rollout that begins again tells the same twice; the record would answer with the clocks of the first time.
    if (calendarsHeard.has(version)) return;
    calendarsHeard.add(version);
    // A clock whose date is just being computed may be computed by the calendar of before.
    await condition(() => !isStarting());
    const open = state.clocks.filter((clock) => !clock.expired);
    if (open.length === 0) return;
    await commit({
      dedup: `calendar:${version}:${state.run}`,
      event: {
        type: 'calendar.loaded',
        title: { zh: '节假日安排公布，重新推算期限', en: 'Calendar loaded, dates computed again' },
        legalRef: 'CAL-01',
        source: '全国年节及纪念日放假办法',
      },
      effects: {
        start: open.map((clock) => restartClock(clock)),
        detail: { version, notice, before: Object.fromEntries(open.map((clock) => [clock.key, clock.dueOn])) },
      },
    });
  });

  setHandler(releaseMoved, async ({ actId, sha256 }) => {
    // A clock whose date is just being computed would be overlooked.
    await condition(() => !isStarting());
    if (isHandedOn() || state.case.sha256 === sha256) return;
    const under = await underOther(sha256);
    if (isHandedOn() || state.case.sha256 === sha256) return;
    await commit({
      dedup: `release:${actId}:${state.run}`,
      event: {
        type: `${definition.procedure}.movedToRelease`,
        title: { zh: '随案件改按另一版规则办理', en: 'It follows the case to another release of the rules' },
        legalRef: 'POL-01',
        source: NOT_REACHING_BACK,
      },
      effects: takeRelease(state, under, moment().today),
    });
  });

  setHandler(paperDecided, async (paper: Paper) => {
    const attempt = state.case.routes.find(({ route }) => route === paper.route)?.attempt ?? 0;
    const enforces = makesEnforceable(state.case, paper);
    const news = definition.takePaper?.(state, paper) ?? applyPaper(state.case, paper);
    // Readers see from then on whether the way is open again; nothing is written behind the end of a procedure.
    if (isHandedOn() || !news) return;
    const decisions = await ask(enforces ? [breachQuestion(state.case)] : questionsAfterRevocation(state, paper));
    const instead = decisions[0]?.outcome as Next | undefined;
    if (instead) Object.assign(state.case, { remedy: instead.remedy, rightToArbitrate: instead.rightToArbitrate });
    if (isHandedOn()) return;
    await commit({
      decisions,
      // What was confirmed may be revoked later.
      dedup: `paper:${paper.route}:${attempt}:${[paper.outcome, ...(paper.without ?? [])].join('-')}:${state.run}`,
      event: {
        type: `${definition.procedure}.paperTaken`,
        title: { zh: '收到审查或确认的结果', en: 'The outcome of the application arrives' },
        ...(paper.route === 'arbitrationReview'
          ? { legalRef: 'JR-08', source: '劳动人事争议仲裁办案规则 第七十七条' }
          : paper.outcome === 'revoked'
            ? { legalRef: 'JC-08', source: '最高人民法院关于适用《民事诉讼法》的解释 第三百七十二条' }
            : { legalRef: 'JC-07', source: '民事诉讼法 第二百零六条' }),
      },
      effects: {
        // ENF-01: what is revoked cannot be enforced any more.
        ...(enforces
          ? { start: enforcementAfterBreach(state, moment().now) }
          : { stop: instead === undefined ? [] : [ENFORCEMENT] }),
        tell: enforces
          ? (['applicant', 'respondent', 'operator'] as const).map((to) => ({
              ...{ template: 'enforceableAfterBreach', to, clockKey: ENFORCEMENT },
            }))
          : instead?.rightToArbitrate
            ? [{ template: 'rightToArbitrate', to: 'applicant', clockKey: LIMITATION }]
            : [],
        detail: { route: paper.route, outcome: paper.outcome, enforceable: paper.enforceable },
      },
    });
  });

  setHandler(sentToMediation, (referral) => {
    if (!isHandedOn()) definition.takeReferral?.(state, referral);
  });

  setHandler(emergencyOver, async ({ attempt, outcome }) => {
    const { emergency } = state.case;
    if (emergency?.attempt !== attempt || emergency.stage === 'over') return;
    state.case.emergency = { stage: 'over', attempt };
    // Readers see from then on that another may be declared.
    if (isHandedOn()) return;
    await commit({
      dedup: `emergency:${attempt}:${state.run}`,
      event: {
        type: `${definition.procedure}.emergencyOver`,
        title: { zh: '应急联合调处已经结束', en: 'The joint response is over' },
        legalRef: 'POL-01',
        source: MECHANISM,
      },
      effects: { detail: { outcome } },
    });
  });
}
