import { createHash } from 'node:crypto';
import { checkContents, type LocalContent, parseData } from './contents.ts';
import type { PaperInput } from './data.ts';
import { type CheckedTemplate, checkTemplate } from './docx/check-template.ts';
import { fillDocx } from './docx/fill.ts';
import { zip } from './docx/zip.ts';
import { type PaperKind, paperKinds } from './kinds.ts';
import { ownTemplate } from './own-template.ts';
import { missingGlyphs } from './print/fonts.ts';
import { htmlOf } from './print/html.ts';
import { printPdf } from './print/pdf.ts';
import { columnWidths } from './print/widths.ts';
import type { PaperRefusal } from './refusal.ts';

/** A file of a paper, and the hash by which it is known again. */
export interface PaperFile {
  bytes: Buffer;
  sha256: string;
}

/** A paper as it is kept: what was filled in, by which template, in both forms. */
export interface MadePaper {
  kind: PaperKind;
  title: { zh: string; en: string };
  docx: PaperFile;
  pdf: PaperFile;
  /** The template's own hash is its version: which wording was in force when the paper was made. */
  templateSha256: string;
  /** Characters the PDF's font does not have; they are to be written in by hand. Empty for almost every paper. */
  missingGlyphs: string[];
}

export interface PaperOrder<K extends PaperKind> {
  kind: K;
  data: PaperInput<K>;
  /** The office's own template; the one that comes with the project unless given. */
  template?: Buffer;
  /** What the packs of the region ask for beyond the law (`contents.json` of a pack). */
  local?: LocalContent[];
}

const hash = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
const file = (bytes: Buffer): PaperFile => ({ bytes, sha256: hash(bytes) });

/** Templates checked lately, by kind and hash: an office has one of each kind, and makes thousands of papers of it. */
const checked = new Map<string, CheckedTemplate>();
const MOST_CHECKED = 64;

/**
 * Makes a paper of a case as DOCX and as PDF. The same data and template give the same bytes. Refused, and nothing made: data that
 * lacks what the law asks the paper to state, or a template that may not be used.
 */
export async function makePaper<K extends PaperKind>(
  order: PaperOrder<K>,
): Promise<{ paper: MadePaper } | { refusal: PaperRefusal }> {
  const { kind, local } = order;
  const parsed = parseData(kind, order.data);
  if ('refusal' in parsed) return parsed;
  const { data } = parsed;
  const missing = checkContents(kind, data, local);
  if (missing) return { refusal: missing };
  const bytes = order.template ?? ownTemplate(kind);
  const templateSha256 = hash(bytes);
  const taken = takeTemplate(kind, bytes, templateSha256);
  if ('refusals' in taken) return { refusal: taken.refusals[0] };

  const filled = fillDocx(taken.template.entries, data);
  const docx = zip(filled);
  const html = await htmlOf(docx);
  const { title } = paperKinds[kind];
  const pdf = await printPdf(html, columnWidths(filled.get('word/document.xml') as Buffer), {
    title: title.zh,
    madeOn: data.madeOn,
  });
  return {
    paper: {
      ...{ kind, title, docx: file(docx), pdf: file(pdf), templateSha256 },
      missingGlyphs: missingGlyphs(html.replace(/<[^>]*>/g, '')),
    },
  };
}

function takeTemplate(kind: PaperKind, bytes: Buffer, sha256: string): ReturnType<typeof checkTemplate> {
  const name = `${kind} ${sha256}`;
  const known = checked.get(name);
  if (known) return { template: known };
  const taken = checkTemplate(kind, bytes);
  if ('refusals' in taken) return taken;
  if (checked.size >= MOST_CHECKED) checked.clear();
  checked.set(name, taken.template);
  return taken;
}
