import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { type PaperData, paperData } from './data.ts';
import { type PaperKind, paperKindNames } from './kinds.ts';
import { type PaperRefusal, refusePaper } from './refusal.ts';

const bilingual = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) });

/** One thing a paper must contain, the article that says so, and the fields of the data that meet it. */
export const PaperContent = z.strictObject({
  content: z.string().regex(/^[a-z][A-Za-z]*$/),
  title: bilingual,
  legalRef: z.string().regex(/^([A-Z]{2,3}-\d{2}|L\d{1,2})$/),
  source: z.string().min(1),
  /** `inferred` where no article lists the contents of the paper. */
  basis: z.enum(['statute', 'inferred']),
  /** Each must be there: `matter`; of each entry of a list, `obligations[].due`; one of several, `onAgreement|onWages`. */
  fields: z.array(z.string().regex(/^[a-zA-Z]+(\[\]\.[a-zA-Z]+|(\|[a-zA-Z]+)+)?$/)).min(1),
});
export type PaperContent = z.infer<typeof PaperContent>;

/** `contents.json`, checked when it is loaded: a field it names is one of the kind's data. */
export const paperContents: Readonly<Record<PaperKind, PaperContent[]>> = z
  .strictObject(
    Object.fromEntries(paperKindNames.map((kind) => [kind, PaperContent.array().min(1)])) as Record<
      PaperKind,
      z.ZodArray<typeof PaperContent>
    >,
  )
  .parse(JSON.parse(readFileSync(new URL('./contents.json', import.meta.url), 'utf8')));

const parts = (field: string): [list: string, inner?: string] => field.split('[].') as [string, string?];

/** The names a template must hold for a content: `obligations` and `due` within it; of alternatives, all. */
export const namesOf = ({ fields }: PaperContent): Array<[list: string, inner?: string]> =>
  fields.flatMap((field) => field.split('|').map(parts));

const isThere = (value: unknown): boolean => value !== undefined && value !== '' && value !== false;

/** Where a field has no value, as a JSON pointer; nothing where it has one. */
function gapOf(data: Record<string, unknown>, field: string): string | undefined {
  if (field.includes('|')) {
    const gaps = field.split('|').map((one) => gapOf(data, one));
    return gaps.includes(undefined) ? undefined : gaps[0];
  }
  const [name, inner] = parts(field);
  const value = data[name];
  if (inner === undefined) return isThere(value) ? undefined : `/${name}`;
  const list = Array.isArray(value) ? (value as Array<Record<string, unknown>>) : [];
  if (list.length === 0) return `/${name}`;
  const empty = list.findIndex((one) => !isThere(one[inner]));
  return empty < 0 ? undefined : `/${name}/${empty}/${inner}`;
}

/** A content a narrower rule pack adds to a paper; it is written under the field's name in `additional`. */
export interface LocalContent {
  field: string;
  title: { zh: string; en: string };
  legalRef: string;
  source: string;
}

const missing = (title: { zh: string; en: string }, field: string, from: { legalRef: string; source: string }) =>
  refusePaper('paper-content-missing', `文书缺少内容：${title.zh}。`, `The paper does not state: ${title.en}.`, {
    field,
    legalRef: from.legalRef,
    source: from.source,
  });

/** Every content the law or a local rule asks for that the data does not have, each with the place where it is missing. */
export function missingContents<K extends PaperKind>(
  kind: K,
  data: PaperData<K>,
  local: LocalContent[] = [],
): PaperRefusal[] {
  const plain = data as Record<string, unknown>;
  const gaps = paperContents[kind].flatMap((content) =>
    content.fields.flatMap((field) => {
      const gap = gapOf(plain, field);
      return gap === undefined ? [] : [missing(content.title, gap, content)];
    }),
  );
  const added = 'additional' in data ? data.additional : [];
  const stated = ({ field }: LocalContent) =>
    isThere(plain[field]) || added.some((one) => one.field === field && one.text !== '');
  return [
    ...gaps,
    ...local
      .filter((content) => !stated(content))
      .map((content) => missing(content.title, `/additional/${content.field}`, content)),
  ];
}

/** The first of them. */
export const checkContents = <K extends PaperKind>(
  kind: K,
  data: PaperData<K>,
  local: LocalContent[] = [],
): PaperRefusal | undefined => missingContents(kind, data, local)[0];

/** Parses the data of a paper; `paper-data-invalid` names the first field that is not as it must be. */
export function parseData<K extends PaperKind>(
  kind: K,
  input: unknown,
): { data: PaperData<K> } | { refusal: PaperRefusal } {
  const parsed = paperData[kind].safeParse(input);
  if (parsed.success) return { data: parsed.data as PaperData<K> };
  const [issue] = parsed.error.issues;
  const field = `/${(issue?.path ?? []).join('/')}`;
  return {
    refusal: refusePaper(
      'paper-data-invalid',
      `文书数据不合要求：${field}。`,
      `The data is not acceptable: ${field}.`,
      {
        field,
      },
    ),
  };
}
