import type { Context } from 'hono';
import type { ApiDeps } from '../deps.ts';
import { readUpload } from '../evidence/upload.ts';
import { problem } from '../problems.ts';
import type { DraftText, ReleaseKind } from './kind.ts';

/** What is drafted: JSON, and the file that it came beside. */
interface SentDraft {
  body: string;
  file?: Buffer;
}

/** The most that a template may have. */
const MOST_BYTES = 1_500_000;

/** Takes a draft as it comes: as JSON, or as a form of `file` and `about`, which is the JSON. */
export async function sentDraft(c: Context): Promise<SentDraft> {
  if (!c.req.header('content-type')?.startsWith('multipart/')) return { body: await c.req.text() };
  const { content, about } = await readUpload(c, MOST_BYTES);
  return { body: JSON.stringify(about), file: content };
}

/** Reads a draft as its kind does; a file is refused where the kind has none. */
export function readDraft(deps: ApiDeps, kind: ReleaseKind, { body, file }: SentDraft): DraftText {
  if (file !== undefined && kind.takesFile !== true)
    throw problem('bad-input', {
      errors: [
        {
          ...{ field: '/file', code: 'unexpected-file' },
          zh: '这类版本以 JSON 交入，不附文件。',
          en: 'A release of this kind is handed in as JSON, without a file.',
        },
      ],
    });
  return kind.read(deps, body, file);
}
