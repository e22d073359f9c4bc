import type { Language, Notice, NoticeLanguage } from '../domain/notices.ts';
import { type FactName, facts } from './facts.ts';
import type { Templates } from './load.ts';
import { shortForm } from './short-form.ts';
import { placeholder, type Template } from './template.ts';

export interface Rendered {
  subject: string;
  text: string;
  /** For SMS: one line; in Chinese for who reads both. */
  short: string;
}

/** A notice in the words of its template, Chinese first. */
export function render(templates: Templates, notice: Notice, reads: NoticeLanguage = 'both'): Rendered {
  const template = templateOf(templates, notice);
  const languages: Language[] = reads === 'both' ? ['zh', 'en'] : [reads];
  const [first = 'zh'] = languages;
  const subject = languages.map((language) => fill(template.subject[language], notice, language) ?? '').join(' ');
  const sentence = fill(template.short[first], notice, first) ?? '';
  return {
    subject: `${first === 'zh' ? '【和解】' : '[Hejie] '}${subject} (${notice.caseNo})`,
    text: `${caseLine[reads]}${notice.caseNo}\n\n${languages.map((language) => linesOf(template, notice, language)).join('\n\n')}\n`,
    short: shortForm(first, sentence, notice.caseNo, notice.deadline?.dueOn),
  };
}

/** Throws where there is no template: a procedure named one that nobody wrote. */
export function templateOf({ notices }: Templates, { template: name }: Notice): Template {
  const template = notices.get(name);
  if (!template) throw new Error(`no template ${name}`);
  return template;
}

const caseLine: Record<NoticeLanguage, string> = { both: '案号 Case: ', zh: '案号：', en: 'Case: ' };

/** The lines of the text, without those whose facts the notice does not have. */
export const linesOf = ({ text }: Template, notice: Notice, language: Language): string =>
  text[language].flatMap((line) => fill(line, notice, language) ?? []).join('\n');

function fill(line: string, notice: Notice, language: Language): string | undefined {
  let missing = false;
  const filled = line.replaceAll(placeholder, (_, name: FactName) => {
    const said = facts[name].say(notice, language);
    missing ||= said === undefined;
    return said ?? '';
  });
  return missing ? undefined : filled;
}
