/**
 * The door for the command line into a running local system: a Unix socket in the data folder, so whoever may read
 * the folder may use it, and nobody else. Answers are JSON lines: `{"event":...}` as it goes, then `{"result":...}` or
 * `{"error":{"code","message"}}`.
 */
import { rm } from 'node:fs/promises';
import { createServer, request } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { createInterface } from 'node:readline';

import type { Logger } from '../runtime/log.ts';
import {
  type OperationName,
  operationInputs,
  OperationRefused,
  type Operations,
} from './operations.ts';

/** Where the socket is. */
const socketPath = (dataFolder: string): string => join(dataFolder, 'control.sock');

/** Longest path that a Unix socket can have, in bytes. */
const LONGEST_PATH = 107;

/** Opens the door. The returned function closes it. */
export async function serveControl(
  dataFolder: string,
  operations: Pick<Operations, 'run'>,
  log: Logger,
): Promise<() => Promise<void>> {
  const path = socketPath(dataFolder);
  if (Buffer.byteLength(path) > LONGEST_PATH) {
    log.warn(
      'the data folder has too long a path for the control socket; commands need the system stopped',
    );
    return () => Promise.resolve();
  }
  await rm(path, { force: true });
  const server = createServer((incoming, answer) => {
    const line = (value: object): void => {
      answer.write(`${JSON.stringify(value)}\n`);
    };
    const name = (incoming.url ?? '').slice(1);
    if (incoming.method === 'HEAD') {
      answer.end();
      return;
    }
    text(incoming)
      .then(async (body) => {
        if (!isOperation(name))
          throw new OperationRefused('unknown_operation', `no operation ${name}`);
        const input = operationInputs[name].parse(JSON.parse(body)) as never;
        line({
          result:
            (await operations.run(name, input, (event) => {
              line({ event });
            })) ?? null,
        });
      })
      .catch((error: unknown) => {
        const known = error instanceof Error && 'code' in error && typeof error.code === 'string';
        if (!known) log.error({ err: error }, 'an operation failed');
        line({
          error: {
            code: known ? error.code : 'failed',
            message: error instanceof Error ? error.message : 'failed',
          },
        });
      })
      .finally(() => answer.end());
  });
  await new Promise<void>((resolve, reject) => {
    server.on('error', reject);
    server.listen(path, resolve);
  });
  return () =>
    new Promise((resolve) => {
      server.close(() => {
        resolve();
      });
      server.closeAllConnections();
    });
}

const isOperation = (name: string): name is OperationName => Object.hasOwn(operationInputs, name);

/** Reaches a running system through its socket. `undefined` when none runs on this folder. */
export async function connectControl(dataFolder: string): Promise<Operations | undefined> {
  const path = socketPath(dataFolder);
  const call: Operations['run'] = (name, input, onEvent) =>
    new Promise((resolve, reject) => {
      const asking = request({ socketPath: path, method: 'POST', path: `/${name}` }, (answer) => {
        let ended = false;
        createInterface({ input: answer })
          .on('line', (textLine) => {
            const { event, result, error } = JSON.parse(textLine) as {
              event?: unknown;
              result?: unknown;
              error?: { code: string; message: string };
            };
            if (event !== undefined) onEvent(event);
            else {
              ended = true;
              if (error === undefined) resolve(result);
              else reject(new OperationRefused(error.code, error.message));
            }
          })
          .on('close', () => {
            if (!ended)
              reject(
                new OperationRefused('interrupted', 'the system stopped before it had finished'),
              );
          });
      });
      asking.on('error', reject);
      asking.end(JSON.stringify(input));
    });
  const reachable = await new Promise<boolean>((resolve) => {
    const probe = request({ socketPath: path, method: 'HEAD', path: '/' }, (answer) => {
      answer.resume();
      resolve(true);
    });
    probe.on('error', () => {
      resolve(false);
    });
    probe.end();
  });
  return reachable ? { run: call, close: () => Promise.resolve() } : undefined;
}
