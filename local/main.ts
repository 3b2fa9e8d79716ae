/** `npm start`: the whole system on this machine, with demonstration data, on one port. */
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { z } from 'zod';

import { portNumber, readConfig } from '../runtime/config.ts';
import { createLog } from '../runtime/log.ts';
import { failStart, stopOnSignal } from '../runtime/process.ts';

const shape = z.object({
  PORT: portNumber.default(4000),
  LOG_LEVEL: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('warn'),
  LANYARD_DATA: z.string().min(1).default(join(process.cwd(), 'data')),
});

const started = performance.now();
// What one start has compiled serves the next, its worker threads too. Without the folder it is compiled again.
const COMPILED = fileURLToPath(new URL('../node_modules/.cache/lanyard/compiled', import.meta.url));
process.env['NODE_COMPILE_CACHE'] ??= COMPILED;
enableCompileCache(process.env['NODE_COMPILE_CACHE']);
try {
  const settings = readConfig(shape, process.env, 'LANYARD_');
  const log = createLog({ name: 'lanyard', level: settings.LOG_LEVEL });
  const { startLocal } = await import('./start.ts');
  const system = await startLocal({
    dataFolder: settings.LANYARD_DATA,
    port: settings.PORT,
    log,
    onProgress: (line) => process.stdout.write(`${line}\n`),
  });
  stopOnSignal(log, system.stop);
  const { welcome } = await import('./welcome.ts');
  process.stdout.write(welcome(system, (performance.now() - started) / 1000));
} catch (error) {
  failStart(error);
}
