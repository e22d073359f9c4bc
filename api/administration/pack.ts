import { findSimulation } from '../../db/simulations.ts';
import { type Finding, PackErrors } from '../../domain/rules.ts';
import type { LegalDay } from '../../domain/time/types.ts';
import { sha256Of } from '../../rules/canonical.ts';
import {
  documentOf,
  type PackDocument,
  readPackDocument,
  sourceOfDocument,
  sourcesWith,
} from '../../rules/pack-document.ts';
import type { PackSource } from '../../rules/packs.ts';
import { sourcesIn } from '../../rules/rule-book.ts';
import { problem } from '../problems.ts';
import { knownRegion } from '../regions.ts';
import { draftBooks } from './draft-books.ts';
import type { ReleaseKind, WholeRelease } from './kind.ts';
import { linted } from './linted.ts';
import { refusedPacks } from './places.ts';
import { startSimulation } from './start-simulation.ts';
import { notTried } from './tried.ts';

/** The rules of one region. */
export const packKind: ReleaseKind = {
  kind: 'pack',

  read(deps, text) {
    const source = documentIn(text);
    const head = source.files.get('pack.json');
    const { id, regionCode } = headOf(source) as Record<string, unknown>;
    if (typeof id !== 'string' || typeof regionCode !== 'string' || !id.startsWith(regionCode))
      throw problem('bad-input', {
        errors: [
          {
            ...{
              field: '/document/files/pack.json',
              code: 'pack-unnamed',
              place: `pack.json:${head?.lineOf('') ?? 0}`,
            },
            zh: 'pack.json 应写明 id 和 regionCode，id 以地区代码开头。',
            en: 'pack.json names its id and its regionCode, and the id begins with the code.',
          },
        ],
      });
    return { subject: id, region: knownRegion(deps, regionCode), content: documentOf(source) };
  },

  async textOn({ releases }, subject, day) {
    const pack = sourcesIn((await releases.on(day)).content).find(({ folder }) => folder === subject);
    return pack === undefined ? undefined : documentOf(pack);
  },

  meaningOf: (content) => sha256Of(rulesOf(content as PackDocument)),

  firstDay: (content) => headOf(sourceOfDocument(content as PackDocument)).effectiveFrom,

  async check(deps, release, day) {
    const source = sourceOf(release);
    const findings = await linted(sourcesWith(await deps.releases.on(day), source));
    return [...findings, ...notYet(source, day)];
  },

  async preview(deps, release, actorId) {
    const { before, after } = await draftBooks(deps, sourceOf(release));
    const { id } = await startSimulation(deps, { before, after, region: release.region, actorId });
    return { simulation: id, before: before.sha256, after: after.sha256 };
  },

  async notShown(deps, release) {
    const { simulation, before: held, after: shown } = release.preview ?? {};
    const found = typeof simulation === 'string' ? await findSimulation(deps.db, simulation) : undefined;
    if (found?.state !== 'done') return problem('release-not-simulated');
    const { before, after } = await draftBooks(deps, sourceOf(release));
    return held === before.sha256 && shown === after.sha256 ? undefined : problem('simulation-outdated');
  },

  obstacle: notTried,
};

/** Reads it with its lines; a key that stands twice, or a text that breaks off, is refused at once. */
export function documentIn(text: string, at = '/document'): PackSource {
  try {
    const source = readPackDocument(text, at);
    const faults = [...source.files].flatMap(([file, json]) => json.faults.map((fault) => ({ file, ...fault })));
    if (faults.length > 0) throw new PackErrors(faults);
    return source;
  } catch (error) {
    throw refusedPacks(error);
  }
}

const sourceOf = ({ content }: WholeRelease): PackSource => sourceOfDocument(content as PackDocument);

/** What decides: scenarios do not, nor does a file without rows. */
function rulesOf({ files }: PackDocument): Record<string, unknown> {
  const deciding = Object.entries(files).filter(
    ([file, value]) => !file.startsWith('scenarios/') && !(Array.isArray(value) && value.length === 0),
  );
  return Object.fromEntries(deciding);
}

const headOf = ({ files }: PackSource) => (files.get('pack.json')?.value ?? {}) as Partial<Record<string, string>>;

/** The day that a pack itself names as its first. */
function notYet(source: PackSource, day: LegalDay): Finding[] {
  const head = source.files.get('pack.json');
  const { effectiveFrom, effectiveUntil } = headOf(source);
  const where = (field: string) => ({
    ...{ file: `${source.folder}/pack.json`, line: head?.lineOf(`/${field}`) ?? 0, pointer: `/${field}` },
  });
  const findings: Finding[] = [];
  if (effectiveFrom !== undefined && effectiveFrom > day)
    findings.push({
      ...{ ...where('effectiveFrom'), code: 'not-in-force', severity: 'error' },
      reason: {
        zh: `规则包自 ${effectiveFrom} 起施行，不能自 ${day} 起适用`,
        en: `the pack names ${effectiveFrom} as its first day; it cannot hold from ${day}`,
      },
    });
  if (effectiveUntil !== undefined && effectiveUntil < day)
    findings.push({
      ...{ ...where('effectiveUntil'), code: 'not-in-force', severity: 'error' },
      reason: {
        zh: `规则包至 ${effectiveUntil} 止，不能自 ${day} 起适用`,
        en: `the pack names ${effectiveUntil} as its last day; it cannot hold from ${day}`,
      },
    });
  return findings;
}
