import type { z } from 'zod';
import type { DecisionPoint, PackError, PackErrorCode } from '../domain/rules.ts';
import type { Bilingual } from '../domain/time/types.ts';
import { conditionFaults } from './conditions.ts';
import { type DeadlineIds, isPoint, specOf } from './facts.ts';
import { firstLayer, type LayeredDeadline, type LayerFault, localRuleFaults, override } from './layers.ts';
import { type LocatedJson, pointerOf } from './located-json.ts';
import {
  ContentRow,
  DeadlineOverride,
  DeadlineRow,
  type OpenPoint,
  PackHead,
  type RuleRow,
  rulesFile,
} from './pack-schema.ts';
import { demoCode, lineage, nationCode, regionExists } from './regions.ts';

/** The files of one pack, by path below its folder, read but not yet trusted. */
export interface PackSource {
  folder: string;
  files: ReadonlyMap<string, LocatedJson>;
}

export type Decisions = Partial<Record<DecisionPoint, RuleRow[]>>;

interface PackParts {
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

/** Checks everything that can be checked, and reports every fault at once. */
export function checkPacks(sources: readonly PackSource[]): { packs: Packs | undefined; errors: PackError[] } {
  const check = new Check();
  const heads = sources.map((source) => ({ source, head: check.head(source) }));
  const byCode = new Map<string, { source: PackSource; head: PackHead }>();
  for (const { source, head } of heads) {
    check.fileNames(source);
    if (head === undefined) continue;
    const other = byCode.get(head.regionCode);
    if (other === undefined) byCode.set(head.regionCode, { source, head });
    else {
      check.fault(source, 'pack.json', ['regionCode'], 'duplicate-id', {
        zh: `地区 ${head.regionCode} 已有规则包 ${other.head.id}`,
        en: `region ${head.regionCode} already has the pack ${other.head.id}`,
      });
    }
  }
  const nationSource = byCode.get(nationCode);
  if (nationSource === undefined) {
    if (check.errors.length === 0) {
      check.errors.push({
        file: `${nationCode}-national/pack.json`,
        line: 1,
        pointer: '',
        code: 'missing-pack',
        reason: { zh: '缺少全国规则包', en: 'the national pack is missing' },
      });
    }
    return { packs: undefined, errors: check.errors };
  }
  const nation = check.nation(nationSource.source, nationSource.head);
  const local = [...byCode.values()]
    .filter(({ head }) => head.regionCode !== nationCode)
    .sort((a, b) => (a.head.regionCode < b.head.regionCode ? -1 : 1))
    .map(({ source, head }) => ({ source, pack: check.local(source, head, nation) }));
  for (const { source, pack } of local) {
    const wider = lineage(pack.head.regionCode).slice(1, -1);
    check.layers(
      source,
      pack,
      nation,
      local.filter((l) => wider.includes(l.pack.head.regionCode)).map((l) => l.pack),
    );
  }
  const packs = { nation, local: local.map(({ pack }) => pack) };
  check.ruleIds(nationSource.source, nation);
  for (const { source, pack } of local) check.ruleIds(source, pack);
  return { packs: check.errors.length === 0 ? packs : undefined, errors: check.errors };
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

class Check {
  readonly errors: PackError[] = [];
  private readonly ruleIdsSeen = new Map<string, string>();

  fault(source: PackSource, file: string, path: readonly PropertyKey[], code: PackErrorCode, reason: Bilingual): void {
    this.faultAt(source, file, pointerOf(path), code, reason);
  }

  private faultAt(source: PackSource, file: string, pointer: string, code: PackErrorCode, reason: Bilingual): void {
    const line = source.files.get(file)?.lineOf(pointer) ?? 1;
    this.errors.push({ file: `${source.folder}/${file}`, line, pointer, code, reason });
  }

  private layerFaults(source: PackSource, file: string, base: PropertyKey[], faults: readonly LayerFault[]): void {
    for (const { path, code, reason } of faults) this.fault(source, file, [...base, ...path], code, reason);
  }

  /** Reads one file by its schema; faults are noted, and then there is nothing. */
  private read<T>(source: PackSource, file: string, schema: z.ZodType<T>): T | undefined {
    const json = source.files.get(file);
    if (json === undefined) return undefined;
    for (const fault of json.faults) {
      this.errors.push({ file: `${source.folder}/${file}`, ...fault });
    }
    if (json.value === undefined) return undefined;
    const parsed = schema.safeParse(json.value);
    if (parsed.success) return parsed.data;
    for (const issue of parsed.error.issues) {
      for (const { path, code, reason } of explain(issue, json.value)) this.fault(source, file, path, code, reason);
    }
    return undefined;
  }

  fileNames(source: PackSource): void {
    for (const file of source.files.keys()) {
      const point = /^decisions\/(.+)\.json$/.exec(file)?.[1];
      const known =
        ['pack.json', 'deadlines.json', 'contents.json'].includes(file) ||
        /^scenarios\/[^/]+\.json$/.test(file) ||
        (point !== undefined && isPoint(point));
      if (!known) {
        this.fault(source, file, [], 'unknown-file', {
          zh: '规则包中不认识的文件',
          en: 'a file that no pack has; decisions are named by their point',
        });
      }
    }
  }

  head(source: PackSource): PackHead | undefined {
    if (!source.files.has('pack.json')) {
      this.fault(source, 'pack.json', [], 'missing-file', { zh: '缺少 pack.json', en: 'pack.json is missing' });
      return undefined;
    }
    const head = this.read(source, 'pack.json', PackHead);
    if (head === undefined) return undefined;
    if (!regionExists(head.regionCode)) {
      this.fault(source, 'pack.json', ['regionCode'], 'unknown-region', {
        zh: `不存在的地区代码 ${head.regionCode}（GB/T 2260）`,
        en: `no such region code: ${head.regionCode} (GB/T 2260)`,
      });
    }
    if (head.id !== source.folder || !head.id.startsWith(`${head.regionCode}-`)) {
      this.fault(source, 'pack.json', ['id'], 'wrong-value', {
        zh: `id 应与文件夹同名，并以地区代码 ${head.regionCode} 开头`,
        en: `the id is the folder's name and starts with the region code ${head.regionCode}`,
      });
    }
    if (head.timeScale !== undefined && head.regionCode !== demoCode) {
      this.fault(source, 'pack.json', ['timeScale'], 'seconds-outside-demo', {
        zh: `只有演示地区（${demoCode}）可以按秒计时`,
        en: `only the demonstration region (${demoCode}) may count in seconds`,
      });
    }
    for (const field of ['openPoints', 'openContents'] as const) {
      if (head[field] !== undefined && head.regionCode !== nationCode) {
        this.fault(source, 'pack.json', [field], 'not-open', {
          zh: `只有全国规则包可以写 ${field}`,
          en: `only the national pack says ${field}`,
        });
      }
    }
    return head;
  }

  nation(source: PackSource, head: PackHead): NationalPack {
    if (!source.files.has('deadlines.json')) {
      this.fault(source, 'deadlines.json', [], 'missing-file', {
        zh: '全国规则包缺少 deadlines.json',
        en: 'the national pack lacks deadlines.json',
      });
    }
    const deadlines = this.read(source, 'deadlines.json', DeadlineRow.array()) ?? [];
    this.unique(source, 'deadlines.json', deadlines, (row) => row.id, 'id');
    deadlines.forEach((row, index) => {
      if (row.unit === 'seconds') {
        this.fault(source, 'deadlines.json', [index, 'unit'], 'seconds-outside-demo', {
          zh: '全国期限不得以秒计',
          en: 'a national deadline is not counted in seconds',
        });
      }
    });
    const parts = this.parts(source, head, deadlineIdsOf(deadlines));
    for (const [point, open] of Object.entries(head.openPoints ?? {}) as [DecisionPoint, OpenPoint][]) {
      for (const fact of Object.keys(open.facts ?? {})) {
        if (!Object.hasOwn(specOf(point).facts, fact)) {
          this.fault(source, 'pack.json', ['openPoints', point, 'facts', fact], 'unknown-fact', {
            zh: `该决策点没有事实“${fact}”`,
            en: `this point has no fact "${fact}"`,
          });
        }
      }
    }
    return { ...parts, deadlines };
  }

  local(source: PackSource, head: PackHead, nation: NationalPack): LocalPack {
    const deadlines = this.read(source, 'deadlines.json', DeadlineOverride.array()) ?? [];
    this.unique(source, 'deadlines.json', deadlines, (row) => row.id, 'id');
    const parts = this.parts(source, head, deadlineIdsOf(nation.deadlines));
    for (const [point, rules] of Object.entries(parts.decisions) as [DecisionPoint, RuleRow[]][]) {
      const open = nation.head.openPoints?.[point];
      const nationalSource = nation.decisions[point]?.[0]?.source ?? nation.head.title.zh;
      rules.forEach((rule, index) => {
        this.layerFaults(source, fileOf(point), [index], localRuleFaults(rule, open, nationalSource));
      });
    }
    parts.contents.forEach((row, index) => {
      if (!nation.head.openContents?.includes(row.document)) {
        const article = nation.contents.find((wider) => wider.document === row.document)?.source ?? '';
        this.fault(source, 'contents.json', [index], 'not-open', {
          zh: `${article}未许可地方增加“${row.document}”的内容`,
          en: `contents of "${row.document}" are not open to local rules: ${article}`,
        });
      }
    });
    return { ...parts, deadlines };
  }

  private parts(source: PackSource, head: PackHead, ids: DeadlineIds): PackParts {
    const decisions: Decisions = {};
    for (const file of [...source.files.keys()].sort()) {
      const point = /^decisions\/(.+)\.json$/.exec(file)?.[1];
      if (point === undefined || !isPoint(point)) continue;
      const rules = this.read(source, file, rulesFile(point));
      if (rules === undefined) continue;
      decisions[point] = rules;
      rules.forEach((rule, index) => {
        if (rule.point !== point) {
          this.fault(source, file, [index, 'point'], 'wrong-point', {
            zh: `文件属于“${point}”，规则却写“${rule.point}”`,
            en: `the file is of "${point}", the rule says "${rule.point}"`,
          });
        }
        if (rule.basis === 'inferred' && rule.note === undefined) {
          this.fault(source, file, [index, 'note'], 'missing-field', {
            zh: '推断的规则须以 note 说明理由',
            en: 'an inferred rule says why in its note',
          });
        }
        for (const fault of conditionFaults(rule.when, specOf(point), ids, [index, 'when'])) {
          this.faultAt(source, file, fault.pointer, fault.code, fault.reason);
        }
        const named = rule.then.deadlineId;
        if (typeof named === 'string' && named !== 'none' && ids.all.length > 0 && !ids.all.includes(named)) {
          this.fault(source, file, [index, 'then', 'deadlineId'], 'unknown-deadline', {
            zh: `没有期限“${named}”`,
            en: `there is no deadline "${named}"`,
          });
        }
      });
    }
    const contents = this.read(source, 'contents.json', ContentRow.array()) ?? [];
    this.unique(source, 'contents.json', contents, (row) => `${row.document}/${row.field}`, 'field');
    return { head, decisions, contents };
  }

  layers(source: PackSource, pack: LocalPack, nation: NationalPack, wider: readonly LocalPack[]): void {
    const base = layeredDeadlines(nation, wider);
    pack.deadlines.forEach((row, index) => {
      const below = base.get(row.id);
      if (below === undefined && base.size === 0) return;
      if (below === undefined) {
        this.fault(source, 'deadlines.json', [index, 'id'], 'unknown-deadline', {
          zh: `全国规则包没有期限“${row.id}”，地方不得新设`,
          en: `the nation has no deadline "${row.id}", and a narrower pack adds none`,
        });
      } else this.layerFaults(source, 'deadlines.json', [index], override(below, row).faults);
    });
    const seen = new Set([nation, ...wider].flatMap((p) => p.contents.map((row) => `${row.document}/${row.field}`)));
    pack.contents.forEach((row, index) => {
      if (seen.has(`${row.document}/${row.field}`)) {
        this.fault(source, 'contents.json', [index, 'field'], 'duplicate-id', {
          zh: `上级规则包已要求“${row.field}”`,
          en: `a wider pack asks for "${row.field}" already`,
        });
      }
    });
  }

  /** Rule ids are unique within a point over all packs: an id in an event must name one rule. */
  ruleIds(source: PackSource, pack: PackParts): void {
    for (const [point, rules] of Object.entries(pack.decisions) as [DecisionPoint, RuleRow[]][]) {
      rules.forEach((rule, index) => {
        const key = `${point}/${rule.id}`;
        const other = this.ruleIdsSeen.get(key);
        if (other === undefined) this.ruleIdsSeen.set(key, source.folder);
        else {
          this.fault(source, fileOf(point), [index, 'id'], 'duplicate-id', {
            zh: `规则“${rule.id}”已在 ${other} 中`,
            en: `the rule "${rule.id}" is in ${other} already`,
          });
        }
      });
    }
  }

  private unique<T>(source: PackSource, file: string, rows: T[], key: (row: T) => string, field: string): void {
    const seen = new Set<string>();
    rows.forEach((row, index) => {
      if (seen.has(key(row))) {
        this.fault(source, file, [index, field], 'duplicate-id', {
          zh: `“${key(row)}”重复`,
          en: `"${key(row)}" is there twice`,
        });
      }
      seen.add(key(row));
    });
  }
}

function fileOf(point: DecisionPoint): string {
  return `decisions/${point}.json`;
}

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  let value = root;
  for (const step of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<PropertyKey, unknown>)[step];
  }
  return value;
}

/** Puts a schema's complaint into words. */
export function explain(
  issue: z.core.$ZodIssue,
  root: unknown,
): { path: PropertyKey[]; code: PackErrorCode; reason: Bilingual }[] {
  const path = [...issue.path];
  const field = String(path.at(-1) ?? '');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: [...path, key],
      code: 'unknown-field',
      reason: { zh: `不认识的字段“${key}”`, en: `unknown field "${key}"` },
    }));
  }
  if (valueAt(root, path) === undefined) {
    return [{ path, code: 'missing-field', reason: { zh: `缺少“${field}”`, en: `"${field}" is missing` } }];
  }
  if (issue.code === 'invalid_type') {
    return [
      {
        path,
        code: 'wrong-type',
        reason: { zh: `“${field}”的类型应为 ${issue.expected}`, en: `"${field}" must be of type ${issue.expected}` },
      },
    ];
  }
  if (issue.code === 'invalid_value') {
    const list = issue.values.map(String).join(' | ');
    return [
      {
        path,
        code: 'wrong-value',
        reason: { zh: `“${field}”只能是 ${list}`, en: `"${field}" must be one of ${list}` },
      },
    ];
  }
  if (issue.code === 'too_small' && issue.origin === 'string') {
    return [{ path, code: 'missing-field', reason: { zh: `“${field}”不得为空`, en: `"${field}" may not be empty` } }];
  }
  const wording: Record<string, Bilingual> = {
    too_small: { zh: `“${field}”过小或过少`, en: `"${field}" is too small` },
    too_big: { zh: `“${field}”过大或过多`, en: `"${field}" is too large` },
    invalid_format: { zh: `“${field}”的格式不对`, en: `"${field}" is not in the right form` },
    custom: { zh: `“${field}”不是有效日期或次序不对`, en: `"${field}" is no valid day or out of order` },
  };
  const reason = wording[issue.code] ?? { zh: `“${field}”的值不对`, en: `"${field}" has a wrong value` };
  return [{ path, code: 'wrong-value', reason }];
}
