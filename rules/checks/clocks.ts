import { procedureClocks } from '../../domain/case/clocks.ts';
import { decisionsOf, type Packs } from '../packs.ts';
import type { Report } from './stacks.ts';

/** Deadlines for which no clock ever runs, and clocks that no deadline is written for. */
export function checkClocks(report: Report, { nation, local }: Packs): void {
  const rules = [nation, ...local].flatMap((pack) => decisionsOf(pack).flatMap(([, ofPoint]) => ofPoint));
  const used = new Set<unknown>([...procedureClocks, ...rules.map(({ then }) => then.deadlineId)]);
  const file = { pack: nation, file: 'deadlines.json' };
  nation.deadlines.forEach(({ id }, index) => {
    if (used.has(id)) return;
    report({ ...file, path: [index, 'id'] }, 'warning', 'no-clock', {
      zh: `没有程序计算期限“${id}”，也没有规则提到它`,
      en: `no procedure runs "${id}" and no rule names it`,
    });
  });
  const written = new Set(nation.deadlines.map(({ id }) => id));
  for (const id of procedureClocks) {
    if (written.has(id)) continue;
    report({ ...file, path: [] }, 'error', 'no-deadline', {
      zh: `程序需要期限“${id}”，规则包没有`,
      en: `a procedure runs "${id}", and the pack has no such deadline`,
    });
  }
}
