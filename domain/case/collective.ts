import type { Effects, ProcedureState, Question } from '../procedures/definition.ts';
import type { Decision, MajorGround, OutcomeOf } from '../rules.ts';
import { type CaseSnapshot, type Claim, isMet, type Opening, type PartyId, type Side, workersOf } from './case.ts';

/** 共同请求: of all the claims that workers share, by kind and subject, the one with the most workers. */
export function withCommonClaim({ claims }: Pick<CaseSnapshot, 'claims'>): PartyId[] {
  const groups = new Map<string, Set<PartyId>>();
  for (const { worker, kind, subject } of claims) {
    const name = `${kind}/${subject}`;
    groups.set(name, (groups.get(name) ?? new Set()).add(worker));
  }
  return [...groups.values()].reduce((most: PartyId[], group) => (group.size > most.length ? [...group] : most), []);
}

/** Whether the dispute is a major one, 71号 第五条、第十四条. */
export const majorDispute = (snapshot: CaseSnapshot): Question => ({
  point: 'intake.majorDispute',
  facts: {
    workers: workersOf(snapshot).length,
    withCommonClaim: withCommonClaim(snapshot).length,
    amountYuan: yuanOf(snapshot.claims),
    groups: snapshot.groups ?? [],
    channel: snapshot.channel,
    publicOpinion: snapshot.facts.publicOpinion ?? false,
  },
});

const yuanOf = (claims: Claim[]): number => claims.reduce((sum, { amountFen = 0 }) => sum + amountFen, 0) / 100;

/** Whether workers may choose representatives, and how many (MED-14); nobody shares a claim with himself. */
export function representativesQuestion(snapshot: CaseSnapshot): Question[] {
  const { length } = withCommonClaim(snapshot);
  return length < 2 ? [] : [{ point: 'case.representatives', facts: { withCommonClaim: length } }];
}

/** What the rules let workers of a case do together. */
export function collectiveOf(outcome: Decision['outcome']): CaseSnapshot['collective'] {
  const { mayChoose, least, most } = outcome as unknown as OutcomeOf['case.representatives'];
  return mayChoose ? { least, most } : undefined;
}

/**
 * Opens the joint response where the rule calls the dispute major and none is under way. The case stays on its path.
 * Changes the snapshot: a second one must know of the first.
 */
export function declaredByRule(snapshot: CaseSnapshot, decisions: Decision[]): Opening | undefined {
  const answer = decisions.find(({ point }) => point === 'intake.majorDispute');
  const { major, ground } = (answer?.outcome ?? { major: false }) as unknown as OutcomeOf['intake.majorDispute'];
  return major && snapshot.emergency?.stage !== 'open' ? declare(snapshot, 'rule', ground) : undefined;
}

/**
 * Asked again whenever there are more workers than before: whether the dispute is a major one by now, and whether they may choose
 * representatives.
 */
export const askedOfMore = (state: ProcedureState): Pick<Effects, 'ask' | 'answered'> => ({
  ask: [majorDispute(state.case), ...representativesQuestion(state.case)],
  answered(decisions) {
    const answer = decisions.find(({ point }) => point === 'case.representatives');
    const before = state.case.collective;
    if (answer) state.case.collective = collectiveOf(answer.outcome);
    const { collective } = state.case;
    return {
      open: declaredByRule(state.case, decisions),
      ...(before === undefined && collective !== undefined
        ? {
            tell: [{ template: 'representativesPossible', to: workersSide(state.case) ?? 'applicant' }],
            detail: { collective },
          }
        : {}),
    };
  },
});

/** Which side the workers are on. */
export const workersSide = ({ parties }: CaseSnapshot): Side | undefined =>
  parties.find(({ kind }) => kind === 'worker')?.side;

export function declare(snapshot: CaseSnapshot, declaredBy: 'rule' | 'office', ground: MajorGround): Opening {
  const attempt = (snapshot.emergency?.attempt ?? 0) + 1;
  snapshot.emergency = { stage: 'open', attempt };
  return { procedure: 'emergencyResponse', attempt, declaredBy, ground };
}

/** Whether the end of a procedure ends the joint response too; nothing where the case goes on. */
export function endsEmergency(
  { outcome, case: { emergency, past } }: ProcedureState,
  next: string,
): { settled: boolean } | undefined {
  if (emergency?.stage !== 'open') return undefined;
  if (isMet(outcome)) return { settled: true };
  return next === 'closed' ? { settled: past.some((before) => isMet(before.outcome)) } : undefined;
}
