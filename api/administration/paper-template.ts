import { z } from '@hono/zod-openapi';
import { regionCode } from '../../contracts/acts/common.ts';
import { findTemplateInForce, listTemplatesOf } from '../../db/office-templates.ts';
import { findReleaseFile } from '../../db/release-files.ts';
import type { Finding } from '../../domain/rules.ts';
import { addDays } from '../../domain/time/day.ts';
import type { LegalDay } from '../../domain/time/types.ts';
import {
  checkTemplate,
  type MadePaper,
  ownTemplate,
  type PaperKind,
  type PaperRefusal,
  paperKindNames,
  paperKinds,
  sampleData,
} from '../../papers/index.ts';
import { sha256Of } from '../../rules/canonical.ts';
import type { ApiDeps } from '../deps.ts';
import { hashOf } from '../hash.ts';
import { print } from '../papers/print.ts';
import { problem } from '../problems.ts';
import { knownRegion } from '../regions.ts';
import { readDocument } from './document.ts';
import { nothingToGiveUp } from './given-up.ts';
import type { ReleaseKind, WholeRelease } from './kind.ts';

/** With the file beside it. */
const HandedIn = z.strictObject({ region: regionCode, paper: z.enum(paperKindNames as [PaperKind, ...PaperKind[]]) });
/** Without: a template that is kept already, or null to give the region's own up. */
const Named = HandedIn.extend({
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/, '模板的 SHA-256 / the SHA-256 of a template')
    .nullable(),
});
type Content = z.infer<typeof Named>;

/** An office's own template of a paper, for its region and those within. */
export const paperTemplateKind: ReleaseKind = {
  kind: 'paperTemplate',
  takesFile: true,

  read(deps, text, bytes) {
    const file = bytes && { sha256: hashOf(bytes), bytes };
    const content: Content = file
      ? { ...readDocument(HandedIn, text), sha256: file.sha256 }
      : readDocument(Named, text);
    const region = knownRegion(deps, content.region, '/document/region');
    return { subject: `${region}/${content.paper}`, region, content, ...(file ? { file } : {}) };
  },

  textOn: (deps, subject, day) => ownOn(deps, subject, day),

  meaningOf: sha256Of,

  async check(deps, release, day) {
    const { paper, sha256 } = contentOf(release);
    if (sha256 === null) {
      const own = await ownOn(deps, release.subject, day);
      return own === undefined || own.sha256 === null ? [nothingToGiveUp(release.subject, '/document/sha256')] : [];
    }
    const docx = await templateBytes(deps, paper, sha256);
    if (docx === undefined) return [notKept];
    const checked = checkTemplate(paper, docx);
    return 'refusals' in checked ? checked.refusals.map(finding) : [];
  },

  async preview(deps, release) {
    const { docx, pdf, templateSha256, missingGlyphs } = await printed(deps, contentOf(release));
    const at = (form: string) => `/v1/releases/${release.id}/preview.${form}`;
    return {
      ...{ of: release.sha256, template: templateSha256, missingGlyphs },
      docx: { href: at('docx'), sha256: docx.sha256 },
      pdf: { href: at('pdf'), sha256: pdf.sha256 },
    };
  },

  async sample(deps, release) {
    const content = contentOf(release);
    const { docx, pdf } = await printed(deps, content);
    return { name: `${paperKinds[content.paper].title.zh} ${content.paper}`, docx: docx.bytes, pdf: pdf.bytes };
  },

  async notShown(deps, { preview, ...release }) {
    if (preview?.of !== release.sha256) return problem('release-not-simulated');
    // A template that is given up is shown as what would hold instead, and that may have changed.
    const { sha256, ...asked } = contentOf(release);
    const template = sha256 ?? hashOf(await widerTemplate(deps, asked));
    return template === preview.template ? undefined : problem('simulation-outdated');
  },
};

const contentOf = ({ content }: Pick<WholeRelease, 'content'>): Content => content as Content;

/** What a region has of its own on a day; a hash of null says that it was given up. */
async function ownOn({ db }: ApiDeps, subject: string, day: LegalDay): Promise<Content | undefined> {
  const [region, paper] = subject.split('/') as [string, PaperKind];
  const last = (await listTemplatesOf(db, { region, kind: paper })).findLast(({ inForceFrom }) => inForceFrom <= day);
  return last && { region, paper, sha256: last.sha256 };
}

/** A template by its hash: that of the project, or a file that came with a draft. */
async function templateBytes({ db }: ApiDeps, paper: PaperKind, sha256: string): Promise<Buffer | undefined> {
  const own = ownTemplate(paper);
  return hashOf(own) === sha256 ? own : findReleaseFile(db, sha256);
}

/** What holds in a region tomorrow without a template of its own. */
const widerTemplate = async (
  { db, releases }: ApiDeps,
  { region, paper }: Pick<Content, 'region' | 'paper'>,
): Promise<Buffer> =>
  (await findTemplateInForce(db, { region, kind: paper, day: addDays(releases.today(), 1), without: 'own' })) ??
  ownTemplate(paper);

/** The paper with sample data, by the template that would hold. */
async function printed(deps: ApiDeps, { sha256, ...asked }: Content): Promise<MadePaper> {
  const { paper: kind } = asked;
  const template = sha256 === null ? await widerTemplate(deps, asked) : await templateBytes(deps, kind, sha256);
  if (template === undefined) throw problem('not-found');
  const made = await print(deps, { kind, data: sampleData(kind), template });
  if ('refusal' in made) throw new Error(made.refusal.code);
  return made.paper;
}

const finding = ({ code, zh, en, place = '', source }: PaperRefusal): Finding => ({
  ...{ file: place, line: 0, pointer: '/file', code: code as Finding['code'], severity: 'error' },
  reason: source === undefined ? { zh, en } : { zh: `${zh}（${source}）`, en: `${en} (${source})` },
});

const notKept: Finding = {
  ...{ file: 'template.docx', line: 0, pointer: '/document/sha256', code: 'not-kept', severity: 'error' },
  reason: {
    zh: '没有保存这个摘要的模板，请交入文件。',
    en: 'No template of that hash is kept; please hand in the file.',
  },
};
