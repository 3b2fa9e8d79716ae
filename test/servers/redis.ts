/** A Redis server of one test's own: nothing on disk, free loopback port. */
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { serverProgram } from './programs.ts';
import { eventually, freePort, startProgram } from './child.ts';

/** A running server. */
export interface RedisServer {
  readonly url: string;
  readonly pid: number;
  readonly stop: () => Promise<void>;
}

/** Starts Redis, on a given port when it is to come back at the same place. */
export async function startRedis(port?: number, password?: string): Promise<RedisServer> {
  const program = serverProgram('redis');
  if (program === undefined) throw new Error('redis is not installed');
  const folder = await mkdtemp(join(tmpdir(), 'lanyard-redis-'));
  const listening = port ?? (await freePort());
  const server = startProgram(program, [
    ...['--port', String(listening)],
    ...['--bind', '127.0.0.1'],
    ...['--dir', folder],
    ...['--save', ''],
    ...['--appendonly', 'no'],
    ...(password === undefined ? [] : ['--requirepass', password]),
  ]);
  await eventually(() => answersPing(listening, password), { output: server.output });
  return {
    url: `redis://${password === undefined ? '' : `:${password}@`}127.0.0.1:${String(listening)}`,
    pid: server.child.pid ?? 0,
    stop: async () => {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function answersPing(port: number, password?: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    socket.setTimeout(500, () => socket.destroy(new Error('no answer')));
    socket.on('error', reject);
    socket.on('data', (data) => {
      if (!data.toString().includes('+PONG')) return;
      socket.end();
      resolve();
    });
    socket.write(password === undefined ? 'PING\r\n' : `AUTH ${password}\r\nPING\r\n`);
  });
}
