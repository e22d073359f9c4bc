import type { PackErrorCode } from '../domain/rules.ts';
import type { Bilingual, DeadlineDefinition } from '../domain/time/types.ts';
import { type Condition, pinnedValues } from './conditions.ts';
import type {
  Bound,
  DeadlineOverride,
  DeadlineRow,
  Open,
  OpenableField,
  OpenPoint,
  RuleRow,
  ThenBound,
} from './pack-schema.ts';
import { openableFields } from './pack-schema.ts';

/** A deadline as the layers so far make it, and what they leave open to the next. */
export interface LayeredDeadline {
  definition: DeadlineDefinition;
  open: Open;
}

export interface LayerFault {
  /** Steps below the row. */
  path: PropertyKey[];
  code: PackErrorCode;
  reason: Bilingual;
}

export function firstLayer(row: DeadlineRow): LayeredDeadline {
  const { open = {}, ...definition } = row;
  return { definition, open };
}

/**
 * Lays a narrower pack's row over the wider definition. A field it sets must be open and within bounds; once set it is closed
 * to still narrower packs, unless the row opens it again within the same bounds.
 */
export function override(
  wider: LayeredDeadline,
  row: DeadlineOverride,
): { layered: LayeredDeadline; faults: LayerFault[] } {
  const { definition, open } = wider;
  const faults: LayerFault[] = [];
  const touched = new Set<OpenableField>();

  function allows(field: string, path: PropertyKey[], value: unknown): boolean {
    const openable = openableFields.find((name) => name === field);
    const bound = openable === undefined ? undefined : open[openable];
    if (openable === undefined || bound === undefined) {
      faults.push({ path, code: 'not-open', reason: closedBy(definition.source, field) });
      return false;
    }
    touched.add(openable);
    if (typeof value === 'number' && !within(value, bound)) {
      faults.push({ path, code: 'bound-broken', reason: brokenBound(definition.source, field, bound, value) });
      return false;
    }
    return true;
  }

  const next: DeadlineDefinition = {
    ...definition,
    basis: 'local',
    source: row.source,
    legalRef: row.legalRef ?? definition.legalRef,
    ...(row.note === undefined ? {} : { note: row.note }),
  };
  for (const field of ['anchor', 'unit', 'purpose', 'onExpiry'] as const) {
    if (row[field] !== undefined) allows(field, [field], row[field]);
  }
  if (row.amount !== undefined && allows('amount', ['amount'], row.amount)) next.amount = row.amount;
  for (const [key, value] of Object.entries(row.extension ?? {})) {
    if (!allows(`extension.${key}`, ['extension', key], value)) continue;
    const base = definition.extension;
    if (base === undefined) {
      faults.push({ path: ['extension'], code: 'not-open', reason: closedBy(definition.source, 'extension') });
    } else next.extension = { ...(next.extension ?? base), [key]: value };
  }

  const nextOpen: Open = {};
  for (const field of openableFields) {
    const inherited = open[field];
    const restated = row.open?.[field];
    if (restated !== undefined && (inherited === undefined || !inside(restated, inherited))) {
      const reason =
        inherited === undefined
          ? closedBy(definition.source, field)
          : brokenBound(definition.source, field, inherited, restated);
      faults.push({ path: ['open', field], code: inherited === undefined ? 'not-open' : 'bound-broken', reason });
    } else if (restated !== undefined) nextOpen[field] = restated;
    else if (inherited !== undefined && !touched.has(field)) nextOpen[field] = inherited;
  }
  return { layered: { definition: next, open: nextOpen }, faults };
}

/** What is wrong with a local rule at a point, given how far the nation opens the point. */
export function localRuleFaults(rule: RuleRow, open: OpenPoint | undefined, nationalSource: string): LayerFault[] {
  const faults: LayerFault[] = [];
  const article = open?.source ?? nationalSource;
  if (open === undefined) {
    return [
      {
        path: [],
        code: 'not-open',
        reason: {
          zh: `决策点“${rule.point}”未向地方开放（${article}）`,
          en: `the point "${rule.point}" is not open to local rules (${article})`,
        },
      },
    ];
  }
  if (open.maxPriority !== undefined && rule.priority > open.maxPriority) {
    faults.push({
      path: ['priority'],
      code: 'bound-broken',
      reason: brokenBound(article, 'priority', { max: open.maxPriority }, rule.priority),
    });
  }
  for (const [fact, allowed] of Object.entries(open.facts ?? {})) {
    const pinned = pinnedValues(rule.when as Condition, fact);
    if (pinned === undefined || pinned.some((value) => !allowed.includes(value))) {
      const list = allowed.join(' | ');
      faults.push({
        path: ['when'],
        code: 'not-open',
        reason: {
          zh: `地方规则只能在“${fact}”为 ${list} 时适用，并须在 all 中写明（${article}）`,
          en: `a local rule may apply only where "${fact}" is ${list}, said at the top of "all" (${article})`,
        },
      });
    }
  }
  if (open.then !== undefined) faults.push(...thenFaults(rule.then, open.then, article));
  return faults;
}

function thenFaults(then: Record<string, unknown>, bounds: Record<string, ThenBound>, article: string): LayerFault[] {
  const faults: LayerFault[] = [];
  for (const field of Object.keys(then)) {
    if (bounds[field] === undefined) {
      faults.push({ path: ['then', field], code: 'not-open', reason: closedBy(article, field) });
    }
  }
  for (const [field, bound] of Object.entries(bounds)) {
    const value = then[field];
    if (!thenAllows(value, bound)) {
      faults.push({ path: ['then', field], code: 'bound-broken', reason: brokenBound(article, field, bound, value) });
    }
  }
  return faults;
}

function thenAllows(value: unknown, bound: ThenBound): boolean {
  if ('const' in bound) return value === bound.const;
  if ('include' in bound) return Array.isArray(value) && bound.include.every((item) => value.includes(item));
  if ('oneOf' in bound) return value === undefined || (typeof value === 'string' && bound.oneOf.includes(value));
  if ('min' in bound) return typeof value === 'number' && within(value, bound);
  return true;
}

function within(value: number, bound: Bound): boolean {
  return value >= (bound.min ?? Number.NEGATIVE_INFINITY) && value <= (bound.max ?? Number.POSITIVE_INFINITY);
}

function inside(inner: Bound, outer: Bound): boolean {
  const least = inner.min ?? Number.NEGATIVE_INFINITY;
  const most = inner.max ?? Number.POSITIVE_INFINITY;
  return least >= (outer.min ?? Number.NEGATIVE_INFINITY) && most <= (outer.max ?? Number.POSITIVE_INFINITY);
}

function closedBy(article: string, field: string): Bilingual {
  return {
    zh: `${article}未许可地方改动“${field}”`,
    en: `"${field}" is not open to local rules: ${article}`,
  };
}

function brokenBound(article: string, field: string, bound: unknown, value: unknown): Bilingual {
  const limits = JSON.stringify(bound);
  const written = JSON.stringify(value) ?? 'nothing';
  return {
    zh: `“${field}”超出${article}许可的范围 ${limits}：${written}`,
    en: `"${field}" is outside what ${article} allows, ${limits}: ${written}`,
  };
}
