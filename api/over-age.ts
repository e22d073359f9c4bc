import type { RegisterCase } from '../contracts/intake.ts';
import type { Claim } from '../domain/case/case.ts';
import { refuse } from '../domain/refusal.ts';
import type { OutcomeOf } from '../domain/rules.ts';
import type { ApiDeps } from './deps.ts';
import { ProblemError, refused } from './problems.ts';

/** What is looked at of a case. */
interface Asked extends Pick<RegisterCase, 'region'> {
  facts: Pick<RegisterCase['facts'], 'overAge' | 'overAgeMatter' | 'relation'>;
  referral?: { by: string };
  workers: ReadonlyArray<{ claims: ReadonlyArray<Pick<Claim, 'kind' | 'subject'>> }>;
}

/**
 * 令第56号 第十九条 (L7): an over-age worker's claims for pay, rest, safety and work injury go the labour way, others straight to
 * court. One case has one way, so claims of both kinds are registered apart; each claim of the other kind is named.
 */
export async function refuseMixedOverAge(
  { rules }: ApiDeps,
  { region, facts, workers, referral }: Asked,
  root = '/workers',
): Promise<void> {
  // A court that sends a case has taken the whole of it.
  if (referral?.by === 'court' || !facts.overAge || (facts.relation !== 'labour' && facts.relation !== 'service'))
    return;
  const claims = workers.flatMap((worker, number) =>
    worker.claims.map(({ kind, subject }, index) => ({ kind, subject, field: `${root}/${number}/claims/${index}` })),
  );
  const ways = await Promise.all(
    claims.map(async ({ kind, subject, field }) => {
      const { outcome, matched } = await rules.decide(region, 'claim.overAge', { kind, subject });
      return { way: (outcome as unknown as OutcomeOf['claim.overAge']).way, source: matched[0]?.source, field };
    }),
  );
  const toCourt = ways.filter(({ way }) => way === 'court');
  const isLabour =
    ways.some(({ way }) => way === 'labour') || (facts.overAgeMatter && ways.some(({ way }) => way === 'stated'));
  const [first] = toCourt;
  if (!first || !isLabour) return;
  const zh = '超龄劳动者的这项请求应当直接向人民法院起诉；请与四类请求分开登记。';
  const en = 'This claim of an over-age worker goes straight to court; register it apart from the four kinds.';
  const problem = refused(refuse('over-age-claims-mixed', zh, en, { field: first.field, source: first.source }));
  throw new ProblemError({
    ...problem.problem,
    errors: toCourt.map(({ field }) => ({ field, code: 'over-age-claims-mixed', zh, en })),
  });
}
