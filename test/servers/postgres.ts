/** A PostgreSQL server of one test's own: private data folder, free loopback port. */
import { execFile } from 'node:child_process';
import { chown, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import pg from 'pg';

import { serverProgram } from './programs.ts';
import { eventually, freePort, startProgram } from './child.ts';

const run = promisify(execFile);

/** Settings under which what is committed survives the machine's death too, for measuring. */
export const DURABLE = ['fsync=on', 'full_page_writes=on'] as const;

/** A running server. */
export interface PostgresServer {
  /** Connection address of an empty database. */
  readonly url: string;
  /** Creates another empty database and returns its address. */
  readonly createDatabase: (name: string) => Promise<string>;
  readonly pid: number;
  readonly stop: () => Promise<void>;
}

/**
 * Starts PostgreSQL. What is committed survives the death of its process, and need not survive the machine's.
 * It refuses to run as root, so root hands it to the `postgres` account.
 *
 * @param settings as in postgresql.conf: `shared_buffers=1GB`
 * @param port where it listens; a free one when left out
 */
export async function startPostgres(
  settings: readonly string[] = [],
  port?: number,
): Promise<PostgresServer> {
  const postgres = serverProgram('postgres');
  if (postgres === undefined) throw new Error('postgres is not installed');
  const folder = await mkdtemp(join(tmpdir(), 'lanyard-postgres-'));
  const account = await unprivilegedAccount();
  if (account !== undefined) await chown(folder, account.uid, account.gid);
  const data = join(folder, 'data');
  const image = imageOf(postgres);
  const made = await run('cp', ['-a', image, data]).catch(() => undefined);
  if (made === undefined) {
    await rm(data, { recursive: true, force: true });
    await run(
      join(dirname(postgres), 'initdb'),
      ['-D', data, '-U', 'lanyard', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'],
      { ...account, cwd: folder },
    );
    await keepAs(image, data);
  }
  port ??= await freePort();
  const server = startProgram(
    postgres,
    [
      ...['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', folder],
      ...['shared_buffers=64MB', 'fsync=off', 'full_page_writes=off', ...settings].flatMap(
        (setting) => ['-c', setting],
      ),
    ],
    { ...account, cwd: folder, signal: 'SIGINT' },
  );
  const address = (database: string): string =>
    `postgres://lanyard@127.0.0.1:${String(port)}/${database}`;
  const sql = async (text: string): Promise<void> => {
    const client = new pg.Client({ connectionString: address('postgres') });
    try {
      await client.connect();
      await client.query(text);
    } finally {
      await client.end().catch(() => undefined);
    }
  };
  await eventually(() => sql('select 1'), { output: server.output });
  const createDatabase = async (name: string): Promise<string> => {
    await sql(`create database "${name}"`);
    return address(name);
  };
  return {
    url: await createDatabase('lanyard'),
    createDatabase,
    pid: server.child.pid ?? 0,
    stop: async () => {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Where an empty data folder is kept, so that it is made once: the programs of one version make the same. */
const imageOf = (postgres: string): string =>
  fileURLToPath(
    new URL(
      `../../node_modules/.cache/lanyard/postgres${dirname(postgres).replaceAll('/', '-')}`,
      import.meta.url,
    ),
  );

/** Keeps a copy. It is there whole or not at all: another test process may be at it. */
async function keepAs(image: string, data: string): Promise<void> {
  const partial = `${image}.${String(process.pid)}`;
  await mkdir(dirname(image), { recursive: true });
  await run('cp', ['-a', data, partial]);
  await rename(partial, image).catch(() => rm(partial, { recursive: true, force: true }));
}

async function unprivilegedAccount(): Promise<{ uid: number; gid: number } | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const id = async (flag: string): Promise<number> =>
    Number((await run('id', [flag, 'postgres'])).stdout);
  return { uid: await id('-u'), gid: await id('-g') };
}
