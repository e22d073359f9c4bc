import { type RefusalCode, refusalCodes } from '../domain/refusal.ts';
import type { Bilingual } from '../domain/time/types.ts';

/**
 * Every error a caller can meet: HTTP status and title in both languages. The list is closed; a code never changes
 * its meaning. Refusals of the law (`domain/refusal.ts`) bring their own sentence and are all 409 unless named here.
 */
const own = {
  'bad-input': { status: 422, zh: '请求内容不合要求。', en: 'The request is not acceptable.' },
  'too-large': { status: 413, zh: '请求内容过大。', en: 'The request is too large.' },
  'bad-json': { status: 400, zh: '请求不是合法的 JSON。', en: 'The request is not valid JSON.' },
  'unknown-region': { status: 422, zh: '没有这个行政区划代码。', en: 'There is no such region code.' },
  'region-rules-contradict': {
    status: 409,
    zh: '两地规定不一致，请写明由哪一地主办及理由。',
    en: 'The rules of the two regions contradict each other: say which of them leads (leadBy), and why.',
  },
  'unknown-release': { status: 422, zh: '没有这个规则版本。', en: 'There is no such release of the rules.' },
  'release-not-yet-in-force': {
    status: 422,
    zh: '该规则版本尚未施行，案件不能改按它办理。',
    en: 'That release has not come into force: no case goes by it.',
  },
  'table-invalid': { status: 422, zh: '决策表不合要求。', en: 'The decision table is not acceptable.' },
  'too-many-simulations': {
    status: 503,
    zh: '正在进行的试算过多，请稍后再试。',
    en: 'Others are being simulated; try again in a while.',
  },
  'simulation-over': { status: 409, zh: '试算已经结束。', en: 'The simulation is over.' },
  'receipt-not-kept': {
    status: 409,
    zh: '没有凭据：作出时没有保存所依据的内容，或者该规则版本没有保存在此。期限重新计算后即有。',
    en: 'There is no receipt: what it rests on was not kept when it was made, or the release is not kept here. A deadline has one as soon as it is computed again.',
  },
  'release-invalid': { status: 422, zh: '规则文本有错误。', en: 'There are errors in the text.' },
  'notice-unclear': {
    status: 422,
    zh: '放假通知的文字有读不懂或者互相矛盾之处，没有采用。',
    en: 'Something in the words of the notice is not understood or contradicts the rest; none of it is taken.',
  },
  'release-not-checked': { status: 409, zh: '请先通过检查。', en: 'It has to be checked, without an error, first.' },
  'release-not-simulated': {
    status: 409,
    zh: '请先推演它对在办案件的影响。',
    en: 'What it would change has to be shown first.',
  },
  'simulation-outdated': {
    status: 409,
    zh: '推演之后规则已有变化，请重新推演。',
    en: 'The rules have changed since it was shown what it would change: simulate it again.',
  },
  'scenarios-not-run': {
    status: 409,
    zh: '请先试运行草案的全部场景。',
    en: 'All scenarios of the draft have to be run first.',
  },
  'scenarios-not-green': { status: 409, zh: '有场景未通过。', en: 'Not every scenario passes.' },
  'rules-untouched': {
    status: 409,
    zh: '有改动的规则没有任何场景涉及。',
    en: 'A rule that is changed is touched by no scenario.',
  },
  'release-changed': { status: 409, zh: '文本已有改动，请重新查看。', en: 'It has been changed; look again first.' },
  'release-approved': {
    status: 409,
    zh: '已经批准，不能再改动；请另行起草。',
    en: 'It is approved and does not change; draft another one.',
  },
  'release-withdrawn': { status: 409, zh: '已经撤回。', en: 'It has been withdrawn.' },
  'release-in-force': {
    status: 409,
    zh: '已经施行，不能撤回；恢复旧文本请另行起草。',
    en: 'It is in force and cannot be withdrawn; to restore an earlier text, draft it anew.',
  },
  'own-draft': {
    status: 403,
    zh: '起草人不能批准自己的草案，须由另一名管理员批准。',
    en: 'Who drafts cannot approve: another administrator does.',
  },
  'draft-outdated': {
    status: 409,
    zh: '起草之后现行文本已有变化，请核对后重新提交。',
    en: 'The text in force has changed since it was drafted; compare, and hand it in again.',
  },
  'same-day-in-force': {
    status: 409,
    zh: '已有另一版本定于同日施行。',
    en: 'Another release is approved to be in force from the same day.',
  },
  'later-release-approved': {
    status: 409,
    zh: '已有版本定于更晚的日子施行；请先撤回，或者改定之后的日期。',
    en: 'One that comes into force later is approved already: withdraw it first, or name a later day.',
  },
  'day-has-begun': {
    status: 409,
    zh: '施行日期须为尚未开始的日子。',
    en: 'It can only come into force on a day that has not begun.',
  },
  'approval-under-way': {
    status: 409,
    zh: '另一名管理员正在批准，请稍后再试。',
    en: 'Another administrator is approving; try again in a moment.',
  },
  'facts-invalid': {
    status: 422,
    zh: '这些事实规则不能回答。',
    en: 'The rules cannot answer on these facts.',
  },
  'too-many-stories': { status: 422, zh: '故事过多。', en: 'There are too many stories.' },
  'rehearsal-busy': {
    status: 503,
    zh: '另一次推演正在进行，请稍后重试。',
    en: 'Another rehearsal is under way; try again later.',
  },
  'unknown-deadline': { status: 404, zh: '没有这个期限。', en: 'There is no such deadline.' },
  'calendar-missing': {
    status: 422,
    zh: '没有这一年的节假日数据，不予推算。',
    en: 'No calendar for that year; no guess is made.',
  },
  'not-found': { status: 404, zh: '没有找到。', en: 'Not found.' },
  'unknown-case': { status: 422, zh: '没有找到所指的案件。', en: 'The case named is not found.' },
  'unknown-act': { status: 404, zh: '没有这个操作。', en: 'There is no such act.' },
  'no-token': { status: 401, zh: '请先登录。', en: 'A bearer token is needed.' },
  'bad-token': { status: 401, zh: '登录凭证无效或已过期。', en: 'The token is not valid.' },
  'not-allowed': { status: 403, zh: '您无权进行这项操作。', en: 'You may not do this.' },
  'not-your-party': { status: 403, zh: '只能代表自己一方操作。', en: 'You can act for your own party only.' },
  'unknown-court': { status: 401, zh: '没有登记这个法院。', en: 'This court is not known here.' },
  'bad-signature': { status: 401, zh: '消息签名无效。', en: 'The signature of the message is not valid.' },
  'message-too-old': {
    status: 401,
    zh: '消息时间与本机相差超过五分钟。',
    en: 'The message is more than five minutes off the time here.',
  },
  'message-replayed': {
    status: 409,
    zh: '这一消息编号已用于另一消息。',
    en: 'The id of this message was used for another one.',
  },
  'not-delegated': { status: 404, zh: '该法院没有移交这个案件。', en: 'This court has not sent that case.' },
  'facts-shielded': {
    status: 403,
    zh: '为达成和解而妥协认可的事实，未经双方同意、法律也没有另外规定的，不得查阅。',
    en: 'Facts conceded to settle are not shown unless both sides agree or the law says so.',
  },
  'channel-unavailable': {
    status: 409,
    zh: '不能用这一渠道通知此人：没有相应的地址，或者没有接通短信、即时消息网关。',
    en: 'This recipient cannot be told by this channel: no address for it is known, or no gateway is connected.',
  },
  'wrong-paper': {
    status: 422,
    zh: '不是应当签署的那种文书。',
    en: 'The paper is not of the kind that is signed here.',
  },
  'paper-differs': {
    status: 409,
    zh: '所确认的文件与本案保存的文书不一致。',
    en: 'The file confirmed is not the paper that is kept here.',
  },
  'paper-signed': {
    status: 409,
    zh: '这份文书已有人签署，不能重新制作。',
    en: 'Somebody has signed the paper; it is not made again.',
  },
  'signing-missing': {
    status: 422,
    zh: '当事人自行签署的，须写明所签的文书和签署方式。',
    en: 'A party that signs says which paper, and how.',
  },
  'signed-by-act': {
    status: 409,
    zh: '协议用相应的签署操作签署。',
    en: 'An agreement is signed by the act of its procedure.',
  },
  'not-a-signatory': {
    status: 422,
    zh: '不在这份文书的签名人之列。',
    en: 'It is not among those who sign this paper.',
  },
  'scan-unreadable': {
    status: 422,
    zh: '签字页扫描件须为图片或者 PDF。',
    en: 'The scan of a signature is an image or a PDF.',
  },
  'unknown-paper': { status: 404, zh: '本案没有这份文书。', en: 'The case has no such paper.' },
  'paper-not-open': {
    status: 409,
    zh: '案件没有这种文书可记载的事项，或者还没有到这一步。',
    en: 'The case has nothing for a paper of this kind, or is not there yet.',
  },
  'paper-content-missing': {
    status: 422,
    zh: '文书缺少应当载明的内容。',
    en: 'The paper does not state what it must state.',
  },
  'paper-data-invalid': { status: 422, zh: '文书数据不合要求。', en: 'The data of the paper is not acceptable.' },
  'unknown-evidence': {
    status: 422,
    zh: '本案没有这份公开的证据材料。',
    en: 'The case has no such piece of evidence that is open.',
  },
  'service-before-paper': {
    status: 422,
    zh: '送达日期早于文书制作日期。',
    en: 'The day of service lies before the day of the paper.',
  },
  'service-not-deemed': {
    status: 409,
    zh: '这种情形的留置、张贴不视为送达。',
    en: 'Left or put up in this way, it does not count as served.',
  },
  'file-type-unknown': { status: 422, zh: '不接收这种类型的文件。', en: 'A file of this type is not taken.' },
  'file-type-differs': {
    status: 422,
    zh: '文件内容与其名称或者声明的类型不符。',
    en: 'By its content the file is not what its name or its sender says.',
  },
  'file-unreadable': { status: 422, zh: '文件是空的或者不完整。', en: 'The file is empty or not whole.' },
  'idempotency-key-reused': {
    status: 422,
    zh: '同一 Idempotency-Key 已用于另一请求。',
    en: 'This Idempotency-Key was used for another request.',
  },
  'idempotency-key-invalid': {
    status: 400,
    zh: 'Idempotency-Key 不合要求。',
    en: 'The Idempotency-Key is not acceptable.',
  },
  'case-closed': { status: 409, zh: '案件已经结束。', en: 'The case is closed.' },
  unavailable: { status: 503, zh: '服务暂时不可用，请稍后重试。', en: 'The service is unavailable for the moment.' },
  internal: { status: 500, zh: '系统内部错误，已记录。', en: 'An internal error; it has been logged.' },
} as const satisfies Record<string, Bilingual & { status: number }>;

const refusalStatus: Partial<Record<RefusalCode, number>> = {
  'instalments-do-not-add-up': 422,
  'due-before-today': 422,
  'term-missing': 422,
  'same-debtor-and-creditor': 422,
  'unknown-party': 422,
  'unknown-worker': 422,
  'nobody-covered': 422,
  'day-in-the-future': 422,
  'day-too-early': 422,
  'agreement-incomplete': 422,
  stale: 412,
  'unknown-instalment': 422,
  'unknown-payment': 422,
  'unknown-objection': 422,
  overpayment: 422,
  'more-than-owed': 422,
  'evidence-missing': 422,
  'paper-missing': 422,
  'disputed-part': 422,
  'number-of-representatives': 422,
  'not-of-the-group': 422,
  'represented-consent-missing': 422,
  'member-missing': 422,
  'wrong-court': 422,
  'unknown-obligation': 422,
  'nothing-confirmed': 422,
  'nobody-left': 422,
  'same-case': 422,
  'own-region': 422,
  'unknown-claim': 422,
  'unknown-award': 422,
  'over-age-claims-mixed': 422,
};

export type ApiErrorCode = keyof typeof own;
export type ErrorCode = ApiErrorCode | RefusalCode;

/** All codes, for the reference and the test that each has been seen. */
export const errorCodes: readonly ErrorCode[] = [...(Object.keys(own) as ApiErrorCode[]), ...refusalCodes];

const isOwn = (code: string): code is ApiErrorCode => code in own;

/** HTTP status of a code: 409 for what the state of the case refuses, 422 for what no state would take. */
export const statusOf = (code: ErrorCode): number => (isOwn(code) ? own[code].status : (refusalStatus[code] ?? 409));

/** The general sentence of an API error; refusals carry a sentence of their own. */
export const sentenceOf = (code: ApiErrorCode): Bilingual => ({ zh: own[code].zh, en: own[code].en });

/** RFC 9457 problem detail, with a stable `code` and the places in the input. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  code: ErrorCode;
  detail: Bilingual;
  /** Article, where the law refuses. */
  source?: string;
  /** The request this answers, `urn:uuid:…`; the log knows it by the same id. */
  instance?: string;
  errors?: Array<{ field: string; code: string; place?: string } & Bilingual>;
}
