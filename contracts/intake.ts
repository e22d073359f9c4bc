import { z } from 'zod';
import {
  type CaseFacts,
  type Claim,
  channels,
  claimKinds,
  claimSubjects,
  driverKinds,
  employerSizes,
  workerGroups,
} from '../domain/case/case.ts';
import { MOST_CLAIMS, MOST_WORKERS } from '../domain/case/size.ts';
import { noticeChannels, noticeLanguages } from '../domain/notices.ts';
import { freeText, legalDay, money, regionCode, toFen } from './acts/common.ts';
import { referral } from './referral.ts';

const contact = {
  name: freeText(200).meta({ description: 'Name; kept in the database only' }),
  idNumber: z.string().trim().min(1).max(32).optional(),
  phone: z.string().trim().min(3).max(32).optional(),
  email: z.email().optional(),
  address: freeText(400).optional(),
  preferredChannel: z.enum(noticeChannels).optional().meta({
    description: '接收通知的方式 How the party likes to be told things; the rules decide where nothing is said',
  }),
  language: z
    .enum(noticeLanguages)
    .optional()
    .meta({ description: '通知的语言 Of notices; both, Chinese first, where nothing is said' }),
  account: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .optional()
    .meta({ description: 'Subject of the token the party logs in with' }),
};

const claim = z.strictObject({
  kind: z.enum(claimKinds).meta({
    description:
      '调解仲裁法 第二条: relationship 确认劳动关系 · contract 订立、履行、变更、解除和终止劳动合同 · dismissal 除名、辞退和辞职、离职 · conditions 工作时间、休息休假、社会保险、福利、培训以及劳动保护 · pay 劳动报酬、工伤医疗费、经济补偿或者赔偿金等 · other 法律、法规规定的其他',
  }),
  subject: z.enum(claimSubjects).default('other'),
  amount: money.optional(),
  wageIou: z
    .boolean()
    .optional()
    .meta({ description: '有用人单位出具的工资欠条 The employer signed an IOU for the wages' }),
  text: freeText().optional(),
});

/** A worker as the window writes him down, with his claims. */
export const newWorker = z.strictObject({
  ...contact,
  groups: z.array(z.enum(workerGroups)).max(10).default([]),
  claims: z.array(claim).min(1).max(50),
});
type WrittenClaim = z.output<typeof claim>;

/** A claim without its words, its money in fen. */
export const claimFacts = ({ text: _, amount, ...claim }: WrittenClaim): Omit<Claim, 'id' | 'worker'> => ({
  ...claim,
  ...(amount === undefined ? {} : { amountFen: toFen(amount) }),
});

/** Whether a region is another one, or a part of it: `310116` lies in `310000`. */
const isWithin = (region: string, wider: string): boolean => region.startsWith(wider.replace(/(00)+$/, ''));

/** `POST /v1/cases`: what the window writes down. */
export const RegisterCase = z
  .strictObject({
    region: regionCode,
    secondRegion: regionCode
      .optional()
      .meta({ description: '跨区域争议的另一地 The other region of a dispute that concerns two' }),
    leadBy: regionCode
      .optional()
      .meta({ description: 'The one of the two regions whose rules and clocks are the case’s; `region` unless said' }),
    leadReason: freeText().optional().meta({ description: 'Why that region leads; required with `leadBy`' }),
    channel: z.enum(channels).default('window'),
    requestedRoute: z.enum(['any', 'negotiation', 'mediation']).default('any'),
    referral: referral.optional().meta({
      description: 'Where a court or an arbitration commission sent the case: only its own staff can say so',
    }),
    /** Whose request it is; the workers' unless said otherwise. */
    applicant: z.enum(['workers', 'respondents']).default('workers'),
    workers: z.array(newWorker).min(1).max(MOST_WORKERS),
    respondents: z
      .array(
        z.strictObject({
          ...contact,
          kind: z
            .enum(['employer', 'dispatchFirm', 'contractor', 'parent', 'platform', 'individual'])
            .default('employer'),
        }),
      )
      .min(1)
      .max(50),
    facts: z
      .strictObject({
        relation: z.enum(['labour', 'personnel', 'newEmploymentForm', 'service', 'none']).default('labour'),
        exclusion: z
          .enum([
            'none',
            'socialInsuranceAgency',
            'housingReform',
            'disabilityAppraisal',
            'household',
            'artisanApprentice',
            'ruralContractor',
            'assessmentOrDiscipline',
          ])
          .default('none'),
        personnelKind: z
          .enum(['none', 'appointedCivilServant', 'publicInstitution', 'socialOrganisation', 'civilianMilitary'])
          .default('none'),
        overAge: z.boolean().default(false),
        overAgeMatter: z.boolean().default(false),
        enterpriseCommittee: z.boolean().default(false),
        employed: z.boolean().default(false),
        knownOn: legalDay.optional(),
        employmentEndedOn: legalDay.optional(),
        negotiatedBefore: z.boolean().default(false),
        publicOpinion: z.boolean().default(false).meta({ description: '已引起社会舆情' }),
        drivers: z
          .enum(driverKinds)
          .optional()
          .meta({ description: '货运车司机、网约车司机 Lorry or ride-hailing drivers' }),
        employerSize: z.enum(employerSizes).optional(),
      } satisfies Record<keyof CaseFacts, z.ZodType>)
      .prefault({}),
    reason: freeText().optional().meta({ description: 'What happened, in short' }),
  })
  .superRefine(({ region, secondRegion, leadBy, leadReason, workers, respondents }, context) => {
    const say = (field: string, message: string) => context.addIssue({ code: 'custom', path: [field], message });
    if (secondRegion !== undefined && (isWithin(region, secondRegion) || isWithin(secondRegion, region)))
      say('secondRegion', '两地须互不包含 / the two regions must lie outside each other');
    if (leadBy !== undefined && (secondRegion === undefined || ![region, secondRegion].includes(leadBy)))
      say('leadBy', '须为两地之一 / must be one of the two regions');
    if (leadBy !== undefined && leadReason === undefined)
      say('leadReason', '须说明由该地主办的理由 / say why that region leads');
    // Who speaks for one side must not be able to answer for the other.
    const ofWorkers = new Set(workers.map(({ account }) => account));
    for (const [index, { account }] of respondents.entries())
      if (account !== undefined && ofWorkers.has(account))
        context.addIssue({
          code: 'custom',
          path: ['respondents', index, 'account'],
          message: '同一账号不能代表双方 / one account cannot stand for both sides',
        });
    const claims = workers.reduce((sum, worker) => sum + worker.claims.length, 0);
    if (claims > MOST_CLAIMS)
      context.addIssue({
        code: 'custom',
        path: ['workers'],
        message: `全案请求不能多于 ${MOST_CLAIMS} 项 / a case holds at most ${MOST_CLAIMS} claims`,
      });
  });
export type RegisterCase = z.output<typeof RegisterCase>;
