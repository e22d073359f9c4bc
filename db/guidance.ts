import type { Db } from './client.ts';
import { type DoneBeside, writeBeside } from './without-workflow.ts';

/** Its event, by which it is found again. */
export const GUIDANCE_GIVEN = 'guidance.given';

/** What is known of it besides its words: no personal data. */
export interface GuidanceFacts {
  topics: string[];
  to: string[];
  givenOn: string;
  how: string;
}

export interface GuidanceRow extends GuidanceFacts {
  seq: number;
  at: string;
  actorRole: string;
  /** What was said. */
  words: string | null;
}

/** Guidance given in a case, in the order in which it was written down. */
export const listGuidance = (db: Db, caseNo: string): Promise<GuidanceRow[]> =>
  db<GuidanceRow[]>`
    select e.seq, e.at, e.actor_role as "actorRole", a.words ->> 'note' as words,
      e.detail -> 'topics' as topics, e.detail -> 'to' as to, e.detail ->> 'givenOn' as "givenOn", e.detail ->> 'how' as how
    from events e left join acts a using (act_id)
    where e.case_no = ${caseNo} and e.type = ${GUIDANCE_GIVEN} order by e.seq`;

/** Writes it down as an event of the case; undefined where another try under the key was quicker. */
export const keepGuidance = (db: Db, done: DoneBeside, facts: GuidanceFacts, at: string) =>
  writeBeside<GuidanceFacts>(db, done, at, async () => ({ detail: { ...facts }, answer: facts }));
