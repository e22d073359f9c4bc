import { defineSignal } from '@temporalio/workflow';
import type { Paper } from '../domain/case/case.ts';

/** A calendar was loaded, under the number of its notice: every open clock is computed again. */
export const calendarLoaded = defineSignal<[{ version: string; notice?: string }]>('calendarLoaded');

/** What came of an application for review or confirmation. */
export const paperDecided = defineSignal<[Paper]>('paperDecided');

/** Type of the failure by which a validator refuses an act; its details are one `Refusal`. */
export const REFUSED = 'ActRefused';
