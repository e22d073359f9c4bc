import { knownFields, type PaperData, paperData } from './data.ts';
import type { PaperKind } from './kinds.ts';

/** What stands in a sample for a field; nobody's name. A field that is not here stands for itself: 〔endsSource〕. */
const words: Record<string, string> = {
  ...{ number: '000000-0000-样-000001', caseNo: '000000-0000-000001', agreementNumber: '000000-0000-样-000002' },
  ...{ name: '当事人（样例）', applicantNames: '申请人（样例）', respondentNames: '被申请人（样例）' },
  ...{ identityLabel: '证件号码', identity: '（样例）', address: '住所（样例）', phone: '电话（样例）' },
  ...{ debtor: '被申请人（样例）', creditor: '申请人（样例）', what: '支付工资', due: '2026年12月31日前' },
  ...{ amount: '12,000.00元', amountInWords: '壹万贰仟元整', total: '12,000.00元', totalInWords: '壹万贰仟元整' },
  ...{ dispute: '劳动争议', matter: '拖欠工资', requests: '支付工资 12,000.00元', reason: '理由（样例）' },
  ...{ text: '内容（样例）', title: '名称（样例）', facts: '事实（样例）', factsAndReasons: '事实与理由（样例）' },
  ...{
    representatives: '代表（样例）',
    addressees: '当事人（样例）',
    speaker: '当事人（样例）',
    party: '当事人（样例）',
  },
  ...{ result: '结果（样例）', terms: '约定（样例）', performanceManner: '转账', copies: '一式三份', note: '（样例）' },
  ...{
    organisation: '调解组织（样例）',
    mediators: '调解员（样例）',
    commission: '仲裁委员会（样例）',
    court: '法院（样例）',
  },
};

const isDay = (name: string): boolean => /On$|By$|Day$|^on$|endsOn|arbitrationFrom/.test(name);

/**
 * Data to show a template with: every field has a value, every list one entry, every condition is met, so that each part that the
 * template has for what is there is printed.
 */
export function sampleData<K extends PaperKind>(kind: K): PaperData<K> {
  const shape = paperData[kind].shape as Record<string, unknown>;
  const data: Record<string, unknown> = {};
  for (const [name, inner] of Object.entries(knownFields(kind))) {
    if (!Object.hasOwn(shape, name)) continue;
    const own = Object.keys(inner);
    data[name] = own.length > 0 ? [Object.fromEntries(own.map((field) => [field, sampleOf(field)]))] : sampleOf(name);
  }
  return fitted(kind, data);
}

const sampleOf = (name: string): unknown =>
  isDay(name) ? '2026-11-24' : name === 'no' ? 1 : (words[name] ?? `〔${name}〕`);

/** Flags are true, and numbers in a column of text are text: what the schema says, tried one by one. */
function fitted<K extends PaperKind>(kind: K, data: Record<string, unknown>): PaperData<K> {
  for (;;) {
    const parsed = paperData[kind].safeParse(data);
    if (parsed.success) return parsed.data as PaperData<K>;
    const [issue] = parsed.error.issues;
    if (issue?.code !== 'invalid_type') throw parsed.error;
    const path = [...issue.path];
    const last = path.pop() as string;
    const owner = path.reduce((at, step) => (at as Record<PropertyKey, unknown>)[step], data as unknown);
    (owner as Record<string, unknown>)[last] =
      issue.expected === 'boolean' ? true : issue.expected === 'string' ? '1' : 1;
  }
}
