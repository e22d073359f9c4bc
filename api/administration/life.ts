import {
  approvedDaysAfter,
  changeRelease,
  findRelease,
  findReleaseText,
  insertDraft,
  listApproved,
  mayApprove,
} from '../../db/administered-releases.ts';
import type { Tx } from '../../db/client.ts';
import { type AdministeredRelease, type ReleaseKindName, SETTLED_MINUTES } from '../../domain/releases.ts';
import type { Finding } from '../../domain/rules.ts';
import { addDays, endOfDay, laterDay, shanghaiDay } from '../../domain/time/day.ts';
import type { LegalDay } from '../../domain/time/types.ts';
import { sha256Of } from '../../rules/canonical.ts';
import type { ApiDeps } from '../deps.ts';
import { type ProblemError, problem } from '../problems.ts';
import { calendarKind } from './calendar.ts';
import type { DraftText, ReleaseKind, WholeRelease } from './kind.ts';
import { noticeTemplateKind } from './notice-template.ts';
import { packKind } from './pack.ts';
import { paperTemplateKind } from './paper-template.ts';
import { placesOf } from './places.ts';

const kinds: Record<ReleaseKindName, ReleaseKind> = {
  pack: packKind,
  calendar: calendarKind,
  paperTemplate: paperTemplateKind,
  noticeTemplate: noticeTemplateKind,
};
export const kindOf = (kind: ReleaseKindName): ReleaseKind => kinds[kind];

/** Who acts, and why. */
export interface ByAdministrator {
  actorId: string;
  reason: string;
}

const now = (deps: ApiDeps) => deps.releases.now().toISOString();

/** Keeps a draft, with the text in force from which it was made. */
export async function draft(
  deps: ApiDeps,
  kind: ReleaseKind,
  { text, basedOn }: { text: DraftText; basedOn?: string },
  by: ByAdministrator,
): Promise<AdministeredRelease> {
  const { subject, region, content, pastedText = null } = text;
  return insertDraft(
    deps.db,
    {
      ...{ kind: kind.kind, subject, region, content, sha256: sha256Of(content), pastedText },
      basedOn: basedOn ?? (await meaningOn(deps, kind, subject, await lastSettledDay(deps, kind, subject))),
      ...fileOf(text),
    },
    { ...by, at: now(deps) },
  );
}

/** The day of the last release that is approved, or tomorrow: the text that a new draft follows. */
async function lastSettledDay({ releases, db }: ApiDeps, { kind }: ReleaseKind, subject: string): Promise<LegalDay> {
  const [last] = await listApproved(db, { kind, subject });
  const today = releases.today();
  return last?.inForceFrom != null && last.inForceFrom > today ? last.inForceFrom : today;
}

async function meaningOn(deps: ApiDeps, kind: ReleaseKind, subject: string, day: LegalDay): Promise<string | null> {
  const content = await kind.textOn(deps, subject, day);
  return content === undefined ? null : kind.meaningOf(content);
}

/** Another text in place of a draft's; what was found and shown of the old one falls away. */
export function rewrite(
  deps: ApiDeps,
  release: AdministeredRelease,
  { text, basedOn }: { text: DraftText; basedOn?: string },
  by: ByAdministrator,
): Promise<AdministeredRelease> {
  refuseUnlessOpen(release);
  if (text.subject !== release.subject)
    throw problem('bad-input', {
      errors: [
        {
          ...{ field: '/document', code: 'other-subject' },
          zh: `这是“${release.subject}”的草案，不能改为“${text.subject}”。`,
          en: `This is a draft of ${release.subject}; it cannot become one of ${text.subject}.`,
        },
      ],
    });
  const sha256 = sha256Of(text.content);
  const change = {
    ...{
      content: { ...fileOf(text), value: text.content, sha256, pastedText: text.pastedText ?? null },
      status: 'draft' as const,
      check: null,
      preview: null,
    },
    ...(basedOn === undefined ? {} : { basedOn }),
  };
  return changed(deps, release, change, 'release.changed', by, { from: release.sha256, to: sha256 });
}

const fileOf = ({ file }: DraftText) => (file === undefined ? {} : { file });

/** Looks for everything that is wrong with it; without an error it is `checked`. */
export async function check(
  deps: ApiDeps,
  release: AdministeredRelease,
  by: ByAdministrator,
): Promise<AdministeredRelease> {
  refuseUnlessOpen(release);
  const kind = kindOf(release.kind);
  const it = await whole(deps, release);
  const findings = await kind.check(
    deps,
    it,
    laterDay(addDays(deps.releases.today(), 1), kind.firstDay?.(it.content) ?? ''),
  );
  const good = !hasErrors(findings);
  // What was shown of the same text stays shown.
  const status = !good ? 'draft' : release.status === 'simulated' ? 'simulated' : 'checked';
  const counts = { errors: findings.filter(isError).length, warnings: findings.filter((one) => !isError(one)).length };
  return changed(deps, release, { status, check: { findings, at: now(deps) } }, 'release.checked', by, counts);
}

/** Begins to show what it would change. */
export async function simulate(
  deps: ApiDeps,
  release: AdministeredRelease,
  by: ByAdministrator,
): Promise<AdministeredRelease> {
  refuseUnlessOpen(release);
  if (release.status === 'draft') throw problem('release-not-checked');
  const preview = await kindOf(release.kind).preview(deps, await whole(deps, release), by.actorId);
  return changed(deps, release, { status: 'simulated', preview }, 'release.simulated', by, preview);
}

/**
 * Approves it for a day that has not begun, or at once where its kind says so. Under one lock with all others of its kind, so that what is found here holds when it is
 * written: nothing else can be approved in between.
 */
export async function approve(
  deps: ApiDeps,
  release: AdministeredRelease,
  asked: { inForceFrom?: LegalDay },
  by: ByAdministrator,
): Promise<AdministeredRelease> {
  refuseUnlessOpen(release);
  if (release.draftedBy === by.actorId) throw problem('own-draft');
  if (release.status === 'draft') throw problem('release-not-checked');
  if (release.status === 'checked') throw problem('release-not-simulated');
  const kind = kindOf(release.kind);
  const it = await whole(deps, release);
  const inForceFrom = dayOfForce(deps, kind, asked);
  const approved = (await deps.db.begin(async (tx) => {
    if (!(await mayApprove(tx, release.kind))) throw problem('approval-under-way');
    if (kind.atOnce === undefined) refuseBegunDay(deps, inForceFrom);
    await refuseTakenDay(tx, it, inForceFrom);
    await refuseOutdated(deps, kind, it, inForceFrom);
    throwIf(await kind.notShown(deps, it));
    throwIf(await kind.obstacle?.(deps, it, inForceFrom));
    // Others of its kind may come into force beside it later.
    for (const day of [inForceFrom, ...(await approvedDaysAfter(tx, release.kind, inForceFrom))])
      refuseFindings(await kind.check(deps, it, day));
    const done = { ...by, at: now(deps) };
    const kept = await changeRelease(tx, release, { status: 'approved', inForceFrom }, 'release.approved', done, {
      inForceFrom,
      sha256: release.sha256,
    });
    if (kept === undefined) throw problem('release-changed');
    await kind.atOnce?.write(tx, it);
    return kept;
  })) as AdministeredRelease;
  await kind.atOnce?.tell(deps);
  return approved;
}

/** The day that is asked for; that of the approval where the kind takes effect with it. */
function dayOfForce(
  { releases }: ApiDeps,
  { atOnce }: ReleaseKind,
  { inForceFrom: asked }: { inForceFrom?: LegalDay },
): LegalDay {
  const today = releases.today();
  if (atOnce === undefined ? asked !== undefined : (asked ?? today) === today) return asked ?? today;
  throw problem('bad-input', {
    errors: [
      atOnce === undefined
        ? {
            field: '/inForceFrom',
            code: 'missing',
            zh: '须写明施行日期。',
            en: 'The day from which it is in force is needed.',
          }
        : {
            field: '/inForceFrom',
            code: 'at-once',
            zh: '自批准之日起生效，不另定日期。',
            en: 'It takes effect with its approval; no other day can be named.',
          },
    ],
  });
}

/** A draft that is given up, or what was approved and has not come into force yet. */
export function withdraw(
  deps: ApiDeps,
  release: AdministeredRelease,
  by: ByAdministrator,
): Promise<AdministeredRelease> {
  if (release.status === 'approved') refuseBegunDay(deps, release.inForceFrom as LegalDay, 'release-in-force');
  else refuseUnlessOpen(release);
  return changed(deps, release, { status: 'withdrawn' }, 'release.withdrawn', by, { was: release.status });
}

/** A release by its id, with what it says. */
export async function whole({ db }: ApiDeps, release: AdministeredRelease): Promise<WholeRelease> {
  return { ...release, content: await findReleaseText(db, release.id) };
}

async function changed(
  deps: ApiDeps,
  release: AdministeredRelease,
  ...[change, type, by, detail]: [
    Parameters<typeof changeRelease>[2],
    Parameters<typeof changeRelease>[3],
    ByAdministrator,
    Record<string, unknown>?,
  ]
): Promise<AdministeredRelease> {
  const kept = await deps.db.begin((tx) => changeRelease(tx, release, change, type, { ...by, at: now(deps) }, detail));
  if (kept === undefined) throw problem((await findRelease(deps.db, release.id)) ? 'release-changed' : 'not-found');
  return kept as AdministeredRelease;
}

function refuseUnlessOpen({ status }: AdministeredRelease): void {
  if (status === 'approved') throw problem('release-approved');
  if (status === 'withdrawn') throw problem('release-withdrawn');
}

/** The rules of a day are settled some minutes before it begins. */
function refuseBegunDay(
  { releases }: ApiDeps,
  day: LegalDay,
  code: 'day-has-begun' | 'release-in-force' = 'day-has-begun',
): void {
  const settled = Date.parse(endOfDay(addDays(day, -1))) - SETTLED_MINUTES * 60_000;
  if (releases.now().getTime() < settled) return;
  const first = addDays(shanghaiDay(new Date(releases.now().getTime() + SETTLED_MINUTES * 60_000).toISOString()), 1);
  throw problem(
    code,
    code === 'day-has-begun'
      ? {
          errors: [
            {
              field: '/inForceFrom',
              code,
              zh: `最早可自 ${first} 起施行。`,
              en: `It can be in force from ${first} at the earliest.`,
            },
          ],
        }
      : {},
  );
}

/** Releases of a subject follow one another: none is put before one that is approved already. */
async function refuseTakenDay(tx: Tx, release: AdministeredRelease, day: LegalDay): Promise<void> {
  const [last] = await listApproved(tx, release);
  if (last?.inForceFrom == null || last.inForceFrom < day) return;
  throw problem(last.inForceFrom === day ? 'same-day-in-force' : 'later-release-approved', {
    about: {
      zh: `${release.subject} 的第 ${last.number} 版已定于 ${last.inForceFrom} 起施行。`,
      en: `Release ${last.number} of ${release.subject} is approved to be in force from ${last.inForceFrom}.`,
    },
  });
}

/** Drafted from a text that is no longer the one which it would replace, it would undo what was approved since. */
async function refuseOutdated(deps: ApiDeps, kind: ReleaseKind, release: WholeRelease, day: LegalDay): Promise<void> {
  const replaced = await meaningOn(deps, kind, release.subject, day);
  if (replaced !== release.basedOn)
    throw problem('draft-outdated', {
      errors: [
        {
          field: '/basedOn',
          code: 'draft-outdated',
          zh: `现行文本：${replaced ?? '无'}`,
          en: `The text in force: ${replaced ?? 'none'}`,
        },
      ],
    });
}

const isError = ({ severity }: Finding): boolean => severity === 'error';
const hasErrors = (findings: readonly Finding[]): boolean => findings.some(isError);

function refuseFindings(findings: readonly Finding[]): void {
  if (!hasErrors(findings)) return;
  throw problem('release-invalid', { errors: placesOf(findings.filter(isError)) });
}

function throwIf(found: ProblemError | undefined): void {
  if (found !== undefined) throw found;
}
