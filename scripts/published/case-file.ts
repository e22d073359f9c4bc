import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { projectRoot } from '../../temporal-config/env.ts';

const CaseFile = z.object({
  id: z.string(),
  title: z.string(),
  source: z.object({ publisher: z.string(), title: z.string().nullable(), address: z.url().nullable() }),
  regionName: z.string().nullable(),
  parties: z.array(z.object({ name: z.string(), detail: z.string().optional() })),
  workersCount: z.number().int().positive(),
  agreement: z
    .object({
      amount: z.number().nullable(),
      instalments: z.array(z.object({ amount: z.number().nullable(), afterDays: z.number().nullable() })),
    })
    .nullable(),
  outcome: z.string(),
  whatTheSourceDoesNotSay: z.array(z.string()),
});

/** A published case as it was collected; see `fixtures/cases/README.md`. */
export type CaseFile = z.infer<typeof CaseFile>;

/** Reads one published case, with its source. */
export async function readCaseFile(name: string): Promise<CaseFile> {
  return CaseFile.parse(JSON.parse(await readFile(join(projectRoot, 'fixtures/cases', `${name}.json`), 'utf8')));
}

/** The amount of an instalment that the source names. Throws where it does not. */
export function amountOf(file: CaseFile, instalment: number): number {
  const amount = file.agreement?.instalments[instalment]?.amount;
  if (amount == null) throw new Error(`${file.id} names no amount for instalment ${instalment + 1}`);
  return amount;
}

/** The sum of the agreement that the source names. Throws where it does not. */
export function sumOf(file: CaseFile): number {
  const amount = file.agreement?.amount;
  if (amount == null) throw new Error(`${file.id} names no sum`);
  return amount;
}
