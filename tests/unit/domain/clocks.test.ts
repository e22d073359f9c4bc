import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { procedureClocks } from '../../../domain/case/clocks.ts';
import deadlines from '../../../rules/packs/000000-national/deadlines.json' with { type: 'json' };

const domain = join(import.meta.dirname, '../../../domain');

/** Whether code names a deadline: whole, or in two parts (`${procedure}.grace`, `preLitigationMediation.${kind}`). */
function names(code: string, id: string): boolean {
  const [of = '', name = ''] = id.split('.');
  if (code.includes(`'${id}'`)) return true;
  const whole = [...code.matchAll(/`([a-zA-Z]+)\.\$\{[^}]+\}`/g)].some(([, first]) => first === of);
  return code.includes(`}.${name}\``) || (whole && code.includes(`'${name}'`));
}

describe('the clocks that procedures are said to run', () => {
  it('are those that the sources name, each once', async () => {
    const files = await readdir(domain, { recursive: true });
    const read = files.filter((file) => file.endsWith('.ts') && file !== join('case', 'clocks.ts'));
    const code = (await Promise.all(read.map((file) => readFile(join(domain, file), 'utf8')))).join('\n');
    // The limitation is run by the clock that `limitation.clock` names; the sources tell one of its deadlines apart.
    const named = deadlines.map(({ id }) => id).filter((id) => names(code, id) && !id.startsWith('limitation.'));
    expect([...procedureClocks].sort()).toEqual(named.sort());
    expect(procedureClocks.filter((id) => !names(code, id))).toEqual([]);
  });
});
