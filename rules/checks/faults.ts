import type { z } from 'zod';
import type { PackError, PackErrorCode } from '../../domain/rules.ts';
import type { Bilingual } from '../../domain/time/types.ts';
import { issueInWords } from '../issue-words.ts';
import type { LayerFault } from '../layers.ts';
import { pointerOf } from '../located-json.ts';
import type { PackSource } from '../packs.ts';

/** What has been found wrong so far, each with its place in a file. */
export class Faults {
  readonly errors: PackError[] = [];

  at(source: PackSource, file: string, path: readonly PropertyKey[], code: PackErrorCode, reason: Bilingual): void {
    this.atPointer(source, file, pointerOf(path), code, reason);
  }

  atPointer(source: PackSource, file: string, pointer: string, code: PackErrorCode, reason: Bilingual): void {
    const line = source.files.get(file)?.lineOf(pointer) ?? 1;
    this.errors.push({ file: `${source.folder}/${file}`, line, pointer, code, reason });
  }

  ofLayer(source: PackSource, file: string, base: PropertyKey[], faults: readonly LayerFault[]): void {
    for (const { path, code, reason } of faults) this.at(source, file, [...base, ...path], code, reason);
  }

  /** Reads one file by its schema; faults are noted, and then there is nothing. */
  read<T>(source: PackSource, file: string, schema: z.ZodType<T>): T | undefined {
    const json = source.files.get(file);
    if (json === undefined) return undefined;
    for (const fault of json.faults) {
      this.errors.push({ file: `${source.folder}/${file}`, ...fault });
    }
    if (json.value === undefined) return undefined;
    const parsed = schema.safeParse(json.value);
    if (parsed.success) return parsed.data;
    for (const issue of parsed.error.issues) {
      for (const { path, code, reason } of issueInWords(issue, json.value)) this.at(source, file, path, code, reason);
    }
    return undefined;
  }

  unique<T>(source: PackSource, file: string, rows: T[], key: (row: T) => string, field: string): void {
    const seen = new Set<string>();
    rows.forEach((row, index) => {
      if (seen.has(key(row))) {
        this.at(source, file, [index, field], 'duplicate-id', {
          zh: `“${key(row)}”重复`,
          en: `"${key(row)}" is there twice`,
        });
      }
      seen.add(key(row));
    });
  }
}
