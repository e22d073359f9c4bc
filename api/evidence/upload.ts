import type { Context } from 'hono';
import { type ProblemError, problem } from '../problems.ts';
import { parseJson } from '../request.ts';

/** Room for what comes with the file: its fields and the borders of the parts. */
const BESIDE_THE_FILE = 100_000;

export interface Upload {
  content: Buffer;
  /** As the sender names it, without folders and what cannot be shown. */
  fileName: string;
  /** What the sender says it is; empty where it says nothing. */
  declared: string;
  about: unknown;
}

/**
 * Reads a file with its fields (`multipart/form-data`: `file`, and `about` as JSON), never more of it than may be: what is too large by
 * its own word is not read at all, and one that says nothing, or something else, only until it is.
 */
export async function readUpload(c: Context, mostBytes: number): Promise<Upload> {
  const body = await readAtMost(c, mostBytes + BESIDE_THE_FILE, mostBytes);
  const type = c.req.header('content-type') ?? '';
  const form = await new Response(body, { headers: { 'content-type': type } }).formData().catch(() => undefined);
  const [file, about] = [form?.get('file'), form?.get('about')];
  if (file === null || file === undefined || typeof file === 'string') throw missing('/file', '文件', 'the file');
  if (typeof about !== 'string') throw missing('/about', '说明（JSON）', 'what it is, as JSON');
  if (file.size > mostBytes) throw tooLarge(mostBytes);
  return {
    content: Buffer.from(await file.arrayBuffer()),
    fileName: plain(file.name),
    declared: file.type,
    about: parseJson(about),
  };
}

async function readAtMost(c: Context, most: number, mostOfFile: number): Promise<Blob> {
  if (Number(c.req.header('content-length') ?? 0) > most) throw tooLarge(mostOfFile);
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = c.req.raw.body?.getReader();
  for (let part = await reader?.read(); part !== undefined && !part.done; part = await reader?.read()) {
    size += part.value.length;
    if (size > most) {
      // What is still to come is not waited for.
      void reader?.cancel().catch(() => undefined);
      throw tooLarge(mostOfFile);
    }
    chunks.push(part.value);
  }
  return new Blob(chunks as Uint8Array<ArrayBuffer>[]);
}

function tooLarge(mostBytes: number): ProblemError {
  const most = Math.floor(mostBytes / 1_000_000);
  return problem('too-large', {
    about: { zh: `一个文件最多 ${most} MB。`, en: `A file may have ${most} MB at most.` },
  });
}

const missing = (field: string, zh: string, en: string): ProblemError =>
  problem('bad-input', {
    errors: [{ field, code: 'required', zh: `缺少${zh}。`, en: `It is missing: ${en}.` }],
  });

const plain = (name: string): string =>
  (name.split(/[\\/]/).at(-1) ?? '')
    .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '')
    .trim()
    .slice(0, 200) || 'file';
