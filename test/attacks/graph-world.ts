/**
 * The whole graph in this process: the real gateway over the three real subgraphs, on one database, with one person about
 * whom there is something of nearly everything. Siobhan works at RZ1, and has left RZ2; nobody elsewhere knows of her. Tom is
 * her colleague, and Ana was.
 */
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createLocalJWKSet } from 'jose';

import { composeGateway } from '../../gateway/compose.ts';
import type { SubgraphName } from '../../gateway/context.ts';
import type { SubgraphMessage, SubgraphTransport } from '../../gateway/subgraphs/transport.ts';
import { startEmbeddedDirectory } from '../../local/directory/start.ts';
import { type Caller, CALLER_HEADER, signCallerStatement } from '../../runtime/caller-statement.ts';
import { openEmbedded } from '../../runtime/database.ts';
import type { AskGraph } from '../../runtime/graph-client.ts';
import { createHttpServer } from '../../runtime/http-server.ts';
import { publicHalf, signerOf } from '../../runtime/jwk-settings.ts';
import { createLog } from '../../runtime/log.ts';
import { composeEsr } from '../../subgraphs/esr/compose.ts';
import { postgresStaffSearch } from '../../subgraphs/esr/postgres/search.ts';
import type { EsrTables } from '../../subgraphs/esr/postgres/tables.ts';
import { composeNhsmail } from '../../subgraphs/nhsmail/compose.ts';
import { startTestEngine } from '../servers/embedded.ts';
import { issuerKey, NOW, token, UNLIMITED } from '../unit/gateway/test-graph.ts';
import {
  assignmentLine,
  go2Text,
  ORGANISATIONS_TEXT,
  personLine,
  phoneLine,
  registrationsText,
  trainingText,
} from '../unit/subgraphs/esr/extract-files.ts';
import { ldifFileOf, PEOPLE_DN } from '../unit/subgraphs/nhsmail/directory-world.ts';
import {
  callers,
  issueTo,
  newKey,
  newPrivateJwk,
  newSettings,
  operations,
  startPassport,
} from '../unit/subgraphs/passport/passport-bench.ts';

const SIOBHAN = {
  niNumber: 'QQ000003A',
  family: 'Gallagher',
  given: 'Siobhan',
  nhsEmployeeId: '70000003',
  birthDate: '19820719',
};
const EXTRACTS = [
  go2Text([
    personLine(),
    assignmentLine(),
    personLine({
      esrPersonId: '5000002',
      employeeNumber: '90000002',
      family: 'Webb',
      given: 'Tom',
      niNumber: 'QQ000002A',
      nhsEmployeeId: '70000002',
      workEmail: 'tom@nhsmail.example',
    }),
    assignmentLine({
      esrPersonId: '5000002',
      esrAssignmentId: '6000002',
      assignmentNumber: '90000002',
    }),
    personLine({
      esrPersonId: '5000005',
      employeeNumber: '90000005',
      family: 'Reyes',
      given: 'Ana',
      niNumber: 'QQ000005A',
      nhsEmployeeId: '70000005',
      workEmail: '',
      terminationDate: '20260930',
      systemPersonType: 'EX_EMP',
    }),
    assignmentLine({
      esrPersonId: '5000005',
      esrAssignmentId: '6000005',
      assignmentNumber: '90000005',
      effectiveTo: '20260930',
      endDate: '20260930',
    }),
    personLine({
      esrPersonId: '5000003',
      employeeNumber: '90000003',
      ...SIOBHAN,
      previousFamily: 'Costello',
      smartcardUuid: '555000000003',
      workEmail: 'siobhan@nhsmail.example',
    }),
    assignmentLine({
      esrPersonId: '5000003',
      esrAssignmentId: '6000003',
      assignmentNumber: '90000003',
    }),
    phoneLine({ esrPersonId: '5000003' }),
  ]),
  go2Text(
    [
      personLine({
        esrPersonId: '5000004',
        employeeNumber: '90000004',
        ...SIOBHAN,
        terminationDate: '20260930',
        systemPersonType: 'EX_EMP',
        workEmail: '',
      }),
      assignmentLine({
        esrPersonId: '5000004',
        esrAssignmentId: '6000004',
        assignmentNumber: '90000004',
        effectiveTo: '20260930',
        endDate: '20260930',
      }),
    ],
    { vpd: '902' },
  ),
  registrationsText([
    'RZ1,90000003,NMC,14Z0003E,REGISTERED,Nurse - Adult,2014-03-03,2027-03-31,2026-11-01T02:00:00Z',
  ]),
  trainingText(['RZ1,90000003,NHS|CSTF|Fire Safety - 2 Years|,2026-05-01,']),
  trainingText(['RZ2,90000004,902|LOCAL|Trust Induction|,2024-01-08,']),
];

const account = (uid: string, mail: string, more: { readonly employeeNumber?: string }) => ({
  uid,
  givenName: 'Siobhan',
  sn: 'Gallagher',
  mail: [mail],
  employeeType: 'USER:ACTIVE',
  departmentNumber: 'RZ1',
  title: 'Staff Nurse',
  ...more,
});
const ACCOUNTS = [
  account('a3', 'siobhan@nhsmail.example', { employeeNumber: '90000003' }),
  account('a9', 'siobhan.gallagher9@nhsmail.example', {}),
];

const ADDRESS = 'http://127.0.0.1:1';
const RIGHTS = 'record:read event:read record:export account:resolve';

/** The HR system of RZ1. */
export const HR_SYSTEM = 'hr-rz1';

/** What matters of a message to a subgraph when nobody is in a hurry. */
type OneMessage = Pick<SubgraphMessage, 'path' | 'body' | 'statement'>;

/** A gateway's answer. */
export interface WorldAnswer {
  readonly text: string;
  readonly data: Readonly<Record<string, unknown>> | null;
  readonly codes: readonly string[];
}

/** Starts it. */
export async function startGraphWorld() {
  const log = createLog({ name: 'world', level: 'silent' });
  const now = () => NOW;
  const engine = await startTestEngine();
  const settings = newSettings();
  const callerKeys = { keys: [publicHalf(settings.gatewayKey)] };
  const ldif = await ldifFileOf(ACCOUNTS);
  const service = { serviceDn: 'cn=lanyard,dc=nhs,dc=example', servicePassword: 'of the service' };
  const directory = await startEmbeddedDirectory({ ldifFile: ldif.path, ...service });
  const clientKey = newPrivateJwk('client');

  /** Our own services as clients of the graph. */
  const askGraph: AskGraph = async ({ document, variables, purpose, shape }) => {
    const asker = { subject: 'lanyard', clientId: 'lanyard', scopes: RIGHTS };
    const answer = await post(await token(asker), { query: document, variables }, purpose);
    if (answer.codes.length > 0) throw new Error(`the graph answered ${answer.text}`);
    return shape.parse(answer.data);
  };

  const esr = await composeEsr(
    {
      ESR_CALLER_KEYS: callerKeys,
      ESR_EXPORT_KEY: newPrivateJwk('export'),
      ESR_GRAPH_URL: ADDRESS,
      ESR_GRAPH_RESOURCE: ADDRESS,
      ESR_ISSUER: ADDRESS,
      ESR_TOKEN_URL: ADDRESS,
      ESR_CLIENT_KEY: clientKey,
    },
    { log, now, database: openEmbedded(engine), askGraph, background: false },
  );
  const nhsmail = await composeNhsmail(
    {
      NHSMAIL_LDAP_URL: directory.url,
      NHSMAIL_LDAP_BASE_DN: PEOPLE_DN,
      NHSMAIL_LDAP_DEADLINE_MS: 60_000,
      NHSMAIL_LDAP_BIND_DN: service.serviceDn,
      NHSMAIL_LDAP_BIND_PASSWORD: service.servicePassword,
      NHSMAIL_CALLER_KEYS: callerKeys,
      NHSMAIL_GRAPH_URL: ADDRESS,
      NHSMAIL_GRAPH_RESOURCE: ADDRESS,
      NHSMAIL_ISSUER: ADDRESS,
      NHSMAIL_TOKEN_URL: ADDRESS,
      NHSMAIL_CLIENT_KEY: clientKey,
      NHSMAIL_MATCH_SECONDS: 1,
    },
    { log, now, database: openEmbedded(engine), askGraph, background: false },
  );
  const passport = await startPassport({
    database: openEmbedded(engine),
    settings,
    people: new Map(),
    now,
    runtime: { askGraph },
  });
  const appOf = (name: string, part: typeof esr | typeof nhsmail) =>
    createHttpServer({
      name,
      log,
      checks: {},
      draining: () => false,
      routes: part.privateRoutes === undefined ? [] : [part.privateRoutes],
    });
  const apps = {
    esr: await appOf('esr', esr),
    nhsmail: await appOf('nhsmail', nhsmail),
    passport: passport.app,
  };
  const transport =
    (name: SubgraphName): ((message: OneMessage) => ReturnType<SubgraphTransport>) =>
    async ({ path, body, statement }) => {
      const answer = await apps[name].inject({
        method: 'POST',
        url: path,
        headers: { 'content-type': 'application/json', [CALLER_HEADER]: statement },
        payload: body,
      });
      return { status: answer.statusCode, body: answer.body };
    };
  const gateway = await composeGateway(
    {
      NODE_ENV: 'production',
      GATEWAY_PUBLIC_URL: 'https://graph.example',
      GATEWAY_ISSUER: 'https://identity.example',
      GATEWAY_JWKS_URL: 'https://identity.example/oauth/jwks',
      GATEWAY_CALLER_KEY: settings.gatewayKey,
      GATEWAY_RATE_LIMITS: UNLIMITED,
      // Who asks for everything there is asks for much.
      GATEWAY_COST_PERSON: 10_000_000,
      GATEWAY_COST_MACHINE: 10_000_000,
    },
    {
      log,
      now,
      keys: createLocalJWKSet({ keys: [publicHalf(issuerKey.jwk)] }),
      identity: () =>
        Promise.resolve({ status: 200, body: JSON.stringify({ version: 'v0', entries: [] }) }),
      transports: {
        esr: transport('esr'),
        nhsmail: transport('nhsmail'),
        passport: transport('passport'),
      },
    },
  );
  await gateway.checks['identity revocations']?.();
  const front = await createHttpServer({
    name: 'gateway',
    log,
    routes: [gateway.routes],
    checks: gateway.checks,
    draining: () => false,
  });

  async function post(
    bearer: string | undefined,
    body: { readonly query: string; readonly variables?: object },
    purpose?: string,
  ): Promise<WorldAnswer> {
    const answer = await front.inject({
      method: 'POST',
      url: '/graphql',
      headers: {
        'content-type': 'application/json',
        ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
        ...(purpose === undefined ? {} : { 'lanyard-purpose': purpose }),
      },
      payload: JSON.stringify(body),
    });
    return answerOf(answer.body);
  }

  /** Asks a subgraph as the gateway would, past every rule of the gateway. */
  const askSubgraph = async (
    name: SubgraphName,
    caller: Caller,
    body: { readonly query: string; readonly variables?: object },
  ): Promise<WorldAnswer> => {
    const text = JSON.stringify(body);
    const statement = await signCallerStatement(
      caller,
      { audience: name, body: text, now: NOW },
      signerOf(settings.gatewayKey),
    );
    const answer = await transport(name)({
      path: '/graphql',
      body: text,
      statement,
    });
    return answerOf(answer.body);
  };

  const file = join(tmpdir(), `lanyard-world-${newKey()}`);
  const imported = async (text: string): Promise<string> => {
    await writeFile(file, text);
    return file;
  };
  await esr.importOrganisations(await imported(ORGANISATIONS_TEXT));
  for (const text of EXTRACTS) {
    const [outcome] = await esr.importFiles([await imported(text)]);
    if (outcome?.kind !== 'imported') throw new Error(`not imported: ${JSON.stringify(outcome)}`);
  }
  await rm(file, { force: true });
  const value = async (sql: string): Promise<string> => {
    const { rows } = await engine.query(sql, []);
    const [first] = Object.values((rows[0] ?? {}) as Readonly<Record<string, unknown>>);
    if (typeof first !== 'string') throw new Error(`nothing found: ${sql}`);
    return first;
  };
  const siobhan = await value(
    `select staff_id from esr.employment where employee_number = '90000003'`,
  );
  const tom = await value(`select staff_id from esr.employment where employee_number = '90000002'`);
  await nhsmail.sync({});
  await nhsmail.match({ whole: true });

  const officer = { ...callers.hr('RZ1'), subject: tom };
  const issued = await issueTo(passport, { staffId: siobhan, odsCode: 'RZ1', type: 'IDENTITY' });
  const asked = await passport.ask(officer, operations.request, {
    input: {
      idempotencyKey: newKey(),
      credentials: [{ type: 'IDENTITY', claims: ['given_name', 'family_name'] }],
      staffId: siobhan,
      sameDevice: false,
    },
  });
  const presentation = asked.data?.presentationRequest.request;
  if (presentation === undefined) throw new Error(`not asked: ${JSON.stringify(asked)}`);
  await passport.ask(officer, operations.verify, {
    input: {
      requestId: presentation.id,
      presentation: await issued.wallet.present(issued.sdJwt, presentation, NOW),
    },
  });
  await passport.ask(
    officer,
    `mutation ($input: PresentationListRequestInput!) {
      presentationListRequest(input: $input) { errors { code } } }`,
    {
      input: {
        idempotencyKey: newKey(),
        template: 'ROTATING_DOCTOR',
        lines: [{ reference: 'ROT-1' }],
      },
    },
  );
  await passport.record(officer, { people: [siobhan], fields: ['name.family'] });
  // Tom and Siobhan have the same position: his reading stands out.
  await passport.composed.reviewAccess();
  await passport.ask(
    callers.administrator('RZ1'),
    `mutation ($input: AgreementProposeInput!) { agreementPropose(input: $input) { errors { code } } }`,
    {
      input: {
        idempotencyKey: newKey(),
        odsCode: 'RZ8',
        reference: 'Sharing 1',
        startsOn: '2026-12-01',
        endsOn: '2027-11-30',
      },
    },
  );
  await passport.ask(
    callers.administrator('RZ1'),
    `mutation ($input: PassportStopRequestInput!) { passportStopRequest(input: $input) { errors { code } } }`,
    {
      input: {
        idempotencyKey: newKey(),
        staffId: siobhan,
        reason: 'LOST_PHONE',
        note: 'She told the ward',
      },
    },
  );
  await engine.query(
    `insert into nhsmail.matching_case (id, queue, source, staff_id, account_id, ods_code, because, state, opened_at, due_at)
     values ('case_1', 'LINK_DISPUTED', 'PERSON', $1, 'a9', 'RZ1', 'LINKED_TO_ANOTHER_PERSON', 'OPEN', $2, $2)`,
    [siobhan, NOW.toISOString()],
  );
  await engine.query(
    `insert into nhsmail.case_candidate (case_id, rank, staff_id, account_id, ods_code, bits, evidence)
     values ('case_1', 1, $1, 'a9', 'RZ1', 12.5, $2)`,
    [siobhan, JSON.stringify([{ field: 'familyName', outcome: 'SAME', bits: 9 }])],
  );
  const search = postgresStaffSearch(openEmbedded(engine).schema<EsrTables>('esr'));
  while (await search.refresh());

  const system = await token({
    subject: HR_SYSTEM,
    clientId: HR_SYSTEM,
    ods: 'RZ1',
    scopes: 'hr:read passport:read',
  });
  const done = async (query: string): Promise<string> => {
    const { data, text } = await post(system, { query }, 'HR_ADMINISTRATION');
    const [payload] = Object.values(data ?? {}) as Readonly<
      Record<string, { id?: string } | null>
    >[];
    const id = Object.values(payload ?? {}).find((one) => one?.id !== undefined)?.id;
    if (id === undefined) throw new Error(`not done: ${text}`);
    return id;
  };

  return {
    apps,
    gatewayKey: settings.gatewayKey,
    /** What there is to ask for. */
    ids: {
      siobhan,
      tom,
      ana: await value(`select staff_id from esr.employment where employee_number = '90000005'`),
      credential: issued.credential.id,
      presentation: presentation.id,
      stop: await value(`select id from passport.passport_stop`),
      assignment: await value(
        `select a.id from esr.assignment a join esr.employment e using (ods_code, esr_person_id)
         where e.employee_number = '90000003'`,
      ),
      transfer:
        await done(`mutation { transferRequest(input: { idempotencyKey: "transfer", staffId: "${siobhan}",
        from: "RZ2", consentGivenOn: "2026-11-01" }) { transfer { id } errors { code } } }`),
      exported:
        await done(`mutation { verifiedRecordExportStart(input: { idempotencyKey: "export" }) {
        export { id } errors { code } } }`),
      imported: await value(
        `select id from esr.import_run where ods_code = 'RZ1' order by number limit 1`,
      ),
      account: await value(`select account_id from nhsmail.link where staff_id = '${siobhan}'`),
    },
    value,
    post,
    askSubgraph,
    stop: async () => {
      await front.close();
      await gateway.stop();
      await Promise.all([apps.esr.close(), apps.nhsmail.close()]);
      await passport.stop();
      await Promise.all([esr.stop(), nhsmail.stop()]);
      await engine.close();
      await directory.stop();
      await ldif.remove();
    },
  };
}

/** What is read of an answer. */
function answerOf(text: string): WorldAnswer {
  const { data = null, errors = [] } = JSON.parse(text) as {
    readonly data?: WorldAnswer['data'];
    readonly errors?: readonly { readonly extensions?: { readonly code?: string } }[];
  };
  return { text, data, codes: errors.map(({ extensions }) => extensions?.code ?? 'none') };
}
