import type { Context } from 'hono';
import type { ZodError } from 'zod';
import { type ApiErrorCode, type ErrorCode, type Problem, sentenceOf, statusOf } from '../contracts/errors.ts';
import type { Refusal } from '../domain/refusal.ts';
import type { Bilingual } from '../domain/time/types.ts';

/** An answer that is a problem. Thrown anywhere below a route, answered in one place. */
export class ProblemError extends Error {
  constructor(
    readonly problem: Problem,
    readonly headers: Record<string, string> = {},
  ) {
    super(problem.code);
  }
}

const typeOf = (code: string): string => `/docs/errors#${code}`;

/** A problem of the API itself. `about` narrows the general sentence. */
export function problem(
  code: ApiErrorCode,
  more: { about?: Bilingual; source?: string; errors?: Problem['errors']; headers?: Record<string, string> } = {},
): ProblemError {
  const { zh, en } = sentenceOf(code);
  return new ProblemError(
    {
      type: typeOf(code),
      title: `${zh} ${en}`,
      status: statusOf(code),
      code,
      detail: more.about ?? { zh, en },
      ...(more.source === undefined ? {} : { source: more.source }),
      ...(more.errors === undefined ? {} : { errors: more.errors }),
    },
    more.headers,
  );
}

/** A refusal of the law or the state of the case, as a problem. */
export function refused(refusal: Omit<Refusal, 'code'> & { code: ErrorCode }): ProblemError {
  const { code, zh, en, field, source } = refusal;
  return new ProblemError({
    type: typeOf(code),
    title: `${zh} ${en}`,
    status: statusOf(code),
    code,
    detail: { zh, en },
    ...(source === undefined ? {} : { source }),
    ...(field === undefined ? {} : { errors: [{ field, code, zh, en }] }),
  });
}

/** More places than this help nobody, and a request must not be answered by something larger than itself. */
const MOST_PLACES = 100;

/** Input that a schema does not take: each place with its reason, in both languages. */
export const badInput = (error: ZodError): ProblemError =>
  problem('bad-input', { errors: error.issues.flatMap(placesOf).slice(0, MOST_PLACES) });

type Issue = ZodError['issues'][number];
type Place = NonNullable<Problem['errors']>[number];

function placesOf(issue: Issue): Place[] {
  const path = issue.path.map(String);
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => {
      const name = key.length > 64 ? `${key.slice(0, 64)}…` : key;
      return {
        field: pointer([...path, name]),
        code: 'unknown-field',
        zh: `没有 ${name} 这个字段。`,
        en: `There is no field ${name}.`,
      };
    });
  return [{ field: pointer(path), ...sentenceOn(issue) }];
}

const kinds: Record<string, { zh: string; en: string }> = {
  string: { zh: '文本', en: 'text' },
  number: { zh: '数字', en: 'a number' },
  int: { zh: '整数', en: 'a whole number' },
  boolean: { zh: 'true 或 false', en: 'true or false' },
  array: { zh: '列表', en: 'a list' },
  object: { zh: '对象', en: 'an object' },
  record: { zh: '对象', en: 'an object' },
};

/** What is wrong, by our own codes: those of the library are not ours to keep stable. */
function sentenceOn(issue: Issue): Omit<Place, 'field'> {
  // Our own messages are `中文 / English`.
  const [zh, en] = issue.message.split(' / ');
  if (zh !== undefined && en !== undefined) return { code: 'bad-value', zh: `${zh}。`, en: `${en}.` };
  switch (issue.code) {
    case 'invalid_type': {
      if (issue.message.endsWith('received undefined'))
        return { code: 'required', zh: '必填。', en: 'It is required.' };
      const kind = kinds[issue.expected] ?? { zh: issue.expected, en: issue.expected };
      return { code: 'wrong-type', zh: `应为${kind.zh}。`, en: `It must be ${kind.en}.` };
    }
    case 'invalid_value': {
      const values = issue.values.map(String);
      return {
        code: 'not-one-of',
        zh: `应为以下之一：${values.join('、')}。`,
        en: `It must be one of: ${values.join(', ')}.`,
      };
    }
    case 'too_small':
      return issue.origin === 'string' || issue.origin === 'array'
        ? { code: 'too-small', zh: `不能少于 ${issue.minimum} 个。`, en: `There must be at least ${issue.minimum}.` }
        : { code: 'too-small', zh: `不能小于 ${issue.minimum}。`, en: `It must be at least ${issue.minimum}.` };
    case 'too_big':
      return issue.origin === 'string' || issue.origin === 'array'
        ? { code: 'too-big', zh: `不能多于 ${issue.maximum} 个。`, en: `There must be at most ${issue.maximum}.` }
        : { code: 'too-big', zh: `不能大于 ${issue.maximum}。`, en: `It must be at most ${issue.maximum}.` };
    case 'invalid_key':
      return { ...sentenceOn((issue.issues[0] ?? { ...issue, code: 'custom' }) as Issue), code: 'bad-key' };
    case 'invalid_format':
      return {
        code: 'bad-format',
        zh: `格式不对（${issue.format}）。`,
        en: `The format is not right (${issue.format}).`,
      };
    default:
      return { code: 'bad-value', zh: '不合要求。', en: 'It is not acceptable.' };
  }
}

/** JSON pointer (RFC 6901). */
export const pointer = (path: string[]): string =>
  path.map((part) => `/${part.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

/** Writes a problem as RFC 9457 says; its instance is the request's own id, so that a caller can name it. */
export const answerProblem = (c: Context, { problem: body, headers }: ProblemError): Response =>
  c.body(JSON.stringify({ ...body, instance: `urn:uuid:${c.get('requestId')}` }), body.status as 400, {
    'content-type': 'application/problem+json',
    ...headers,
  });
