import { askApi } from './api.ts';
import type { Command } from './command.ts';
import { needed, optionsOf } from './options.ts';

/** Approves a draft of somebody else, from a day on. */
export const publish: Command = {
  usage: '<draft id> --from 2027-01-01 --reason <why>',
  summary: { zh: '批准他人的草案并定施行日期', en: 'approves the draft of somebody else, from a day on' },
  async run(args) {
    const { rest, options } = optionsOf(args, ['from', 'reason'], { most: 1 });
    const release = await askApi('POST', `/v1/releases/${needed(rest[0], '<draft id>')}/approve`, {
      inForceFrom: needed(options.from, '--from'),
      reason: needed(options.reason, '--reason'),
    });
    console.log(
      `${release.subject} #${release.number}: ${release.status}, ${release.inForceFrom} 起施行 in force from`,
    );
    return 0;
  },
};
