/**
 * Writes `papers/templates/<kind>.docx` from `papers/sources/<kind>.txt`; `--check` fails where they differ. The DOCX is what counts:
 * an office edits its own copy in Word, and that copy is checked when it is taken.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { makeTemplate } from '../papers/docx/make-template.ts';
import { isSameDocx } from '../papers/docx/unzip.ts';
import { paperKindNames } from '../papers/kinds.ts';

const folder = (name: string) => new URL(`../papers/${name}`, import.meta.url);
const check = process.argv.includes('--check');

for (const kind of paperKindNames) {
  const made = makeTemplate(await readFile(folder(`sources/${kind}.txt`), 'utf8'));
  const file = folder(`templates/${kind}.docx`);
  if (!check) await writeFile(file, made);
  else if (!isSameDocx(made, await readFile(file))) {
    console.error(`papers/templates/${kind}.docx differs from its source`);
    process.exitCode = 1;
  }
}
