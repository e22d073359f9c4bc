import { type ApprovedText, type NoticeTextName, noticeTextNames } from '../domain/notices.ts';
import { fileText } from '../rules/pack-document.ts';
import { lineage } from '../rules/regions.ts';
import { type Checked, checkDigest, checkTemplate } from './check.ts';
import type { Templates } from './load.ts';
import type { DigestWords, Template } from './template.ts';

/** The texts of a region: its own, else those of the regions it lies in, else the project's. */
export type TextsIn = (region: string) => Templates;

/** Everything that is wrong with a text, with its lines as the file of it would have them. */
export const checkText = (notice: NoticeTextName, text: unknown): Checked<Template | DigestWords> =>
  notice === 'digest' ? checkDigest(fileText(text)) : checkTemplate(notice, fileText(text));

/** The text of one name. */
export const textOf = ({ notices, digest }: Templates, notice: NoticeTextName): Template | DigestWords =>
  notice === 'digest' ? digest : (notices.get(notice) as Template);

/** Where the text of a notice in a region comes from: the narrowest that was approved and not given up. */
export const narrowest = (
  approved: ReadonlyMap<string, ApprovedText>,
  region: string,
  notice: NoticeTextName,
): ApprovedText | undefined =>
  lineage(region)
    .map((code) => approved.get(`${code}/${notice}`))
    .findLast((one) => one !== undefined && one.text !== null);

/** Texts by region and notice. */
export const bySubject = (approved: readonly ApprovedText[]): ReadonlyMap<string, ApprovedText> =>
  new Map(approved.map((one) => [`${one.region}/${one.notice}`, one]));

/**
 * Lays what was approved over the project's own texts. A text that this version of the program cannot say any more (a fact, or the
 * notice itself, is gone) is told to `broken`, and the wider one holds.
 */
export function layTexts(
  own: Templates,
  approved: readonly ApprovedText[],
  broken: (text: ApprovedText) => void = () => undefined,
): TextsIn {
  const right = bySubject(
    approved.filter((one) => {
      const said = one.text === null || isSaid(one);
      if (!said) broken(one);
      return said;
    }),
  );
  const laid = new Map<string, Templates>();
  return (region) => {
    const there = laid.get(region) ?? texts(own, right, region);
    laid.set(region, there);
    return there;
  };
}

const isSaid = ({ notice, text }: ApprovedText): boolean =>
  isName(notice) && checkText(notice, text).template !== undefined;

const isName = (notice: string): notice is NoticeTextName => (noticeTextNames as readonly string[]).includes(notice);

function texts(own: Templates, approved: ReadonlyMap<string, ApprovedText>, region: string): Templates {
  const local = noticeTextNames.flatMap((name) => narrowest(approved, region, name) ?? []);
  if (local.length === 0) return own;
  const notices = new Map(own.notices);
  let { digest } = own;
  for (const { notice, text } of local)
    if (notice === 'digest') digest = text as DigestWords;
    else notices.set(notice, text as Template);
  return { notices, digest };
}
