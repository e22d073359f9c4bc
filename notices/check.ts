import type { z } from 'zod';
import type { NoticeTemplate } from '../domain/notices.ts';
import { type Language, languages } from '../domain/notices.ts';
import type { Bilingual } from '../domain/time/types.ts';
import { issueInWords } from '../rules/issue-words.ts';
import { type LocatedJson, parseLocatedJson, pointerOf } from '../rules/located-json.ts';
import { factsOf, mayBeMissing } from './facts.ts';
import { mostCharacters, shortForm } from './short-form.ts';
import { DigestWords, placeholder, Template } from './template.ts';

export interface TemplateFault {
  /** 1-based. */
  line: number;
  /** JSON pointer to the place. */
  pointer: string;
  code: TemplateFaultCode;
  reason: Bilingual;
}
type TemplateFaultCode =
  | 'syntax'
  | 'duplicate-key'
  | 'missing-file'
  | 'unused'
  | 'wrong-shape'
  | 'missing-language'
  | 'unknown-fact'
  | 'stray-brace'
  | 'languages-differ'
  | 'no-lasting-line'
  | 'too-long';

type Found = Omit<TemplateFault, 'line' | 'pointer'> & { path: PropertyKey[] };

/** The longest a case number gets, and any day. */
const LONGEST_CASE = '310116-2026-000000000';
const ANY_DAY = '2026-12-31';

export type Checked<T> = { template: T; faults: [] } | { template: undefined; faults: TemplateFault[] };

/** Reads a template and says everything that is wrong with it, each with its place: the project's own and an office's alike. */
export const checkTemplate = (name: NoticeTemplate, text: string): Checked<Template> =>
  check(Template, text, (template) => [
    ...unknownFacts(template, (part) => allowedIn(part, name)),
    ...differing(template),
    ...fleeting(template),
    ...tooLong(template),
  ]);

/** The same for the words of a digest. */
export const checkDigest = (text: string): Checked<DigestWords> =>
  check(DigestWords, text, (words) => [...unknownFacts(words, (part) => (part === 'subject' ? ['count'] : []))]);

function check<T>(schema: z.ZodType<T>, text: string, faultsOf: (value: T) => Found[]): Checked<T> {
  const json = parseLocatedJson(text);
  if (json.value === undefined || json.faults.length > 0)
    return { template: undefined, faults: json.faults.map((fault) => ({ ...fault, code: syntaxCode(fault.code) })) };
  const parsed = schema.safeParse(json.value);
  const found = parsed.success
    ? faultsOf(parsed.data)
    : parsed.error.issues.flatMap((issue) => issueInWords(issue, json.value).map(wrongShape));
  if (parsed.success && found.length === 0) return { template: parsed.data, faults: [] };
  return { template: undefined, faults: found.map((fault) => placed(json, fault)) };
}

const syntaxCode = (code: string): TemplateFaultCode => (code === 'duplicate-key' ? code : 'syntax');

const placed = (json: LocatedJson, { path, ...fault }: Found): TemplateFault => ({
  line: json.lineOf(pointerOf(path)),
  pointer: pointerOf(path),
  ...fault,
});

function wrongShape({ path, code, reason }: ReturnType<typeof issueInWords>[0]): Found {
  const language = languages.find((one) => one === path.at(-1));
  if (code !== 'missing-field' || language === undefined) return { path, code: 'wrong-shape', reason };
  const whole = path.slice(0, -1).join('.');
  return {
    path,
    code: 'missing-language',
    reason: { zh: `“${whole}”缺少语言 ${language}`, en: `"${whole}" lacks the language ${language}` },
  };
}

interface Sentence {
  path: PropertyKey[];
  text: string;
}

type Words = Record<string, Record<Language, string | string[]>>;

/** Every sentence of one language, with its place. */
const sentencesOf = (words: Words, language: Language): Sentence[] =>
  Object.entries(words).flatMap(([part, said]): Sentence[] => {
    const text = said[language];
    return typeof text === 'string'
      ? [{ path: [part, language], text }]
      : text.map((line, index) => ({ path: [part, language, index], text: line }));
  });

const named = (text: string): string[] => [...text.matchAll(placeholder)].map(([, name]) => name as string);

/** A subject and a short form stand alone, with the number of the case beside them: nothing in them may be missing. */
const allowedIn = (part: string, name: NoticeTemplate): string[] =>
  factsOf(name).filter((fact) => part === 'text' || (fact !== 'caseNo' && !mayBeMissing(fact)));

function unknownFacts(words: Words, allowed: (part: string) => string[]): Found[] {
  return languages.flatMap((language) =>
    sentencesOf(words, language).flatMap(({ path, text }): Found[] => {
      const known = allowed(String(path[0]));
      const unknown = named(text).filter((one) => !known.includes(one));
      const list = known.map((fact) => `{${fact}}`).join(' ');
      const faults: Found[] = unknown.map((one) => ({
        path,
        code: 'unknown-fact',
        reason: {
          zh: `此处没有事实“{${one}}”；可用：${list || '无'}`,
          en: `there is no fact "{${one}}" here; there are: ${list || 'none'}`,
        },
      }));
      if (/[{}]/.test(text.replaceAll(placeholder, '')))
        faults.push({
          path,
          code: 'stray-brace',
          reason: { zh: '花括号只能写成 {事实名}', en: 'braces are for the name of a fact only' },
        });
      return faults;
    }),
  );
}

function differing(template: Template): Found[] {
  const parts = ['subject', 'text', 'short'] as const;
  return parts.flatMap((part): Found[] => {
    const [zh, en] = languages.map((language) => [...new Set(named([template[part][language]].flat().join('\n')))]);
    const lone = [...(zh ?? []).filter((one) => !en?.includes(one)), ...(en ?? []).filter((one) => !zh?.includes(one))];
    if (lone.length === 0) return [];
    const list = lone.map((one) => `{${one}}`).join(' ');
    return [
      {
        path: [part],
        code: 'languages-differ',
        reason: { zh: `只有一种语言用到 ${list}`, en: `only one of the languages names ${list}` },
      },
    ];
  });
}

/** A text whose every line may be left out could be empty. */
function fleeting({ text }: Template): Found[] {
  return languages
    .filter((language) => text[language].every((line) => named(line).some(mayBeMissing)))
    .map((language) => ({
      path: ['text', language],
      code: 'no-lasting-line',
      reason: { zh: '每一行都可能略去，正文可能为空', en: 'every line may be left out: the text could be empty' },
    }));
}

function tooLong({ short }: Template): Found[] {
  return languages.flatMap((language): Found[] => {
    const length = [...shortForm(language, short[language], LONGEST_CASE, ANY_DAY)].length;
    const most = mostCharacters[language];
    if (length <= most) return [];
    return [
      {
        path: ['short', language],
        code: 'too-long',
        reason: {
          zh: `连同案号和期限共 ${length} 字，短信最多 ${most} 字`,
          en: `${length} characters with case number and last day; an SMS holds ${most}`,
        },
      },
    ];
  });
}
