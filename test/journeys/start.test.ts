import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { eventually, freePort, startProgram, type Started } from '../servers/child.ts';
import { answered, machineToken } from './clients.ts';
import { demoFiles } from './demo-files.ts';
import { readKeyFile } from './local-stage.ts';

describe('npm start', () => {
  let dataFolder: string;
  let port: number;
  let running: Started | undefined;

  const url = (): string => `http://localhost:${String(port)}`;
  const start = (): Started =>
    startProgram(process.execPath, [...process.execArgv, 'local/main.ts'], {
      env: { PATH: process.env['PATH'], PORT: String(port), LANYARD_DATA: dataFolder },
    });
  const ready = (program: Started): Promise<void> =>
    eventually(
      () =>
        program.output().includes('Lanyard is ready')
          ? Promise.resolve()
          : Promise.reject(new Error('not ready')),
      { output: program.output },
    );
  const askForTheNurse = async (): Promise<unknown> => {
    const { nurse } = await demoFiles(join(dataFolder, 'demo'));
    const token = await machineToken(await readKeyFile(dataFolder, 'hr-system-rz1'), {
      issuer: url(),
      resource: `${url()}/graphql`,
      scope: 'hr:read',
    });
    return answered(`${url()}/graphql`, {
      token,
      purpose: 'HR_ADMINISTRATION',
      query: `query Nurse($employeeNumber: String!) {
        staff(by: { employee: { odsCode: "RZ1", employeeNumber: $employeeNumber } }) {
          name { family } mailboxes { mail } } }`,
      variables: { employeeNumber: nurse.employeeNumber },
    });
  };

  beforeAll(async () => {
    dataFolder = await mkdtemp(join(tmpdir(), 'lanyard-start-'));
    port = await freePort();
    running = start();
    await ready(running);
  });

  afterAll(async () => {
    await running?.stop();
    await rm(dataFolder, { recursive: true, force: true });
  });

  it('prints where to go and how to sign in', () => {
    expect(running?.output()).toContain(`Look around     ${url()}`);
    expect(running?.output()).toMatch(
      /Sign in as one of these, password \S+\n {4}\S+@\S+\.example/,
    );
  });

  it('is ready, alive, and tells its version', async () => {
    for (const path of ['/livez', '/readyz', '/version']) {
      expect([path, (await fetch(url() + path)).status]).toEqual([path, 200]);
    }
    expect(await askForTheNurse()).toMatchObject({
      staff: { name: { family: 'Okafor-Lindqvist' } },
    });
  });

  it('keeps a second start off the folder, with a sentence that says why', async () => {
    const second = startProgram(process.execPath, [...process.execArgv, 'local/main.ts'], {
      env: { PATH: process.env['PATH'], PORT: String(await freePort()), LANYARD_DATA: dataFolder },
    });
    await eventually(
      () =>
        second.child.exitCode === null ? Promise.reject(new Error('runs')) : Promise.resolve(),
      { output: second.output },
    );
    expect(second.child.exitCode).toBe(1);
    expect(second.output()).toContain('The data folder is in use by another Lanyard process.');
  });

  it.each(['PORT=x', 'LANYARD_COLOUR=red', 'LOG_LEVEL=loud'])(
    'refuses the setting %s with exit code 78',
    async (setting) => {
      const [name = '', value = ''] = setting.split('=');
      const wrong = startProgram(process.execPath, [...process.execArgv, 'local/main.ts'], {
        env: { PATH: process.env['PATH'], [name]: value },
      });
      await eventually(
        () =>
          wrong.child.exitCode === null ? Promise.reject(new Error('runs')) : Promise.resolve(),
        { output: wrong.output },
      );
      expect([wrong.child.exitCode, wrong.output()]).toEqual([
        78,
        expect.stringContaining(name) as unknown as string,
      ]);
    },
  );

  it('stops on Ctrl-C, and keeps its data for the next start', async () => {
    const before = await askForTheNurse();
    running?.child.kill('SIGINT');
    await eventually(
      () =>
        running?.child.exitCode === 0 ? Promise.resolve() : Promise.reject(new Error('still runs')),
      { ...(running === undefined ? {} : { output: running.output }) },
    );
    running = start();
    await ready(running);
    expect(await askForTheNurse()).toEqual(before);
  });

  it('starts again after it was killed, with everything there', async () => {
    const before = await askForTheNurse();
    running?.child.kill('SIGKILL');
    await eventually(() =>
      running?.child.signalCode === 'SIGKILL'
        ? Promise.resolve()
        : Promise.reject(new Error('still runs')),
    );
    running = start();
    await ready(running);
    expect(await askForTheNurse()).toEqual(before);
  });
});
