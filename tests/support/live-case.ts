import { randomUUID } from 'node:crypto';
import type { Role } from '../../api/auth.ts';
import { shanghaiDay } from '../../domain/time/day.ts';
import { type Answer, eventually, type Live } from './live.ts';

/** What a case is moved and looked at by. */
export type Hands = Pick<Live, 'get' | 'post' | 'db'>;

export const today = () => shanghaiDay(new Date().toISOString());

/** An event as it lies in the record. */
export interface Row {
  seq: number;
  workflowId: string;
  dedup: string;
  type: string;
  procedure: string;
  actId: string | null;
  detail: Record<string, unknown>;
}

export interface Registration {
  workers?: number;
  route?: 'negotiation' | 'mediation';
}

export const registration = (region: string, { workers = 1, route = 'negotiation' }: Registration = {}) => ({
  region,
  requestedRoute: route,
  workers: Array.from({ length: workers }, (_, index) => ({
    name: `劳动者${index + 1}`,
    email: `w${index + 1}@example.test`,
    claims: [{ kind: 'pay', subject: 'wages', amount: 3000 }],
  })),
  respondents: [{ name: '某公司', email: 'r1@example.test' }],
  facts: { employed: true, knownOn: today() },
});

/** A case under way, moved over HTTP. */
export class LiveCase {
  readonly live: Hands;
  readonly caseNo: string;

  constructor(live: Hands, caseNo: string) {
    this.live = live;
    this.caseNo = caseNo;
  }

  /** Registers a case, under one key until it is done, as a client does that was told to come again. */
  static async register(live: Hands, region: string, given: Registration = {}): Promise<LiveCase> {
    const key = randomUUID();
    const { body } = await eventually('a registration', async () => {
      const answer = await live.post('/v1/cases', registration(region, given), { key });
      if (answer.status === 201) return answer;
      if (answer.status !== 503)
        throw new Error(`the case was not registered: ${answer.status} ${JSON.stringify(answer.body)}`);
      return undefined;
    });
    const made = new LiveCase(live, body.id);
    await made.reaches(`${given.route ?? 'negotiation'}.opened`);
    return made;
  }

  /** Sends an act once. */
  send(act: string, body: Record<string, unknown> = {}, key = randomUUID()): Promise<Answer> {
    return this.live.post(`/v1/cases/${this.caseNo}/acts/${act}`, body, { key, role: roleOf(act) });
  }

  /** Sends an act until it is done, under one key, as a client does that was told to come again. */
  async act(act: string, body: Record<string, unknown> = {}, key = randomUUID()): Promise<Answer> {
    return eventually(
      `${act} of ${this.caseNo}`,
      async () => {
        const answer = await this.send(act, body, key);
        if (answer.status === 200) return answer;
        if (answer.status !== 503 && answer.status !== 0)
          throw new Error(`${act} was refused: ${answer.status} ${JSON.stringify(answer.body)}`);
        return undefined;
      },
      60,
    );
  }

  events(): Promise<Row[]> {
    return this.live.db<Row[]>`
      select seq, workflow_id as "workflowId", dedup, type, procedure, act_id as "actId", detail from events
      where case_no = ${this.caseNo} order by seq`;
  }

  reaches(type: string, seconds = 30): Promise<Row> {
    return eventually(
      `${type} of ${this.caseNo}`,
      async () => (await this.events()).find((event) => event.type === type),
      seconds,
    );
  }

  /** The story up to a settlement of two instalments, each of which is given days from now. */
  async settle(first = 5, second = 10): Promise<void> {
    for (const [act, body] of opening(first, second)) await this.act(act, body);
    await this.reaches('settlementPerformance.opened');
  }
}

/** Reads of a case, as a client does that is told to come again while the database comes back. */
const read = ({ live, caseNo }: LiveCase, part: string): Promise<Answer> =>
  eventually(`reading ${caseNo}${part}`, async () => {
    const answer = await live.get(`/v1/cases/${caseNo}${part}`);
    return answer.status === 503 ? undefined : answer;
  });

const roleOf = (act: string): Role =>
  act.startsWith('mediation.') ? 'mediator' : act.startsWith('arbitrationReview.a') ? 'arbitrator' : 'operator';

export type Move = [act: string, body: Record<string, unknown>];

export const settlement = (first: number, second: number, covered = ['w1']): Record<string, unknown> => ({
  signedOn: today(),
  agreedBy: [...covered, 'r1'],
  coveredWorkers: covered,
  content: { matter: '拖欠工资', terms: '分两期支付' },
  obligations: [
    {
      debtor: 'r1',
      creditor: 'w1',
      amount: 3000,
      instalments: [
        { amount: 1000, daysAfterEffect: first },
        { amount: 2000, daysAfterEffect: second },
      ],
    },
  ],
});

export const payment = (instalment: string, amount: number): Move => [
  'settlementPerformance.recordPayment',
  { instalment, amount, paidOn: today(), evidence: true, confirmedByPayee: true },
];

/** From the request to the settlement. */
export const opening = (first: number, second: number): Move[] => [
  ['negotiation.serveRequest', { servedOn: today(), method: 'hand' }],
  ['negotiation.respond', { willing: true, form: 'oral', party: 'r1' }],
  ['negotiation.recordSession', { heldOn: today(), channel: 'talk' }],
  ['negotiation.settle', settlement(first, second)],
];

/** From the settlement to the archive, every act in its place. */
export const closing = (): Move[] => [
  payment('o1.1', 1000),
  ['settlementPerformance.urge', { instalment: 'o1.2' }],
  payment('o1.2', 2000),
  ['followUp.recordVisit', { visitedOn: today(), satisfaction: 5, paidInFull: true }],
  ['followUp.archive', { incompleteBecause: '案卷另存纸质材料' }],
];

/** From the application for mediation to an agreement in effect. */
export const mediated = (): Move[] => [
  ['mediation.apply', { receivedOn: today(), form: 'oral' }],
  ['mediation.consent', { party: 'r1', willing: true }],
  ['mediation.accept', { acceptedOn: today() }],
  ['mediation.assignMediator', { mediatorId: 'M-7' }],
  [
    'mediation.draftAgreement',
    {
      coveredWorkers: ['w1'],
      obligations: [
        { debtor: 'r1', creditor: 'w1', amount: 3000, instalments: [{ amount: 3000, daysAfterEffect: 20 }] },
      ],
      content: { requests: '支付拖欠的工资', result: '被申请人分期支付', performanceManner: '银行转账' },
    },
  ],
  ...['w1', 'r1', 'mediator'].map((by): Move => ['mediation.sign', { by, signedOn: today() }]),
  ['mediation.seal', { sealedOn: today() }],
];

/** Fails unless the record of the case is whole: events numbered without a gap, each step once. */
export async function checkRecord(of: LiveCase): Promise<Row[]> {
  const events = await of.events();
  const numbers = events.map(({ seq }) => seq);
  if (numbers.some((seq, index) => seq !== index + 1)) throw new Error(`${of.caseNo} is numbered ${numbers}`);
  const voided = new Set(events.filter(({ type }) => type === 'record.voided').map(({ detail }) => detail.seq));
  const valid = events.filter(({ seq, type }) => !voided.has(seq) && type !== 'record.voided');
  const names = valid.map(({ workflowId, dedup }) => `${workflowId} ${dedup}`);
  const twice = names.filter((name, index) => names.indexOf(name) !== index);
  if (twice.length > 0) throw new Error(`${of.caseNo} has twice: ${twice}`);
  return valid;
}

/**
 * A read model with what differs from case to case taken out: numbers of cases, of acts and of people, moments, and the other
 * cases of the same people, which all cases of these tests are.
 */
export function normalised(of: LiveCase, value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value)
      .replaceAll(of.caseNo, '<case>')
      .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, '<id>')
      .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<moment>'),
    (key, value) => (key === 'linked' ? undefined : value),
  ) as unknown;
}

/** Everything a reader sees of a case, normalised. */
export async function readModel(of: LiveCase): Promise<Record<string, unknown>> {
  const parts = ['timeline?limit=200', 'deadlines', 'decisions', 'procedures'];
  const answers = await Promise.all([read(of, ''), ...parts.map((part) => read(of, `/${part}`))]);
  return normalised(
    of,
    Object.fromEntries(answers.map(({ body }, index) => [parts[index - 1] ?? 'case', body])),
  ) as Record<string, unknown>;
}
