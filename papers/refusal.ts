import type { Bilingual } from '../domain/time/types.ts';

/** Why a paper is not made, or a template not taken. Stable: clients may switch on them. */
export const paperRefusalCodes = [
  'paper-content-missing',
  'paper-data-invalid',
  'template-not-docx',
  'template-too-large',
  'template-macro',
  'template-external-link',
  'template-embedded-object',
  'template-unknown-field',
  'template-broken-tag',
  'template-content-missing',
  'template-not-printable',
] as const;

export type PaperRefusalCode = (typeof paperRefusalCodes)[number];

/** An expected "no" about a paper or a template, in both languages, with its place and the article where there is one. */
export interface PaperRefusal extends Bilingual {
  code: PaperRefusalCode;
  /** JSON pointer into the paper's data. */
  field?: string;
  /** Part of the DOCX, and the tag or target in it: `word/document.xml {salary}`. */
  place?: string;
  /** Row of legal.md and article the refusal rests on. */
  legalRef?: string;
  source?: string;
}

/** Builds a refusal; one line where it is used. */
export const refusePaper = (
  code: PaperRefusalCode,
  zh: string,
  en: string,
  more: Pick<PaperRefusal, 'field' | 'place' | 'legalRef' | 'source'> = {},
): PaperRefusal => ({ code, zh, en, ...more });
