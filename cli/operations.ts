/**
 * Finds the system that a command works on: real servers by settings, a running local system, or a stopped one. Each is
 * loaded when it is the one: all of them take seconds.
 */
import { join } from 'node:path';

import { connectControl } from '../local/control.ts';
import type { Operations } from '../local/operations.ts';
import { createLog } from '../runtime/log.ts';

/** Opens the system. Close it when done. */
export async function openOperations(env: NodeJS.ProcessEnv): Promise<Operations> {
  const log = createLog({ name: 'lanyard', level: env['LOG_LEVEL'] ?? 'silent' });
  const byName = [
    'ESR_DATABASE_URL',
    'NHSMAIL_DATABASE_URL',
    'IDENTITY_DATABASE_URL',
    'PASSPORT_DATABASE_URL',
  ];
  if (byName.some((name) => env[name] !== undefined)) {
    const { settingsOperations } = await import('./settings-operations.ts');
    return settingsOperations(env, log);
  }
  const dataFolder = env['LANYARD_DATA'] ?? join(process.cwd(), 'data');
  const running = await connectControl(dataFolder);
  if (running !== undefined) return running;
  const { startLocal } = await import('../local/start.ts');
  const local = await startLocal({ dataFolder, port: 0, log });
  return { run: local.operations.run, close: () => local.stop() };
}
