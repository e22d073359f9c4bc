import type { PackError } from '../../domain/rules.ts';
import type { PackHead } from '../pack-schema.ts';
import { decisionFile, decisionsOf, type LocalPack, type PackParts, type PackSource, type Packs } from '../packs.ts';
import { lineage, nationCode } from '../regions.ts';
import { Faults } from './faults.ts';
import { checkFileNames, readHead } from './head.ts';
import { checkLayers, readLocal } from './local.ts';
import { readNation } from './nation.ts';

interface Headed {
  source: PackSource;
  head: PackHead;
}

/** Checks everything that loading depends on, and reports every fault at once. */
export function checkPacks(sources: readonly PackSource[]): { packs: Packs | undefined; errors: PackError[] } {
  const faults = new Faults();
  const byCode = onePackPerRegion(faults, sources);
  const national = byCode.get(nationCode);
  if (national === undefined) {
    if (faults.errors.length === 0) faults.errors.push(missingNation);
    return { packs: undefined, errors: faults.errors };
  }
  const nation = readNation(faults, national.source, national.head);
  const local = [...byCode.values()]
    .filter(({ head }) => head.regionCode !== nationCode)
    .sort((a, b) => (a.head.regionCode < b.head.regionCode ? -1 : 1))
    .map(({ source, head }) => ({ source, pack: readLocal(faults, source, head, nation) }));
  for (const { source, pack } of local) {
    const codes = lineage(pack.head.regionCode).slice(1, -1);
    const wider: LocalPack[] = local.filter((l) => codes.includes(l.pack.head.regionCode)).map((l) => l.pack);
    checkLayers(faults, source, pack, nation, wider);
  }
  checkRuleIds(faults, [{ source: national.source, pack: nation }, ...local]);
  const packs = { nation, local: local.map(({ pack }) => pack) };
  return { packs: faults.errors.length === 0 ? packs : undefined, errors: faults.errors };
}

const missingNation: PackError = {
  file: `${nationCode}-national/pack.json`,
  line: 1,
  pointer: '',
  code: 'missing-pack',
  reason: { zh: '缺少全国规则包', en: 'the national pack is missing' },
};

function onePackPerRegion(faults: Faults, sources: readonly PackSource[]): Map<string, Headed> {
  const byCode = new Map<string, Headed>();
  const heads = sources.map((source) => ({ source, head: readHead(faults, source) }));
  for (const { source, head } of heads) {
    checkFileNames(faults, source);
    if (head === undefined) continue;
    const other = byCode.get(head.regionCode);
    if (other === undefined) byCode.set(head.regionCode, { source, head });
    else {
      faults.at(source, 'pack.json', ['regionCode'], 'duplicate-id', {
        zh: `地区 ${head.regionCode} 已有规则包 ${other.head.id}`,
        en: `region ${head.regionCode} already has the pack ${other.head.id}`,
      });
    }
  }
  return byCode;
}

/** Rule ids are unique within a point over all packs: an id in an event must name one rule. */
function checkRuleIds(faults: Faults, packs: readonly { source: PackSource; pack: PackParts }[]): void {
  const seen = new Map<string, string>();
  for (const { source, pack } of packs) {
    for (const [point, rules] of decisionsOf(pack)) {
      rules.forEach((rule, index) => {
        const key = `${point}/${rule.id}`;
        const other = seen.get(key);
        if (other === undefined) seen.set(key, source.folder);
        else {
          faults.at(source, decisionFile(point), [index, 'id'], 'duplicate-id', {
            zh: `规则“${rule.id}”已在 ${other} 中`,
            en: `the rule "${rule.id}" is in ${other} already`,
          });
        }
      });
    }
  }
}
