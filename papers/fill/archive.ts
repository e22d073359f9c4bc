import { outcomeTitle } from '../../domain/labels.ts';
import type { LegalDay } from '../../domain/time/types.ts';
import type { PaperInput } from '../data.ts';
import { type PaperKind, paperKinds } from '../kinds.ts';
import { baseOf, type CaseRecord, type PaperHead } from './case-record.ts';
import { matterOf } from './claims.ts';
import { sidesOf } from './parties.ts';

interface Extent {
  papers: number;
  pages?: number;
}

const extent = ({ papers, pages }: Extent) => ({
  papersCount: String(papers),
  pagesCount: pages === undefined ? '　' : String(pages),
});

interface CoverGiven extends PaperHead, Extent {
  organisation: string;
  acceptedOn?: LegalDay;
  mediators?: string[];
  outcome: string;
  closedOn: LegalDay;
  /** What came of the performance, as an outcome. */
  performance?: string;
  archivedOn?: LegalDay;
  retention?: string;
  archivist?: string;
}

/** The cover of the file: whose case, how it ended. */
export const fillArchiveCover = (record: CaseRecord, given: CoverGiven): PaperInput<'archiveCover'> => ({
  ...baseOf(record, given),
  ...sidesOf(record),
  ...extent(given),
  organisation: given.organisation,
  matter: matterOf(record),
  registeredOn: record.registeredOn,
  acceptedOn: given.acceptedOn ?? '',
  mediators: (given.mediators ?? []).join('、'),
  outcome: outcomeTitle(given.outcome).zh,
  closedOn: given.closedOn,
  performance: given.performance === undefined ? '' : outcomeTitle(given.performance).zh,
  archivedOn: given.archivedOn ?? '',
  retention: given.retention ?? '',
  archivist: given.archivist ?? '',
});

/** A paper of the file: one that was made here, or another by its title. */
export interface FiledPaper {
  kind?: PaperKind;
  title?: string;
  number?: string;
  on: LegalDay;
  pages?: number;
  note?: string;
}

/** The index, in the order in which the papers lie; the page is that on which each begins. */
export function fillArchiveIndex(
  record: CaseRecord,
  given: PaperHead & { papers: FiledPaper[] },
): PaperInput<'archiveIndex'> {
  let page: number | undefined = 1;
  const rows = given.papers.map(({ kind, title, number = '', on, pages, note = '' }, index) => {
    const begins = page;
    page = begins === undefined || pages === undefined ? undefined : begins + pages;
    return {
      no: String(index + 1),
      title: title ?? (kind === undefined ? '' : paperKinds[kind].title.zh),
      ...{ number, on, page: begins === undefined ? '' : String(begins), note },
    };
  });
  return {
    ...baseOf(record, given),
    ...extent({ papers: rows.length, ...(page === undefined ? {} : { pages: page - 1 }) }),
    rows,
  };
}
