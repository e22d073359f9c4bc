import type { Language } from '../domain/notices.ts';

/** Characters of a message that goes out as one SMS: 70 in Chinese, 160 in English. */
export const mostCharacters: Record<Language, number> = { zh: 70, en: 160 };

/** An SMS: whose it is, one sentence, the last day where there is one, the case. No names and no link. */
export const shortForm = (language: Language, sentence: string, caseNo: string, lastDay?: string): string =>
  language === 'zh'
    ? `【和解】${sentence}${lastDay === undefined ? '' : `期限至${lastDay}。`}案号${caseNo}`
    : `[Hejie] ${sentence}${lastDay === undefined ? '' : ` Last day ${lastDay}.`} Case ${caseNo}`;
