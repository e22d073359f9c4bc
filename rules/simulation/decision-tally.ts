import type { OutcomeOf, RuleErrorCode } from '../../domain/rules.ts';
import type { Bilingual } from '../../domain/time/types.ts';
import { atKey } from './at-key.ts';
import { type Capped, CappedList, cappedOf } from './capped-list.ts';
import type { Answer, ComparedDecision } from './compare-decision.ts';
import type { ChangedRow } from './rule-change.ts';

/** A decision as it was recorded. */
export interface RecordedDecision {
  caseNo: string;
  region: string;
  /** Whether its case is open: it may be decided again. Of a closed one it is history. */
  isOpen: boolean;
  seq: number;
  number: number;
  point: string;
  /** JSON text, as `jsonb` is written. */
  facts: string;
  /** The release that it was decided by. */
  release: string;
}

export interface DecisionCounts {
  total: number;
  same: number;
  /** The same outcome under another rule or article. */
  otherArticle: number;
  differ: number;
  /** The book to come cannot answer, and the one in force can. */
  refused: number;
  /** Neither can: the facts are those of an older release. */
  refusedAlready: number;
}

/** A decision that would be another one. */
export interface DifferentDecision extends Pick<RecordedDecision, 'caseNo' | 'region' | 'isOpen' | 'seq' | 'release'> {
  point: string;
  before: Answer;
  after: Answer;
}

export interface DecisionReport {
  /** Cases that are open apart from those that are closed. */
  open: DecisionCounts;
  closed: DecisionCounts;
  byPoint: Array<{ point: string; open: DecisionCounts; closed: DecisionCounts }>;
  /** By the rules that make the difference. */
  byRule: Capped<{ point: string; before: ChangedRow[]; after: ChangedRow[]; open: number; closed: number }>;
  refusals: Capped<{ point: string; code: RuleErrorCode; reason: Bilingual; already: boolean; count: number }>;
  cases: Capped<DifferentDecision>;
  /** Mediation organisations that would have more or fewer of these cases. */
  organisations: Capped<{ region: string; organisation: Organisation; open: Change; closed: Change }>;
}

type Organisation = OutcomeOf['mediation.organisation'];
export interface Change {
  before: number;
  after: number;
}

const noCounts = (): DecisionCounts => ({
  ...{ total: 0, same: 0, otherArticle: 0, differ: 0, refused: 0, refusedAlready: 0 },
});

/** Rows of each list. Counts are over everything. */
export const MOST_LISTED = 1000;
/** Kinds of differences that are told apart; a pack has fewer rules than that. */
const MOST_KINDS = 2000;

/** Adds up compared decisions. What it keeps does not grow with their number. */
export class DecisionTally {
  private readonly sides = { open: noCounts(), closed: noCounts() };
  private readonly points = new Map<string, Record<'open' | 'closed', DecisionCounts>>();
  private readonly rules = new Map<string, DecisionReport['byRule']['items'][number]>();
  private readonly refusals = new Map<string, DecisionReport['refusals']['items'][number]>();
  private readonly places = new Map<string, DecisionReport['organisations']['items'][number]>();
  private readonly cases = new CappedList<DifferentDecision>(MOST_LISTED);

  add(row: RecordedDecision, compared: ComparedDecision): void {
    const side = row.isOpen ? 'open' : 'closed';
    const point = atKey(this.points, row.point, () => ({ open: noCounts(), closed: noCounts() }));
    for (const counts of [this.sides[side], point[side]]) {
      counts.total += 1;
      counts[countOf(compared)] += 1;
    }
    if (compared.organisation) this.addPlaces(row.region, side, compared.organisation);
    if (compared.kind === 'refused') {
      const { code, reason, already } = compared;
      const first = { point: row.point, code, reason, already, count: 0 };
      atKey(this.refusals, `${row.point} ${code} ${already}`, () => first).count += 1;
    }
    if (compared.kind !== 'differs') return;
    const { before, after } = compared;
    const [old, young] = [before, after].map((answer) => ('rules' in answer ? answer.rules : []));
    const key = JSON.stringify([row.point, old?.map(idOf), young?.map(idOf)]);
    if (this.rules.has(key) || this.rules.size < MOST_KINDS)
      atKey(this.rules, key, () => ({ point: row.point, before: old ?? [], after: young ?? [], open: 0, closed: 0 }))[
        side
      ] += 1;
    const { caseNo, region, isOpen, seq, release } = row;
    this.cases.add({ caseNo, region, isOpen, seq, release, point: row.point, before, after });
  }

  report(): DecisionReport {
    const { open, closed } = this.sides;
    const moved = [...this.places.values()].filter((place) => shift(place.open) + shift(place.closed) > 0);
    return {
      open,
      closed,
      byPoint: [...this.points].map(([point, counts]) => ({ point, ...counts })).sort(byText(({ point }) => point)),
      byRule: cappedOf(
        [...this.rules.values()].sort((a, b) => b.open + b.closed - a.open - a.closed),
        MOST_LISTED,
      ),
      refusals: cappedOf(
        [...this.refusals.values()].sort((a, b) => b.count - a.count),
        MOST_LISTED,
      ),
      cases: this.cases.report(),
      organisations: cappedOf(
        moved.sort((a, b) => shift(b.open) - shift(a.open) || shift(b.closed) - shift(a.closed)),
        MOST_LISTED,
      ),
    };
  }

  private addPlaces(region: string, side: 'open' | 'closed', by: NonNullable<ComparedDecision['organisation']>): void {
    for (const when of ['before', 'after'] as const) {
      const organisation = by[when];
      if (organisation === undefined) continue;
      const key = `${region} ${organisation.kind} ${organisation.name.zh}`;
      const none = (): Change => ({ before: 0, after: 0 });
      atKey(this.places, key, () => ({ region, organisation, open: none(), closed: none() }))[side][when] += 1;
    }
  }
}

const countOf = (compared: ComparedDecision): Exclude<keyof DecisionCounts, 'total'> =>
  compared.kind === 'differs'
    ? 'differ'
    : compared.kind === 'refused'
      ? compared.already
        ? 'refusedAlready'
        : 'refused'
      : compared.kind;

const idOf = ({ pack, id }: ChangedRow): string => `${pack}/${id}`;
const shift = ({ before, after }: Change): number => Math.abs(after - before);
const byText =
  <T>(text: (row: T) => string) =>
  (a: T, b: T): number =>
    text(a) < text(b) ? -1 : 1;
