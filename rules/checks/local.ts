import { type LayeredDeadline, localRuleFaults, override } from '../layers.ts';
import { DeadlineOverride, type PackHead } from '../pack-schema.ts';
import {
  deadlineIdsOf,
  decisionFile,
  decisionsOf,
  type LocalPack,
  layeredDeadlines,
  type NationalPack,
  type PackSource,
} from '../packs.ts';
import type { Faults } from './faults.ts';
import { readParts } from './parts.ts';

/** Reads a narrower pack: rules and contents only where the nation opens them. */
export function readLocal(faults: Faults, source: PackSource, head: PackHead, nation: NationalPack): LocalPack {
  const deadlines = faults.read(source, 'deadlines.json', DeadlineOverride.array()) ?? [];
  faults.unique(source, 'deadlines.json', deadlines, (row) => row.id, 'id');
  const parts = readParts(faults, source, head, deadlineIdsOf(nation.deadlines));
  for (const [point, rules] of decisionsOf(parts)) {
    const open = nation.head.openPoints?.[point];
    const nationalSource = nation.decisions[point]?.[0]?.source ?? nation.head.title.zh;
    rules.forEach((rule, index) => {
      faults.ofLayer(source, decisionFile(point), [index], localRuleFaults(rule, open, nationalSource));
    });
  }
  parts.contents.forEach((row, index) => {
    if (!nation.head.openContents?.includes(row.document)) {
      const article = nation.contents.find((wider) => wider.document === row.document)?.source ?? '';
      faults.at(source, 'contents.json', [index], 'not-open', {
        zh: `${article}未许可地方增加“${row.document}”的内容`,
        en: `contents of "${row.document}" are not open to local rules: ${article}`,
      });
    }
  });
  return { ...parts, deadlines };
}

/** Lays a narrower pack over the wider ones: its deadlines within their bounds, its contents beside theirs. */
export function checkLayers(
  faults: Faults,
  source: PackSource,
  pack: LocalPack,
  nation: NationalPack,
  wider: readonly LocalPack[],
): void {
  const base: ReadonlyMap<string, LayeredDeadline> = layeredDeadlines(nation, wider);
  pack.deadlines.forEach((row, index) => {
    const below = base.get(row.id);
    if (below === undefined && base.size === 0) return;
    if (below === undefined) {
      faults.at(source, 'deadlines.json', [index, 'id'], 'unknown-deadline', {
        zh: `全国规则包没有期限“${row.id}”，地方不得新设`,
        en: `the nation has no deadline "${row.id}", and a narrower pack adds none`,
      });
    } else faults.ofLayer(source, 'deadlines.json', [index], override(below, row).faults);
  });
  const seen = new Set([nation, ...wider].flatMap((p) => p.contents.map((row) => `${row.document}/${row.field}`)));
  pack.contents.forEach((row, index) => {
    if (seen.has(`${row.document}/${row.field}`)) {
      faults.at(source, 'contents.json', [index, 'field'], 'duplicate-id', {
        zh: `上级规则包已要求“${row.field}”`,
        en: `a wider pack asks for "${row.field}" already`,
      });
    }
  });
}
