import type { PaperRefusal } from '../../papers/index.ts';
import { problem } from '../problems.ts';

/** Why a template is not taken: by its first reason, with each of them and its place in the DOCX. */
export function refusedTemplate(refusals: readonly [PaperRefusal, ...PaperRefusal[]]): Error {
  const [{ code, zh, en, source }] = refusals;
  return problem(code, {
    about: { zh, en },
    ...(source === undefined ? {} : { source }),
    errors: refusals.map((one) => ({ field: '/file', code: one.code, place: one.place, zh: one.zh, en: one.en })),
  });
}
