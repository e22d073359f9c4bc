import { OpenAPIHono, z } from '@hono/zod-openapi';
import type { ApiEnv } from './deps.ts';
import { badInput } from './problems.ts';

/** An app whose routes check their input and answer `bad-input` with the places. */
export const createRouter = (): OpenAPIHono<ApiEnv> =>
  new OpenAPIHono<ApiEnv>({
    defaultHook: (result) => {
      if (!result.success) throw badInput(result.error);
    },
  });

export const Bilingual = z.object({ zh: z.string(), en: z.string() });

export const ProblemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string(),
    detail: Bilingual,
    source: z.string().optional(),
    instance: z.string().optional(),
    errors: z
      .array(
        z.object({ field: z.string(), code: z.string(), place: z.string().optional(), zh: z.string(), en: z.string() }),
      )
      .optional(),
  })
  .openapi('Problem');

const problemResponse = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: ProblemSchema } },
});

/** The problems a route may answer, by status. */
export const problems = (...statuses: Array<400 | 401 | 403 | 404 | 409 | 412 | 413 | 422 | 503>) =>
  Object.fromEntries(statuses.map((status) => [status, problemResponse(reasons[status])]));

const reasons = {
  400: '请求不是合法 JSON 或键不合要求 · not JSON, or a bad key',
  401: '未登录 · no or bad token',
  403: '无权 · not allowed',
  404: '没有找到 · not found',
  409: '当前不能进行 · refused in this state',
  412: '案件已有变化 · the case has changed',
  413: '请求过大 · the request is too large',
  422: '内容不合要求 · bad input',
  503: '暂时不可用，见 Retry-After · unavailable, see Retry-After',
};

export const jsonOf = <S extends z.ZodType>(schema: S, description: string) => ({
  description,
  content: { 'application/json': { schema } },
});

/** An object whose fields the description names; for read models that are wide. */
export const loose = (description: string) => z.record(z.string(), z.unknown()).openapi({ description });

export const CaseNo = z.string().openapi({ param: { name: 'id', in: 'path' }, example: '310116-2026-000001' });
export const secured = [{ bearer: [] }];
