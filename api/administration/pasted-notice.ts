import { z } from '@hono/zod-openapi';
import { freeText } from '../../contracts/acts/common.ts';
import type { CalendarYear, StatutoryTable } from '../../domain/time/calendar.ts';
import { readNotice } from '../../domain/time/holiday-notice/read-notice.ts';
import { problem } from '../problems.ts';

/** A notice as it was published, in place of a document. */
export const PastedNotice = z.strictObject({
  // Kept as it came: places are told by its lines.
  text: z
    .string()
    .min(1)
    .max(20_000)
    .meta({ description: '通知全文 The words of the yearly notice, from its title to its day' }),
  source: freeText(1000).meta({ description: '来源 Where they were read' }),
  notice: freeText(200)
    .optional()
    .meta({ description: '文号 For a copy that leaves the number out', example: '国办发明电〔2025〕7号' }),
});

/** What a pasted notice says. Throws `notice-unclear` with the place of all that is not understood: nothing is guessed. */
export function readPasted({ text, ...said }: z.output<typeof PastedNotice>, { years }: StatutoryTable): CalendarYear {
  const answer = readNotice({ text, statutory: years, ...said });
  if ('read' in answer) return answer.read;
  throw problem('notice-unclear', {
    errors: answer.faults.slice(0, MOST_PLACES).map(({ code, line, column, zh, en }) => ({
      ...{ field: '/text', code, place: `text:${line}:${column}`, zh, en },
    })),
  });
}

const MOST_PLACES = 100;
