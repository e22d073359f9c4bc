import { expect, it } from 'vitest';
import type { RuleBook } from '../../domain/rules.ts';
import { loadRuleBook } from '../../rules/index.ts';
import { packsFolder, readSources } from '../../rules/load.ts';
import { bookWith, documentOf, sourceOfDocument } from '../../rules/pack-document.ts';
import { appliedFor } from '../support/openings.ts';
import { type Story, tell } from '../support/story.ts';

/** The word of the pack format; named here, so that no object is taken for a promise. */
const THEN = 'then';

const book = await loadRuleBook();
const { files } = documentOf(
  (await readSources(packsFolder)).find(({ folder }) => folder === '310116-jinshan') as never,
);

/** Jinshan shortens mediation to ten days; by `rule` it may say what that means for cases that are open. */
const tenDays = (...rules: unknown[]): RuleBook =>
  bookWith(
    book,
    sourceOfDocument({
      format: 1,
      files: {
        ...files,
        'deadlines.json': [{ id: 'mediation.conclusion', source: '区里的通知', amount: 10 }],
        'decisions/release.decides.json': rules,
      },
    }),
  );

const fromTuesday = (later: RuleBook) => ({ later: [{ from: '2030-03-05', book: later }] });

/** Applied for on Monday under the rules of before, accepted on Wednesday. */
async function acceptedLater(story: Story): Promise<void> {
  await appliedFor(story, { region: '310116' });
  await story.sleepUntil('2030-03-06');
  await story.act('mediation.consent', { party: 'r1', willing: true }, 'r1');
  await story.act('mediation.accept', { acceptedOn: '2030-03-06' }, 'mediator');
}

it('MED-07 a case registered before a release keeps the fifteen days of its intake; one registered under it has ten', () => {
  const later = tenDays();
  return tell(fromTuesday(later), async (story) => {
    await acceptedLater(story);
    expect(story.clock('mediation.conclusion')).toMatchObject({ dueOn: '2030-03-21', sha256: book.sha256 });
    expect(story.last('mediation.accepted').decisions.every(({ sha256 }) => sha256 === book.sha256)).toBe(true);
    await story.register({ region: '310116', requestedRoute: 'mediation' });
    expect(story.clock('mediation.offer').sha256).toBe(later.sha256);
  });
});

it('MED-07 where the release says that the day of the acceptance decides, the open case has ten days too', () => {
  const later = tenDays({
    ...{ point: 'release.decides', id: 'by-acceptance', priority: 20, legalRef: 'POL-01', source: '区里的通知' },
    title: { zh: '依受理调解之日', en: 'By the day of acceptance' },
    when: { all: [{ fact: 'about', operator: 'equal', value: 'mediation.conclusion' }] },
    [THEN]: { by: 'event' },
  });
  return tell(fromTuesday(later), async (story) => {
    await acceptedLater(story);
    expect(story.clock('mediation.conclusion')).toMatchObject({ dueOn: '2030-03-18', sha256: later.sha256 });
    // The rest of the case goes by the release of its intake.
    expect(story.state().case.sha256).toBe(book.sha256);
  });
});
