import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type NoticeTemplate, noticeTemplates } from '../domain/notices.ts';
import { checkTemplate, type TemplateFault } from './check.ts';
import type { Template } from './template.ts';

/** The project's own templates. */
export const templatesFolder = fileURLToPath(new URL('./templates', import.meta.url));

export type Templates = ReadonlyMap<string, Template>;

/** Broken templates stop the start: every fault with file, line and reason. */
export class TemplateErrors extends Error {
  readonly errors: Array<TemplateFault & { file: string }>;

  constructor(errors: Array<TemplateFault & { file: string }>) {
    super(errors.map((e) => `${e.file}:${e.line} [${e.code}] ${e.reason.zh} / ${e.reason.en}`).join('\n'));
    this.name = 'TemplateErrors';
    this.errors = errors;
  }
}

/** Reads and checks a folder of templates: there must be one for each notice, and none besides. Throws `TemplateErrors`. */
export async function loadTemplates(dir: string = templatesFolder): Promise<Templates> {
  const files = (await readdir(dir)).sort();
  const errors: TemplateErrors['errors'] = [];
  const templates = new Map<string, Template>();
  for (const name of noticeTemplates)
    if (!files.includes(fileOf(name)))
      errors.push(whole(fileOf(name), 'missing-file', { zh: '缺少此模板', en: 'this template is missing' }));
  for (const file of files) {
    const name = noticeTemplates.find((one) => fileOf(one) === file);
    if (name === undefined) {
      errors.push(whole(file, 'unused', { zh: '没有程序发送此通知', en: 'no procedure sends this notice' }));
      continue;
    }
    const { template, faults } = checkTemplate(name, await readFile(join(dir, file), 'utf8'));
    if (template) templates.set(name, template);
    else errors.push(...faults.map((fault) => ({ file, ...fault })));
  }
  if (errors.length > 0) throw new TemplateErrors(errors);
  return templates;
}

const fileOf = (name: NoticeTemplate): string => `${name}.json`;

const whole = (file: string, code: TemplateFault['code'], reason: TemplateFault['reason']) => ({
  file,
  line: 1,
  pointer: '',
  code,
  reason,
});
