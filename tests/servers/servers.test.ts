import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import nodemailer from 'nodemailer';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePorts } from '../../temporal-config/ports.ts';
import { becomesTrue, lookUp, tsxFlags } from '../../temporal-config/processes.ts';
import { startTestServers, type TestServers, temporaryFolder } from '../support/servers.ts';

const folders: string[] = [];
const portNames = ['api', 'temporal', 'temporalUi', 'postgres', 'smtp'] as const;

async function folder(): Promise<string> {
  const made = await temporaryFolder();
  folders.push(made);
  return made;
}

afterAll(async () => {
  for (const each of folders) await rm(each, { recursive: true, force: true });
});

async function withClient<T>(address: string, work: (client: Client) => Promise<T>): Promise<T> {
  const connection = await Connection.connect({ address });
  try {
    return await work(new Client({ connection }));
  } finally {
    await connection.close();
  }
}

async function withSql<T>(url: string, work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    return await work(sql);
  } finally {
    await sql.end();
  }
}

function runningPids(servers: TestServers): number[] {
  return Object.values(servers.pids()).filter((pid) => pid !== undefined);
}

describe('the servers', () => {
  let servers: TestServers;
  beforeAll(async () => {
    servers = await startTestServers({ dataDir: await folder() });
  }, 120_000);
  afterAll(() => servers?.stop());

  it('keep a workflow, found by its stage, when Temporal is stopped and started again', async () => {
    const workflowId = 'case-kept';
    const stage = defineSearchAttributeKey('CaseStage', SearchAttributeType.KEYWORD);
    await withClient(servers.temporalAddress, async ({ workflow }) => {
      const handle = await workflow.start('nobodyRunsThis', {
        workflowId,
        taskQueue: 'nobody',
        typedSearchAttributes: [{ key: stage, value: 'negotiation' }],
      });
      await handle.signal('remember', { day: '2026-09-18' });
    });

    await servers.stopTemporal();
    expect(servers.pids().temporal).toBeUndefined();
    await servers.startTemporal();

    await withClient(servers.temporalAddress, async ({ workflow }) => {
      const { events } = await workflow.getHandle(workflowId).fetchHistory();
      expect(events?.filter((event) => event.workflowExecutionSignaledEventAttributes)).toHaveLength(1);
      const found: string[] = [];
      for await (const each of workflow.list({ query: "CaseStage = 'negotiation'" })) found.push(each.workflowId);
      expect(found).toEqual([workflowId]);
    });
  }, 30_000);

  it('keep a row when Postgres is stopped, and when it is killed', async () => {
    await withSql(servers.databaseUrl, async (sql) => {
      await sql`create table kept (word text)`;
      await sql`insert into kept values ('停止')`;
    });
    await servers.stopPostgres();
    await servers.startPostgres();
    await withSql(servers.databaseUrl, (sql) => sql`insert into kept values ('断电')`);

    const { postgres: pid = 0 } = servers.pids();
    process.kill(pid, 'SIGKILL');
    expect(await becomesTrue(() => lookUp(pid) === undefined, 5_000)).toBe(true);
    await servers.startPostgres();

    const rows = await withSql(servers.databaseUrl, (sql) => sql<{ word: string }[]>`select word from kept`);
    expect(rows.map(({ word }) => word)).toEqual(['停止', '断电']);
  }, 30_000);

  it('order Chinese text by code point, on every machine alike, in UTF-8', async () => {
    await withSql(servers.databaseUrl, async (sql) => {
      const sorted = await sql<
        { word: string }[]
      >`select word from (values ('仲裁'), ('B'), ('和解'), ('a'), ('调解')) as t (word) order by word`;
      expect(sorted.map(({ word }) => word)).toEqual(['B', 'a', '仲裁', '和解', '调解']);
      expect(await sql`show server_encoding`).toMatchObject([{ server_encoding: 'UTF8' }]);
    });
  });

  it('catch a mail, show it once when it is delivered twice, and say that it was', async () => {
    const transport = nodemailer.createTransport(servers.smtpUrl);
    const mail = {
      from: '和解 <hejie@localhost>',
      to: '申请人 <applicant@example.test>',
      subject: '调解期限届满提醒',
      text: '请于 2026-09-18 前答复。',
      messageId: '<notice-1@hejie.test>',
      headers: { 'X-Hejie-Notice': 'notice-1' },
    };
    await transport.sendMail(mail);
    await transport.sendMail(mail);
    await transport.sendMail({ ...mail, messageId: '<notice-2@hejie.test>' });

    await servers.stopMail();
    await servers.startMail();
    const caught = (await servers.mail?.list()) ?? [];
    expect(caught).toMatchObject([
      {
        messageId: '<notice-1@hejie.test>',
        deliveries: 2,
        subject: '调解期限届满提醒',
        recipients: ['applicant@example.test'],
        headers: { 'x-hejie-notice': 'notice-1' },
      },
      { messageId: '<notice-2@hejie.test>', deliveries: 1 },
    ]);
    expect(caught[0]?.text).toContain('请于 2026-09-18 前答复。');
  }, 20_000);

  it('refuse a second stack on the same data directory, in two languages', async () => {
    const second = startTestServers({ dataDir: servers.dataDir, ports: await freePorts(portNames) });
    await expect(second).rejects.toMatchObject({
      code: 'data-dir-in-use',
      text: { zh: expect.stringContaining('正被另一个实例使用'), en: expect.stringContaining('is in use') },
    });
  }, 20_000);
});

describe('a stack', () => {
  it('names the port that is in use and the variable that moves it, and starts nothing', async () => {
    const ports = await freePorts(portNames);
    const occupant = createServer().listen(ports.postgres, '127.0.0.1');
    await once(occupant, 'listening');
    const dataDir = await folder();
    try {
      await expect(startTestServers({ dataDir, ports })).rejects.toMatchObject({
        code: 'port-in-use',
        port: ports.postgres,
        variable: 'POSTGRES_PORT',
        text: {
          zh: expect.stringContaining(`端口 ${ports.postgres}（POSTGRES_PORT）已被占用`),
          en: expect.stringContaining(`Port ${ports.postgres} (POSTGRES_PORT) is in use`),
        },
      });
      expect(await readdir(dataDir)).toEqual([]);
    } finally {
      occupant.close();
    }
  });

  it('leaves nothing running after stop, and can be stopped twice', async () => {
    const servers = await startTestServers();
    const pids = runningPids(servers);
    expect(pids).toHaveLength(2);
    await servers.stop();
    await servers.stop();
    expect(pids.map(lookUp)).toEqual([undefined, undefined]);
    await expect(readdir(servers.dataDir)).rejects.toMatchObject({ code: 'ENOENT' });
  }, 30_000);

  it('does not outlive a process that was killed outright, and starts again on its files', async () => {
    const dataDir = await folder();
    const ports = await freePorts(portNames);
    const file = fileURLToPath(new URL('../support/hold-servers.ts', import.meta.url));
    const holder = spawn(process.execPath, [...tsxFlags(), file, dataDir, JSON.stringify(ports)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(createInterface({ input: holder.stdout }), 'line')) as [string];
    const pids: number[] = Object.values(JSON.parse(line));
    expect(pids).toHaveLength(2);
    holder.kill('SIGKILL');
    await once(holder, 'exit');

    // At once, while the old servers may still be closing: their data directory and their ports are taken over.
    const again = await startTestServers({ dataDir, ports });
    try {
      expect(pids.map(lookUp)).toEqual([undefined, undefined]);
      expect(await withSql(again.databaseUrl, (sql) => sql`select 1 as one`)).toMatchObject([{ one: 1 }]);
    } finally {
      await again.stop();
    }
  }, 60_000);

  it('takes over a lock file whose number has since been given to another program', async () => {
    const dataDir = await folder();
    const first = await startTestServers({ dataDir });
    await first.stop();
    const bystander = spawn('sleep', ['60']);
    try {
      const lines = [bystander.pid, join(dataDir, 'postgres'), 0, first.ports.postgres, '', '127.0.0.1', '', 'ready'];
      await writeFile(join(dataDir, 'postgres', 'postmaster.pid'), `${lines.join('\n')}\n`);
      await mkdir(join(dataDir, 'run'), { recursive: true });
      const record = { pid: bystander.pid, identity: 'an earlier process', marker: 'sleep' };
      await writeFile(join(dataDir, 'run', 'postgres.json'), JSON.stringify(record));

      const second = await startTestServers({ dataDir, ports: first.ports });
      await second.stop();
      expect(bystander.exitCode ?? bystander.signalCode).toBeNull();
    } finally {
      bystander.kill();
    }
  }, 60_000);
});
