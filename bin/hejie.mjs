#!/usr/bin/env node
// The program is TypeScript, run by tsx.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const tsx = createRequire(import.meta.url).resolve('tsx/cli');
const program = fileURLToPath(new URL('../scripts/hejie.ts', import.meta.url));
const { status } = spawnSync(process.execPath, [tsx, program, ...process.argv.slice(2)], { stdio: 'inherit' });
process.exitCode = status ?? 2;
