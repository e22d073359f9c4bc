/** All suites of the API in one file, so that the servers are started once. Those that stop a server come last. */
import { onOneStack } from './stage.ts';

onOneStack();

await import('./intake.suite.ts');
await import('./acts.suite.ts');
await import('./refusals.suite.ts');
await import('./deadlines.suite.ts');
await import('./lists.suite.ts');
await import('./documents.suite.ts');
await import('./notices.suite.ts');
await import('./calendar.suite.ts');
