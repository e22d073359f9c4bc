import { type PackError, PackErrors, type RuleBook } from '../domain/rules.ts';
import { canonical } from './canonical.ts';
import { isRecord } from './is-record.ts';
import { type LocatedJson, parseLocatedJson, pointerOf } from './located-json.ts';
import type { PackSource } from './packs.ts';
import { ruleBookOf, sourcesIn } from './rule-book.ts';

/** One pack as one JSON document: how it travels over the wire and is kept. Paths are those below the pack's folder. */
export interface PackDocument {
  format: 1;
  files: Record<string, unknown>;
}

/**
 * Reads one pack out of JSON, at `at` (a JSON pointer) if it is part of a larger body. Lines are those of the text.
 * Throws `PackErrors` where there is no document; what its files say is for `checkPacks`.
 */
export function readPackDocument(text: string, at = ''): PackSource {
  const json = parseLocatedJson(text);
  const syntax = json.value === undefined ? json.faults : [];
  if (syntax.length > 0) throw new PackErrors(syntax.map((fault) => ({ file: 'document', ...fault })));
  const document = valueAt(json.value, at);
  const outside = json.faults.filter(({ pointer }) => !pointer.startsWith(`${at}/files/`));
  const errors: PackError[] = [
    ...outside.map((fault) => ({ file: 'document', ...fault })),
    ...faultsOfForm(document).map((fault) => ({ file: 'document', line: json.lineOf(at + fault.pointer), ...fault })),
  ];
  if (errors.length > 0) throw new PackErrors(errors);
  const { files } = document as PackDocument;
  return {
    folder: folderOf(files),
    files: new Map(Object.entries(files).map(([file, value]) => [file, within(json, value, `${at}/files`, file)])),
  };
}

/** A document that is kept. Lines are those that its files have when they are written out (`fileText`). */
export function sourceOfDocument({ files }: PackDocument): PackSource {
  return {
    folder: folderOf(files),
    files: new Map(Object.entries(files).map(([file, value]) => [file, parseLocatedJson(fileText(value))])),
  };
}

/** A pack as a document; same meaning, same text. */
export const documentOf = (source: PackSource): PackDocument =>
  canonical({
    format: 1,
    files: Object.fromEntries([...source.files].map(([file, { value }]) => [file, value])),
  }) as PackDocument;

/** A file of a pack as it is written out. */
export const fileText = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** The packs of a book with new texts of some, or with packs that it did not have: what drafts would make of it. */
export function sourcesWith(book: RuleBook, ...drafts: PackSource[]): PackSource[] {
  const replaced = new Set(drafts.map(({ folder }) => folder));
  return [...sourcesIn(book.content).filter(({ folder }) => !replaced.has(folder)), ...drafts];
}

/** A book with new texts of packs. Throws `PackErrors`, also for what a text breaks in other packs. */
export const bookWith = (book: RuleBook, ...drafts: PackSource[]): RuleBook => ruleBookOf(sourcesWith(book, ...drafts));

function within(json: LocatedJson, value: unknown, files: string, file: string): LocatedJson {
  const base = files + pointerOf([file]);
  return {
    value,
    lineOf: (pointer) => json.lineOf(base + pointer),
    faults: json.faults
      .filter(({ pointer }) => pointer === base || pointer.startsWith(`${base}/`))
      .map((fault) => ({ ...fault, pointer: fault.pointer.slice(base.length) })),
  };
}

function faultsOfForm(document: unknown): Pick<PackError, 'pointer' | 'code' | 'reason'>[] {
  if (!isRecord(document))
    return [{ pointer: '', code: 'wrong-type', reason: { zh: '应为规则包文档', en: 'this is no document of a pack' } }];
  const faults: Pick<PackError, 'pointer' | 'code' | 'reason'>[] = [];
  if (document.format !== 1)
    faults.push({ pointer: '/format', code: 'wrong-value', reason: { zh: 'format 应为 1', en: 'the format is 1' } });
  if (!isRecord(document.files))
    faults.push({
      pointer: '/files',
      code: 'wrong-type',
      reason: { zh: 'files 应为“路径 → 内容”的对象', en: 'files is an object of paths and contents' },
    });
  for (const key of Object.keys(document))
    if (key !== 'format' && key !== 'files')
      faults.push({
        pointer: pointerOf([key]),
        code: 'unknown-field',
        reason: { zh: `不认识的字段“${key}”`, en: `unknown field "${key}"` },
      });
  return faults;
}

const folderOf = (files: Record<string, unknown>): string => {
  const head = files['pack.json'];
  return isRecord(head) ? String(head.id) : '';
};

function valueAt(value: unknown, pointer: string): unknown {
  let found = value;
  for (const step of pointer.split('/').slice(1)) found = isRecord(found) ? found[step] : undefined;
  return found;
}
