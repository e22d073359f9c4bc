import { randomInt } from 'node:crypto';
import { connect, createServer } from 'node:net';
import { portVariables } from './env.ts';
import { messageOf, StartError } from './start-error.ts';

/** A port that another process has, or that we may not have. Names the port and the variable that moves it. */
export class PortInUse extends StartError {
  override readonly name = 'PortInUse';
  readonly port: number;
  readonly variable: string;

  constructor(port: number, variable: string, why?: string) {
    const suggestion = port + 100 <= 65_535 ? port + 100 : port - 100;
    super('port-in-use', {
      zh: `端口 ${port}（${variable}）${why === undefined ? '已被占用' : `无法使用（${why}）`}。请停用占用它的程序，或换一个端口，例如：${variable}=${suggestion} npm start`,
      en: `Port ${port} (${variable}) ${why === undefined ? 'is in use' : `cannot be used (${why})`}. Stop what uses it, or choose another, for example: ${variable}=${suggestion} npm start`,
    });
    this.port = port;
    this.variable = variable;
  }
}

/** Checks that each port can be listened on; throws `PortInUse` for the first that cannot. */
export async function checkPortsFree(ports: Partial<Record<keyof typeof portVariables, number>>): Promise<void> {
  const wanted = Object.entries(portVariables).flatMap(([key, variable]) => {
    const port = ports[key as keyof typeof portVariables];
    return port === undefined ? [] : [{ port, variable }];
  });
  const answers = await Promise.all(wanted.map(async (each) => ({ ...each, state: await stateOf(each.port) })));
  for (const { port, variable, state } of answers) {
    if (state === 'in-use') throw new PortInUse(port, variable);
    if (state !== 'free') throw new PortInUse(port, variable, state.why);
  }
}

/**
 * Free ports for a test, all different. They lie below the range from which systems take ports for outgoing
 * connections, so that a server can be stopped and started again on its port.
 */
export async function freePorts<const Name extends string>(names: readonly Name[]): Promise<Record<Name, number>> {
  const found = new Set<number>();
  while (found.size < names.length) {
    const candidate = randomInt(20_000, 32_000);
    if (!found.has(candidate) && (await stateOf(candidate)) === 'free') found.add(candidate);
  }
  const ports = [...found];
  return Object.fromEntries(names.map((name, index) => [name, ports[index]])) as Record<Name, number>;
}

type PortState = 'free' | 'in-use' | { why: string };

async function stateOf(port: number): Promise<PortState> {
  // Some systems let two listeners share a port when one of them has all addresses: so a connection is tried too.
  if (await answers(port)) return 'in-use';
  return new Promise((done) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) =>
      done(error.code === 'EADDRINUSE' ? 'in-use' : { why: error.code ?? messageOf(error) }),
    );
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => done('free')));
  });
}

/** True when something accepts a connection on this port of this machine. */
export async function answers(port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect({ port, host: '127.0.0.1' });
    const finish = (answer: boolean) => {
      socket.destroy();
      done(answer);
    };
    socket.setTimeout(1_000, () => finish(false));
    socket.once('connect', () => finish(true));
    socket.once('error', () => finish(false));
  });
}
