import type { Language, Notice } from '../domain/notices.ts';
import type { Bilingual } from '../domain/time/types.ts';

const steps: Record<string, Bilingual> = {
  settlementPerformance: { zh: '下一步：按和解协议履行。', en: 'Next: performance of the settlement.' },
  agreementPerformance: {
    zh: '下一步：按调解协议履行；双方可共同申请仲裁审查或司法确认。',
    en: 'Next: performance of the agreement; both may apply jointly for review or confirmation.',
  },
  paymentOrder: {
    zh: '下一步：可以向人民法院申请支付令，申请已预填，请在期限内确认或者另作选择。',
    en: 'Next: a payment order may be applied for; the application is filled in. Please confirm it in time, or choose otherwise.',
  },
  negotiation: { zh: '下一步：协商。', en: 'Next: negotiation.' },
  preLitigationMediation: { zh: '下一步：法院委派、委托调解。', en: 'Next: mediation for the court.' },
};
const mediation: Bilingual = { zh: '下一步：调解。', en: 'Next: mediation.' };
const mediationPrefilled: Bilingual = {
  zh: '下一步：转入调解，申请书已据协议预填，请在期限内表示是否同意调解。',
  en: 'Next: mediation; the application is filled in from the agreement. Please say in time whether you agree to it.',
};

/** Where the case goes from here, and where its applicant should turn when that is elsewhere. */
export function nextStep({ data: { detail } }: Notice, language: Language): string | undefined {
  if (typeof detail.into === 'string')
    return language === 'zh' ? `以后请看案件 ${detail.into}。` : `From now on see case ${detail.into}.`;
  const step =
    detail.next === 'mediation'
      ? detail.prefill === undefined
        ? mediation
        : mediationPrefilled
      : steps[String(detail.next)];
  const told = words(detail.goTo) ?? words(detail.remedy);
  const lines = [...(step ? [step[language]] : []), ...(told ? [`${told[language]}${basis(detail, language)}`] : [])];
  return lines.length === 0 ? undefined : lines.join('\n');
}

function basis({ article }: Record<string, unknown>, language: Language): string {
  if (typeof article !== 'string') return '';
  return language === 'zh' ? `（依据：${article}）` : ` (source: ${article})`;
}

function words(value: unknown): Bilingual | undefined {
  const text = value as Partial<Bilingual> | undefined;
  return text?.zh !== undefined && text.en !== undefined ? { zh: text.zh, en: text.en } : undefined;
}
