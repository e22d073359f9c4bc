import { z } from 'zod';

const line = z.string().trim().min(1);
const lines = z.array(line).min(1);

/** A template as an administrator writes it. Chinese and English say the same, with the same facts. */
export const Template = z.strictObject({
  subject: z.strictObject({ zh: line, en: line }),
  /** Lines; one that names a fact which the notice does not have is left out. */
  text: z.strictObject({ zh: lines, en: lines }),
  /** One sentence for SMS; case number and last day are added. */
  short: z.strictObject({ zh: line, en: line }),
});
export type Template = z.infer<typeof Template>;

/** The words round the notices that an office gets in one mail; `{count}` is how many. */
export const DigestWords = z.strictObject({
  subject: z.strictObject({ zh: line, en: line }),
  dueToday: z.strictObject({ zh: line, en: line }),
  others: z.strictObject({ zh: line, en: line }),
});
export type DigestWords = z.infer<typeof DigestWords>;

/** What stands in braces: `{due}`. */
export const placeholder = /\{([A-Za-z]+)\}/g;
