import type { Db } from '../../db/client.ts';
import { missingEvidence } from '../../db/evidence.ts';
import { problem } from '../problems.ts';

/** Fields that name a piece of evidence of the case by its number. */
const fields = ['proof', 'scan', 'consent'] as const;

/**
 * Refuses what names a piece of evidence that the case does not have, or that was brought to settle only: `unknown-evidence`, with the
 * field.
 */
export async function refuseUnknownEvidence(db: Db, caseNo: string, input: Record<string, unknown>): Promise<void> {
  const named = fields.flatMap((field) => (typeof input[field] === 'number' ? [[field, input[field]] as const] : []));
  const [missing] = await missingEvidence(
    db,
    caseNo,
    named.map(([, number]) => number),
  );
  if (missing === undefined) return;
  const about = { zh: `本案没有公开的证据材料 ${missing}。`, en: `The case has no open piece of evidence ${missing}.` };
  const field = `/${named.find(([, number]) => number === missing)?.[0]}`;
  throw problem('unknown-evidence', { about, errors: [{ field, code: 'unknown-evidence', ...about }] });
}
