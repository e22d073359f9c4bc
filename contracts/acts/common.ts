import { z } from 'zod';
import { channels } from '../../domain/case/case.ts';
import { deemedGrounds } from '../../domain/service.ts';
import { isLegalDay } from '../../domain/time/day.ts';

/** A legal day in Asia/Shanghai. */
export const legalDay = z
  .string()
  .refine(isLegalDay, { message: '须为真实日期 YYYY-MM-DD / must be a real day, YYYY-MM-DD' })
  .meta({ description: 'Legal day in Asia/Shanghai, YYYY-MM-DD', example: '2026-11-24', format: 'date' });

/** Six digits, GB/T 2260. Whether there is such a region is for the rules to say. */
export const regionCode = z
  .string()
  .regex(/^\d{6}$/, '六位行政区划代码 / six digits')
  .meta({ description: '行政区划代码 Region code, GB/T 2260', example: '310116' });

/** A release of the rules, by the hash of all packs in force under it. */
export const releaseHash = z
  .string()
  .regex(/^[0-9a-f]{64}$/, '版本的 SHA-256 / the SHA-256 of a release')
  .meta({ description: '规则版本 The SHA-256 of a release (GET /v1/rules/books)' });

/** Yuan with at most two decimals in, fen out. */
export const money = z
  .number()
  .nonnegative('金额不能为负 / must not be negative')
  .max(10_000_000_000)
  .refine((yuan) => Number(yuan.toFixed(2)) === yuan, '最多两位小数 / at most two decimals')
  .meta({ description: 'Yuan, at most two decimals' });

export const positiveMoney = money.refine((yuan) => yuan > 0, '金额须大于零 / must be more than nothing');

/** Yuan as fen. */
export const toFen = (yuan: number): number => Math.round(yuan * 100);

/** Id of a party within its case: `w1`, `r1`. */
export const partyId = z.string().regex(/^[wr][1-9]\d{0,3}$/, '当事人编号如 w1、r1 / a party id such as w1 or r1');

/** Of a mediator, where the parties or the court name one. */
export const mediatorId = z.string().regex(/^[A-Za-z0-9-]{1,32}$/, '名册编号 / the number in the roster');

/** Free text of people. Kept in the database only; never sent to a workflow. */
export const freeText = (max = 4000) => z.string().trim().min(1).max(max);

/** What every act may bring: the way it came, and words of reason. */
export const actBase = {
  channel: z.enum(channels).optional().meta({ description: 'The way the act came in' }),
  reason: freeText().optional().meta({ description: 'Why; kept with the event, shown to those who may see the case' }),
  note: freeText().optional(),
};

/** Acts whose reason the law or good practice asks for. */
export const withReason = { ...actBase, reason: freeText() };

/** A length or a last day agreed by the parties. */
export const agreedTime = {
  amount: z.int().positive().max(3650).optional(),
  unit: z.enum(['calendarDays', 'workingDays']).optional(),
  until: legalDay.optional(),
};

/** Exactly one of a length and a last day. */
export const oneTime = (value: { amount?: number; until?: string }): boolean =>
  (value.amount === undefined) !== (value.until === undefined);

export const oneTimeMessage = '须写明长度或末日之一 / give either a length or a last day';

export const agreedBy = z.array(partyId).min(1).meta({ description: 'The parties that agreed, in writing' });

/**
 * How an act that takes a receipt says that nobody received it, and it was left or put up: the day it names is then that day, and the
 * receipt follows by itself (ARB-06). A ground goes with these two, and with nothing else.
 */
export const deemedGround = z.enum(deemedGrounds).optional().meta({
  description:
    '留置、张贴的缘由：拒绝签收；停业等无法送达 Why it could be left or put up: refused, or the employer closed down',
});

export const groundFits = ({ method, ground }: { method?: string; ground?: string }): boolean =>
  (method === 'left' || method === 'posted') === (ground !== undefined);

export const groundMessage = {
  path: ['ground'],
  message: '留置、张贴的须写明缘由，其他方式不写 / left or put up, say why that could be done; otherwise leave it out',
};

/** A piece of evidence of the case, by its number; looked up before the act is sent. */
export const proof = z.int().positive().optional().meta({
  description: '证据材料编号 The number of a piece of evidence of the case (GET /v1/cases/{id}/evidence)',
});
