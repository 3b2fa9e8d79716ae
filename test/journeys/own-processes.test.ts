import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseEnv } from 'node:util';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { JWK } from 'jose';

import { describeWithServers } from '../servers/available.ts';
import { eventually, freePort, startProgram, type Started } from '../servers/child.ts';
import { type PostgresServer, startPostgres } from '../servers/postgres.ts';
import { type RedisServer, startRedis } from '../servers/redis.ts';
import { type ComposedSystem, startComposed } from './compose-file.ts';
import { demoFiles } from './demo-files.ts';
import { expectTheStoryToHold } from './ending.ts';
import { lanyard, setupCode } from './local-stage.ts';
import { ask, machineToken } from './clients.ts';
import { signIn } from './sign-in.ts';
import {
  changeStatus,
  credentialIdOf,
  type Ending,
  offerCredentials,
  RECORD_QUERY,
  type Stage,
  statusChange,
  tellStory,
  type Trust,
} from './story.ts';
import type { Held } from './wallet.ts';

describeWithServers(
  'postgres',
  'redis',
  'slapd',
)('a nurse moves trust, each process apart as docker-compose.yml has it, on real servers', () => {
  let folder: string;
  let postgres: PostgresServer;
  let redis: RedisServer;
  let ldap: Started;
  let system: ComposedSystem;
  let stage: Stage;
  let ending: Ending;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lanyard-composed-'));
    await lanyard(['demo', 'generate', '--staff', '300', '--out', join(folder, 'demo')], {});
    await lanyard(['keys', 'generate', '--out', join(folder, '.env')], {});
    const secrets = parseEnv(await readFile(join(folder, '.env'), 'utf8')) as Record<
      string,
      string
    >;
    const ldapPort = await freePort();
    [postgres, redis, ldap] = await Promise.all([
      startPostgres(),
      startRedis(undefined, secrets['REDIS_PASSWORD']),
      startDirectory(folder, ldapPort, secrets['LDAP_PASSWORD'] ?? ''),
    ]);
    system = await startComposed(
      {
        postgres: new URL(postgres.url).host,
        redis: new URL(redis.url).host,
        openldap: `127.0.0.1:${String(ldapPort)}`,
      },
      // Nobody asks anything but what is registered: our own processes, and the client whose operations are published below.
      { ...secrets, GATEWAY_TRUSTED_DOCUMENTS: 'require' },
      { '/tls/': join(folder, 'tls/') },
    );
  });

  afterAll(async () => {
    // A set-up that failed half-way has left some of these unset.
    const started: readonly (Pick<Started, 'stop'> | undefined)[] = [
      ...((system as ComposedSystem | undefined)?.processes ?? []),
      postgres,
      redis,
      ldap,
    ];
    await Promise.allSettled(started.flatMap((one) => (one === undefined ? [] : [one.stop()])));
    await rm(folder, { recursive: true, force: true });
  });

  it('tells the whole story', async () => {
    const files = await demoFiles(join(folder, 'demo'));
    const redirectUri = `${system.urlOf('gateway')}/signed-in`;
    const identity = system.settingsOf('identity');
    await lanyard(['esr', 'organisations', files.organisations], system.settingsOf('esr'));
    await lanyard(
      ['app', 'add', '--id', 'hr-desk', '--name', 'HR desk', '--redirect-uri', redirectUri],
      identity,
    );
    const operations = await Promise.all(
      ['credentialSuspend', 'credentialReinstate', 'credentialRevoke'].map(async (mutation) => {
        const file = join(folder, `${mutation}.graphql`);
        await writeFile(file, statusChange(mutation));
        return file;
      }),
    );
    await lanyard(['operations', 'publish', ...operations, '--client', 'hr-desk'], identity);
    for (const { mail, role, odsCode } of files.roles) {
      const asked = await lanyard(
        ['role', 'grant', '--mail', mail, '--role', role, '--ods', odsCode, '--by', 'the test'],
        identity,
      );
      const grantId = /rgr_[\w-]+/.exec(asked)?.[0] ?? '';
      await lanyard(['role', 'approve', grantId, '--by', 'somebody else'], identity);
    }
    const trust = async (odsCode: string): Promise<Trust> => {
      await lanyard(
        ['issuer', 'accredit', '--ods', odsCode, '--all-types', '--from', '2026-01-01'],
        system.settingsOf('passport'),
      );
      const clientId = `hr-system-${odsCode.toLowerCase()}`;
      const made = JSON.parse(await lanyard(['keys', 'generate', '--client', clientId], {})) as {
        privateKey: JWK;
        jwks: unknown;
      };
      const jwks = join(folder, `${clientId}.json`);
      await writeFile(jwks, JSON.stringify(made.jwks));
      await lanyard(
        [
          'client',
          'add',
          '--id',
          clientId,
          '--name',
          `HR system of ${odsCode}`,
          '--ods',
          odsCode,
          '--jwks',
          jwks,
        ],
        identity,
      );
      const mailOf = (role: string): string =>
        files.roles.find((one) => one.role === role && one.odsCode === odsCode)?.mail ?? '';
      return {
        odsCode,
        hrSystem: { clientId, key: made.privateKey },
        hrOfficerMail: mailOf('HR_OFFICER'),
        administratorMail: mailOf('ADMINISTRATOR'),
      };
    };
    stage = {
      graph: `${system.urlOf('gateway')}/graphql`,
      issuer: system.urlOf('identity'),
      app: { clientId: 'hr-desk', redirectUri },
      password: files.password,
      setupCode: (mail) => setupCode(mail, identity),
      trustA: await trust('RZ1'),
      trustB: await trust('RZ2'),
      nurse: files.nurse,
      importExtracts: () =>
        lanyard(['esr', 'import', ...files.extractsOf(['RZ1', 'RZ2'])], system.settingsOf('esr')),
      // The process itself matches now and then, and only one does at a time.
      matchDirectory: () =>
        eventually(async () => {
          const summary = await lanyard(['directory', 'match'], system.settingsOf('nhsmail'));
          if (summary.includes('"busy"')) throw new Error('somebody else is matching');
          return summary;
        }),
    };
    ending = await tellStory(stage, () => undefined);
    expectTheStoryToHold(ending);
  });

  describe('when a part is down', () => {
    let token: string;
    let held: Held;

    const statusOf = async (): Promise<number | undefined> =>
      (await fetch(statusListUri(held))).status;
    const askForTheNurse = () =>
      ask<{ staff: { id: string; mailboxes: unknown } | null }>(stage.graph, {
        token,
        purpose: 'HR_ADMINISTRATION',
        query: RECORD_QUERY,
        variables: { odsCode: 'RZ1', employeeNumber: stage.nurse.employeeNumber },
      });
    const failures = (answer: Awaited<ReturnType<typeof askForTheNurse>>) =>
      new Set(
        answer.errors?.map(({ extensions: { code, source } }) => `${code} ${source ?? ''}`.trim()),
      );

    beforeAll(async () => {
      token = await machineToken(stage.trustA.hrSystem, {
        issuer: stage.issuer,
        resource: stage.graph,
        scope: 'hr:read passport:read passport:offer passport:verify',
      });
      const first = ending.credentials[0];
      if (first === undefined) throw new Error('no credential');
      held = first;
    });

    it('Redis: reads go on, and a credential is still stopped', async () => {
      await redis.stop();
      expect((await askForTheNurse()).data?.staff?.id).toBe(ending.staffId);
      const administrator = await signIn({
        issuer: stage.issuer,
        ...stage.app,
        resource: stage.graph,
        password: stage.password,
        setupCode: stage.setupCode,
        scope: 'openid passport:read passport:revoke',
        mail: stage.trustA.administratorMail,
        actAs: 'ADMINISTRATOR',
      });
      const before = await (await fetch(statusListUri(held))).text();
      await changeStatus(stage, administrator, {
        mutation: 'credentialSuspend',
        reason: 'LOST_PHONE',
        credentialId: credentialIdOf(held),
      });
      await eventually(async () => {
        const now = await (await fetch(statusListUri(held))).text();
        if (now === before) throw new Error('the list has not changed');
      });
    });

    it('the directory: its fields are null and named, the rest stands, nothing is offered', async () => {
      await ldap.stop();
      const answer = await askForTheNurse();
      expect({ ...answer.data?.staff, failures: failures(answer) }).toMatchObject({
        id: ending.staffId,
        mailboxes: null,
        failures: new Set(['SERVICE_UNAVAILABLE nhsmail']),
      });
      await expect(offerCredentials(stage, token, ending.staffId)).rejects.toThrow(
        'SERVICE_UNAVAILABLE',
      );
      const refused = await signIn({
        issuer: stage.issuer,
        ...stage.app,
        resource: stage.graph,
        password: stage.password,
        setupCode: stage.setupCode,
        scope: 'openid self:read',
        mail: stage.nurse.mail,
      }).catch((error: unknown) => error);
      expect(refused).toMatchObject({ name: 'SignInRefused', status: 503 });
    });

    it('PostgreSQL: nobody is shown and nothing is issued, and signed status lists are still served', async () => {
      expect(await statusOf()).toBe(200);
      await postgres.stop();
      const answer = await askForTheNurse();
      expect(answer.data?.staff ?? null).toBeNull();
      expect([...failures(answer)][0]).toMatch(/^SERVICE_UNAVAILABLE/);
      await expect(offerCredentials(stage, token, ending.staffId)).rejects.toThrow(
        'SERVICE_UNAVAILABLE',
      );
      expect(await statusOf()).toBe(200);
      expect((await fetch(`${system.urlOf('passport')}/readyz`)).status).toBe(503);
      expect((await fetch(`${system.urlOf('passport')}/livez`)).status).toBe(200);
    });
  });

  it('stops cleanly, every process by itself', async () => {
    await Promise.all(system.processes.map((one) => one.stop()));
    expect(system.processes.map(({ name, child }) => [name, child.exitCode])).toEqual(
      system.processes.map(({ name }) => [name, 0]),
    );
  });
});

/** Where the status of a held credential is published. */
function statusListUri({ sdJwt }: Held): string {
  const payload = JSON.parse(Buffer.from(sdJwt.split('.')[1] ?? '', 'base64url').toString()) as {
    status: { status_list: { uri: string } };
  };
  return payload.status.status_list.uri;
}

/** Starts the directory with the container's own script. */
async function startDirectory(folder: string, port: number, password: string): Promise<Started> {
  const inFolder = (name: string): string => join(folder, name);
  await Promise.all(['ldap', 'tls'].map((name) => mkdir(inFolder(name))));
  const script = fileURLToPath(new URL('../../deploy/directory.sh', import.meta.url));
  const started = startProgram('sh', [script], {
    env: {
      PATH: `${process.env['PATH'] ?? ''}:/usr/sbin`,
      LDAP_PASSWORD: password,
      LDAP_DATA: inFolder('ldap'),
      LDAP_TLS: inFolder('tls'),
      LDAP_IMPORT: inFolder('demo'),
      LDAP_LISTEN: `ldaps://127.0.0.1:${String(port)}`,
      LDAP_CONFIG: fileURLToPath(new URL('../../deploy/slapd.conf', import.meta.url)),
    },
  });
  await eventually(
    () =>
      new Promise<void>((resolve, reject) => {
        const socket = connect(port, '127.0.0.1', () => {
          socket.end();
          resolve();
        });
        socket.on('error', reject);
      }),
    { output: started.output },
  );
  return started;
}
