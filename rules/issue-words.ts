import type { z } from 'zod';
import type { PackErrorCode } from '../domain/rules.ts';
import type { Bilingual } from '../domain/time/types.ts';

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  let value = root;
  for (const step of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<PropertyKey, unknown>)[step];
  }
  return value;
}

/** Puts a schema's complaint into words. */
export function issueInWords(
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
  if (issue.message === 'act')
    return [{ path, code: 'wrong-value', reason: { zh: '没有这项操作', en: 'there is no such act' } }];
  const wording: Record<string, Bilingual> = {
    too_small: { zh: `“${field}”过小或过少`, en: `"${field}" is too small` },
    too_big: { zh: `“${field}”过大或过多`, en: `"${field}" is too large` },
    invalid_format: { zh: `“${field}”的格式不对`, en: `"${field}" is not in the right form` },
    custom: { zh: `“${field}”不是有效日期或次序不对`, en: `"${field}" is no valid day or out of order` },
  };
  const reason = wording[issue.code] ?? { zh: `“${field}”的值不对`, en: `"${field}" has a wrong value` };
  return [{ path, code: 'wrong-value', reason }];
}
