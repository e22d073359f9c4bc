import type { Tx } from '../../db/client.ts';
import type { ReleaseFile } from '../../db/release-files.ts';
import type { AdministeredRelease, ReleaseKindName } from '../../domain/releases.ts';
import type { Finding } from '../../domain/rules.ts';
import type { LegalDay } from '../../domain/time/types.ts';
import type { ApiDeps } from '../deps.ts';
import type { ProblemError } from '../problems.ts';

/** A draft as its text says it. */
export interface DraftText {
  subject: string;
  region: string;
  content: unknown;
  /** The words that the content was read from. */
  pastedText?: string;
  /** What the content names by its hash, where it came along. */
  file?: ReleaseFile;
}

/** A release with what it says. */
export interface WholeRelease extends AdministeredRelease {
  content: unknown;
}

/** A paper printed with sample data. */
export interface SampleFiles {
  name: string;
  docx: Buffer;
  pdf: Buffer;
}

/** What is peculiar to one kind of release; the life of all kinds is one (`life.ts`). */
export interface ReleaseKind {
  kind: ReleaseKindName;
  /** Whether a file comes with a draft. */
  takesFile?: true;
  /** Reads what is drafted out of the body's text, at `/document`. Throws `ProblemError`s with the place. */
  read(deps: ApiDeps, text: string, file?: Buffer): DraftText;
  /** The text of a subject that holds, or will hold, on a day; undefined where there is none. */
  textOn(deps: ApiDeps, subject: string, day: LegalDay): Promise<unknown>;
  /** What a text says, as one hash: by it a draft knows what it was made from. */
  meaningOf(content: unknown): string;
  /** The first day that the text itself names. */
  firstDay?(content: unknown): LegalDay | undefined;
  /** Everything that can be said of the text for a day. */
  check(deps: ApiDeps, release: WholeRelease, day: LegalDay): Promise<Finding[]>;
  /** Begins to show what it would change; the answer is kept as `preview`. */
  preview(deps: ApiDeps, release: WholeRelease, actorId: string): Promise<Record<string, unknown>>;
  /** What it shows, as a file for Word or as PDF. */
  sample?(deps: ApiDeps, release: WholeRelease): Promise<SampleFiles>;
  /** Why what it would change is not shown yet, of this text and against what is in force; undefined where it is. */
  notShown(deps: ApiDeps, release: WholeRelease): Promise<ProblemError | undefined>;
  /** What else stands against its approval. */
  obstacle?(deps: ApiDeps, release: WholeRelease, day: LegalDay): Promise<ProblemError | undefined>;
  /** For a kind that takes effect with its approval instead of from a day that has not begun. */
  atOnce?: {
    /** What holds from then on; with the approval or not at all. */
    write(tx: Tx, release: WholeRelease): Promise<void>;
    /** Tells who has to know; what could not be told is told later. */
    tell(deps: ApiDeps): Promise<void>;
  };
}
