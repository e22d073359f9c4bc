import { z } from '@hono/zod-openapi';
import { legalDay } from '../../contracts/acts/common.ts';
import type { ArbitrationState } from '../../domain/procedures/arbitration-state.ts';
import type { MediationState } from '../../domain/procedures/mediation-state.ts';
import { shanghaiDay } from '../../domain/time/day.ts';
import {
  fillArchiveCover,
  fillArchiveIndex,
  fillMediationSuggestion,
  fillTransferLetter,
  type PaperKind,
} from '../../papers/index.ts';
import { casePaper, helpers, mediators, organisation, organisationOf, several, words } from './definition.ts';
import { clockOf, type Dossier, lastRun } from './dossier.ts';

const pages = z.int().positive().max(100_000).optional();
const isPerformance = (procedure: string): boolean => procedure.endsWith('Performance');

/** The file is put together when the case is followed up or closed. */
const filed = ({ row, snapshot }: Dossier): string | undefined =>
  (row.stage === 'followUp' || row.stage === 'closed') && snapshot.past.length > 0 ? 'file' : undefined;

/** The newest version of each paper that was made, in order. */
const newest = ({ papers }: Dossier) => {
  const replaced = new Set(papers.map(({ replaces }) => replaces));
  return papers.filter(({ number, kind }) => !replaced.has(number) && !kind.startsWith('archive'));
};

/** Letters to other bodies, and the file. */
export const filePapers = {
  mediationSuggestion: casePaper('mediationSuggestion', {
    ...{ sign: '建', by: ['arbitrator'] },
    given: {
      ...{ commission: words.optional(), organisation },
      ...{ organisationAddress: words.optional(), organisationPhone: words.optional() },
    },
    about(dossier) {
      const suggested =
        dossier.snapshot.referral?.by === 'arbitration' && dossier.snapshot.referral.kind === 'suggested';
      const run = lastRun(dossier, 'arbitration');
      return suggested ? (run?.run ?? 'referral') : run?.endedAt === null ? run.run : undefined;
    },
    fill(dossier, given, head) {
      const { commission = '', organisationAddress: address, organisationPhone: phone } = given;
      const arbitration = lastRun(dossier, 'arbitration')?.view as ArbitrationState | undefined;
      return fillMediationSuggestion(dossier.record, {
        ...{ ...head, commission },
        organisation: { name: organisationOf(dossier, given.organisation), address, phone },
        appliedOn: arbitration?.filedOn ?? dossier.snapshot.referral?.receivedOn ?? '',
        answerBy: clockOf(dossier, 'mediation.suggested')?.dueOn,
      });
    },
  }),
  transferLetter: casePaper('transferLetter', {
    ...{ sign: '移', by: ['operator'] },
    given: { from: words.optional(), to: words.optional(), papers: several.optional() },
    about: (dossier) => dossier.last('case.transfer')?.actId,
    fill: (dossier, given, head) =>
      fillTransferLetter(dossier.record, {
        ...{ ...head, from: given.from ?? '', to: given.to ?? '', papers: given.papers ?? [] },
        reason: String(dossier.last('case.transfer')?.words.reason ?? ''),
        answerBy: clockOf(dossier, 'case.transferAnswer')?.dueOn,
      }),
  }),
  archiveCover: casePaper('archiveCover', {
    ...{ sign: '卷', by: helpers },
    given: { organisation, mediators, pages, retention: words.optional(), archivist: words.optional() },
    about: filed,
    fill(dossier, given, head) {
      const { past } = dossier.snapshot;
      const [settled, performed] = [
        past.findLast(({ procedure }) => !isPerformance(procedure) && procedure !== 'followUp'),
        past.findLast(({ procedure }) => isPerformance(procedure)),
      ];
      const mediation = lastRun(dossier, 'mediation')?.view as MediationState | undefined;
      return fillArchiveCover(dossier.record, {
        ...{ ...head, ...given, organisation: organisationOf(dossier, given.organisation) },
        ...{ outcome: settled?.outcome ?? '', closedOn: past.at(-1)?.on ?? '', performance: performed?.outcome },
        ...{ acceptedOn: mediation?.acceptedOn, papers: newest(dossier).length },
      });
    },
  }),
  archiveIndex: casePaper('archiveIndex', {
    ...{ sign: '目', by: helpers },
    given: {
      others: z
        .array(z.strictObject({ title: words, on: legalDay, pages, note: words.optional() }))
        .max(500)
        .optional()
        .meta({ description: '其他材料 What lies in the file besides the papers made here' }),
    },
    about: filed,
    fill: (dossier, { others = [] }, head) =>
      fillArchiveIndex(dossier.record, {
        ...head,
        papers: [
          ...newest(dossier).map(({ kind, registerNo, madeAt }) => ({
            ...{ kind: kind as PaperKind, number: registerNo, on: shanghaiDay(madeAt) },
          })),
          ...others,
        ],
      }),
  }),
};
