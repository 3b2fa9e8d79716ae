import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { lockFolder } from '../../../runtime/folder-lock.ts';

describe('folder lock', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lanyard-lock-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('keeps a second holder out, with a sentence that says why', () => {
    const release = lockFolder(folder);
    expect(() => lockFolder(folder)).toThrow(
      expect.objectContaining({
        code: 'folder_locked',
        message: expect.stringContaining('in use by another Lanyard process') as unknown as string,
      }),
    );
    release();
    lockFolder(folder)();
  });

  it('is let go when the holder is killed', async () => {
    const module = new URL('../../../runtime/folder-lock.ts', import.meta.url).href;
    const holder = spawn(process.execPath, [
      '--input-type=module',
      '--eval',
      `const { lockFolder } = await import(${JSON.stringify(module)});
       lockFolder(${JSON.stringify(folder)}); process.stdout.write('held'); setInterval(() => {}, 1000);`,
    ]);
    await once(holder.stdout, 'data');
    expect(() => lockFolder(folder)).toThrow(expect.objectContaining({ code: 'folder_locked' }));
    holder.kill('SIGKILL');
    await once(holder, 'exit');
    lockFolder(folder)();
  });
});
