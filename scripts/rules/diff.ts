import { packChanges, type RowChange } from '../../rules/changes.ts';
import { packsFolder, readSources } from '../../rules/load.ts';
import { askApi } from './api.ts';
import type { Command } from './command.ts';
import { needed, optionsOf } from './options.ts';

/** Tells row by row what a draft changes, or one folder of packs against another. */
export const diff: Command = {
  usage: '<draft id> | <folder of packs> [<folder of packs>]',
  summary: { zh: '逐行列出改动', en: 'tells row by row what differs' },
  async run(args) {
    const { rest } = optionsOf(args, [], { most: 2 });
    const first = needed(rest[0], '<draft id> | <folder>');
    const changes = /^[0-9a-f-]{36}$/.test(first)
      ? ((await askApi('GET', `/v1/releases/${first}/changes`)).items as RowChange[])
      : packChanges(
          await readSources(rest[1] === undefined ? packsFolder : first),
          await readSources(rest[1] ?? first),
        );
    for (const change of changes) console.log(told(change));
    console.log(`${changes.length} 处改动 changes`);
    return changes.length === 0 ? 0 : 1;
  },
};

const signs = { added: '+', removed: '-', changed: '~' };

function told({ pack, file, row, change, fields }: RowChange): string {
  const what = fields.map(
    ({ field, before, after }) => `\n    ${field}: ${JSON.stringify(before) ?? '–'} → ${JSON.stringify(after) ?? '–'}`,
  );
  return `${signs[change]} ${pack}/${file} ${row}${what.join('')}`;
}
