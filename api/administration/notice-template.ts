import { z } from '@hono/zod-openapi';
import { regionCode } from '../../contracts/acts/common.ts';
import { findApprovedText } from '../../db/administered-releases.ts';
import { approvedTextsOn } from '../../db/notice-texts.ts';
import { languages, type NoticeTextName, noticeTextNames } from '../../domain/notices.ts';
import { addDays } from '../../domain/time/day.ts';
import { renderDigest } from '../../notices/digest.ts';
import { ownTexts, type Templates } from '../../notices/load.ts';
import { render } from '../../notices/render.ts';
import { sampleNotice } from '../../notices/sample.ts';
import { checkText, layTexts, textOf } from '../../notices/texts.ts';
import { sha256Of } from '../../rules/canonical.ts';
import type { ApiDeps } from '../deps.ts';
import { problem } from '../problems.ts';
import { knownRegion } from '../regions.ts';
import { readDocument } from './document.ts';
import { nothingToGiveUp } from './given-up.ts';
import type { ReleaseKind, WholeRelease } from './kind.ts';

/** What is wrong with the text itself is found by its check. */
const Document = z.strictObject({
  region: regionCode,
  notice: z.enum(noticeTextNames),
  /** Null: the text of the wider region holds again. */
  text: z.looseObject({}).nullable(),
});
type Content = z.infer<typeof Document>;

/** The text of a notice, for its region and those within. */
export const noticeTemplateKind: ReleaseKind = {
  kind: 'noticeTemplate',

  read(deps, draft) {
    const { region, notice, text } = readDocument(Document, draft);
    // A text that is right is kept as it will be said, without spaces at its ends.
    const content: Content = { region, notice, text: text && (checkText(notice, text).template ?? text) };
    return { subject: `${knownRegion(deps, region, '/document/region')}/${notice}`, region, content };
  },

  textOn: ({ db }, subject, day) => findApprovedText(db, { kind: 'noticeTemplate', subject }, day),

  meaningOf: sha256Of,

  async check({ db }, { subject, ...release }, day) {
    const { notice, text } = contentOf(release);
    if (text !== null)
      return checkText(notice, text).faults.map((fault) => ({ ...fault, file: `${notice}.json`, severity: 'error' }));
    const own = (await findApprovedText(db, { kind: 'noticeTemplate', subject }, day)) as Content | undefined;
    return own == null || own.text === null ? [nothingToGiveUp(subject, '/document/text')] : [];
  },

  async preview(deps, release) {
    const { notice } = contentOf(release);
    const texts = await textsWith(deps, release);
    return { of: release.sha256, text: sha256Of(textOf(texts, notice)), samples: samplesOf(texts, notice) };
  },

  async notShown(deps, release) {
    const { preview, sha256 } = release;
    if (preview?.of !== sha256) return problem('release-not-simulated');
    const { notice } = contentOf(release);
    // A text that is given up is shown as what would hold instead, and that may have changed.
    const text = sha256Of(textOf(await textsWith(deps, release), notice));
    return text === preview.text ? undefined : problem('simulation-outdated');
  },
};

const contentOf = ({ content }: Pick<WholeRelease, 'content'>): Content => content as Content;

/** The texts of the region tomorrow, with the draft's among them. */
async function textsWith({ db, releases }: ApiDeps, release: WholeRelease): Promise<Templates> {
  const draft = contentOf(release);
  const approved = await approvedTextsOn(db, addDays(releases.today(), 1));
  const others = approved.filter(({ region, notice }) => region !== draft.region || notice !== draft.notice);
  return layTexts(await ownTexts(), [...others, draft])(draft.region);
}

/** The notice with every fact that it may name, in each language as mail and SMS; a digest of two, which is in both. */
function samplesOf(texts: Templates, notice: NoticeTextName) {
  if (notice !== 'digest')
    return languages.map((language) => ({ language, ...render(texts, sampleNotice(notice), language) }));
  const two = [sampleNotice('reminder'), sampleNotice('reminder', '000000-2026-000002')] as const;
  return [{ language: 'both', ...renderDigest(() => texts, [...two], '2026-12-31T00:00:00.000Z') }];
}
