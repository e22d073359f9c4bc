import { expect, it } from 'vitest';
import type { Question } from '../../domain/procedures/definition.ts';
import { loadRuleBook, regionContradictions, ruleBookFrom } from '../../rules/index.ts';
import type { StoredPack } from '../../rules/stored-packs.ts';

const book = await loadRuleBook();
const mediation = (newEmploymentForm: boolean): Question => ({
  point: 'mediation.organisation',
  facts: { enterpriseCommittee: false, newEmploymentForm, workers: 1, claimKinds: ['pay'], referredBy: 'none' },
});
const between = async (pair: [string, string], ...questions: Question[]) =>
  (await regionContradictions(book, pair, questions)).map(({ about }) => about);

it('POL-01 Jinshan and its neighbour agree on an ordinary dispute: other names, words and remedies are no contradiction', async () => {
  expect(await between(['310116', '330421'], mediation(false))).toEqual([]);
  expect(await between(['510107', '520103'], mediation(false))).toEqual([]);
});

it('POL-01 they differ on who mediates for platform workers, and it is said what each of them rules', async () => {
  const [found] = await regionContradictions(book, ['310116', '330421'], [mediation(true)]);
  expect(found).toMatchObject({ about: 'mediation.organisation' });
  expect(found?.reason.zh).toBe(
    'mediation.organisation 两地规定不一致：310116 {kind: "jointCentre"} ≠ 330421 {kind: "oneStop"}',
  );
});

it('MED-07 a period that one of them shortens is a contradiction, and so is a day that lasts a second', async () => {
  const content = structuredClone(book.content) as { packs: Array<StoredPack & { deadlines: object[] }> };
  const jinshan = content.packs.find(({ head }) => head.id === '310116-jinshan');
  if (!jinshan) throw new Error('there is a pack of Jinshan');
  const nation = book.catalogue('000000').find(({ id }) => id === 'mediation.conclusion');
  jinshan.deadlines = [{ id: 'mediation.conclusion', amount: 10, source: nation?.source ?? '' }];
  const found = await regionContradictions(ruleBookFrom(content), ['310116', '330421'], []);
  expect(found.map(({ about }) => about)).toEqual(['mediation.conclusion']);
  expect(await between(['990000', '330421'])).toEqual(['timeScale']);
});
