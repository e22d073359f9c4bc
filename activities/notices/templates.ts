import type { DueNotice } from '../../db/notices.ts';
import type { OpenRemedy } from '../../domain/case/remedies.ts';
import { abilityTitle, outcomeTitle } from '../../domain/labels.ts';

/** A notice's subject and text: Chinese first, English second. No names: the reader knows who he is. */
interface Template {
  subject: { zh: string; en: string };
  text(notice: DueNotice): { zh: string; en: string };
}

const due = (notice: DueNotice): { zh: string; en: string } => {
  const deadline = notice.deadline;
  if (!deadline) return { zh: '', en: '' };
  const tentative = deadline.provisional
    ? { zh: '（次年放假安排公布前为暂定）', en: ' (provisional until the holidays of that year are published)' }
    : { zh: '', en: '' };
  return {
    zh: `\n${deadline.titleZh}：${deadline.dueOn} 24:00 届满${tentative.zh}。依据：${deadline.source}。`,
    en: `\n${deadline.titleEn}: ends on ${deadline.dueOn} at 24:00${tentative.en}. Source: ${deadline.source}.`,
  };
};

const plain = (subject: { zh: string; en: string }, zh: string, en: string): Template => ({
  subject,
  text: (notice) => ({ zh: zh + due(notice).zh, en: en + due(notice).en }),
});

const outcomeOf = (notice: DueNotice): { zh: string; en: string } => outcomeTitle(String(notice.data.detail.outcome));

const words = (value: unknown): { zh: string; en: string } | undefined => {
  const text = value as { zh?: string; en?: string } | undefined;
  return text?.zh !== undefined && text.en !== undefined ? { zh: text.zh, en: text.en } : undefined;
};

const next = (notice: DueNotice): { zh: string; en: string } => {
  const where: Record<string, { zh: string; en: string }> = {
    mediation:
      notice.data.detail.prefill === undefined
        ? { zh: '\n下一步：调解。', en: '\nNext: mediation.' }
        : {
            zh: '\n下一步：转入调解，申请书已据协议预填，请在期限内表示是否同意调解。',
            en: '\nNext: mediation; the application is filled in from the agreement. Please say in time whether you agree to it.',
          },
    settlementPerformance: { zh: '\n下一步：按和解协议履行。', en: '\nNext: performance of the settlement.' },
    agreementPerformance: {
      zh: '\n下一步：按调解协议履行；双方可共同申请仲裁审查或司法确认。',
      en: '\nNext: performance of the agreement; both may apply jointly for review or confirmation.',
    },
    paymentOrder: {
      zh: '\n下一步：可以向人民法院申请支付令，申请已预填，请在期限内确认或者另作选择。',
      en: '\nNext: a payment order may be applied for; the application is filled in. Please confirm it in time, or choose otherwise.',
    },
    negotiation: { zh: '\n下一步：协商。', en: '\nNext: negotiation.' },
    preLitigationMediation: { zh: '\n下一步：法院委派、委托调解。', en: '\nNext: mediation for the court.' },
  };
  const { into } = notice.data.detail;
  if (typeof into === 'string') return { zh: `\n以后请看案件 ${into}。`, en: `\nFrom now on see case ${into}.` };
  const told = words(notice.data.detail.goTo) ?? words(notice.data.detail.remedy);
  const step = where[String(notice.data.detail.next)] ?? { zh: '', en: '' };
  if (!told) return step;
  const { article } = notice.data.detail;
  const basis =
    typeof article === 'string' ? { zh: `（依据：${article}）`, en: ` (source: ${article})` } : { zh: '', en: '' };
  return { zh: `${step.zh}\n${told.zh}${basis.zh}`, en: `${step.en}\n${told.en}${basis.en}` };
};

/** Each way that is open, as the event carries it: until when, with which papers, at what cost, and what waiting would cost. */
const remedies = ({ data }: DueNotice): { zh: string; en: string } => {
  const open = (data.detail.remedies ?? []) as OpenRemedy[];
  if (open.length === 0) return { zh: '', en: '' };
  const list = (language: 'zh' | 'en') =>
    open.map(({ title, article, lastDay, provisional, papers, lostByWaiting, fee }, index) => {
      const say = language === 'zh' ? inChinese : inEnglish;
      return [
        `${index + 1}. ${title[language]}${say.source(article)}`,
        `   ${lastDay === undefined ? say.noLastDay : say.lastDay(lastDay, provisional === true)}`,
        `   ${say.papers(papers.map((paper) => paper[language]))}`,
        `   ${say.waiting(lostByWaiting[language])}`,
        ...(fee ? [`   ${say.fee(fee.title[language], fee.amount)}${say.source(fee.article)}`] : []),
      ].join('\n');
    });
  return {
    zh: `\n现在可以采取的途径：\n${list('zh').join('\n')}`,
    en: `\nWhat you may turn to now:\n${list('en').join('\n')}`,
  };
};

const inChinese = {
  source: (article: string) => `（${article}）`,
  noLastDay: '没有法定期限。',
  lastDay: (day: string, provisional: boolean) => `最后一日：${day} 24:00${provisional ? '（暂定）' : ''}。`,
  papers: (papers: string[]) => `材料：${papers.join('、')}。`,
  waiting: (text: string) => `等待的后果：${text}`,
  fee: (text: string, yuan?: number) => `费用：${text}${yuan === undefined ? '' : `，按现欠数额为 ${yuan} 元`}`,
};

const inEnglish: typeof inChinese = {
  source: (article) => ` (${article})`,
  noLastDay: 'The law sets no time.',
  lastDay: (day, provisional) => `Last day: ${day}, 24:00${provisional ? ' (provisional)' : ''}.`,
  papers: (papers) => `Papers: ${papers.join('; ')}.`,
  waiting: (text) => `What waiting costs: ${text}`,
  fee: (text, yuan) => `Fee: ${text}${yuan === undefined ? '' : `; ${yuan} yuan for what is owed now`}`,
};

/** Every notice that a procedure sends, by the name it is queued under. */
export const templates: Record<string, Template> = {
  requestServed: plain(
    { zh: '协商要求', en: 'Request to negotiate' },
    '对方要求就劳动争议进行协商。请在期限内口头或书面回应；期满不回应的，视为不愿协商。',
    'The other side asks to negotiate. Please answer in time, orally or in writing; silence counts as unwillingness.',
  ),
  helpAsked: plain(
    { zh: '请工会协助协商', en: 'The union is asked to help' },
    '当事人请求工会参与协商。',
    'A party asks the union to join the negotiation.',
  ),
  settlementMade: plain(
    { zh: '和解协议已签订', en: 'Settlement agreement signed' },
    '双方已签订和解协议，请按期履行。逾期未履行的，案件将自动转入调解。',
    'The settlement agreement is signed. Please perform it in time; if it is overdue, the case goes to mediation by itself.',
  ),
  paymentRecorded: plain(
    { zh: '登记了一笔履行', en: 'A payment was recorded' },
    '请确认是否收到。',
    'Please confirm whether you received it.',
  ),
  rescheduled: plain(
    { zh: '履行期限已变更', en: 'Rescheduled' },
    '双方书面变更了履行期限。',
    'Both sides changed the due day in writing.',
  ),
  urged: plain(
    { zh: '督促履行', en: 'Please perform' },
    '请尽快履行协议约定的义务。',
    'Please perform what was agreed.',
  ),
  supervised: plain(
    { zh: '履约督促', en: 'Performance is watched' },
    '经评估，您履行协议的能力存疑。请按期履行；有困难的，请尽早与对方协商担保或者变更履行期限，并告知调解组织。',
    'Whether you can perform the agreement is in doubt. Please perform it in time; if that is hard, agree on security or on another day with the other side soon, and tell the organisation.',
  ),
  abilityAssessed: {
    subject: { zh: '履约能力评估', en: 'Ability to perform assessed' },
    text: ({ data: { detail } }) => {
      const list = (language: 'zh' | 'en') =>
        ((detail.suggest ?? []) as Array<{ zh: string; en: string }>).map((one) => `\n- ${one[language]}`).join('');
      const { zh, en } = abilityTitle(String(detail.ability));
      return { zh: `评估结果：${zh}。${list('zh')}`, en: `The assessment: ${en}.${list('en')}` };
    },
  },
  orderOffered: plain(
    { zh: '可以申请支付令', en: 'A payment order may be applied for' },
    '到期款项未付，支付令申请已预填。请在期限内确认申请，或者选择仲裁；不作表示的，不申请支付令。',
    'Money that is due has not been paid; the application for a payment order is filled in. Please confirm it in time, or choose arbitration; without a word no order is applied for.',
  ),
  orderApplied: plain(
    { zh: '已申请支付令', en: 'A payment order was applied for' },
    '劳动者已向人民法院申请支付令。',
    'The worker has applied to the court for a payment order.',
  ),
  orderServed: plain(
    { zh: '支付令已送达', en: 'The payment order was served' },
    '债务人应当在期限内清偿，或者向人民法院提出书面异议。口头异议无效；只称没有清偿能力的，不影响支付令的效力。',
    'The debtor must pay in time, or object to the court in writing. An oral objection is void, and inability to pay changes nothing.',
  ),
  objectionWithoutEffect: plain(
    { zh: '异议不影响支付令的效力', en: 'The objection changes nothing' },
    '口头异议，或者只称缺乏清偿能力、要求缓期或者变更方式的，不影响支付令的效力。',
    'An oral objection, or one that only speaks of inability, delay or another manner of payment, leaves the order in effect.',
  ),
  orderContested: plain(
    { zh: '债务人提出书面异议', en: 'The debtor objects in writing' },
    '债务人对支付令提出书面异议，支付令将由人民法院裁定终结。',
    'The debtor objects in writing; the court will end the procedure by ruling.',
  ),
  orderVoid: plain(
    { zh: '支付令失效', en: 'The payment order is void' },
    '督促程序已经终结，案件转入诉讼；不同意起诉的，请在期限内向人民法院提出。',
    'The procedure has ended and turns into a suit, unless you tell the court in time that you do not want one.',
  ),
  handedOver: plain(
    { zh: '案件移送：请答复', en: 'A case is handed over to you: please answer' },
    '一件劳动人事争议移送贵单位办理，请在期限内答复是否接收；期满未答复的，案件继续由原窗口办理。',
    'A dispute is handed over to your office. Please say in time whether you take it; without an answer it goes on at the window it came from.',
  ),
  handedOverElsewhere: plain(
    { zh: '您的案件已移送', en: 'Your case was handed over' },
    '您的案件已移送其他机构，正在等待答复；答复之前案件继续在此办理。',
    'Your case was handed over to another body, whose answer is awaited; until then it goes on here.',
  ),
  handOverAccepted: plain(
    { zh: '移送已被接收', en: 'The hand-over was accepted' },
    '接收的机构将继续办理您的案件，本窗口的案件就此结束。移送不延长仲裁时效，请注意其最后一日。',
    'The other body goes on with your case, which ends here. The hand-over does not prolong the limitation; mind its last day.',
  ),
  handOverRefused: plain(
    { zh: '移送未被接收', en: 'The hand-over was refused' },
    '受移送的机构没有接收，案件继续在此办理。',
    'The other body did not take the case; it goes on here.',
  ),
  handOverUnanswered: plain(
    { zh: '移送逾期未答复', en: 'The hand-over was not answered' },
    '受移送的机构没有在期限内答复，案件继续在此办理。',
    'The other body did not answer in time; the case goes on here.',
  ),
  caseTookIn: plain(
    { zh: '另一案件并入本案', en: 'Another case was consolidated into yours' },
    '同一用人单位的另一案件已并入您的案件，一并办理。',
    'Another case of the same employer was consolidated into yours; both go on as one.',
  ),
  workersJoined: plain(
    { zh: '有劳动者加入案件', en: 'Workers joined the case' },
    '有共同请求的劳动者加入了您的案件，一并办理。可以登录查看当事人和请求。',
    'Workers with a common claim joined your case, and it goes on with all of them. The parties and claims are shown with the case.',
  ),
  joinedCase: plain(
    { zh: '您已加入案件', en: 'You joined a case' },
    '您已作为劳动者一方当事人加入案件，与其他劳动者一并办理。和解、调解须由您本人同意。',
    'You joined the case as one of its workers. No settlement and no agreement binds you without your own consent.',
  ),
  representativesPossible: plain(
    { zh: '可以推举代表', en: 'Representatives may be chosen' },
    '有共同请求的劳动者已达到规定人数，可以推举代表参加协商、调解；未签名推举的劳动者仍由本人参加。',
    'There are now enough workers with a common claim to choose representatives. Who does not sign the choice goes on in person.',
  ),
  secondRegion: plain(
    { zh: '跨区域争议：请协同', en: 'A dispute that also concerns your region' },
    '一件争议同时涉及贵地，由另一地主办，适用其规定和期限；贵地经办人可以查看并参与办理。',
    'A dispute concerns your region too. The other region leads it, by its rules and clocks; your office may see the case and act in it.',
  ),
  representativesChosen: plain(
    { zh: '已推举代表', en: 'Representatives were chosen' },
    '有共同请求的劳动者已推举代表参加调解、仲裁。代表变更、放弃请求或者进行和解，须经被代表的劳动者同意。',
    'Workers with a common claim have chosen representatives. To settle, change or give up a claim these need the consent of those they represent.',
  ),
  emergencyDeclared: plain(
    { zh: '重大争议应急联合调处', en: 'A major dispute: joint response' },
    '一起劳动人事争议被列为重大争议，请按职责派员参加应急联合调处。',
    'A dispute has been declared a major one. Please send your member to the joint response.',
  ),
  emergencyForParties: plain(
    { zh: '本案列为重大争议', en: 'Your case is a major dispute' },
    '本案已列为重大劳动人事争议，有关部门联合调处。案件仍按原程序、原期限办理，您的权利不受影响。',
    'Your case is handled as a major dispute by several departments together. It stays on its path and its time limits, and your rights are the same.',
  ),
  emergencyPlanned: plain(
    { zh: '应对预案已制定', en: 'The plan is made' },
    '应对预案已制定，请按预案开展工作并按时报告。',
    'The plan is made. Please work by it and report in time.',
  ),
  emergencyReported: plain(
    { zh: '应急进展报告', en: 'A report of the joint response' },
    '已登记一次进展报告。',
    'A report was recorded.',
  ),
  emergencyWorsens: plain(
    { zh: '事态加重', en: 'The situation worsens' },
    '进展报告称事态加重，请上级关注。',
    'A report says that the situation is getting worse.',
  ),
  emergencyEscalated: plain(
    { zh: '提请上级接手', en: 'Handed to the higher level' },
    '一起重大劳动人事争议的应急联合调处交由上级处置。',
    'The joint response to a major dispute is handed to you.',
  ),
  reminder: plain({ zh: '期限将至', en: 'A time limit is near' }, '请留意以下期限。', 'Please mind this time limit.'),
  overdueReminder: plain(
    { zh: '期限已过', en: 'A time limit has passed' },
    '以下期限已过，请尽快处理。',
    'This time limit has passed; please act.',
  ),
  deadlinePassed: plain(
    { zh: '期限届满', en: 'A time limit has ended' },
    '以下期限已届满。',
    'This time limit has ended.',
  ),
  overdue: {
    subject: { zh: '协议逾期未履行', en: 'An agreement is overdue' },
    text: (notice) => ({
      zh: `协议${outcomeOf(notice).zh}。${next(notice).zh}${remedies(notice).zh}`,
      en: `The agreement: ${outcomeOf(notice).en}. ${next(notice).en}${remedies(notice).en}`,
    }),
  },
  mediationOffered: plain(
    { zh: '可以申请调解', en: 'You may apply for mediation' },
    '协商没有结果。您可以申请调解，也可以直接申请仲裁。',
    'The negotiation brought no result. You may apply for mediation, or go to arbitration at once.',
  ),
  mediationOpened: plain(
    { zh: '调解已启动', en: 'Mediation has been opened' },
    '调解组织已收到调解申请，请在期限内表示是否同意调解；期满未表示的，视为不同意。',
    'The application for mediation has been received. Please say in time whether you agree; silence counts as no.',
  ),
  settlementReviewed: plain(
    { zh: '和解协议的审查结果', en: 'The settlement was looked at' },
    '仲裁委员会已审查和解协议能否在仲裁中作为证据使用，结果见案件记录。',
    'The commission has looked whether the settlement may be used as evidence; the result is in the case.',
  ),
  concessionsAsked: plain(
    { zh: '请审查自认的事实', en: 'Please examine what was conceded' },
    '和解协议没有履行。请审查当事人自认的案件事实是否系真实意思表示，是否存在重大误解等情形。',
    'The settlement was not performed. Please examine whether what the parties conceded was truly meant, or a serious misunderstanding.',
  ),
  mediationSuggested: plain(
    { zh: '调解建议书', en: 'Suggestion to mediate' },
    '仲裁委员会建议先到调解组织调解。双方同意的，暂缓受理仲裁申请；一方不同意或者期满未表示的，由仲裁委员会依法受理。',
    'The arbitration commission suggests mediation first. If both agree, acceptance of the application is suspended; if one does not, or says nothing in time, the commission accepts it by law.',
  ),
  arbitrationSuspended: plain(
    { zh: '双方同意先行调解', en: 'Both agree to mediation first' },
    '双方当事人同意先行调解，请暂缓受理其仲裁申请；调解结果将另行告知。',
    'Both parties agree to mediation first: please suspend acceptance of the application. You will be told the result.',
  ),
  mediationEntrusted: plain(
    { zh: '仲裁委托调解', en: 'Mediation entrusted by the tribunal' },
    '经双方同意，仲裁庭委托调解组织进行调解。期限内未达成协议的，退回仲裁庭开庭审理。',
    'With the consent of both the tribunal entrusted the case to mediation. Without an agreement in time it goes back to the hearing.',
  ),
  liaisonTold: plain(
    { zh: '联系的调解组织收到调解案件', en: 'A case before your mediation organisation' },
    '您分片联系的调解组织收到一件调解案件，请按分片联系制度给予指导。',
    'The mediation organisation that you look after has a case; please give it your guidance.',
  ),
  mediationAccepted: plain(
    { zh: '调解申请已受理', en: 'Mediation accepted' },
    '调解组织已受理。',
    'The organisation has accepted the application.',
  ),
  courtCaseAssigned: plain(
    { zh: '法院移交案件待接受', en: "A court's case is to be taken" },
    '人民法院移交了一件委派或者委托调解的案件，请在期限内接受；期满未接受的，改由下一调解组织办理。',
    'A court has handed over a case for mediation. Please take it in time; otherwise the next organisation is asked.',
  ),
  courtCaseTaken: plain(
    { zh: '调解组织已接受法院委派', en: 'The case has been taken for mediation' },
    '调解组织已接受人民法院委派。委派调解自接受之日起计算期限，达不成协议的，由人民法院依法立案。',
    'An organisation has taken the case from the court. Without an agreement in time the court files it.',
  ),
  courtMediationInvited: plain(
    { zh: '是否愿意诉前调解', en: 'Are you willing to be mediated before the court files?' },
    '对方已向人民法院起诉，法院委派调解。请在期限内表示是否愿意；期满未表示的，按不同意处理。',
    'The other side has sued, and the court has delegated the case. Please say in time whether you are willing; silence counts as no.',
  ),
  mediatorToBeChosen: plain(
    { zh: '请共同选定调解员', en: 'Please choose a mediator together' },
    '请双方在期限内共同选定调解员；期内未选定的，由人民法院指定。',
    'Please choose a mediator together in time; otherwise the court names one.',
  ),
  mediatorToBeNamed: plain(
    { zh: '请指定调解员', en: 'A mediator is to be named' },
    '双方未在期限内共同选定调解员，请人民法院指定。',
    'The parties have not chosen a mediator in time; the court is asked to name one.',
  ),
  courtMediationBegins: plain(
    { zh: '调解员已确定', en: 'The mediator is there' },
    '调解员已确定，调解应在以下期限内结束；双方同意可以延长。',
    'The mediator is there. The mediation ends as follows, unless both agree to go on.',
  ),
  sessionArranged: plain(
    { zh: '调解时间和方式', en: 'A session has been arranged' },
    '调解时间、方式已经确定，在线调解的地址请登录查看。',
    'A session has been arranged; the address of an online session is in the case.',
  ),
  backToCourt: plain(
    { zh: '调解未成，案件退回法院', en: 'No agreement: the case goes back to the court' },
    '委派调解未达成协议，案件退回人民法院；符合起诉条件的，法院应当在以下期限内立案。',
    'The mediation brought no agreement and the case goes back to the court, which files it within this time.',
  ),
  mediationDeclined: plain(
    { zh: '调解申请不予受理', en: 'Mediation declined' },
    '调解组织不予受理，理由见书面通知。',
    'The organisation declined; the reason is in its written notice.',
  ),
  agreementMade: plain(
    { zh: '调解协议已生效', en: 'The mediation agreement is in effect' },
    '调解协议已生效。协议本身不能直接申请强制执行；双方可在法定期间内共同申请仲裁审查或司法确认。',
    'The agreement is in effect. By itself it cannot be enforced; both may apply jointly for arbitration review or judicial confirmation in time.',
  ),
  performanceNotice: plain(
    { zh: '履行告知书', en: 'Performance notice' },
    '请按调解协议约定的期限和方式履行。',
    'Please perform the agreement when and as agreed.',
  ),
  reviewAccepted: plain(
    { zh: '仲裁审查已受理', en: 'Review accepted' },
    '仲裁委员会已受理审查申请。',
    'The commission has accepted the application for review.',
  ),
  confirmationDocketed: plain(
    { zh: '司法确认已受理', en: 'Confirmation docketed' },
    '人民法院已受理司法确认申请。',
    'The court has docketed the application.',
  ),
  agreementConfirmed: plain(
    { zh: '调解协议已经司法确认', en: 'The court has confirmed the agreement' },
    '人民法院裁定调解协议有效，一方拒绝履行的，对方可以申请强制执行。对裁定有异议的，应当自收到裁定之日起十五日内提出。',
    'The court has ruled the agreement valid; if it is not performed, it can be enforced. Objections are to be filed within fifteen days of receiving the ruling.',
  ),
  objectionFiled: plain(
    { zh: '对确认裁定的异议', en: 'An objection to the ruling' },
    '有人对司法确认裁定提出异议，由作出裁定的人民法院审查。决定之前裁定继续有效。',
    'Somebody objects to the ruling; the court that made it decides. Until then the ruling stands.',
  ),
  rulingChanged: plain(
    { zh: '确认裁定已改变', en: 'The ruling is changed' },
    '异议部分成立，人民法院作出新的裁定：余下的部分继续有效，可以申请强制执行；不再确认的部分，可以依法另行处理。',
    'The objection is upheld in part and the court has ruled anew: what is left stands and can be enforced; what is not confirmed any more goes its own way.',
  ),
  objectionRejected: plain(
    { zh: '异议被驳回', en: 'The objection is rejected' },
    '人民法院裁定驳回异议，确认裁定继续有效。',
    'The court has rejected the objection; the ruling stands.',
  ),
  authorityLate: plain(
    { zh: '办理期限已过', en: 'A working period has passed' },
    '以下办理期限已过，请督办。',
    'This period has passed; please see to it.',
  ),
  visitMissed: plain(
    { zh: '回访未登记', en: 'No return visit recorded' },
    '回访期限内没有登记回访。',
    'No return visit was recorded in its time.',
  ),
  rightToArbitrate: plain(
    { zh: '可以申请仲裁', en: 'Right to arbitrate' },
    '您可以依法申请劳动人事争议仲裁。请注意仲裁时效的最后一日，逾期可能丧失权利。',
    'You may apply for arbitration. Mind the last day of the limitation; after it the right may be lost.',
  ),
  rightToArbitrateLate: plain(
    { zh: '可以申请仲裁，但时效已过', en: 'Right to arbitrate, out of time' },
    '您仍可以申请劳动人事争议仲裁，但仲裁时效已经届满；对方在仲裁阶段提出时效抗辩的，请求不予支持，没有提出的，诉讼中不能再提。',
    'You may still apply for arbitration, but the limitation has run out. If the other side pleads it in the arbitration the claim is not upheld; not pleaded there, it cannot be pleaded in court.',
  ),
  limitationInterrupted: plain(
    { zh: '仲裁时效中断', en: 'The limitation starts again' },
    '已登记一次时效中断，仲裁时效自该日起重新计算。',
    'An interruption was recorded; the limitation runs anew from that day.',
  ),
  timeWatched: plain(
    { zh: '时效继续计算', en: 'The time runs on' },
    '您的请求尚未实现，以下期间继续计算，届满前请申请仲裁、起诉或者申请执行；已经申请的，请告知登记窗口。',
    'Your claim has not been met and this time runs on. Before it ends apply for arbitration, sue or apply for enforcement; tell the window if you have.',
  ),
  arbitrationDocketed: plain(
    { zh: '仲裁已受理', en: 'The commission took the application' },
    '劳动人事争议仲裁委员会已受理仲裁申请，应当在期限内裁决；逾期未裁决的，可以起诉。',
    'The commission has taken the application and is to decide in time; if it does not, you may sue.',
  ),
  awardExtended: plain(
    { zh: '裁决期限已延长', en: "The award's time was extended" },
    '经仲裁委员会主任批准，裁决期限延长。',
    'With approval, the time for the award was extended.',
  ),
  suitOpen: plain(
    { zh: '可以起诉', en: 'You may sue' },
    '仲裁委员会不予受理，或者逾期未作出决定、裁决，可以就该争议向人民法院起诉。',
    'The commission did not take the application, or is late; the dispute may be brought before the court.',
  ),
  awardMayBeSued: plain(
    { zh: '不服裁决可以起诉', en: 'The award may be contested in court' },
    '对仲裁裁决不服或者裁决已被撤销的，可以在期限内向人民法院起诉。',
    'If you do not accept the award, or it was set aside, you may sue within this time.',
  ),
  awardMayBeSetAside: plain(
    { zh: '终局裁决可以申请撤销', en: 'The final award may be set aside' },
    '终局裁决自作出之日生效，用人单位不能起诉；有法定情形的，可以在期限内向仲裁委员会所在地的中级人民法院申请撤销。',
    'A final award is in effect from the day it was made; the employer may not sue, but on a ground of the law may ask the intermediate court in time to set it aside.',
  ),
  result: {
    subject: { zh: '案件进展', en: 'Progress of the case' },
    text: (notice) => ({
      zh: `结果：${outcomeOf(notice).zh}。${next(notice).zh}`,
      en: `Result: ${outcomeOf(notice).en}. ${next(notice).en}`,
    }),
  },
};

/** Subject and text of a notice. Throws for a template that does not exist: a procedure named one that nobody wrote. */
export function render(notice: DueNotice): { subject: string; text: string } {
  const template = templates[notice.template];
  if (!template) throw new Error(`no template ${notice.template}`);
  const { zh, en } = template.text(notice);
  return {
    subject: `【和解】${template.subject.zh} ${template.subject.en} (${notice.caseNo})`,
    text: `案号 Case: ${notice.caseNo}\n\n${zh}\n\n${en}\n`,
  };
}
