import type { Bilingual } from '../../domain/time/types.ts';

/** What a file that is kept beside a case may be. */
export const evidenceKinds = {
  evidence: { zh: '证据材料', en: 'evidence' },
  signatureScan: { zh: '签名盖章扫描件', en: 'scan of signatures' },
  serviceProof: { zh: '送达证明', en: 'proof of service' },
  officialDocument: { zh: '仲裁、法院文书', en: 'document of a commission or court' },
  other: { zh: '其他材料', en: 'other material' },
} as const satisfies Record<string, Bilingual>;

export type EvidenceKind = keyof typeof evidenceKinds;
export const evidenceKindNames = Object.keys(evidenceKinds) as EvidenceKind[];
