import { z } from 'zod';
import { freeText, legalDay } from './common.ts';
import { type ActContract, act, plainFacts } from './contract.ts';

const paper = z.int().min(1).max(999_999_999).meta({ description: '文书序号 Number of the paper within the case' });
const sha256 = z
  .string()
  .regex(/^[0-9a-f]{64}$/, '文件的 SHA-256，六十四位十六进制 / the SHA-256 of the file, sixty-four hexadecimal digits')
  .meta({ description: 'Of the PDF that the signer has read' });
const typed = freeText(400).meta({
  description: '键入的姓名或者确认语 What the signer typed; kept in the database only',
});
const scan = z
  .int()
  .min(1)
  .max(999_999_999)
  .meta({ description: '签字页扫描件 Number of the piece of evidence: an image or a PDF' });

/** By hand, with the scan of it; or typed by the signer on its own account, who says which file was read. */
export const byHand = { form: z.literal('hand'), scan };
export const byTyping = { form: z.literal('typed'), sha256, typed };

const hand = z.strictObject({ ...byHand, paper });
const signing = z.discriminatedUnion('form', [hand, z.strictObject({ ...byTyping, paper })]);

/** A signature by hand has the day that is on the paper; what is typed is typed today. */
export const oneDay = ({ form, signedOn }: { form?: string; signedOn?: string }): boolean =>
  (form === 'typed') === (signedOn === undefined);
export const oneDayMessage =
  '手书签名须写明签名日；键入确认以当日为签名日，不另写 / a signature by hand needs its day; a typed one is of today, and names none';

/** Which paper, and how, goes to the workflow; what was typed and read, and the scan, do not. */
const signingFacts = (body: Record<string, unknown>): Record<string, unknown> => {
  const { signing: given, ...rest } = plainFacts(body);
  if (given === undefined) return rest;
  const { form, paper: number } = given as z.output<typeof signing>;
  return { ...rest, signing: { form, paper: number } };
};

const described = {
  description: '签署的文书和方式 The paper and how it is signed; a party must say, staff may leave out',
};

/** The contract of an act by which somebody signs; `always` where there is no old paper to be recorded. */
export const signAct = (shape: z.ZodRawShape, { always = false } = {}): ActContract => {
  const { schema, facts } = act(
    {
      ...shape,
      signedOn: legalDay.optional(),
      signing: always ? signing.meta(described) : signing.optional().meta(described),
    },
    signingFacts as never,
  );
  const dated = (body: unknown): boolean => {
    const { signing: given, signedOn } = body as { signing?: { form: string }; signedOn?: string };
    return oneDay({ form: given?.form, signedOn });
  };
  return { schema: schema.refine(dated, { message: oneDayMessage, path: ['signedOn'] }), facts };
};

/** The contract of the seal: an organisation has no account to type on. */
export const sealAct: ActContract = act(
  { sealedOn: legalDay, signing: hand.optional().meta(described) },
  signingFacts as never,
);
