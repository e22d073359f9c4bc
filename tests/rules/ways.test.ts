// biome-ignore-all lint/suspicious/noThenProperty: the word of the pack format; never a function
import { describe, expect, it } from 'vitest';
import { procedureClocks } from '../../domain/case/clocks.ts';
import { silencesFor } from '../../domain/procedures/silence.ts';
import { mostConditions } from '../../rules/conditions.ts';
import { SpoiltPacks } from './support.ts';

const silences = '000000-national/decisions/silence.default.json';
const next = '000000-national/decisions/procedure.next.json';
type Rule = { id: string; when: unknown; then: Record<string, unknown> };
const going = (id: (rule: Rule) => boolean, to: string) =>
  new SpoiltPacks().edit(next, (rules: Rule[]) =>
    rules.map((rule) => (id(rule) ? { ...rule, then: { ...rule.then, next: to } } : rule)),
  );

describe('an answer to silence is an error where the procedure knows nothing to do with it', () => {
  const wrong: Record<string, [outcome: string, clock: string]> = {
    // An outcome of another procedure, and a name that nobody knows.
    'negotiation-response': ['overdue', 'negotiation.response'],
    'mediation-consent': ['ignored', 'mediation.consent'],
    // A payment taken for made where an instalment is missed.
    'settlementPerformance-grace': ['deemedPaid', 'settlementPerformance.grace'],
    // A second long stop after the long stop.
    'arbitrationReview-longstop': ['waitLongstop', 'arbitrationReview.longstop'],
    // It only says that the case goes on here.
    'case-transferAnswer': ['transferred', 'case.transferAnswer'],
    // The clocks are named by leaving others out.
    'negotiation-service': ['unserved', 'mediation.offer'],
  };
  const leavingOut = {
    all: [{ not: { fact: 'wait', operator: 'notIn', value: ['negotiation.service', 'mediation.offer'] } }],
  };

  it('at its place, with the clocks that run out', async () => {
    const packs = new SpoiltPacks().edit(silences, (rules: Rule[]) =>
      rules.map((rule) => {
        const outcome = wrong[rule.id]?.[0];
        if (outcome === undefined) return rule;
        return { ...rule, then: { outcome }, ...(rule.id === 'negotiation-service' ? { when: leavingOut } : {}) };
      }),
    );
    const rules = JSON.parse(packs.text(silences)) as Rule[];
    const found = (await packs.findings()).filter(({ code }) => code === 'unknown-silence');
    expect(found).toHaveLength(Object.keys(wrong).length);
    for (const [id, [outcome, clock]] of Object.entries(wrong)) {
      const pointer = `/${rules.findIndex((rule) => rule.id === id)}/then/outcome`;
      const one = found.find((finding) => finding.pointer === pointer);
      expect(one, id).toMatchObject({ file: silences, severity: 'error' });
      expect(one?.reason.zh).toContain(`期限 ${clock} 届满时`);
      expect(one?.reason.en).toContain(`"${outcome}"`);
    }
  });

  it('of every clock that a procedure runs it is known what may be answered', () => {
    const unknown = procedureClocks.filter((id) => silencesFor(id) === undefined);
    // What can be enforced is only watched: nobody asks the rules when that time is over.
    expect(unknown).toEqual(['enforcement.application']);
  });
});

describe('a way without an end is told of', () => {
  it('where no facts lead out of it, as an error', async () => {
    const packs = going(({ then }) => then.next === 'closed', 'mediation');
    const found = (await packs.findings()).filter(({ code }) => code === 'never-ends');
    expect(found).toEqual([expect.objectContaining({ file: next, severity: 'error' })]);
    expect(found[0]?.pointer).toMatch(/^\/\d+\/when$/);
    expect(found[0]?.reason.zh).toContain('回访');
  });

  it('where only silence goes round, as a warning', async () => {
    const findings = await going(({ id }) => id === 'archived-closed', 'mediation').findings();
    const found = findings.filter(({ code }) => code === 'silent-circle' || code === 'never-ends');
    expect(found).toEqual([expect.objectContaining({ file: next, code: 'silent-circle', severity: 'warning' })]);
  });
});

describe('one rule cannot keep the check busy', () => {
  const file = '000000-national/decisions/mediation.organisation.json';
  const leaf = (value: number) => ({ fact: 'workers', operator: 'lessThan', value });
  const found = (when: unknown) =>
    new SpoiltPacks()
      .edit(file, (rules: Rule[]) => rules.map((rule, index) => (index === 2 ? { ...rule, when } : rule)))
      .findings();

  it('more conditions than anybody reads are refused with their place', async () => {
    const many = (count: number) => ({ any: Array.from({ length: count }, (_, at) => leaf(at + 1)) });
    const [one] = await found(many(mostConditions));
    expect(one).toMatchObject({ file, pointer: '/2/when', code: 'too-many', severity: 'error' });
    expect((await found(many(mostConditions - 1))).map(({ code }) => code)).not.toContain('too-many');
    const listed = { all: [{ fact: 'referredBy', operator: 'in', value: Array.from({ length: 400 }, () => 'court') }] };
    expect((await found(listed)).map(({ code }) => code)).toContain('too-many');
  });

  it('and a rule that falls into too many cases is told of as not examined, within seconds', async () => {
    const before = Date.now();
    const pairs = {
      all: Array.from({ length: 60 }, (_, at) => ({ any: [leaf(2 * at + 1), { not: leaf(2 * at + 2) }] })),
    };
    const codes = (await found(pairs)).map(({ code }) => code);
    expect(codes).not.toContain('too-many');
    expect(Date.now() - before).toBeLessThan(20_000);
  });
});
