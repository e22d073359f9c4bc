import type { Bilingual } from './time/types.ts';

/** What parties are told of (告知引导, 人社部发〔2022〕71号 第十二条). */
export const guidanceTopics = {
  rights: { zh: '权利和义务', en: 'Rights and duties' },
  routes: { zh: '解决争议的途径', en: 'The ways to settle a dispute' },
  lastDays: { zh: '期限和末日', en: 'Times and last days' },
  papers: { zh: '应当准备的材料', en: 'Papers to bring' },
  fees: { zh: '费用', en: 'What it costs' },
  negotiation: { zh: '协商', en: 'Negotiation' },
  mediation: { zh: '调解', en: 'Mediation' },
  confirmation: { zh: '仲裁审查和司法确认', en: 'Arbitration review and judicial confirmation' },
  paymentOrder: { zh: '支付令', en: 'Payment order' },
  arbitration: { zh: '仲裁', en: 'Arbitration' },
  suit: { zh: '起诉', en: 'A suit' },
  enforcement: { zh: '申请强制执行', en: 'Enforcement' },
  legalAid: { zh: '法律援助', en: 'Legal aid' },
  unionHelp: { zh: '工会的帮助', en: 'Help by the union' },
  labourInspection: { zh: '劳动保障监察', en: 'Labour inspection' },
} as const satisfies Record<string, Bilingual>;
export type GuidanceTopic = keyof typeof guidanceTopics;
export const guidanceTopicNames = Object.keys(guidanceTopics) as [GuidanceTopic, ...GuidanceTopic[]];

/** How somebody is spoken to, or asked. */
export const waysOfSpeaking = {
  inPerson: { zh: '当面', en: 'in person' },
  phone: { zh: '电话', en: 'by telephone' },
  video: { zh: '视频', en: 'by video' },
  message: { zh: '短信、即时通讯', en: 'by message' },
  paper: { zh: '书面', en: 'in writing' },
} as const satisfies Record<string, Bilingual>;
export type WayOfSpeaking = keyof typeof waysOfSpeaking;
export const waysOfSpeakingNames = Object.keys(waysOfSpeaking) as [WayOfSpeaking, ...WayOfSpeaking[]];
