import { z } from '@hono/zod-openapi';
import { freeText, legalDay } from '../../contracts/acts/common.ts';
import {
  calendarsRevision,
  listCalendars,
  openDeadlinesOf,
  saveCalendar,
  workflowsTouchedBy,
} from '../../db/calendars.ts';
import type { Finding } from '../../domain/rules.ts';
import { buildCalendar, CalendarMissing, type CalendarYear, validateCalendarYear } from '../../domain/time/calendar.ts';
import type { Bilingual, Calendar } from '../../domain/time/types.ts';
import { yearsInForce } from '../../rules/calendar-source.ts';
import { sha256Of } from '../../rules/canonical.ts';
import { isRecord } from '../../rules/is-record.ts';
import { parseLocatedJson } from '../../rules/located-json.ts';
import { fileText } from '../../rules/pack-document.ts';
import { addMoves, type CalendarMoves, noMoves } from '../../rules/simulation/calendar-moves.ts';
import type { ApiDeps } from '../deps.ts';
import { problem } from '../problems.ts';
import { parse } from '../request.ts';
import { readDocument, readPlainly } from './document.ts';
import type { DraftText, ReleaseKind, WholeRelease } from './kind.ts';
import { PastedNotice, readPasted } from './pasted-notice.ts';
import { tellCalendars } from './tell-calendars.ts';

const NamedDay = z.strictObject({
  on: legalDay,
  name: z.strictObject({ zh: freeText(100), en: freeText(100) }),
});

/** What one State Council notice arranges. */
export const CalendarNotice = z.strictObject({
  year: z.int().min(1901).max(9998),
  notice: freeText(200).meta({ description: '文号', example: '国办发明电〔2025〕7号' }),
  source: freeText(1000).meta({ description: 'Where the text of the notice was read' }),
  daysOff: z.array(NamedDay).max(366).meta({ description: '放假' }),
  workdays: z.array(NamedDay).max(366).meta({ description: '调休上班' }),
});
const PastedBody = z.looseObject(PastedNotice.shape);

/** Cases that are looked at together. */
const PAGE = 200;

/** The yearly notice of the State Council. It holds for the whole country: its region is the nation. */
export const calendarKind: ReleaseKind = {
  kind: 'calendar',

  read({ statutory }, text) {
    const value = readPlainly(text);
    if (!isRecord(value) || !('text' in value)) return draftOf(readDocument(CalendarNotice, text));
    const { text: pastedText, source, notice } = parse(PastedBody, value);
    return { ...draftOf(readPasted({ text: pastedText, source, notice }, statutory)), pastedText };
  },

  async textOn({ db }, subject) {
    return (await yearsInForce(await loaded(db))).find(({ year }) => String(year) === subject);
  },

  meaningOf: sha256Of,

  async check(deps, release) {
    const content = contentOf(release);
    const { lineOf } = parseLocatedJson(fileText(content));
    const finding = (pointer: string, code: Finding['code'], reason: Bilingual): Finding => ({
      ...{ file: `${release.subject}.json`, line: lineOf(pointer), pointer, code, severity: 'error', reason },
    });
    const found = validateCalendarYear(content, deps.statutory, Number(release.subject)).map(({ path, zh, en }) =>
      finding(path, 'calendar-invalid', { zh, en }),
    );
    // Between two known years nothing may be guessed.
    if (!isPublished(await deps.calendar(), content.year - 1))
      found.push(
        finding('/year', 'calendar-gap', {
          zh: `请先载入 ${content.year - 1} 年的放假安排。`,
          en: `Load the notice of ${content.year - 1} first.`,
        }),
      );
    return found;
  },

  async preview(deps, release) {
    const before = await calendarsRevision(deps.db);
    return { of: release.sha256, before, ...(await movesUnder(deps, contentOf(release))) };
  },

  async notShown(deps, { preview, sha256 }) {
    if (preview?.of !== sha256) return problem('release-not-simulated');
    return preview.before === (await calendarsRevision(deps.db)) ? undefined : problem('simulation-outdated');
  },

  atOnce: {
    write: (tx, release) => saveCalendar(tx, contentOf(release)),
    tell: async (deps) => void (await tellCalendars(deps)),
  },
};

const draftOf = (content: CalendarYear): DraftText => ({ subject: String(content.year), region: '000000', content });

const contentOf = ({ content }: WholeRelease): CalendarYear => content as CalendarYear;

const loaded = async (db: ApiDeps['db']): Promise<CalendarYear[]> =>
  (await listCalendars(db)).map(({ content }) => content);

/** What the notice does to the open deadlines of the very cases that would be told of it. */
async function movesUnder(deps: ApiDeps, notice: CalendarYear): Promise<CalendarMoves> {
  const { db, releases, statutory } = deps;
  const years = await yearsInForce([...(await loaded(db)), notice]);
  const calendar = buildCalendar({ years, statutory });
  const asked = { calendar, ruleBook: deps.ruleBook, now: releases.now().toISOString() };
  const moves = noMoves();
  for (let after: string | undefined = ''; after !== undefined; ) {
    const page: string[] = await workflowsTouchedBy(db, { year: notice.year, after, limit: PAGE });
    for (const { state, ...open } of await openDeadlinesOf(db, page))
      await addMoves(moves, state === null ? open : { ...open, state }, asked);
    after = page.length === PAGE ? page.at(-1) : undefined;
  }
  return moves;
}

/** Whether a notice covers the year; the table of statutory days does not count, whatever a neighbour's notice adds to it. */
function isPublished(calendar: Calendar, year: number): boolean {
  try {
    return !calendar.versionOf(year).startsWith(`${year}@statutory-table`);
  } catch (error) {
    if (error instanceof CalendarMissing) return false;
    throw error;
  }
}
