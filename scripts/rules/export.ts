import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileText, type PackDocument } from '../../rules/pack-document.ts';
import { askApi } from './api.ts';
import type { Command } from './command.ts';
import { needed, optionsOf } from './options.ts';

/** Writes a pack as files, so that it can be kept in git and handed in again. */
export const exportPack: Command = {
  usage: '<pack> <folder> [--on 2027-01-01]',
  summary: { zh: '导出规则包为文件', en: 'writes a pack in force as files below the folder' },
  async run(args) {
    const { rest, options } = optionsOf(args, ['on'], { most: 2 });
    const pack = needed(rest[0], '<pack>');
    const folder = join(needed(rest[1], '<folder>'), pack);
    const on = options.on === undefined ? '' : `?on=${options.on}`;
    const { files }: PackDocument = await askApi('GET', `/v1/rules/packs/${pack}${on}`);
    for (const [file, value] of Object.entries(files)) {
      await mkdir(dirname(join(folder, file)), { recursive: true });
      await writeFile(join(folder, file), fileText(value));
    }
    console.log(`${folder}: ${Object.keys(files).length} 个文件 files`);
    return 0;
  },
};
