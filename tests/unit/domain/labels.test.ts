import { describe, expect, it } from 'vitest';
import { outcomeTitle, stageTitle } from '../../../domain/labels.ts';
import { procedures } from '../../../domain/procedures/index.ts';
import { intakeProcedure } from '../../../domain/procedures/intake.ts';

const hasChinese = (text: string): boolean => /[\u4e00-\u9fff]/.test(text);

describe('what people read', () => {
  it.each(
    [...Object.values(procedures), intakeProcedure].map((definition) => [definition.title.zh, definition] as const),
  )('every outcome of %s has a Chinese and an English name', (_title, { outcomes }) => {
    for (const outcome of outcomes) {
      expect(hasChinese(outcomeTitle(outcome).zh), outcome).toBe(true);
      expect(hasChinese(outcomeTitle(outcome).en), outcome).toBe(false);
    }
  });

  it.each([
    'registering registered serving awaitingAnswer negotiating performing awaitingPaper offered consenting accepting',
    'hearing signing deciding reviewing issued objecting visiting archiving ended',
  ])('every stage has a Chinese name: %s', (stages) => {
    for (const stage of stages.split(' ')) expect(hasChinese(stageTitle(stage).zh), stage).toBe(true);
  });
});
