/** `npm run demo`: starts the system in a temporary folder and tells the story against it, step by step. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { startLocal } from '../../local/start.ts';
import { createLog } from '../../runtime/log.ts';
import { localStage } from './local-stage.ts';
import { tellStory } from './story.ts';

const started = performance.now();
const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(2)} s`;
const dataFolder = await mkdtemp(join(tmpdir(), 'lanyard-demo-'));
try {
  const system = await startLocal({
    dataFolder,
    port: 0,
    log: createLog({ name: 'lanyard', level: 'error' }),
    withoutImport: true,
  });
  try {
    process.stdout.write(
      `The system is up at ${system.url} (${seconds(performance.now() - started)}). A nurse moves trust:\n\n`,
    );
    await tellStory(localStage(system, dataFolder), ({ title, milliseconds, line }) => {
      process.stdout.write(`${title}  (${seconds(milliseconds)})\n    ${line}\n`);
    });
    process.stdout.write(`\nDone in ${seconds(performance.now() - started)}.\n`);
  } finally {
    await system.stop();
  }
} finally {
  await rm(dataFolder, { recursive: true, force: true });
}
