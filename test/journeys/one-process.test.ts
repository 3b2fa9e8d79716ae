import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, it } from '@jest/globals';

import { type LocalSystem, startLocal } from '../../local/start.ts';
import { createLog } from '../../runtime/log.ts';
import { expectTheStoryToHold } from './ending.ts';
import { localStage } from './local-stage.ts';
import { tellStory } from './story.ts';

describe('a nurse moves trust, in one process', () => {
  let dataFolder: string;
  let system: LocalSystem;

  beforeAll(async () => {
    dataFolder = await mkdtemp(join(tmpdir(), 'lanyard-journey-'));
    system = await startLocal({
      dataFolder,
      port: 0,
      log: createLog({ name: 'lanyard', level: 'error' }),
      staff: 300,
      withoutImport: true,
    });
  }, 60_000);

  afterAll(async () => {
    await system.stop();
    await rm(dataFolder, { recursive: true, force: true });
  });

  it('tells the whole story', async () => {
    expectTheStoryToHold(await tellStory(localStage(system, dataFolder), () => undefined));
  }, 60_000);
});
