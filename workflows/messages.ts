import { defineSignal } from '@temporalio/workflow';
import type { JoinAnswer, JoinMessage } from '../contracts/record.ts';
import type { Paper } from '../domain/case/case.ts';
import type { Referral } from '../domain/case/referral.ts';
import type { ChainMove } from '../domain/procedures/arbitration-mediation.ts';

/** A calendar was loaded, under the number of its notice: every open clock is computed again. */
export const calendarLoaded = defineSignal<[{ version: string; notice?: string }]>('calendarLoaded');

/** What came of an application for review or confirmation. */
export const paperDecided = defineSignal<[Paper]>('paperDecided');

/** Another agreement of the case is brought before the court: a confirmation that waits for objections makes way. */
export const anotherApplication = defineSignal('anotherApplication');

/** Another case of the same respondent asks to be taken in. */
export const takeCaseIn = defineSignal<[JoinMessage]>('takeCaseIn');

/** What the other case answers to that. */
export const caseTakenIn = defineSignal<[JoinAnswer]>('caseTakenIn');
/** The case has come to its end while the joint response was under way. */
export const caseOver = defineSignal<[{ settled: boolean }]>('caseOver');

/** The commission sends the case to mediation. */
export const sentToMediation = defineSignal<[Referral]>('sentToMediation');

/** The case has gone on, while its arbitration is under way. */
export const chainMoved = defineSignal<[ChainMove]>('chainMoved');

/** Both sides have agreed to be mediated first. */
export const mediatedFirst = defineSignal('mediatedFirst');

/** The case has been moved to another release: what runs beside it follows. */
export const releaseMoved = defineSignal<[{ actId: string; sha256: string }]>('releaseMoved');

/** The joint response is over: another may be declared. */
export const emergencyOver = defineSignal<[{ attempt: number; outcome: string }]>('emergencyOver');

/** Type of the failure by which a validator refuses an act; its details are one `Refusal`. */
export const REFUSED = 'ActRefused';
