/** `npx hejie verify receipt.json`: what anybody can do without a server. Exit code 0: good; 1: something differs; 2: used wrongly. */
import { verify } from './receipts/verify.ts';
import { runCommand } from './rules/command.ts';

await runCommand('npx hejie', { verify }, process.argv.slice(2));
