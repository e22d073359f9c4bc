import { Refused, UsedWrongly } from './command.ts';

/** What the running server answers to an administrator: `HEJIE_API_URL`, and `HEJIE_TOKEN` of `npm run token`. */
// biome-ignore lint/suspicious/noExplicitAny: what came over the wire; each command reads the few fields that it prints
export async function askApi(method: string, path: string, body?: unknown): Promise<any> {
  const token = process.env.HEJIE_TOKEN;
  if (token === undefined)
    throw new UsedWrongly('请设置 HEJIE_TOKEN Set HEJIE_TOKEN: npm run token -- --role administrator --region …');
  const base = process.env.HEJIE_API_URL ?? 'http://127.0.0.1:8080';
  const answer = await fetch(new URL(path, base), {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const said = (await answer.json()) as { code?: string; detail?: { zh: string; en: string }; errors?: Place[] };
  if (answer.ok) return said;
  throw new Refused(
    [
      `${answer.status} ${said.code}: ${said.detail?.zh} ${said.detail?.en}`,
      ...(said.errors ?? []).map(
        ({ place, field, code, zh, en }) => `  ${place ?? ''} ${field} [${code}] ${zh} / ${en}`,
      ),
    ].join('\n'),
  );
}

interface Place {
  field: string;
  code: string;
  place?: string;
  zh: string;
  en: string;
}
