import type { Finding } from '../../domain/rules.ts';

/** What is wrong with giving up what a region does not have of its own. */
export const nothingToGiveUp = (subject: string, pointer: string): Finding => ({
  ...{ file: subject, line: 0, pointer, code: 'nothing-to-give-up', severity: 'error' },
  reason: {
    zh: '本地区没有自己的文本，无可停用。',
    en: 'The region has no text of its own to give up.',
  },
});
