import type { DecisionPoint } from '../domain/rules.ts';
import type { DeadlineIds } from './fact-checks.ts';
import { firstLayer, type LayeredDeadline, override } from './layers.ts';
import type { LocatedJson } from './located-json.ts';
import type { ContentRow, DeadlineOverride, DeadlineRow, PackHead, RuleRow } from './pack-schema.ts';

/** The files of one pack, by path below its folder, read but not yet trusted. */
export interface PackSource {
  folder: string;
  files: ReadonlyMap<string, LocatedJson>;
}

export type Decisions = Partial<Record<DecisionPoint, RuleRow[]>>;

export interface PackParts {
  head: PackHead;
  decisions: Decisions;
  contents: ContentRow[];
}
/** The nation's pack defines every deadline; narrower ones lay rows over them. */
export interface NationalPack extends PackParts {
  deadlines: DeadlineRow[];
}
export interface LocalPack extends PackParts {
  deadlines: DeadlineOverride[];
}
export interface Packs {
  nation: NationalPack;
  /** By region code. */
  local: LocalPack[];
}

/** Lays the rows of packs, widest first, over the nation's deadlines. Only for packs that were checked. */
export function layeredDeadlines(nation: NationalPack, narrower: readonly LocalPack[]): Map<string, LayeredDeadline> {
  const result = new Map(nation.deadlines.map((row) => [row.id, firstLayer(row)]));
  for (const pack of narrower) {
    for (const row of pack.deadlines) {
      const wider = result.get(row.id);
      if (wider !== undefined) result.set(row.id, override(wider, row).layered);
    }
  }
  return result;
}

export function deadlineIdsOf(rows: readonly DeadlineRow[]): DeadlineIds {
  return {
    all: rows.map((row) => row.id).sort(),
    enforcing: rows
      .filter((row) => row.purpose === 'enforcing')
      .map((row) => row.id)
      .sort(),
  };
}

/** The rules of each point, with the point's own type kept. */
export const decisionsOf = ({ decisions }: { decisions: Decisions }): [DecisionPoint, RuleRow[]][] =>
  Object.entries(decisions) as [DecisionPoint, RuleRow[]][];

export const decisionFile = (point: DecisionPoint): string => `decisions/${point}.json`;
