import { z } from 'zod';
import { actBase, agreedTime, deemedGround, groundFits, groundMessage, oneTime, oneTimeMessage } from './common.ts';

/** An act's input as people send it, and how it becomes what the workflow takes. */
export interface ActContract {
  /** JSON of the request body. */
  schema: z.ZodType;
  /** The structured part, free of words: ids, days, money in fen, enumerations. */
  facts(body: unknown): Record<string, unknown>;
}

/** Keys that hold people's words: they stay in the database. `content` and `what` belong to agreements. */
const wordKeys = ['channel', 'reason', 'note', 'remarks', 'content', 'concededFacts'];

/** A body without its words. */
export const plainFacts = (body: unknown): Record<string, unknown> =>
  Object.fromEntries(Object.entries(body as Record<string, unknown>).filter(([key]) => !wordKeys.includes(key)));

/** The contract of an act of that shape, besides what every act may bring. */
export const act = (
  shape: z.ZodRawShape,
  facts: (body: never) => Record<string, unknown> = plainFacts as never,
): ActContract => ({ schema: z.strictObject({ ...actBase, ...shape }), facts: facts as ActContract['facts'] });

/** The contract of an act that agrees on a length or a last day. */
export const actWithTime = (shape: z.ZodRawShape): ActContract => ({
  schema: z.strictObject({ ...actBase, ...agreedTime, ...shape }).refine(oneTime, oneTimeMessage),
  facts: plainFacts,
});

/** The contract of an act that takes a receipt, or tells that the paper was left or put up. */
export const actOfService = (shape: z.ZodRawShape): ActContract => ({
  schema: z.strictObject({ ...actBase, ...shape, ground: deemedGround }).refine(groundFits, groundMessage),
  facts: plainFacts,
});
