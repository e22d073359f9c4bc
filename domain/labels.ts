import type { channels } from './case/case.ts';
import type { OrganisationKind } from './rules.ts';
import type { Bilingual } from './time/types.ts';

type Channel = (typeof channels)[number];

/** What people call the stages of procedures. One place for refusals, views, mails and the demo. */
const stages: Record<string, Bilingual> = {
  registering: { zh: '登记中', en: 'being registered' },
  registered: { zh: '已登记', en: 'registered' },
  serving: { zh: '待送达协商要求', en: 'request to be served' },
  awaitingAnswer: { zh: '等待回应', en: 'awaiting the answer' },
  negotiating: { zh: '协商中', en: 'negotiating' },
  performing: { zh: '履行中', en: 'performing' },
  awaitingPaper: { zh: '未履行，等待仲裁审查或司法确认结果', en: 'breached, awaiting the paper asked for' },
  taking: { zh: '待接受委派、委托', en: 'to be taken by the organisation' },
  inviting: { zh: '待通知对方', en: 'the other side to be notified' },
  choosing: { zh: '待选定调解员', en: 'mediator to be chosen' },
  naming: { zh: '待法院指定调解员', en: 'mediator to be named by the court' },
  offered: { zh: '可以申请调解', en: 'mediation may be applied for' },
  consenting: { zh: '征询调解意愿', en: 'asking both for consent' },
  accepting: { zh: '待受理', en: 'to be accepted' },
  hearing: { zh: '调解中', en: 'hearing' },
  signing: { zh: '签署协议', en: 'signing' },
  notAccepted: { zh: '不予受理，可以起诉', en: 'not accepted; a suit is open' },
  arbitrating: { zh: '仲裁中', en: 'under arbitration' },
  awarded: { zh: '已裁决，起诉或者申请撤销期内', en: 'awarded; it may be contested' },
  watching: { zh: '时效计算中', en: 'the time is watched' },
  deciding: { zh: '待决定是否受理', en: 'acceptance to be decided' },
  reviewing: { zh: '审查中', en: 'under review' },
  issued: { zh: '待签收', en: 'to be received' },
  objecting: { zh: '裁定已作出，异议期内', en: 'ruled on; time to object' },
  confirming: { zh: '待确认是否申请支付令', en: 'payment order may be applied for' },
  docketing: { zh: '待法院受理支付令申请', en: 'the court is to take the application' },
  examining: { zh: '法院审查支付令申请', en: 'the court examines the application' },
  toBeServed: { zh: '支付令待送达', en: 'order to be served' },
  awaitingPayment: { zh: '等待清偿或者异议', en: 'awaiting payment or objection' },
  contested: { zh: '支付令因异议失效，待裁定', en: 'order void by objection, ruling awaited' },
  suing: { zh: '待表示是否起诉', en: 'suit may be declined' },
  visiting: { zh: '待回访', en: 'return visit to be paid' },
  archiving: { zh: '待归档', en: 'to be archived' },
  declared: { zh: '已宣布重大争议，待成员到位', en: 'declared, members to assemble' },
  assembled: { zh: '成员到位，待定预案', en: 'assembled, plan to be made' },
  planned: { zh: '预案已定，待报告', en: 'planned, first report awaited' },
  responding: { zh: '联合调处中', en: 'responding' },
  ended: { zh: '已结束', en: 'ended' },
};

/** What people call the outcomes of procedures. */
const outcomes: Record<string, Bilingual> = {
  routed: { zh: '予以受理', en: 'taken' },
  notAdmissible: { zh: '不属于受理范围', en: 'outside what may be taken' },
  settled: { zh: '达成和解', en: 'settled' },
  refused: { zh: '一方不同意', en: 'refused' },
  noResponse: { zh: '没有回应，视为不愿协商', en: 'no answer, which counts as unwillingness' },
  expired: { zh: '期限届满未达成一致', en: 'the time ended without agreement' },
  brokenOff: { zh: '一方不同意继续协商', en: 'broken off' },
  unserved: { zh: '协商要求未能送达', en: 'the request was not served' },
  transferred: { zh: '移送其他机构办理', en: 'handed over to another body' },
  merged: { zh: '并入另一案件办理', en: 'consolidated into another case' },
  withdrawn: { zh: '撤回', en: 'withdrawn' },
  agreement: { zh: '达成调解协议', en: 'agreement reached' },
  declined: { zh: '调解组织不予受理', en: 'declined by the organisation' },
  returned: { zh: '退回法院', en: 'returned to the court' },
  failed: { zh: '调解不成', en: 'mediation failed' },
  notApplied: { zh: '未申请调解', en: 'mediation was not applied for' },
  performed: { zh: '全部履行', en: 'performed in full' },
  overdue: { zh: '逾期未履行', en: 'overdue' },
  disputed: { zh: '履行发生争议', en: 'performance is disputed' },
  breached: { zh: '到期未履行', en: 'not performed in time' },
  issued: { zh: '调解书生效，可以申请强制执行', en: 'the document is in effect; it can be enforced' },
  notAccepted: { zh: '不予受理', en: 'not accepted' },
  lapsed: { zh: '申请期间届满', en: 'lapsed' },
  notReceived: { zh: '调解书未能由双方签收', en: 'not received by both' },
  confirmed: { zh: '裁定有效，可以申请强制执行', en: 'confirmed; it can be enforced' },
  revoked: {
    zh: '异议成立，确认裁定被撤销，不能再申请强制执行',
    en: 'revoked on an objection; it cannot be enforced any more',
  },
  dismissed: { zh: '裁定驳回申请', en: 'dismissed' },
  paid: { zh: '已清偿', en: 'paid' },
  enforceable: { zh: '支付令生效，可以申请强制执行', en: 'the order is in effect; it can be enforced' },
  objected: { zh: '异议成立，支付令失效', en: 'void by objection' },
  turnedToSuit: { zh: '转入诉讼程序', en: 'turned into a suit' },
  suitDeclined: { zh: '不同意起诉', en: 'no suit wanted' },
  terminated: { zh: '督促程序终结', en: 'the procedure was ended' },
  rejected: { zh: '驳回支付令申请', en: 'application rejected' },
  orderChosen: { zh: '选择申请支付令', en: 'payment order chosen' },
  resolved: { zh: '应急解除', en: 'resolved' },
  escalated: { zh: '交由上级处置', en: 'handed to the higher level' },
  sued: { zh: '已起诉', en: 'a suit was brought' },
  inForce: { zh: '裁决生效，可以申请强制执行', en: 'the award is in effect; it can be enforced' },
  setAside: { zh: '裁决被撤销，期内没有起诉', en: 'set aside, and no suit in time' },
  mediated: { zh: '经委托、先行调解达成协议', en: 'settled in the mediation it was sent to' },
  referred: { zh: '仲裁委员会引导、委托调解', en: 'sent to mediation by the commission' },
  arbitrationFiled: { zh: '已申请仲裁', en: 'arbitration was applied for' },
  filed: { zh: '已起诉或者申请执行', en: 'brought before the court' },
  ranOut: { zh: '时效届满，对方可以提出时效抗辩', en: 'the time ran out; the other side may plead it' },
  archived: { zh: '归档', en: 'archived' },
  reopened: { zh: '重新启动', en: 'reopened' },
};

/** What an assessment of the ability to perform comes to, in words. */
const abilities: Record<string, Bilingual> = {
  able: { zh: '未见不能履行的迹象', en: 'no sign that it will not be performed' },
  doubtful: { zh: '履行能力存疑', en: 'performance is in doubt' },
  unable: { zh: '目前没有履行能力', en: 'unable to perform for now' },
};
export const abilityTitle = (ability: string): Bilingual => abilities[ability] ?? { zh: ability, en: ability };

/** A stage in words; its own name where it has none, which a test forbids. */
export const stageTitle = (stage: string): Bilingual => stages[stage] ?? { zh: stage, en: stage };

/** An outcome in words; its own name where it has none, which a test forbids. */
export const outcomeTitle = (outcome: string): Bilingual => outcomes[outcome] ?? { zh: outcome, en: outcome };

/** Who mediates (L10), and where a case has nobody named. */
const organisations: Record<OrganisationKind | 'none', Bilingual> = {
  enterpriseCommittee: { zh: '企业劳动争议调解委员会', en: 'committee of the enterprise' },
  peopleMediation: { zh: '人民调解组织', en: "people's mediation organisation" },
  townshipStreet: { zh: '乡镇（街道）调解组织', en: 'organisation of a township or street' },
  regional: { zh: '区域性调解组织', en: 'regional organisation' },
  industry: { zh: '行业性调解组织', en: 'organisation of an industry' },
  arbitrationCourtCentre: { zh: '仲裁院调解中心', en: 'mediation centre of the arbitration court' },
  jointCentre: { zh: '联合调解中心', en: 'joint mediation centre' },
  oneStop: { zh: '新就业形态一站式调解', en: 'one-stop mediation of platform work' },
  none: { zh: '未指定调解组织', en: 'no organisation named' },
};
export const organisationTitle = (kind: string): Bilingual =>
  organisations[kind as OrganisationKind] ?? { zh: kind, en: kind };

/** The ways in which a case comes in. */
const ways: Record<Channel, Bilingual> = {
  window: { zh: '窗口', en: 'at the window' },
  phone: { zh: '电话', en: 'by telephone' },
  hotline12345: { zh: '12345热线', en: 'hotline 12345' },
  petition: { zh: '信访', en: 'petition' },
  inspection: { zh: '劳动监察', en: 'labour inspection' },
  union: { zh: '工会', en: 'the union' },
  court: { zh: '人民法院', en: 'a court' },
  arbitration: { zh: '仲裁机构', en: 'arbitration' },
  internet: { zh: '网络', en: 'online' },
  paper: { zh: '书面', en: 'in writing' },
  video: { zh: '视频', en: 'by video' },
};
export const channelTitle = (channel: string): Bilingual => ways[channel as Channel] ?? { zh: channel, en: channel };
