import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type NoticeTemplate, noticeTemplates } from '../domain/notices.ts';
import { type Checked, checkDigest, checkTemplate, type TemplateFault } from './check.ts';
import type { DigestWords, Template } from './template.ts';

/** The project's own templates. */
export const templatesFolder = fileURLToPath(new URL('./templates', import.meta.url));

export interface Templates {
  notices: ReadonlyMap<string, Template>;
  /** Round those that an office gets in one mail. */
  digest: DigestWords;
}

/** Broken templates stop the start: every fault with file, line and reason. */
export class TemplateErrors extends Error {
  readonly errors: Array<TemplateFault & { file: string }>;

  constructor(errors: Array<TemplateFault & { file: string }>) {
    super(errors.map((e) => `${e.file}:${e.line} [${e.code}] ${e.reason.zh} / ${e.reason.en}`).join('\n'));
    this.name = 'TemplateErrors';
    this.errors = errors;
  }
}

/**
 * Reads and checks a folder of templates: there must be one for each notice, that of the digest, and none besides.
 * Throws `TemplateErrors`.
 */
export async function loadTemplates(dir: string = templatesFolder): Promise<Templates> {
  const files = (await readdir(dir)).sort();
  const errors = files.filter((file) => !expected.includes(file)).map((file) => whole(file, 'unused', unused));
  const read = async <T>(file: string, check: (text: string) => Checked<T>): Promise<T | undefined> => {
    if (!files.includes(file)) errors.push(whole(file, 'missing-file', missing));
    if (!files.includes(file)) return undefined;
    const { template, faults } = check(await readFile(join(dir, file), 'utf8'));
    errors.push(...faults.map((fault) => ({ file, ...fault })));
    return template;
  };
  const notices = new Map<string, Template>();
  for (const name of noticeTemplates) {
    const template = await read(fileOf(name), (text) => checkTemplate(name, text));
    if (template) notices.set(name, template);
  }
  const digest = await read(DIGEST, checkDigest);
  if (errors.length > 0 || digest === undefined) throw new TemplateErrors(errors);
  return { notices, digest };
}

let own: Promise<Templates> | undefined;
/** The project's own texts, read once. */
export function ownTexts(): Promise<Templates> {
  own ??= loadTemplates();
  return own;
}

const unused = { zh: '没有程序发送此通知', en: 'no procedure sends this notice' };
const missing = { zh: '缺少此模板', en: 'this template is missing' };

const DIGEST = 'digest.json';
const fileOf = (name: NoticeTemplate): string => `${name}.json`;
const expected: string[] = [DIGEST, ...noticeTemplates.map(fileOf)];

const whole = (
  file: string,
  code: TemplateFault['code'],
  reason: TemplateFault['reason'],
): TemplateErrors['errors'][number] => ({
  file,
  line: 1,
  pointer: '',
  code,
  reason,
});
