import { conditionFaults } from '../conditions.ts';
import type { DeadlineIds } from '../fact-checks.ts';
import { isPoint, specOf } from '../facts.ts';
import { ContentRow, type PackHead, type RuleRow, rulesFile } from '../pack-schema.ts';
import type { Decisions, PackParts, PackSource } from '../packs.ts';
import type { Faults } from './faults.ts';

/** Reads what every pack may have: the rules of each point, and the contents that papers must have. */
export function readParts(faults: Faults, source: PackSource, head: PackHead, ids: DeadlineIds): PackParts {
  const decisions: Decisions = {};
  for (const file of [...source.files.keys()].sort()) {
    const point = /^decisions\/(.+)\.json$/.exec(file)?.[1];
    if (point === undefined || !isPoint(point)) continue;
    const rules = faults.read(source, file, rulesFile(point));
    if (rules === undefined) continue;
    decisions[point] = rules;
    rules.forEach((rule, index) => {
      if (rule.point !== point) {
        faults.at(source, file, [index, 'point'], 'wrong-point', {
          zh: `文件属于“${point}”，规则却写“${rule.point}”`,
          en: `the file is of "${point}", the rule says "${rule.point}"`,
        });
      }
      for (const fault of conditionFaults(rule.when, specOf(point), ids, [index, 'when'])) {
        faults.atPointer(source, file, fault.pointer, fault.code, fault.reason);
      }
      checkRule(faults, source, file, index, rule, ids);
    });
  }
  const contents = faults.read(source, 'contents.json', ContentRow.array()) ?? [];
  faults.unique(source, 'contents.json', contents, (row) => `${row.document}/${row.field}`, 'field');
  return { head, decisions, contents };
}

function checkRule(
  faults: Faults,
  source: PackSource,
  file: string,
  index: number,
  rule: RuleRow,
  ids: DeadlineIds,
): void {
  if (rule.basis === 'inferred' && rule.note === undefined) {
    faults.at(source, file, [index, 'note'], 'missing-field', {
      zh: '推断的规则须以 note 说明理由',
      en: 'an inferred rule says why in its note',
    });
  }
  const named = rule.then.deadlineId;
  if (typeof named === 'string' && named !== 'none' && ids.all.length > 0 && !ids.all.includes(named)) {
    faults.at(source, file, [index, 'then', 'deadlineId'], 'unknown-deadline', {
      zh: `没有期限“${named}”`,
      en: `there is no deadline "${named}"`,
    });
  }
}
