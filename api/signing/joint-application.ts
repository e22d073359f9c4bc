import type { Db } from '../../db/client.ts';
import type { CaseRow } from '../../db/read-models.ts';
import { refuse } from '../../domain/refusal.ts';
import { refused } from '../problems.ts';
import { superseded, wrong } from './mark.ts';
import { readSigning } from './on-paper.ts';

const applications: Record<string, string> = {
  'arbitrationReview.applyJointly': 'reviewApplication',
  'judicialConfirmation.applyJointly': 'confirmationApplication',
};

/**
 * JR-01, JC-01: where a joint application names its paper, whoever is said to apply has signed that paper, himself or by his
 * representative, and by the day of the application.
 */
export async function refuseUnsigned(db: Db, row: CaseRow, act: string, body: Record<string, unknown>): Promise<void> {
  const kind = applications[act];
  if (kind === undefined || body.paper === undefined) return;
  const found = (await readSigning(db, row)).find(({ paper }) => paper.number === body.paper);
  if (found === undefined) throw wrong('unknown-paper', '/paper');
  const { paper, signing } = found;
  if (paper.kind !== kind) throw wrong('wrong-paper', '/paper');
  if (signing.superseded) throw superseded('/paper');
  const missing = (body.agreedBy as string[]).filter((id) => signing.missing.includes(id));
  if (missing.length > 0)
    throw refused(
      refuse(
        'signature-missing',
        `申请书上缺少 ${missing.join('、')} 的签名。`,
        `The signature of ${missing.join(', ')} is missing on the application.`,
        { field: '/paper' },
      ),
    );
  const last =
    signing.signed
      .map(({ signedOn }) => signedOn)
      .sort()
      .at(-1) ?? '';
  if (String(body.appliedOn) < last)
    throw refused(
      refuse(
        'day-too-early',
        `${String(body.appliedOn)} 早于申请书最后签署之日 ${last}。`,
        `${String(body.appliedOn)} lies before ${last}, when the application was signed last.`,
        { field: '/appliedOn' },
      ),
    );
}
