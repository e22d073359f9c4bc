import type { Actor } from './case/case.ts';
import type { FactValue } from './rules.ts';

/** How a paper is brought to somebody: by hand, by post, by e-mail, into a system; left where they live (留置); put up there (张贴). */
export const serviceMethods = ['hand', 'post', 'email', 'electronic', 'left', 'posted'] as const;
export type ServiceMethod = (typeof serviceMethods)[number];

/** What came of it. */
export const serviceResults = ['received', 'arrived', 'left', 'posted', 'refusedToReceive', 'failed'] as const;
export type ServiceResult = (typeof serviceResults)[number];

/** Who serves: each has rules of its own. */
export const servers = ['party', 'organisation', 'commission', 'court'] as const;
export type Server = (typeof servers)[number];

/** Which day counts as the day of service. */
export const servedDays = ['onReceipt', 'onArrival', 'onLeaving', 'afterClock', 'no'] as const;
export type ServedDay = (typeof servedDays)[number];

/** Why a paper may be left or put up: it was refused, or the employer has closed down and cannot be reached (办案规则 第二十条第二款). */
export const deemedGrounds = ['refused', 'closedDown'] as const;
export type DeemedGround = (typeof deemedGrounds)[number];

/** Under whose rules somebody serves. */
export const serverOf = (role: Actor['role']): Server =>
  role === 'arbitrator' ? 'commission' : role === 'court' || role === 'party' ? role : 'organisation';

/** What is known of an attempt, as the rules ask for it. */
export interface Attempted {
  server: Server;
  method: ServiceMethod;
  result: ServiceResult;
  /** The consent to be served in this way is kept. */
  consent: boolean;
  /** The paper takes effect by being signed for, and by nothing else (JR-08). */
  signedFor: boolean;
  /** The addressee has refused to take it, in this attempt or before. */
  refused: boolean;
  /** The employer has closed down and cannot be reached, by this attempt or before. */
  closedDown: boolean;
  /** Workers in the case. */
  workers: number;
}

/** The facts of `service.servedDay`. */
export const servedDayFacts = (attempted: Attempted): Record<string, FactValue> => ({ ...attempted });
