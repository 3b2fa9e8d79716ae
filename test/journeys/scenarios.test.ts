/** What the developers' page says comes back, from the running system. */
import { execFile } from 'node:child_process';
import { createPrivateKey } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { createRemoteJWKSet, jwtVerify } from 'jose';

import { type LocalSystem, startLocal } from '../../local/start.ts';
import { createLog } from '../../runtime/log.ts';
import { newWebhookSecret, webhookHeaders } from '../../standards/webhook-signature.ts';
import { TEST_DATA } from '../../web/words/developers/examples.ts';
import { eventually, startProgram } from '../servers/child.ts';
import { startTestEngine } from '../servers/embedded.ts';
import { machineToken } from './clients.ts';
import { askConfirming } from './confirm.ts';
import { localStage } from './local-stage.ts';
import { signIn } from './sign-in.ts';
import { changeStatus, checkHeld, credentialIdOf, offerCredentials, type Stage } from './story.ts';
import { collect } from './wallet.ts';

const run = promisify(execFile);
const EXAMPLE = fileURLToPath(new URL('../../web/examples/scenario.ts', import.meta.url));
const MAIN = fileURLToPath(new URL('../../cli/main.ts', import.meta.url));
const SCOPES = 'hr:read passport:read passport:offer passport:verify';
/** A minute that the passport counts, one that clocks may differ by, and time to run. */
const EXPIRING_MS = 200_000;

interface Answer {
  readonly data?: { readonly staff?: Record<string, readonly Record<string, unknown>[]> | null };
  readonly errors?: readonly { readonly extensions: Record<string, unknown> }[];
}

describe('the scenarios for developers', () => {
  let dataFolder: string;
  let system: LocalSystem;
  let stage: Stage;
  let expired: Promise<readonly string[]>;
  let slow: Promise<Answer>;
  const seen = new Set<string>();

  /** What the page says of a row. */
  const said = (name: string): readonly string[] => {
    seen.add(name);
    return TEST_DATA.scenarioRows.find((row) => row.name === name)?.comes ?? [];
  };
  const tokenOf = (which: 'trustA' | 'trustB'): Promise<string> =>
    machineToken(stage[which].hrSystem, {
      issuer: stage.issuer,
      resource: stage.graph,
      scope: SCOPES,
    });
  /** Asks for an employee, with headers of the test. */
  async function read(
    which: 'trustA' | 'trustB',
    [odsCode, employeeNumber]: readonly [string, string],
    fields: string,
    headers: Readonly<Record<string, string>> = { 'lanyard-purpose': 'HR_ADMINISTRATION' },
  ): Promise<Answer> {
    const answer = await fetch(stage.graph, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${await tokenOf(which)}`,
        ...headers,
      },
      body: JSON.stringify({
        query: `query ($by: StaffBy!) { staff(by: $by) { ${fields} } }`,
        variables: { by: { employee: { odsCode, employeeNumber } } },
      }),
    });
    return (await answer.json()) as Answer;
  }

  beforeAll(async () => {
    dataFolder = await mkdtemp(join(tmpdir(), 'lanyard-scenarios-'));
    system = await startLocal({
      dataFolder,
      startEngine: startTestEngine,
      port: 0,
      log: createLog({ name: 'lanyard', level: 'fatal' }),
      staff: 200,
    });
    stage = localStage(system, dataFolder);
    // They wait for a clock, and go on while the others are tried.
    expired = byExample('expired', '90000025');
    slow = readIn('esr-slow', 'id name { family }');
    // Whoever awaits them says what went wrong.
    void Promise.allSettled([expired, slow]);
  });

  afterAll(async () => {
    await system.stop();
    await rm(dataFolder, { recursive: true, force: true });
  });

  /** Runs the example: the outcome, and the code of each check that failed. */
  async function byExample(scenario: string, employeeNumber: string): Promise<readonly string[]> {
    const { clientId, key } = stage.trustA.hrSystem;
    const keyFile = join(dataFolder, `${scenario}.pem`);
    const pem = createPrivateKey({ key, format: 'jwk' }).export({ type: 'pkcs8', format: 'pem' });
    await writeFile(keyFile, pem);
    const { stdout } = await run(process.execPath, [EXAMPLE], {
      timeout: EXPIRING_MS,
      env: {
        URL: stage.issuer,
        CLIENT_ID: clientId,
        KID: key.kid,
        KEY_FILE: keyFile,
        ODS_CODE: 'RZ1',
        EMPLOYEE_NUMBER: employeeNumber,
        SCENARIO: scenario,
      },
    });
    const { result } = JSON.parse(stdout) as {
      result: { outcome: string; credentials: [{ checks: { code: string | null }[] }] };
    };
    return [result.outcome, ...result.credentials[0].checks.flatMap(({ code }) => code ?? [])];
  }

  const readIn = (scenario: string, fields: string): Promise<Answer> =>
    read('trustA', ['RZ1', '90000017'], fields, {
      'lanyard-purpose': 'HR_ADMINISTRATION',
      'lanyard-scenario': scenario,
    });

  it.each([
    ['Valid', 'valid', '90000017'],
    ['Unverified issuer', 'unverified-issuer', '90000017'],
  ])('by the example: %s', async (name, scenario, employeeNumber) => {
    expect(await byExample(scenario, employeeNumber)).toEqual(said(name));
  });

  it('with a passport that is paused and then stopped', async () => {
    const hr = await tokenOf('trustA');
    const { data } = await read('trustA', ['RZ1', '90000017'], 'id');
    const { id: staffId } = data?.staff as unknown as { readonly id: string };
    const offer = await offerCredentials(stage, hr, staffId, ['IDENTITY']);
    const [held] = await collect(offer.uri, offer.transactionCode);
    if (held === undefined) throw new Error('nothing was collected');
    const administrator = await signIn({
      issuer: stage.issuer,
      ...stage.app,
      resource: stage.graph,
      scope: 'openid passport:read passport:revoke',
      mail: stage.trustA.administratorMail,
      password: stage.password,
      setupCode: stage.setupCode,
      actAs: 'ADMINISTRATOR',
    });
    for (const [name, mutation, reason] of [
      ['Paused', 'credentialSuspend', 'LOST_PHONE'],
      ['Stopped', 'credentialRevoke', 'LOST_PHONE'],
    ] as const) {
      const credentialId = credentialIdOf(held);
      await changeStatus(stage, administrator, { mutation, reason, credentialId });
      const { outcome, checks } = await checkHeld(stage, hr, held, {
        type: 'IDENTITY',
        claims: ['given_name'],
      });
      expect([outcome, ...checks.flatMap(({ code }) => code ?? [])]).toEqual(said(name));
    }
  });

  it.each([
    ['Slow ESR', () => slow, null],
    [
      'NHSmail down',
      () => readIn('nhsmail-away', 'name { family } mailboxes { mail }'),
      { name: { family: 'Okafor-Lindqvist' }, mailboxes: null },
    ],
  ])('with a source that does not answer: %s', async (name, answerOf, staff) => {
    const answer = await answerOf();
    expect(answer.data).toEqual({ staff });
    const [error] = answer.errors ?? [];
    expect([error?.extensions['code'], error?.extensions['source']]).toEqual(said(name));
  });

  it('with what the records say of people', async () => {
    const left = await read(
      'trustA',
      ['RZ1', '90000038'],
      'employments { terminationDate leavingReason }',
    );
    const [employment] = left.data?.staff?.['employments'] ?? [];
    expect([employment?.['terminationDate'], employment?.['leavingReason']]).toEqual(said('Left'));
    const suspended = await read('trustB', ['RZ2', '90000039'], 'registrations { status }');
    const [registration] = suspended.data?.staff?.['registrations'] ?? [];
    expect([registration?.['status']]).toEqual(said('Suspended registration'));
    const others = await read('trustB', ['RZ1', '90000017'], 'id');
    expect([JSON.stringify(others.data?.staff)]).toEqual(said('Not yours'));
    const without = await read('trustA', ['RZ1', '90000017'], 'id', {});
    expect([without.errors?.[0]?.extensions['code']]).toEqual(said('No purpose'));
  });

  it('forward what RZ2 was told to a program on this machine', async () => {
    const secret = newWebhookSecret();
    const received: { readonly headers: IncomingHttpHeaders; readonly body: string }[] = [];
    const receiver = createServer((request, response) => {
      void text(request).then((body) => {
        received.push({ headers: request.headers, body });
        response.writeHead(202).end();
      });
    }).listen(0, 'localhost');
    await once(receiver, 'listening');
    const { port } = receiver.address() as AddressInfo;
    const keyFile = join(dataFolder, 'hr-system-rz2.json');
    const command = startProgram(
      process.execPath,
      [
        ...[...process.execArgv, MAIN, 'webhooks', 'listen', '--last', '1', '--url', stage.issuer],
        ...['--forward-to', `http://localhost:${String(port)}/hooks`],
        ...['--client', 'hr-system-rz2', '--key', keyFile],
      ],
      { env: { PATH: process.env['PATH'], LANYARD_WEBHOOK_SECRET: secret } },
    );
    await eventually(
      () => {
        expect(command.output()).toMatch(/ REGISTRATION_CHANGED taken\n/);
        return Promise.resolve();
      },
      { output: command.output },
    );
    await command.stop();
    receiver.close();
    receiver.closeAllConnections();
    const [{ headers, body } = { headers: {}, body: '' }] = received;
    const [id, timestamp] = [String(headers['webhook-id']), Number(headers['webhook-timestamp'])];
    expect(headers).toMatchObject(
      webhookHeaders({ id, at: new Date(timestamp * 1000), body }, [secret]),
    );
    const keys = createRemoteJWKSet(new URL('/signals/jwks', stage.issuer));
    const { payload } = await jwtVerify(body, keys, {
      issuer: stage.issuer,
      audience: `${stage.issuer}/clients/hr-system-rz2`,
      typ: 'secevent+jwt',
    });
    expect(payload.jti).toBe(id);
  });

  it('have somebody at the keeper of the register, who approves what gives an organisation more', async () => {
    const administrator = (mail: string): Promise<string> =>
      signIn({
        issuer: stage.issuer,
        ...stage.app,
        resource: stage.graph,
        scope: 'openid issuer:manage',
        mail,
        password: stage.password,
        setupCode: stage.setupCode,
        actAs: 'ADMINISTRATOR',
      });
    const invented = system.demonstration.invented.find(({ who }) => who.includes('X26'));
    const keeper = await administrator(invented?.mail ?? '');
    const [own, colleague] = await Promise.all(
      system.demonstration.invented
        .filter(({ role, who }) => role === 'ADMINISTRATOR' && who.endsWith('RZ1'))
        .map(({ mail }) => administrator(mail)),
    );
    const change = async (token: string | undefined, name: string, input: object) => {
      const { data } = await askConfirming<
        Record<string, { change: { id: string; state: string } | null; errors: { code: string }[] }>
      >(stage.graph, {
        token: token ?? '',
        purpose: 'HR_ADMINISTRATION',
        query: `mutation ($input: ${name === 'Propose' ? 'RegistryChangeProposeInput' : 'RegistryChangeDecisionInput'}!) {
          registryChange${name}(input: $input) { change { id state } errors { code } } }`,
        variables: { input: { idempotencyKey: crypto.randomUUID(), ...input } },
      });
      return data?.[`registryChange${name}`];
    };
    const propose = async (mayIssue: readonly string[]): Promise<string> => {
      const contact = { team: 'Workforce systems', mail: 'workforce@rz1.example' };
      const wanted = { odsCode: 'RZ1', mayIssue, mayCheck: true, contact };
      const asked = await change(own, 'Propose', { wanted, reason: 'to try it out' });
      return asked?.change?.id ?? JSON.stringify(asked);
    };
    const less = await propose(['IDENTITY']);
    expect((await change(colleague, 'Approve', { changeId: less }))?.errors).toEqual([]);
    const more = await propose(['IDENTITY', 'EMPLOYMENT_ASSIGNMENT']);
    expect((await change(colleague, 'Approve', { changeId: more }))?.change ?? null).toBeNull();
    expect(await change(keeper, 'Approve', { changeId: more })).toEqual({
      change: { id: more, state: 'APPLIED' },
      errors: [],
    });
  });

  it(
    'by the example: Expired',
    async () => {
      expect(await expired).toEqual(said('Expired'));
    },
    EXPIRING_MS,
  );

  it('leave no row of the page untried', () => {
    expect([...seen].sort()).toEqual(TEST_DATA.scenarioRows.map(({ name }) => name).sort());
  });
});
