import { z } from 'zod';
import { legalDay } from '../contracts/acts/common.ts';
import type { PaperKind } from './kinds.ts';

/** Words that must be there are checked by `contents.json`, which names the article; here a field only has its shape. */
const text = z.string().trim().max(20_000).default('');
/** Printed as 2026年11月24日. */
const day = z.union([legalDay, z.literal('')]).default('');
const flag = z.boolean().default(false);
const listOf = <T extends z.ZodType>(one: T) => z.array(one).max(3000).default([]);

const person = z.strictObject({ name: text, identityLabel: text, identity: text, address: text, phone: text });
const item = z.strictObject({ no: z.int().positive(), text });
const obligation = z.strictObject({ no: text, debtor: text, creditor: text, what: text, amount: text, due: text });
const additional = z.strictObject({ field: text, title: text, text });

/** Every paper has its number, its case and the day it is made. */
const base = { number: text, caseNo: text, madeOn: legalDay };
const parties = { applicants: listOf(person), respondents: listOf(person), representatives: text };
const names = { applicantNames: text, respondentNames: text };
const money = { obligations: listOf(obligation), hasMoney: flag, total: text, totalInWords: text };
/** What kind of dispute it is, and whether 调解仲裁法 and 令17 are its law. */
const law = { dispute: text, labourLaw: flag };
/** The way to arbitration and until when, as the clocks of the case have it. */
const arbitration = { arbitrationLastDay: day, provisional: flag };
/** The mediation agreement a paper is about. */
const agreement = { agreementNumber: text, signedOn: day, effectiveOn: day, organisation: text };

/** The data of each paper: plain JSON, whose fields are those its template may name. */
export const paperData = {
  negotiationRequest: z.strictObject({
    ...{
      ...base,
      ...law,
      ...parties,
      addressees: text,
      matter: text,
      requests: listOf(item),
      answerWithin: text,
      reply: text,
    },
  }),
  settlementAgreement: z.strictObject({
    ...{
      ...base,
      ...law,
      ...parties,
      ...money,
      matter: text,
      terms: text,
      additional: listOf(additional),
      copies: text,
    },
  }),
  mediationApplication: z.strictObject({
    ...{ ...base, ...law, ...parties, organisation: text, requests: listOf(item), factsAndReasons: text },
    ...{ evidence: listOf(item), appliedOn: day, oral: flag },
  }),
  acceptanceNotice: z.strictObject({
    ...{ ...base, ...law, ...names, addressees: text, organisation: text, appliedOn: day, acceptedOn: day },
    ...{ requests: listOf(item), mediators: text, endsOn: day, endsSource: text, arbitrationFrom: day },
  }),
  refusalNotice: z.strictObject({
    ...{
      ...base,
      labourLaw: flag,
      ...names,
      ...arbitration,
      organisation: text,
      appliedOn: day,
      ground: text,
      reason: text,
    },
    ...{ wayOut: text, rightToArbitrate: flag },
  }),
  mediationRecord: z.strictObject({
    ...{
      ...base,
      labourLaw: flag,
      ...parties,
      organisation: text,
      mediators: text,
      recorder: text,
      heldOn: day,
      time: text,
    },
    ...{ place: text, present: text, requests: listOf(item), result: text, rightToArbitrate: flag },
    statements: listOf(z.strictObject({ speaker: text, text })),
  }),
  mediationAgreement: z.strictObject({
    ...{
      ...base,
      labourLaw: flag,
      forCourt: flag,
      ...parties,
      ...money,
      organisation: text,
      mediators: text,
      facts: text,
      requests: text,
    },
    ...{ result: text, performanceManner: text, additional: listOf(additional) },
  }),
  failureNotice: z.strictObject({
    ...{
      ...base,
      dispute: text,
      ...names,
      ...arbitration,
      addressees: text,
      organisation: text,
      acceptedOn: day,
      endedOn: day,
    },
    ...{ ground: text, reason: text, commission: text, limitationRanOut: flag, otherWays: listOf(item) },
    ...{ rightToArbitrate: flag, wayOut: text },
  }),
  performanceNotice: z.strictObject({
    ...{
      ...base,
      ...law,
      ...names,
      ...money,
      ...agreement,
      addressees: text,
      reviewLastDay: day,
      confirmationLastDay: day,
    },
    ...{ consequences: listOf(item), contact: text },
  }),
  reviewApplication: z.strictObject({
    ...{
      ...base,
      dispute: text,
      ...parties,
      ...agreement,
      matter: text,
      lastDay: day,
      papers: listOf(item),
      commission: text,
    },
    ...{ appliedOn: day, serviceAddresses: listOf(z.strictObject({ party: text, address: text, phone: text })) },
  }),
  confirmationApplication: z.strictObject({
    ...{ ...base, ...parties, ...agreement, matter: text, result: text, obligations: listOf(obligation), lastDay: day },
    ...{ papers: listOf(item), court: text, appliedOn: day },
  }),
  paymentOrderApplication: z.strictObject({
    ...{ ...base, ...parties, subject: text, amount: text, amountInWords: text, facts: text, onAgreement: flag },
    ...{ onWages: flag, agreementNumber: text, effectiveOn: day, evidence: listOf(item), court: text, appliedOn: day },
    shares: listOf(z.strictObject({ no: text, name: text, amount: text })),
  }),
  mediationSuggestion: z.strictObject({
    ...{ ...base, ...names, commission: text, organisation: text, organisationAddress: text, organisationPhone: text },
    ...{ appliedOn: day, requests: listOf(item), answerBy: day },
  }),
  transferLetter: z.strictObject({
    ...{ ...base, ...names, from: text, to: text, receivedOn: day, reason: text, requests: listOf(item) },
    ...{ applicants: listOf(person), respondents: listOf(person), papers: listOf(item), answerBy: day },
  }),
  archiveCover: z.strictObject({
    ...{ ...base, ...names, organisation: text, matter: text, registeredOn: day, acceptedOn: day, mediators: text },
    ...{ outcome: text, closedOn: day, performance: text, archivedOn: day, papersCount: text, pagesCount: text },
    ...{ retention: text, archivist: text },
  }),
  archiveIndex: z.strictObject({
    ...{ ...base, papersCount: text, pagesCount: text },
    rows: listOf(z.strictObject({ no: text, title: text, number: text, on: day, page: text, note: text })),
  }),
} as const satisfies Record<PaperKind, z.ZodObject>;

/** The data of one kind of paper, checked. */
export type PaperData<K extends PaperKind = PaperKind> = z.output<(typeof paperData)[K]>;
/** As it is handed in: fields without a value may be left out. */
export type PaperInput<K extends PaperKind = PaperKind> = z.input<(typeof paperData)[K]>;

/** A field's own fields where it is a list; otherwise nothing. */
export type FieldTree = { [field: string]: FieldTree };

function fieldsOf(shape: Record<string, unknown>): FieldTree {
  const tree: FieldTree = {};
  for (const [name, type] of Object.entries(shape)) {
    const inner = type instanceof z.ZodDefault ? type.unwrap() : type;
    const one = inner instanceof z.ZodArray ? inner.element : undefined;
    tree[name] = one instanceof z.ZodObject ? fieldsOf(one.shape) : {};
    // `hasX` asks whether a list has anything in it.
    if (one !== undefined) tree[hasName(name)] = {};
  }
  return tree;
}

/** The condition a template may ask of a list: `hasEvidence` for `evidence`. */
export const hasName = (list: string): string => `has${list.charAt(0).toUpperCase()}${list.slice(1)}`;

/** What a template of this kind may name. */
export const knownFields = (kind: PaperKind): FieldTree => fieldsOf(paperData[kind].shape);
