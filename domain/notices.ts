/** Every notice that a procedure queues: each has its template, `notices/templates/<name>.json`. */
export const noticeTemplates = [
  'requestServed',
  'helpAsked',
  'settlementMade',
  'paperToSign',
  'paymentRecorded',
  'rescheduled',
  'urged',
  'supervised',
  'abilityAssessed',
  'orderOffered',
  'orderApplied',
  'orderServed',
  'objectionWithoutEffect',
  'orderContested',
  'orderVoid',
  'handedOver',
  'handedOverElsewhere',
  'handOverAccepted',
  'handOverRefused',
  'handOverUnanswered',
  'rulesChanged',
  'caseTookIn',
  'workersJoined',
  'joinedCase',
  'representativesPossible',
  'secondRegion',
  'representativesChosen',
  'emergencyDeclared',
  'emergencyForParties',
  'emergencyPlanned',
  'emergencyReported',
  'emergencyWorsens',
  'emergencyEscalated',
  'reminder',
  'overdueReminder',
  'deadlinePassed',
  'overdue',
  'mediationOffered',
  'mediationOpened',
  'settlementReviewed',
  'concessionsAsked',
  'mediationSuggested',
  'arbitrationSuspended',
  'mediationEntrusted',
  'liaisonTold',
  'mediationAccepted',
  'courtCaseAssigned',
  'courtCaseTaken',
  'courtMediationInvited',
  'mediatorToBeChosen',
  'mediatorToBeNamed',
  'courtMediationBegins',
  'sessionArranged',
  'backToCourt',
  'mediationDeclined',
  'agreementMade',
  'performanceNotice',
  'reviewAccepted',
  'confirmationDocketed',
  'agreementConfirmed',
  'objectionFiled',
  'rulingChanged',
  'objectionRejected',
  'authorityLate',
  'visitMissed',
  'performanceDenied',
  'archivedBySilence',
  'rightToArbitrate',
  'enforceableAfterBreach',
  'rightToArbitrateLate',
  'limitationInterrupted',
  'timeWatched',
  'arbitrationDocketed',
  'awardExtended',
  'suitOpen',
  'awardMayBeSued',
  'awardMayBeSetAside',
  'result',
] as const;
export type NoticeTemplate = (typeof noticeTemplates)[number];

/** Every text that an administrator may change: those of the notices, and the words round several that go in one mail. */
export const noticeTextNames = [...noticeTemplates, 'digest'] as const;
export type NoticeTextName = (typeof noticeTextNames)[number];

/** A text of a notice as it is approved for a region and those within; null goes back to the text of the wider region. */
export interface ApprovedText {
  region: string;
  notice: string;
  text: unknown;
}

/** What a notice's text is made of. No names and no contacts: the reader knows who he is. */
export interface Notice {
  template: string;
  caseNo: string;
  data: { detail: Record<string, unknown> };
  /** The clock it is tied to, as it stands when the notice is sent. */
  deadline: NoticeDeadline | null;
  /** The number that the paper bears which it is about. */
  paper?: string | null;
}

export interface NoticeDeadline {
  titleZh: string;
  titleEn: string;
  dueOn: string;
  dueAt: string;
  provisional: boolean;
  source: string;
}

export const languages = ['zh', 'en'] as const;
export type Language = (typeof languages)[number];
/** What a recipient reads; who reads both gets Chinese first. */
export const noticeLanguages = [...languages, 'both'] as const;
export type NoticeLanguage = (typeof noticeLanguages)[number];

/** By e-mail, SMS 短信, or instant message 即时消息. */
export const noticeChannels = ['email', 'sms', 'im'] as const;
export type NoticeChannel = (typeof noticeChannels)[number];
/** Those that are open: SMS and instant messages only where a gateway is connected. */
export const openChannels = (gateway: boolean): readonly NoticeChannel[] => (gateway ? noticeChannels : ['email']);

/** `noAddress`: nobody could be reached. */
export const noticeStatuses = ['queued', 'sent', 'failed', 'noAddress'] as const;
export type NoticeStatus = (typeof noticeStatuses)[number];
