import type { DecisionPoint, Finding, FindingCode } from '../../domain/rules.ts';
import type { Bilingual } from '../../domain/time/types.ts';
import { inOrder, type RankedRule } from '../evaluate.ts';
import { pointerOf } from '../located-json.ts';
import { decisionFile, type LocalPack, type NationalPack, type PackSource, type Packs } from '../packs.ts';
import { lineage } from '../regions.ts';

/** One pack on those it lies on: what holds where no narrower pack does. */
export interface Stack {
  nation: NationalPack;
  /** From the nation's neighbour to the pack itself; empty where the pack is the nation's. */
  narrower: LocalPack[];
  pack: NationalPack | LocalPack;
}

/** A rule with the layer it comes from and its place in its pack's file. */
export interface PlacedRule extends RankedRule {
  pack: NationalPack | LocalPack;
  index: number;
}

/** Every pack on those that it lies on, the nation's first. */
export function stacksOf({ nation, local }: Packs): Stack[] {
  return [
    { nation, narrower: [], pack: nation },
    ...local.map((pack) => {
      const codes = lineage(pack.head.regionCode);
      return { nation, narrower: local.filter(({ head }) => codes.includes(head.regionCode)), pack };
    }),
  ];
}

/** The rules of a point in the order in which they win. */
export function rulesOf({ nation, narrower }: Stack, point: DecisionPoint): PlacedRule[] {
  const placed = [nation, ...narrower].flatMap((pack, rank) =>
    (pack.decisions[point] ?? []).map((rule, index) => ({ rule, rank, pack, index })),
  );
  return inOrder(placed);
}

export type Place = { pack: NationalPack | LocalPack; file: string; path: readonly PropertyKey[] };

/** A rule's place, or one within it. */
export const placeOf = ({ pack, rule, index }: PlacedRule, ...path: PropertyKey[]): Place => ({
  pack,
  file: decisionFile(rule.point),
  path: [index, ...path],
});

export type Report = (place: Place, severity: Finding['severity'], code: FindingCode, reason: Bilingual) => void;

/** Writes findings down with the lines that the packs were read with. */
export function reportTo(findings: Finding[], sources: readonly PackSource[]): Report {
  const bySource = new Map(sources.map((source) => [source.folder, source]));
  return ({ pack, file, path }, severity, code, reason) => {
    const pointer = pointerOf(path);
    const line = bySource.get(pack.head.id)?.files.get(file)?.lineOf(pointer) ?? 1;
    findings.push({ file: `${pack.head.id}/${file}`, line, pointer, code, severity, reason });
  };
}
