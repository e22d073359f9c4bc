import type { Context } from 'hono';
import type { ZodError } from 'zod';
import { type ApiErrorCode, type Problem, sentenceOf, statusOf } from '../contracts/errors.ts';
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
  more: { about?: Bilingual; errors?: Problem['errors']; headers?: Record<string, string> } = {},
): ProblemError {
  const { zh, en } = sentenceOf(code);
  return new ProblemError(
    {
      type: typeOf(code),
      title: `${zh} ${en}`,
      status: statusOf(code),
      code,
      detail: more.about ?? { zh, en },
      ...(more.errors === undefined ? {} : { errors: more.errors }),
    },
    more.headers,
  );
}

/** A refusal of the law or the state of the case, as a problem. */
export function refused(refusal: Refusal): ProblemError {
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

/** Input that a schema does not take: each place with its reason. */
export function badInput(error: ZodError): ProblemError {
  return problem('bad-input', {
    errors: error.issues.flatMap((issue) => {
      const path = issue.path.map(String);
      const [zh, en] = split(issue.message);
      if (issue.code !== 'unrecognized_keys') return [{ field: pointer(path), code: issue.code, zh, en }];
      return issue.keys.map((key) => ({
        field: pointer([...path, key]),
        code: 'unknown-field',
        zh: `没有 ${key} 这个字段。`,
        en: `There is no field ${key}.`,
      }));
    }),
  });
}

/** Our own messages are `中文 / English`; the library's are English. */
function split(message: string): [string, string] {
  const [zh, en] = message.split(' / ');
  return zh !== undefined && en !== undefined ? [zh, en] : [`不合要求：${message}`, message];
}

const pointer = (path: string[]): string =>
  path.map((part) => `/${part.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

/** Writes a problem as RFC 9457 says. */
export const answerProblem = (c: Context, { problem: body, headers }: ProblemError): Response =>
  c.body(JSON.stringify(body), body.status as 400, { 'content-type': 'application/problem+json', ...headers });
