import { isPoint } from '../facts.ts';
import { PackHead } from '../pack-schema.ts';
import type { PackSource } from '../packs.ts';
import { demoCode, nationCode, regionExists } from '../regions.ts';
import type { Faults } from './faults.ts';

/** A pack holds the files that packs have, and no other. */
export function checkFileNames(faults: Faults, source: PackSource): void {
  for (const file of source.files.keys()) {
    const point = /^decisions\/(.+)\.json$/.exec(file)?.[1];
    const known =
      ['pack.json', 'deadlines.json', 'contents.json'].includes(file) ||
      /^scenarios\/[^/]+\.json$/.test(file) ||
      (point !== undefined && isPoint(point));
    if (!known) {
      faults.at(source, file, [], 'unknown-file', {
        zh: '规则包中不认识的文件',
        en: 'a file that no pack has; decisions are named by their point',
      });
    }
  }
}

/** Reads `pack.json`: who this pack is, and that it says no more of itself than it may. */
export function readHead(faults: Faults, source: PackSource): PackHead | undefined {
  if (!source.files.has('pack.json')) {
    faults.at(source, 'pack.json', [], 'missing-file', { zh: '缺少 pack.json', en: 'pack.json is missing' });
    return undefined;
  }
  const head = faults.read(source, 'pack.json', PackHead);
  if (head === undefined) return undefined;
  if (!regionExists(head.regionCode)) {
    faults.at(source, 'pack.json', ['regionCode'], 'unknown-region', {
      zh: `不存在的地区代码 ${head.regionCode}（GB/T 2260）`,
      en: `no such region code: ${head.regionCode} (GB/T 2260)`,
    });
  }
  if (head.id !== source.folder || !head.id.startsWith(`${head.regionCode}-`)) {
    faults.at(source, 'pack.json', ['id'], 'wrong-value', {
      zh: `id 应与文件夹同名，并以地区代码 ${head.regionCode} 开头`,
      en: `the id is the folder's name and starts with the region code ${head.regionCode}`,
    });
  }
  if (head.timeScale !== undefined && head.regionCode !== demoCode) {
    faults.at(source, 'pack.json', ['timeScale'], 'seconds-outside-demo', {
      zh: `只有演示地区（${demoCode}）可以按秒计时`,
      en: `only the demonstration region (${demoCode}) may count in seconds`,
    });
  }
  for (const field of ['openPoints', 'openContents'] as const) {
    if (head[field] !== undefined && head.regionCode !== nationCode) {
      faults.at(source, 'pack.json', [field], 'not-open', {
        zh: `只有全国规则包可以写 ${field}`,
        en: `only the national pack says ${field}`,
      });
    }
  }
  return head;
}
