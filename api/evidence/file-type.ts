import { fileTypeFromBuffer } from 'file-type';
import { type ProblemError, problem } from '../problems.ts';
import { isReadablePdf } from './pdf.ts';

/** What a file may be, by the ending that its content stands for. No scripts, no macros: what an office has to look at or listen to. */
const allowed: Record<string, { names: string[]; declared: string[] }> = {
  pdf: { names: ['pdf'], declared: ['application/pdf'] },
  jpg: { names: ['jpg', 'jpeg'], declared: ['image/jpeg'] },
  png: { names: ['png'], declared: ['image/png'] },
  webp: { names: ['webp'], declared: ['image/webp'] },
  tif: { names: ['tif', 'tiff'], declared: ['image/tiff'] },
  heic: { names: ['heic', 'heif'], declared: ['image/heic', 'image/heif'] },
  docx: {
    names: ['docx'],
    declared: ['application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
  },
  xlsx: { names: ['xlsx'], declared: ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'] },
  mp3: { names: ['mp3'], declared: ['audio/mpeg', 'audio/mp3'] },
  m4a: { names: ['m4a', 'mp4'], declared: ['audio/mp4', 'audio/x-m4a', 'audio/m4a'] },
  wav: { names: ['wav'], declared: ['audio/wav', 'audio/x-wav', 'audio/wave', 'audio/vnd.wave'] },
  amr: { names: ['amr'], declared: ['audio/amr'] },
  mp4: { names: ['mp4', 'm4v'], declared: ['video/mp4'] },
  mov: { names: ['mov'], declared: ['video/quicktime'] },
};

const kinds = Object.keys(allowed);

export interface FoundType {
  contentType: string;
  extension: string;
}

/**
 * The type of a file, found in its content. Refused: what is none of the types that are taken, what its name or its sender says to
 * be another one, an empty file, and a PDF that ends before its end.
 */
export async function typeOf(content: Buffer, name: string, declared: string): Promise<FoundType> {
  if (content.length === 0)
    throw refusal('file-unreadable', '文件是空的，没有内容。', 'The file is empty; it holds nothing.');
  const found = await fileTypeFromBuffer(content);
  const type = found && allowed[found.ext];
  const ending = /\.([a-z0-9]{1,5})$/i.exec(name)?.[1]?.toLowerCase() ?? '';
  const mime = declared.split(';')[0]?.trim().toLowerCase() ?? '';
  if (isOneOf('names', ending) && !type?.names.includes(ending)) throw differs(ending, found?.ext);
  if (isOneOf('declared', mime) && !type?.declared.includes(mime)) throw differs(mime, found?.ext);
  if (found === undefined || type === undefined)
    throw refusal(
      'file-type-unknown',
      `文件内容不属于可以接收的类型（${kinds.join('、')}）。`,
      `By its content the file is none of those taken: ${kinds.join(', ')}.`,
    );
  if (found.ext === 'pdf' && !isReadablePdf(content))
    throw refusal(
      'file-unreadable',
      '文件以 PDF 开头，但不完整，无法读取。',
      'The file begins as a PDF, but it is not whole and cannot be read.',
    );
  return { contentType: found.mime, extension: found.ext };
}

/** Whether an ending or a declared type is that of something we take; others say nothing of what a file is. */
const isOneOf = (which: 'names' | 'declared', said: string): boolean =>
  kinds.some((kind) => allowed[kind]?.[which].includes(said));

const differs = (said: string, found: string | undefined): ProblemError =>
  refusal(
    'file-type-differs',
    `文件自称 ${said}，内容却${found === undefined ? '不是' : `是 ${found}`}。`,
    `The file is said to be ${said}; by its content it is ${found ?? 'not'}.`,
  );

const refusal = (
  code: 'file-unreadable' | 'file-type-unknown' | 'file-type-differs',
  zh: string,
  en: string,
): ProblemError => problem(code, { about: { zh, en }, errors: [{ field: '/file', code, zh, en }] });
