import type { Counted, FigureRow } from '../../db/statistics.ts';
import { organisationTitle, outcomeTitle } from '../../domain/labels.ts';
import type { RuleBook } from '../../domain/rules.ts';
import { type Figure, figureNames, figures, type Grouping, resultTitle, shareOf } from '../../domain/statistics.ts';
import { addDays, addMonths, compareDays, laterDay } from '../../domain/time/day.ts';
import type { Bilingual } from '../../domain/time/types.ts';
import type { Table } from '../export/table.ts';
import { titleOf } from '../views.ts';

/** Part of a figure: one procedure and one way in which it ended, or one clock. */
interface Part {
  procedure: string | null;
  procedureTitle: Bilingual | null;
  what: string | null;
  whatTitle: Bilingual | null;
  count: number;
  medianDays?: number;
  p90Days?: number;
  cases: string;
}

interface FigureView {
  figure: Figure;
  title: Bilingual;
  counts: Bilingual;
  count: number;
  cases: string;
  parts: Part[];
}

interface Group {
  key: string;
  title: Bilingual;
  /** 协商调解解决的案件在案件总量中的比重. */
  share: { percent: number | null; settled: number; ended: number };
  figures: FigureView[];
}

/** Where the list of what was counted is; the same conditions. */
export function casesHref(figure: Figure, conditions: Omit<Counted, 'figure'>): string {
  const asked = Object.entries(conditions).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
  return `/v1/statistics/${figure}/cases?${new URLSearchParams(asked as string[][])}`;
}

/** The conditions that a group adds to those of the report. */
function narrowed(counted: Counted, by: Grouping | undefined, key: string): Counted {
  if (by === undefined) return counted;
  if (by !== 'month') return { ...counted, [by]: key };
  const first = `${key}-01`;
  const last = addDays(addMonths(first, 1), -1);
  const { from = first, to = last } = counted;
  return { ...counted, from: laterDay(from, first), to: compareDays(to, last) < 0 ? to : last };
}

/** A part in words: the procedure, and how it ended or which clock it was. */
export function partTitles(
  rules: RuleBook,
  figure: Figure,
  { procedure, what }: { procedure: string | null; what: string | null },
): Pick<Part, 'procedureTitle' | 'whatTitle'> {
  const clock = () => rules.catalogue('000000').find(({ id }) => id === what)?.title;
  const byResult: readonly Figure[] = ['ended', 'settled', 'notCounted'];
  return {
    procedureTitle: procedure === null ? null : titleOf(procedure),
    whatTitle:
      what === null
        ? null
        : figure === 'silence'
          ? (clock() ?? { zh: what, en: what })
          : byResult.includes(figure)
            ? resultTitle(what)
            : outcomeTitle(what),
  };
}

function groupTitle(rules: RuleBook, by: Grouping | undefined, key: string): Bilingual {
  if (by === undefined) return { zh: '合计', en: 'Total' };
  if (by === 'region') return rules.regionName(key) ?? { zh: key, en: key };
  if (by === 'organisation') return organisationTitle(key);
  return by === 'procedure' ? titleOf(key) : { zh: key, en: key };
}

/** The figures as they are told: by group, each with its parts and the list of cases behind it. */
export function reportOfRows(
  rules: RuleBook,
  rows: FigureRow[],
  { counted, by }: { counted: Counted; by?: Grouping },
): Group[] {
  const keys = by === undefined ? [''] : [...new Set(rows.map(({ key }) => key))];
  return keys.map((key) => {
    const conditions = narrowed(counted, by, key);
    const told = figureNames.map((figure): FigureView => {
      const own = rows.filter((row) => row.key === key && row.figure === figure);
      return {
        figure,
        ...figures[figure],
        count: own.reduce((sum, { count }) => sum + count, 0),
        cases: casesHref(figure, conditions),
        parts: own.map(({ procedure, what, count, median, p90 }) => ({
          ...{ procedure, what, count, ...partTitles(rules, figure, { procedure, what }) },
          ...(median === null || p90 === null ? {} : { medianDays: median, p90Days: p90 }),
          cases: casesHref(figure, {
            ...conditions,
            ...(procedure === null ? {} : { procedure }),
            ...(what === null ? {} : { what }),
          }),
        })),
      };
    });
    const countOf = (name: Figure) => told.find(({ figure }) => figure === name)?.count ?? 0;
    const [settled, ended] = [countOf('settled'), countOf('ended')];
    return {
      key,
      title: groupTitle(rules, by, key),
      share: { percent: shareOf(settled, ended), settled, ended },
      figures: told,
    };
  });
}

const both = (title: Bilingual | null): string => (title === null ? '' : `${title.zh} ${title.en}`);

/** The report as one table: the share of each group first, then every figure with its parts. */
export const reportTable = (name: string, groups: Group[]): Table => ({
  name,
  heading: [
    ...['分组 Group', '指标 Figure', '程序 Procedure', '结果或期限 Outcome or clock', '数量 Count'],
    ...['中位日数 Median days', '九成以内日数 90 % within days'],
  ],
  rows: groups.flatMap(({ title, share, figures: told }) => [
    [both(title), '协商调解化解占办结的百分比 Share settled, per cent', '', '', share.percent, null, null],
    ...told.flatMap((figure) => [
      [both(title), both(figure.title), '', '', figure.count, null, null],
      ...figure.parts.map((part) => [
        ...[both(title), both(figure.title), both(part.procedureTitle), both(part.whatTitle), part.count],
        ...[part.medianDays ?? null, part.p90Days ?? null],
      ]),
    ]),
  ]),
});
