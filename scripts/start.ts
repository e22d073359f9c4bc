import { runUntilStopped } from './supervisor.ts';

await runUntilStopped();
