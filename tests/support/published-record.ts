import { readFile } from 'node:fs/promises';
import { toFen } from '../../contracts/acts/common.ts';
import { RegisterCase } from '../../contracts/intake.ts';
import type { CaseRecord } from '../../papers/index.ts';
import type { TimelineEvent } from '../../scripts/published/api.ts';
import { readCaseFile } from '../../scripts/published/case-file.ts';
import type { Stage } from '../../scripts/published/stage.ts';
import { stories } from '../../scripts/published/stories/index.ts';
import type { Story } from '../../scripts/published/story.ts';

/** A published case as its record would have it: who is in it, and the acts that were done, as they were written. */
export interface PublishedRecord {
  id: string;
  record: CaseRecord;
  acts: Array<{ name: string; body: Record<string, unknown> }>;
  /** Who mediated, as the source calls it. */
  mediatedBy?: string;
}

const REGISTERED_ON = '2026-11-02';

/** Nobody answers and nothing runs: what a story would do is written down. */
function notebook(acts: PublishedRecord['acts']): Stage {
  const happened = (type: string): TimelineEvent =>
    ({ type, at: `${REGISTERED_ON}T01:00:00Z`, seq: 1, detail: {}, result: {} }) as unknown as TimelineEvent;
  const note = async (name: string, body: Record<string, unknown> = {}) => void acts.push({ name, body });
  const stage: Stage = {
    caseNo: '310116-2026-000001',
    today: () => REGISTERED_ON,
    says: () => undefined,
    act: (_voice, name, body) => note(name, body),
    acts: async (name, each) => {
      for (const { body } of each) await note(name, body);
    },
    until: async (type) => happened(type),
    rest: async () => undefined,
    showMail: async () => undefined,
    showLateMails: async () => undefined,
    find: happened,
    another: async () => notebook([]),
    linked: async () => notebook([]),
    others: [],
    dayOf: () => 0,
  };
  return stage;
}

/** Addresses for service and telephones, which no source tells; those of the samples elsewhere. */
const reach = { address: '送达路 1 号', phone: '19900000000' };

function recordOf(id: string, body: RegisterCase): CaseRecord {
  const [ofWorkers, ofOthers] =
    body.applicant === 'workers' ? (['applicant', 'respondent'] as const) : (['respondent', 'applicant'] as const);
  const { relation } = body.facts;
  return {
    scope: relation === 'service' || relation === 'none' ? 'civil' : relation,
    forCourt: body.referral?.by === 'court',
    caseNo: `${body.region}-2026-0000${id.slice(0, 2)}`,
    registeredOn: REGISTERED_ON,
    ...(body.reason === undefined ? {} : { reason: body.reason }),
    parties: [
      ...body.workers.map(({ name }, index) => ({
        ...{ id: `w${index + 1}`, side: ofWorkers, kind: 'worker' as const, name, ...reach },
      })),
      ...body.respondents.map(({ name, kind }, index) => ({
        id: `r${index + 1}`,
        side: ofOthers,
        kind,
        name,
        ...reach,
      })),
    ],
    claims: body.workers.flatMap(({ claims }, index) =>
      claims.map(({ amount, ...claim }, number) => ({
        ...claim,
        id: `c${index + 1}.${number + 1}`,
        worker: `w${index + 1}`,
        ...(amount === undefined ? {} : { amountFen: toFen(amount) }),
      })),
    ),
  };
}

async function publishedRecord(story: Story): Promise<PublishedRecord> {
  const file = await readCaseFile(story.file);
  const acts: PublishedRecord['acts'] = [];
  await story.play(notebook(acts), file);
  const source = JSON.parse(
    await readFile(new URL(`../../fixtures/cases/${story.file}.json`, import.meta.url), 'utf8'),
  ) as { steps: Array<{ procedure: string; by: string | null }> };
  const step = source.steps.find(({ procedure, by }) => procedure.includes('mediation') && by !== null);
  return {
    id: story.file,
    record: recordOf(story.file, RegisterCase.parse(story.registration(file))),
    acts,
    ...(step?.by ? { mediatedBy: step.by } : {}),
  };
}

/** The fourteen published cases, each played into its record. */
export const publishedRecords = (): Promise<PublishedRecord[]> => Promise.all(stories.map(publishedRecord));
