/**
 * Run by `npm install`. postgres.js 3.4.9, the newest there is, writes to a socket that has gone when the database goes at
 * the wrong moment: the process ends with an error nobody can catch (porsager/postgres#1066, #1154, #1208), or a connection of
 * the pool keeps what it could not write and never writes again. Two places are mended until a release has it; another
 * version is left as it is, and so is everything when this cannot run: a process that ends is started again.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const mends = [
  {
    // A write that comes when the socket has gone fails the queries that wait, as one on a closing socket does.
    from: '  function nextWrite(fn) {\n    const x = socket.write(chunk, fn)',
    to: `  function nextWrite(fn) {
    if (!socket) {
      nextWriteTimer !== null && clearImmediate(nextWriteTimer)
      chunk = nextWriteTimer = null
      error(Errors.connection('CONNECTION_CLOSED', options, socket))
      return false
    }
    const x = socket.write(chunk, fn)`,
    times: 1,
  },
  {
    // With its timer cleared and not forgotten, the connection would take it for running and wait for it for ever.
    from: '\n    clearImmediate(nextWriteTimer)\n',
    to: '\n    clearImmediate(nextWriteTimer)\n    chunk = nextWriteTimer = null\n',
    times: 2,
  },
] as const;

for (const variant of ['src', 'cjs/src']) {
  const file = fileURLToPath(new URL(`../node_modules/postgres/${variant}/connection.js`, import.meta.url));
  const told = (what: string) => process.stdout.write(`postgres.js (${variant}): ${what}\n`);
  try {
    const text = readFileSync(file, 'utf8');
    if (text.includes(mends[0].to)) told('already mended');
    else if (mends.some(({ from, times }) => text.split(from).length !== times + 1))
      told('another version, left as it is');
    else {
      writeFileSync(
        file,
        mends.reduce((mended, { from, to }) => mended.replaceAll(from, to), text),
      );
      told('mended for connections that break');
    }
  } catch (error) {
    told(`not mended: ${String(error)}`);
  }
}
