import type { Finding } from './rules.ts';
import type { Instant, LegalDay } from './time/types.ts';

/** What is changed by a release: drafted, looked at, approved by a second administrator, in force from a day. */
export const releaseKinds = ['pack', 'calendar', 'paperTemplate', 'noticeTemplate'] as const;
export type ReleaseKindName = (typeof releaseKinds)[number];

/** How far a release has come. That one is in force or superseded follows from the days, and is never stored. */
export const releaseStatuses = ['draft', 'checked', 'simulated', 'approved', 'withdrawn'] as const;
export type ReleaseStatus = (typeof releaseStatuses)[number];

export interface AdministeredRelease {
  id: string;
  kind: ReleaseKindName;
  /** What it is a release of: the id of a pack, a year, `310116/mediationApplication`. */
  subject: string;
  region: string;
  /** Counts the releases of the subject. */
  number: number;
  status: ReleaseStatus;
  sha256: string;
  /** The words that it was read from, where a notice was pasted as it was published. */
  pastedText: string | null;
  /** Hash of the text in force that it was drafted from; null where there was none. */
  basedOn: string | null;
  check: { findings: Finding[]; at: Instant } | null;
  /** What the kind shows of its effect. */
  preview: Record<string, unknown> | null;
  draftedBy: string;
  draftedAt: Instant;
  changedAt: Instant;
  approvedBy: string | null;
  approvedAt: Instant | null;
  inForceFrom: LegalDay | null;
}

export const administrationEvents = [
  'release.drafted',
  'release.changed',
  'release.checked',
  'release.simulated',
  'release.approved',
  'release.withdrawn',
  'office.set',
  'liaison.set',
  'cases.moved',
] as const;
export type AdministrationEventType = (typeof administrationEvents)[number];

/** What an administrator did, and why. */
export interface AdministrationEvent {
  type: AdministrationEventType;
  kind: string;
  subject: string;
  region: string;
  releaseId: string | null;
  actorId: string;
  reason: string;
  at: Instant;
  detail: Record<string, unknown>;
}

/** So long before a day begins its rules are settled, so that every machine knows them in time. */
export const SETTLED_MINUTES = 10;
