import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

const run = promisify(execFile);
const PROJECT = fileURLToPath(new URL('../../../', import.meta.url));
const FOLDER = 'subgraphs/passport/domain/credential-types';
const OUTPUTS = [
  `${FOLDER}/catalogue.generated.ts`,
  `${FOLDER}/published.generated.ts`,
  'schema/credential-types.json',
  'schema/passport.graphql',
];

const PARKING_PERMIT = `import { z } from 'zod';

import { defineCredentialType } from '../credential-type.ts';

export const parkingPermit = defineCredentialType({
  type: 'PARKING_PERMIT',
  id: 'parking-permit',
  name: 'Parking permit',
  description: 'That the holder may park at a site',
  version: 1,
  claims: { site: { label: 'Site', schema: z.string(), disclosed: 'always' } },
  lifetimeDays: 30,
  issuedBy: 'EMPLOYER',
  matter: { from: 'attested' },
  provenance: { usual: {}, demanded: {} },
});
`;

describe('a kind of credential', () => {
  let root: string;
  const generate = async (...args: readonly string[]): Promise<string> => {
    const script = join(PROJECT, 'scripts/generate-credential-types.ts');
    const { stderr } = await run(process.execPath, [script, '--root', root, ...args]).catch(
      (error: unknown) => error as { readonly stderr: string },
    );
    return stderr;
  };
  const read = (path: string): Promise<string> => readFile(join(root, path), 'utf8');

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'lanyard-types-'));
    for (const folder of ['schema', 'standards', 'subgraphs/passport/domain']) {
      await mkdir(join(root, folder), { recursive: true });
      await cp(join(PROJECT, folder), join(root, folder), { recursive: true });
    }
    await cp(join(PROJECT, 'package.json'), join(root, 'package.json'));
    await symlink(join(PROJECT, 'node_modules'), join(root, 'node_modules'));
  });
  afterAll(() => rm(root, { recursive: true }));

  it('is what is committed, to begin with', async () => {
    expect(await generate('--check')).toBe('');
  });

  it('is added by adding its file', async () => {
    await writeFile(join(root, FOLDER, 'parking-permit.ts'), PARKING_PERMIT);
    const stale = await generate('--check');
    for (const path of OUTPUTS) expect(stale).toContain(`${path} is stale`);
    expect(await generate()).toBe('');
    expect(await generate('--check')).toBe('');
    const [catalogue, published, forWallets, sdl] = await Promise.all(OUTPUTS.map(read));
    expect(catalogue).toContain(`PARKING_PERMIT: parkingPermit,`);
    expect(published).toContain(`'parking-permit': [`);
    expect(JSON.parse(forWallets ?? '')).toMatchObject({
      'parking-permit': {
        type: 'PARKING_PERMIT',
        path: '/credential-types/parking-permit',
        claims: [{ path: ['site'], label: 'Site', disclosure: 'always', mandatory: true }],
      },
    });
    expect(sdl).toMatch(/enum CredentialType \{[^}]*\n {2}PARKING_PERMIT\n[^}]*\}/);
  });

  it('cannot say something else under a version that was published', async () => {
    const file = join(root, FOLDER, 'parking-permit.ts');
    const reworded = PARKING_PERMIT.replace('may park at a site', 'may park');
    await writeFile(file, reworded);
    expect(await generate()).toContain(
      'parking-permit: version 1 was published and says something else',
    );
    await writeFile(file, reworded.replace('version: 1', 'version: 2'));
    expect(await generate()).toBe('');
    const published = await read(OUTPUTS[1] ?? '');
    expect(published).toContain('may park at a site');
    expect(published).toContain('may park"');
    expect(JSON.parse(await read('schema/credential-types.json'))).toMatchObject({
      'parking-permit': { path: '/credential-types/parking-permit/2' },
    });
  });

  it('has the name of its file', async () => {
    await writeFile(join(root, FOLDER, 'permit.ts'), PARKING_PERMIT);
    expect(await generate()).toContain('permit.ts exports one thing, permit');
  });
});
