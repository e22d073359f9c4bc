import { knownFields, type PaperData, paperData } from '../../../papers/data.ts';
import type { PaperKind } from '../../../papers/index.ts';

const isDay = (name: string): boolean => /On$|By$|Day$|^on$|endsOn|arbitrationFrom/.test(name);

/** Data of a kind in which every field has a value that names it, and every list one entry. */
export function fullData<K extends PaperKind>(kind: K): PaperData<K> {
  const shape = paperData[kind].shape as Record<string, unknown>;
  const data: Record<string, unknown> = {};
  for (const [name, inner] of Object.entries(knownFields(kind))) {
    if (!Object.hasOwn(shape, name)) continue;
    const own = Object.keys(inner);
    data[name] = own.length > 0 ? [Object.fromEntries(own.map((field) => [field, sampleOf(field)]))] : sampleOf(name);
  }
  return fitted(kind, data);
}

const sampleOf = (name: string): unknown => (isDay(name) ? '2026-11-24' : name === 'no' ? 1 : `〔${name}〕`);

/** Flags are true, and numbers in a column of text are text: what the schema says, tried one by one. */
function fitted<K extends PaperKind>(kind: K, data: Record<string, unknown>): PaperData<K> {
  for (;;) {
    const parsed = paperData[kind].safeParse(data);
    if (parsed.success) return parsed.data as PaperData<K>;
    const [issue] = parsed.error.issues;
    if (issue?.code !== 'invalid_type') throw parsed.error;
    const path = [...issue.path];
    const last = path.pop() as string;
    const owner = path.reduce((at, step) => (at as Record<PropertyKey, unknown>)[step], data as unknown);
    (owner as Record<string, unknown>)[last] =
      issue.expected === 'boolean' ? true : issue.expected === 'string' ? '1' : 1;
  }
}
