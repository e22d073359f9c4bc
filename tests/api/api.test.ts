/** All suites of the API but those of `administration.test.ts` in one file, so that the servers are started once. Those that stop a server come last. */
import { beforeAll } from 'vitest';
import { lapsed, onOneStack } from './stage.ts';

onOneStack();
beforeAll(() => {
  // Waits for seconds that stand for days; the last suite asks what came of it.
  lapsed().catch(() => undefined);
});

await import('./intake.suite.ts');
await import('./acts.suite.ts');
await import('./refusals.suite.ts');
await import('./payment-order.suite.ts');
await import('./collective.suite.ts');
await import('./arbitration.suite.ts');
await import('./court-docking.suite.ts');
await import('./remedies.suite.ts');
await import('./limitation.suite.ts');
await import('./performance.suite.ts');
await import('./deadlines.suite.ts');
await import('./one-window.suite.ts');
await import('./lists.suite.ts');
await import('./register.suite.ts');
await import('./documents.suite.ts');
await import('./papers.suite.ts');
await import('./evidence.suite.ts');
await import('./services.suite.ts');
await import('./templates.suite.ts');
await import('./signing.suite.ts');
await import('./notices.suite.ts');
await import('./notice-channels.suite.ts');
await import('./notice-texts.suite.ts');
await import('./calendar.suite.ts');
await import('./reconcile.suite.ts');
await import('./outages.suite.ts');
await import('./closing.suite.ts');
