import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { newSecrets, readOrMakeSecrets } from '../../../local/secrets.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lanyard-secrets-'));
});
afterAll(() => rm(folder, { recursive: true }));

it('are made once, for their owner alone', async () => {
  const file = join(folder, 'new.json');
  const made = await readOrMakeSecrets(file);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(await readOrMakeSecrets(file)).toEqual(made);
});

it('of an earlier version get what they lack, and keep what they have', async () => {
  const file = join(folder, 'old.json');
  const old: Record<string, unknown> = { ...newSecrets() };
  delete old['exportKey'];
  delete old['esrClientKey'];
  await writeFile(file, JSON.stringify(old), { mode: 0o600 });
  const added = await readOrMakeSecrets(file);
  expect(added).toMatchObject(old);
  expect(added.exportKey.d).toMatch(/^.{43}$/);
  expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(added);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});

it('that are damaged are not replaced', async () => {
  const file = join(folder, 'damaged.json');
  const damaged = JSON.stringify({ ...newSecrets(), identitySecret: 'short' });
  await writeFile(file, damaged);
  await expect(readOrMakeSecrets(file)).rejects.toThrow();
  expect(await readFile(file, 'utf8')).toBe(damaged);
});
