import type { Question } from '../procedures/definition.ts';
import { type Refusal, refuse } from '../refusal.ts';
import type { archiveEndings, OutcomeOf } from '../rules.ts';
import type { Bilingual } from '../time/types.ts';

/** What the rules read of a case to say what its file must hold (`archive.contents`). */
export interface ArchiveFacts {
  ending: (typeof archiveEndings)[number];
  /** A settlement was signed. */
  settlement: boolean;
  /** What came of the last mediation. */
  mediation: 'none' | 'agreement' | 'failed' | 'refused' | 'declined';
  applied: boolean;
  accepted: boolean;
  session: boolean;
  /** The mediation was for a court, which gets the case back. */
  forCourt: boolean;
  review: boolean;
  confirmation: boolean;
  paymentOrder: boolean;
  /** A commission or a court has issued something. */
  officialDocument: boolean;
  /** The last visit denies the performance that is recorded. */
  denied: boolean;
}

/** One thing that the file must hold, by the rule that asks for it. */
export interface FileItem extends FileContent {
  title: Bilingual;
  legalRef: string;
  article: string;
}
type FileContent = OutcomeOf['archive.contents'];

/** What lies in a file: newest papers by kind, and of these which are signed by all and served. */
export interface OnFile {
  papers: Array<{ kind: string; number: number }>;
  signed: readonly number[];
  served: readonly number[];
  officialDocuments: readonly number[];
  performanceProven: boolean;
  visited: boolean;
}

/** What of it is missing; goes to the workflow with the act, and its names into the event. No words of people. */
export interface Missing extends Bilingual {
  item: string;
  paper?: string;
}

export interface Archive {
  /** Found in the record, never told by whoever archives. */
  missing?: Missing[];
  /** A reason was given; its words are in the database. */
  incomplete?: boolean;
}

export const archiveQuestion = (facts: ArchiveFacts): Question => ({ point: 'archive.contents', facts: { ...facts } });

const outcomes: Record<string, ArchiveFacts['mediation']> = {
  agreement: 'agreement',
  failed: 'failed',
  expired: 'failed',
  returned: 'failed',
  refused: 'refused',
  declined: 'declined',
};

/** What came of a mediation, as the file knows it. */
export const mediationFact = (outcome: string | null | undefined): ArchiveFacts['mediation'] =>
  outcomes[outcome ?? ''] ?? 'none';

/** Whether the file holds it. */
export function isOnFile({ item, paper }: FileContent, onFile: OnFile): boolean {
  const numbers = onFile.papers.filter(({ kind }) => kind === paper).map(({ number }) => number);
  switch (item) {
    case 'paper':
      return numbers.length > 0;
    case 'signatures':
      return numbers.length > 0 && numbers.every((number) => onFile.signed.includes(number));
    case 'service':
      return numbers.length > 0 && numbers.every((number) => onFile.served.includes(number));
    case 'officialDocument':
      return onFile.officialDocuments.length > 0;
    case 'performance':
      return onFile.performanceProven;
    case 'visit':
      return onFile.visited;
    // Another visit takes away what is to be looked into.
    case 'clarified':
      return false;
  }
}

export const missingOf = (items: FileItem[], onFile: OnFile): Missing[] =>
  items
    .filter((item) => !isOnFile(item, onFile))
    .map(({ item, paper, title }) => ({ item, ...(paper === undefined ? {} : { paper }), ...title }));

/** Refuses to close a file that lacks something, naming each, unless somebody says why. */
export function checkComplete({ missing = [], incomplete = false }: Archive): Refusal | undefined {
  if (missing.length === 0 || incomplete) return undefined;
  return refuse(
    'archive-incomplete',
    `案卷缺少：${missing.map(({ zh }) => zh).join('；')}。补齐后归档，或者写明理由（incompleteBecause）。`,
    `The file lacks: ${missing.map(({ en }) => en).join('; ')}. Complete it, or say why it stays so (incompleteBecause).`,
    { field: '/incompleteBecause', source: '人社部发〔2022〕71号 第十二条' },
  );
}
