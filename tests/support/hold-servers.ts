/**
 * A process that starts servers and then waits to be killed: `node --import tsx hold-servers.ts <dataDir> <ports as JSON>`. Says on its
 * standard output which processes it started.
 */
import { startTestServers, type TestServers } from './servers.ts';

const [dataDir, ports] = process.argv.slice(2);
const servers = await startTestServers({ dataDir, ports: JSON.parse(ports ?? '') as TestServers['ports'] });
process.stdout.write(`${JSON.stringify(servers.pids())}\n`);
