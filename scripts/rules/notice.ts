import { readFile } from 'node:fs/promises';
import { readNotice } from '../../domain/time/holiday-notice/read-notice.ts';
import { readCalendarFiles } from '../../rules/calendar-source.ts';
import { fileText } from '../../rules/pack-document.ts';
import { askApi } from './api.ts';
import { type Command, Refused, UsedWrongly } from './command.ts';
import { needed, optionsOf } from './options.ts';
import { printFindings } from './print.ts';

/** Reads a notice of holidays as it was published and prints its days; with a reason it hands them in as a draft and has it checked. */
export const notice: Command = {
  usage: '<notice.txt> --source <where it was read> [--notice <文号>] [--reason <why>]',
  summary: { zh: '读放假通知全文；写明理由则交入为草案', en: 'reads a notice of holidays; with a reason, drafts it' },
  async run(args) {
    const { rest, options } = optionsOf(args, ['source', 'notice', 'reason'], { most: 1 });
    const file = needed(rest[0], '<notice.txt>');
    const text = await readFile(file, 'utf8').catch(() => {
      throw new UsedWrongly(`没有文件“${file}” There is no file ${file}`);
    });
    const pasted = { text, source: needed(options.source, '--source'), notice: options.notice };
    if (options.reason !== undefined) return drafted({ ...pasted, reason: options.reason });
    const { statutory } = await readCalendarFiles();
    const answer = readNotice({ ...pasted, statutory: statutory.years });
    if ('faults' in answer)
      throw new Refused(
        answer.faults
          .map(({ line, column, code, zh, en }) => `${file}:${line}:${column} [${code}] ${zh} / ${en}`)
          .join('\n'),
      );
    process.stdout.write(fileText(answer.read));
    return 0;
  },
};

async function drafted({ reason, ...pasted }: { reason: string; text: string }): Promise<number> {
  const release = await askApi('POST', '/v1/releases', { kind: 'calendar', reason, ...pasted });
  process.stdout.write(fileText(release.document));
  const checked = await askApi('POST', `/v1/releases/${release.id}/check`, { reason });
  console.log(`${checked.id} ${checked.subject} #${checked.number}: ${checked.status}`);
  return printFindings(checked.findings);
}
