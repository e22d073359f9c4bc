import type { DecisionPoint } from '../../domain/rules.ts';
import { specOf } from '../facts.ts';
import { DeadlineRow, type OpenPoint, type PackHead } from '../pack-schema.ts';
import { deadlineIdsOf, type NationalPack, type PackSource } from '../packs.ts';
import type { Faults } from './faults.ts';
import { readParts } from './parts.ts';

/** Reads the nation's pack: every deadline whole, and what it opens to narrower packs. */
export function readNation(faults: Faults, source: PackSource, head: PackHead): NationalPack {
  if (!source.files.has('deadlines.json')) {
    faults.at(source, 'deadlines.json', [], 'missing-file', {
      zh: '全国规则包缺少 deadlines.json',
      en: 'the national pack lacks deadlines.json',
    });
  }
  const deadlines = faults.read(source, 'deadlines.json', DeadlineRow.array()) ?? [];
  faults.unique(source, 'deadlines.json', deadlines, (row) => row.id, 'id');
  deadlines.forEach((row, index) => {
    if (row.unit === 'seconds') {
      faults.at(source, 'deadlines.json', [index, 'unit'], 'seconds-outside-demo', {
        zh: '全国期限不得以秒计',
        en: 'a national deadline is not counted in seconds',
      });
    }
  });
  const parts = readParts(faults, source, head, deadlineIdsOf(deadlines));
  for (const [point, open] of Object.entries(head.openPoints ?? {}) as [DecisionPoint, OpenPoint][]) {
    for (const fact of Object.keys(open.facts ?? {})) {
      if (!Object.hasOwn(specOf(point).facts, fact)) {
        faults.at(source, 'pack.json', ['openPoints', point, 'facts', fact], 'unknown-fact', {
          zh: `该决策点没有事实“${fact}”`,
          en: `this point has no fact "${fact}"`,
        });
      }
    }
  }
  return { ...parts, deadlines };
}
