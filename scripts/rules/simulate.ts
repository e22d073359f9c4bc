import { setTimeout as sleep } from 'node:timers/promises';
import { askApi } from './api.ts';
import type { Command } from './command.ts';
import { needed, optionsOf } from './options.ts';

/** Has it shown what a draft would change, waits for it, and prints the report. */
export const simulate: Command = {
  usage: '<draft id> --reason <why>',
  summary: { zh: '推演草案对在办案件的影响', en: 'shows what a draft would change' },
  async run(args) {
    const { rest, options } = optionsOf(args, ['reason'], { most: 1 });
    const id = needed(rest[0], '<draft id>');
    const release = await askApi('POST', `/v1/releases/${id}/simulate`, { reason: needed(options.reason, '--reason') });
    for (;;) {
      const found = await askApi('GET', `/v1/rules/simulations/${release.preview.simulation}`);
      if (found.state === 'running') await sleep(500);
      else {
        console.log(JSON.stringify(found.report ?? { state: found.state, error: found.error }, null, 2));
        return found.state === 'done' ? 0 : 1;
      }
    }
  },
};
