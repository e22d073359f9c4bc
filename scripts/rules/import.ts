import { basename, resolve } from 'node:path';
import type { Finding, PackErrors } from '../../domain/rules.ts';
import { readSources } from '../../rules/load.ts';
import { documentOf } from '../../rules/pack-document.ts';
import { askApi } from './api.ts';
import { type Command, UsedWrongly } from './command.ts';
import { needed, optionsOf } from './options.ts';
import { printFindings } from './print.ts';

/** Hands a pack's folder in as a draft, or in place of one, and has it checked. */
export const importPack: Command = {
  usage: '<folder of the pack> --reason <why> [--draft <id>]',
  summary: { zh: '交入规则包作为草案并检查', en: 'hands a pack in as a draft, and has it checked' },
  async run(args) {
    const { rest, options } = optionsOf(args, ['reason', 'draft'], { most: 1 });
    const folder = resolve(needed(rest[0], '<folder>'));
    const reason = needed(options.reason, '--reason');
    const sources = await readSources(resolve(folder, '..')).catch(() => []);
    const source = sources.find((one) => one.folder === basename(folder));
    if (source === undefined) throw new UsedWrongly(`没有规则包“${folder}” There is no pack in ${folder}`);
    const faults: PackErrors['errors'] = [...source.files].flatMap(([file, json]) =>
      json.faults.map((fault) => ({ file: `${source.folder}/${file}`, ...fault })),
    );
    if (faults.length > 0) return printFindings(faults.map((fault): Finding => ({ ...fault, severity: 'error' })));
    const draft = { reason, document: documentOf(source) };
    const release =
      options.draft === undefined
        ? await askApi('POST', '/v1/releases', { kind: 'pack', ...draft })
        : await askApi('PUT', `/v1/releases/${options.draft}`, draft);
    const checked = await askApi('POST', `/v1/releases/${release.id}/check`, { reason });
    console.log(`${checked.id} ${checked.subject} #${checked.number}: ${checked.status}`);
    return printFindings(checked.findings);
  },
};
