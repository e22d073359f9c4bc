import type { RuleBook } from '../../domain/rules.ts';
import type { Setting } from '../../rehearsal/stage.ts';
import { loadRuleBook } from '../../rules/index.ts';
import { packsFolder, readSources } from '../../rules/load.ts';
import { bookWith, documentOf, sourceOfDocument } from '../../rules/pack-document.ts';

/** The packs as they are, with one in which Jinshan shortens mediation to ten days; by `rules` it may say what that means for open cases. */
export async function tenDays(...rules: unknown[]): Promise<RuleBook> {
  const jinshan = (await readSources(packsFolder)).find(({ folder }) => folder === '310116-jinshan');
  if (jinshan === undefined) throw new Error('there is no pack of Jinshan');
  const { files } = documentOf(jinshan);
  return bookWith(
    await loadRuleBook(),
    sourceOfDocument({
      format: 1,
      files: {
        ...files,
        'deadlines.json': [{ id: 'mediation.conclusion', source: '区里的通知', amount: 10 }],
        'decisions/release.decides.json': rules,
      },
    }),
  );
}

/** Those rules come into force on the second day of a story. */
export const fromTuesday = (later: RuleBook): Pick<Setting, 'later'> => ({
  later: [{ from: '2030-03-05', book: later }],
});
