import { readFileSync } from 'node:fs';
import type { PaperKind } from './kinds.ts';

/** The template that comes with the project. */
export const ownTemplate = (kind: PaperKind): Buffer =>
  readFileSync(new URL(`./templates/${kind}.docx`, import.meta.url));
