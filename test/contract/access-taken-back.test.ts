/** From the moment that access is taken back to the first refusal: the records, identity and the gateway, with sockets between. */
import { createPrivateKey, randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { SignJWT } from 'jose';

import { composeGateway } from '../../gateway/compose.ts';
import { inProcessTransport } from '../../local/in-process-transport.ts';
import { systemClock } from '../../runtime/clock.ts';
import { openPostgres } from '../../runtime/database.ts';
import { graphClient } from '../../runtime/graph-client.ts';
import { graphLeaverFeed } from '../../identity/graph/leaver-feed.ts';
import { createLog } from '../../runtime/log.ts';
import { signerOf } from '../../runtime/jwk-settings.ts';
import { machineAccessToken } from '../../runtime/machine-client.ts';
import { listen, type Listening } from '../../runtime/process.ts';
import { composeEsr } from '../../subgraphs/esr/compose.ts';
import { describeWithServers } from '../servers/available.ts';
import { eventually, freePort } from '../servers/child.ts';
import { startPostgres } from '../servers/postgres.ts';
import { GRAPH, grantRole, type Identity, startIdentity } from '../unit/identity/harness.ts';
import {
  assignmentLine,
  go2Text,
  ORGANISATIONS_TEXT,
  personLine,
} from '../unit/subgraphs/esr/extract-files.ts';

const ruth = { esrPersonId: '5000001', employeeNumber: '90000001' };
const siobhan = {
  family: 'Gallagher',
  given: 'Siobhan',
  niNumber: 'QQ000003A',
  nhsEmployeeId: '70000003',
};
const siobhanAtRz1 = { ...siobhan, esrPersonId: '5000003', employeeNumber: '90000003' };
const gone = { terminationDate: '20260930', systemPersonType: 'EX_EMP' };
const siobhansPost = {
  esrPersonId: '5000003',
  esrAssignmentId: '6000003',
  assignmentNumber: '90000003',
};
const ended = { endDate: '20260930' };

describeWithServers('postgres')('access that is taken back', () => {
  const log = createLog({ name: 'test', level: process.env['TEST_LOG'] ?? 'silent' });
  const undo: (() => Promise<unknown>)[] = [];
  let identity: Identity;
  let listening: Listening;
  let esr: Awaited<ReturnType<typeof composeEsr>>;
  let folder: string;
  let database: ReturnType<typeof openPostgres>;

  const importText = async (text: string): Promise<void> => {
    const path = join(folder, 'extract');
    await writeFile(path, text);
    const [outcome] = await esr.importFiles([path]);
    if (outcome?.kind !== 'imported') throw new Error(JSON.stringify(outcome));
  };
  const staffIdOf = async (odsCode: string, employeeNumber: string): Promise<string> => {
    const { staff_id: staffId } = await database
      .schema<{ employment: { staff_id: string; ods_code: string; employee_number: string } }>(
        'esr',
      )
      .selectFrom('employment')
      .select('staff_id')
      .where('ods_code', '=', odsCode)
      .where('employee_number', '=', employeeNumber)
      .executeTakeFirstOrThrow();
    return staffId;
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lanyard-leavers-'));
    undo.unshift(() => rm(folder, { recursive: true }));
    const postgres = await startPostgres();
    undo.unshift(() => postgres.stop());
    database = openPostgres(postgres.url);
    undo.unshift(() => database.close());
    const port = await freePort();
    const graphUrl = `http://127.0.0.1:${String(port)}/graphql`;
    const graph: { ask?: ReturnType<typeof graphClient> } = {};
    identity = await startIdentity({
      database: openPostgres(postgres.url),
      parts: {
        leavers: {
          read: (after) =>
            graph.ask === undefined
              ? Promise.reject(new Error('not yet'))
              : graphLeaverFeed(graph.ask).read(after),
        },
      },
    });
    undo.unshift(() => identity.stop());
    const { issuer, keys } = identity;
    graph.ask = graphClient({
      url: graphUrl,
      accessToken: machineAccessToken({
        clientId: 'lanyard-identity',
        signer: signerOf(keys.identity.private),
        issuer,
        tokenUrl: `${issuer}/oauth/token`,
        resource: GRAPH,
        scope: 'event:read',
        now: systemClock,
      }),
    });
    esr = await composeEsr(
      { ESR_CALLER_KEYS: { keys: [keys.caller.public] } },
      { log, now: systemClock, database: openPostgres(postgres.url) },
    );
    undo.unshift(() => esr.stop());
    const organisations = join(folder, 'organisations');
    await writeFile(organisations, ORGANISATIONS_TEXT);
    await esr.importOrganisations(organisations);
    await importText(
      go2Text([
        personLine(ruth),
        personLine(siobhanAtRz1),
        assignmentLine(),
        assignmentLine(siobhansPost),
      ]),
    );
    await importText(
      go2Text([personLine({ ...siobhan, esrPersonId: '5000001' }), assignmentLine()], {
        vpd: '902',
      }),
    );
    const nobody = () => Promise.reject(new Error('no such subgraph'));
    const gateway = await composeGateway(
      {
        NODE_ENV: 'test',
        GATEWAY_PUBLIC_URL: new URL(GRAPH).origin,
        GATEWAY_ISSUER: issuer,
        GATEWAY_JWKS_URL: `${issuer}/oauth/jwks`,
        GATEWAY_CALLER_KEY: keys.caller.private,
      },
      {
        log,
        now: systemClock,
        transports: {
          esr: await inProcessTransport('esr', esr, log),
          nhsmail: nobody,
          passport: nobody,
        },
      },
    );
    await gateway.checks['identity revocations']?.();
    listening = await listen({
      name: 'gateway',
      log,
      host: '127.0.0.1',
      port,
      parts: [gateway],
      withPrivateRoutes: false,
    });
    undo.unshift(() => listening.stop());
  });
  afterAll(async () => {
    for (const end of undo) await end();
  });

  /** A token as the authorization server makes it. */
  const tokenFor = (claims: object): Promise<string> => {
    const seconds = Math.floor(Date.now() / 1000);
    const { private: jwk } = identity.keys.signing;
    return new SignJWT({
      iss: identity.issuer,
      aud: GRAPH,
      client_id: 'lanyard-explorer',
      jti: randomUUID(),
      iat: seconds,
      exp: seconds + 300,
      scope: 'self:read',
      ...claims,
    })
      .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: jwk.kid })
      .sign(createPrivateKey({ key: jwk, format: 'jwk' }));
  };
  const status = async (token: string): Promise<number> => {
    const response = await fetch(`http://127.0.0.1:${String(listening.port)}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/graphql-response+json',
        authorization: `Bearer ${token}`,
      },
      body: JSON.stringify({ query: '{ organisation(odsCode: "RZ1") { name } }' }),
    });
    await response.text();
    return response.status;
  };
  const refused = (token: string): Promise<void> =>
    eventually(async () => {
      expect(await status(token)).toBe(401);
    });

  it('is refused: a client that was stopped', async () => {
    const token = await tokenFor({ sub: 'hr-rz1', client_id: 'hr-rz1', ods: 'RZ1' });
    const other = await tokenFor({ sub: 'hr-rz2', client_id: 'hr-rz2', ods: 'RZ2' });
    expect(await status(token)).toBe(200);
    await identity.composed.stopClient({ clientId: 'hr-rz1', by: 'test' });
    await refused(token);
    expect(await status(other)).toBe(200);
  });

  it('is refused after the import: somebody who has left', async () => {
    const staffId = await staffIdOf('RZ1', '90000001');
    const token = await tokenFor({ sub: staffId });
    expect(await status(token)).toBe(200);
    await importText(
      go2Text([personLine({ ...ruth, ...gone }), assignmentLine(ended)], {
        sequence: 2,
        kind: 'GOC',
      }),
    );
    await refused(token);
  });

  it('leaves somebody who works elsewhere what they have there', async () => {
    const staffId = await staffIdOf('RZ1', '90000003');
    expect(await staffIdOf('RZ2', '90000001')).toBe(staffId);
    identity.world.people.set('siobhan@nhs.example', {
      employeeType: 'USER:ACTIVE',
      name: 'Siobhan',
      staffId,
    });
    for (const odsCode of ['RZ1', 'RZ2']) {
      await grantRole(identity, { mail: 'siobhan@nhs.example', role: 'HR_OFFICER', odsCode });
    }
    const roles = database.schema<{
      role_grant: { staff_id: string; mail: string; ods_code: string; state: string };
    }>('identity');
    await roles.updateTable('role_grant').set({ staff_id: staffId }).execute();
    const [there, here, self] = await Promise.all([
      tokenFor({ sub: staffId, ods: 'RZ1' }),
      tokenFor({ sub: staffId, ods: 'RZ2' }),
      tokenFor({ sub: staffId }),
    ]);
    await importText(
      go2Text(
        [personLine({ ...siobhanAtRz1, ...gone }), assignmentLine({ ...siobhansPost, ...ended })],
        { sequence: 3, kind: 'GOC' },
      ),
    );
    await refused(there);
    expect([await status(here), await status(self)]).toEqual([200, 200]);
    const held = await roles
      .selectFrom('role_grant')
      .select('ods_code')
      .where('state', '=', 'APPROVED')
      .execute();
    expect(held).toEqual([{ ods_code: 'RZ2' }]);
  });
});
