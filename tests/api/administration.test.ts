/** The suites of who tunes the rules, on a stack of their own: they put other rules in force, and can run beside the others. */
import { expect, it } from 'vitest';
import { errorCodes } from '../../contracts/errors.ts';
import { administrationCodes } from './administration-codes.ts';
import { codesSeen, onOneStack } from './stage.ts';

onOneStack();

await import('./rules.suite.ts');
await import('./simulation.suite.ts');
await import('./receipts.suite.ts');
await import('./releases.suite.ts');
await import('./scenarios.suite.ts');
await import('./rules-commands.suite.ts');

it('every code that only administrators of the rules meet was answered, and none that is not in the list', () => {
  expect(administrationCodes.filter((code) => !codesSeen.has(code))).toEqual([]);
  expect([...codesSeen].filter((code) => !(errorCodes as readonly string[]).includes(code))).toEqual([]);
});
