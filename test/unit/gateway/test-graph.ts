/** A small graph of two real subgraphs behind the real gateway, all in this process. */
import { generateKeyPairSync } from 'node:crypto';

import { composeServices } from '@apollo/composition';
import type { FastifyInstance, FastifyPluginAsync, InjectOptions } from 'fastify';
import { parse } from 'graphql';
import { createLocalJWKSet, type JWTPayload, SignJWT } from 'jose';

import { composeGateway } from '../../../gateway/compose.ts';
import type { GatewaySettings } from '../../../gateway/composition/parts.ts';
import { planInThread } from '../../../gateway/execution/plan-in-thread.ts';
import type { PlanQuery } from '../../../gateway/execution/ports.ts';
import type { Planner } from '../../../gateway/planning/planner-port.ts';
import type { SubgraphMessage, SubgraphTransport } from '../../../gateway/subgraphs/transport.ts';
import { CALLER_HEADER, verifyCallerStatement } from '../../../runtime/caller-statement.ts';
import type { NumberedChange } from '../../../runtime/change-feed.ts';
import { createHttpServer } from '../../../runtime/http-server.ts';
import { keysById, publicHalf } from '../../../runtime/jwk-settings.ts';
import type { KeyValue } from '../../../runtime/key-value.ts';
import type { LoadMeter } from '../../../runtime/load.ts';
import { createLog, type Logger } from '../../../runtime/log.ts';
import { traceHeaders } from '../../../runtime/trace-context.ts';
import type { Tracer } from '../../../runtime/tracing/tracer.ts';
import { REMAINING_HEADER } from '../../../runtime/request-deadline.ts';
import { type SubgraphRequest, subgraphRoutes } from '../../../runtime/subgraph-server.ts';

const ISSUER = 'https://identity.example';
const AUDIENCE = 'https://graph.example/graphql';
export const NOW = new Date('2026-11-22T12:00:00Z');

const newKey = (kid: string) => {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '', d = '' } = pair.privateKey.export({ format: 'jwk' });
  return { ...pair, jwk: { kty: 'EC' as const, crv: 'P-256' as const, kid, x, y, d } };
};

export const issuerKey = newKey('identity-1');
export const foreignKey = newKey('identity-1');
export const callerKey = newKey('gateway-1');

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9",
  import: ["@key", "@external", "@requires", "@authenticated", "@requiresScopes", "@policy", "@listSize"])`;

/** Test subgraphs: every kind of rule, on fields, types and behind interfaces and unions. */
const ESR_SDL = `${LINK}
type Query {
  me: StaffMember @requiresScopes(scopes: [["self:read"]])
  staff(id: ID!): StaffMember @requiresScopes(scopes: [["hr:read"], ["record:read"]])
  organisation: Organisation @authenticated
  page(first: Int = 20): [StaffMember!] @listSize(slicingArguments: ["first"]) @requiresScopes(scopes: [["hr:read"]])
  things: [Thing!] @authenticated
  anything: [Anything!] @authenticated
  open: String
  strict: Strict @authenticated
  sealed: [Sealed!] @authenticated
}
interface Sealed { id: ID! content: String }
type OpenSealed implements Sealed { id: ID! content: String }
type HardSealed implements Sealed { id: ID! content: String @policy(policies: [["step_up"]]) }
type StaffMember @key(fields: "id") @authenticated {
  id: ID!
  nickname: String
  oldName(short: Boolean @deprecated(reason: "Never did anything")): String @deprecated(reason: "Use nickname")
  birth: String @policy(policies: [["step_up"]])
  manager: StaffMember
  page(first: Int = 20): [StaffMember!] @listSize(slicingArguments: ["first"])
  name: PersonName
  secret: String @requiresScopes(scopes: [["esr:secret", "hr:read"], ["record:read"]])
  salary: Int @requiresScopes(scopes: [["esr:salary"]])
  diary: String @policy(policies: [["own_record"]])
  desk: String @policy(policies: [["own_record"], ["same_organisation"]])
  offer: String @policy(policies: [["in_open_recruitment"]])
}
type PersonName { given: String family: String! }
type Organisation { name: String staff: [StaffMember!] @requiresScopes(scopes: [["hr:read"]]) }
interface Thing { id: ID! label: String weight: Int }
type PlainThing implements Thing { id: ID! label: String weight: Int }
type LockedThing implements Thing @requiresScopes(scopes: [["locked"]]) {
  id: ID! label: String weight: Int
}
type HalfThing implements Thing {
  id: ID! label: String weight: Int @requiresScopes(scopes: [["locked"]])
}
union Anything = PersonName | Vault
type Vault @requiresScopes(scopes: [["vault"]]) { content: String }
type Strict { list: [StrictItem!]! visible: String }
type StrictItem { name: String inner: StrictInner }
type StrictInner { must: String! @requiresScopes(scopes: [["must"]]) other: String policy: String @policy(policies: [["lead"]]) }
`;

const PASSPORT_SDL = `${LINK}
type Query { credential(id: ID!): Credential @requiresScopes(scopes: [["passport:read"], ["self:read"]]) }
type Subscription {
  credentialStatusChanged(id: ID!): Credential @requiresScopes(scopes: [["passport:read"], ["self:read"]])
}
type Mutation {
  change(value: String!): Changed! @requiresScopes(scopes: [["passport:revoke"]])
  note(value: String!): Changed! @authenticated
  seal(input: SealInput!): Changed! @requiresScopes(scopes: [["passport:revoke"]]) @policy(policies: [["step_up"]])
}
input SealInput { credentialId: ID! reason: String = "NO_LONGER_VALID" hard: Boolean }
type Changed { value: String hidden: String @requiresScopes(scopes: [["nobody"]]) }
type StaffMember @key(fields: "id") @authenticated {
  id: ID!
  salary: Int @external
  band: String @requires(fields: "salary") @requiresScopes(scopes: [["esr:salary"]])
  passport: Passport @requiresScopes(scopes: [["passport:read"], ["self:read"]])
}
type Passport @authenticated { status: String! }
type Credential @key(fields: "id") @authenticated { id: ID! state: String! }
`;

const NHSMAIL_SDL = `${LINK}
type Query { mailbox: String @authenticated }`;

const person = (id: string) => ({
  id,
  nickname: `nick-${id}`,
  birth: `born-${id}`,
  name: { given: 'Amara', family: 'Okafor' },
  secret: 'the secret',
  salary: 31_000,
  diary: `diary-${id}`,
  desk: `desk-${id}`,
  offer: `offer-${id}`,
});

/** What is known of the people: the organisation, and the one that recruits them, is at the end of the id. */
const rows = {
  StaffMember: ({ id }: { readonly id: string }) => ({
    staffIds: [id],
    odsCodes: [id.slice(-3)],
    recruiters: [id.slice(-3)],
  }),
  StrictInner: () => ({}),
};

type Context = SubgraphRequest;

const esrResolvers = {
  Query: {
    me: (_: unknown, __: unknown, { caller }: Context) => person(caller.subject),
    staff: (_: unknown, { id }: { id: string }, { disclose }: Context) => {
      disclose(id);
      return person(id);
    },
    organisation: (_: unknown, __: unknown, { disclose }: Context) => {
      disclose('stf_1');
      return { name: 'Trust', staff: [person('stf_1')] };
    },
    things: () => [
      { __typename: 'PlainThing', id: '1', label: 'plain', weight: 1 },
      { __typename: 'LockedThing', id: '2', label: 'locked', weight: 2 },
      { __typename: 'HalfThing', id: '3', label: 'half', weight: 3 },
    ],
    anything: () => [
      { __typename: 'PersonName', given: 'A', family: 'B' },
      { __typename: 'Vault', content: 'gold' },
    ],
    sealed: () => [
      { __typename: 'OpenSealed', id: '1', content: 'open' },
      { __typename: 'HardSealed', id: '2', content: 'hard' },
    ],
    open: () => 'not open at all',
    strict: () => ({
      visible: 'v',
      list: [
        { name: 'one', inner: { must: 'm', other: 'o', policy: 'p' } },
        { name: 'two', inner: null },
      ],
    }),
  },
  StaffMember: {
    __resolveReference: ({ id }: { id: string }) => person(id),
    manager: () => person('stf_manager'),
  },
};

/** States of credentials, by id; ACTIVE when missing. A test changes them as it goes. */
export const credentialStates = new Map<string, string>();

const passportResolvers = {
  Query: {
    credential: (_: unknown, { id }: { id: string }, { caller, disclose }: Context) => {
      if (id === 'crd_other' && caller.subject !== 'stf_other') return null;
      if (id === 'crd_read') disclose('stf_1');
      return { id, state: credentialStates.get(id) ?? 'ACTIVE' };
    },
  },
  Mutation: {
    change: (_: unknown, { value }: { value: string }) => ({ value, hidden: 'h' }),
    note: (_: unknown, { value }: { value: string }) => ({ value, hidden: 'h' }),
    seal: (_: unknown, { input }: { input: { credentialId: string } }) => ({
      value: input.credentialId,
    }),
  },
  StaffMember: {
    passport: ({ id }: { id: string }) => ({ status: `ACTIVE ${id}` }),
    band: ({ salary }: { salary: number }) => `band of ${String(salary)}`,
  },
};

/** One message that went to a subgraph. */
interface Sent extends SubgraphMessage {
  readonly to: string;
  /** Where the next process is told that its work belongs. */
  readonly trace: Readonly<Record<string, string>>;
  readonly caller: { readonly subject: string; readonly purpose?: string | undefined };
}

/** Who asks. */
export interface Asker {
  readonly subject?: string;
  readonly clientId?: string;
  readonly scopes: string;
  readonly ods?: string;
  readonly purpose?: string;
}

/** An answer of the gateway. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
  readonly data: unknown;
  readonly errors: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly extensions: Readonly<Record<string, unknown>>;
  }[];
}

/** What identity tells the gateway; a test changes it as it goes. */
export interface TestIdentity {
  down: boolean;
  version: string;
  entries: { kind: string; value: string; notBefore: number }[];
  /** Policies of clients about registered operations. */
  policies: Record<string, 'allow' | 'require'>;
  /** Registered operations, by client, a space, and the hash. */
  readonly documents: Map<string, string>;
  /** Proofs that have been spent. */
  readonly proofs: Set<string>;
}

/** A running test graph. */
export interface TestGraph {
  readonly app: FastifyInstance;
  readonly sent: Sent[];
  readonly identity: TestIdentity;
  readonly ask: (query: string, asker?: Asker, variables?: object) => Promise<Answer>;
  readonly post: (options: Omit<InjectOptions, 'method' | 'url'>) => Promise<Answer>;
  /** What passport tells next that has changed. */
  readonly changes: NumberedChange[];
  readonly lookForSupergraph: () => Promise<void>;
  readonly lookForChanges: () => Promise<void>;
  /** Has identity tell something new, and waits until the gateway has heard it. */
  readonly hearIdentity: (version: string) => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** An access token. `claims` and `header` overwrite what a good one has. */
export function token(
  asker: Asker,
  claims: JWTPayload = {},
  header: { readonly typ?: string; readonly kid?: string } = {},
  key = issuerKey.privateKey,
): Promise<string> {
  const issuedAt = Math.floor(NOW.getTime() / 1000);
  const subject = asker.subject ?? 'stf_self';
  return new SignJWT({
    iss: ISSUER,
    aud: AUDIENCE,
    sub: subject,
    client_id: asker.clientId ?? 'lanyard-explorer',
    scope: asker.scopes,
    jti: 'token-1',
    iat: issuedAt,
    exp: issuedAt + 300,
    name: 'A Person',
    ...(asker.ods === undefined ? {} : { ods: asker.ods }),
    ...claims,
  })
    .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: 'identity-1', ...header })
    .sign(key);
}

const { supergraphSdl: SUPERGRAPH = '', errors: COMPOSITION_ERRORS } = composeServices([
  { name: 'esr', url: 'http://esr.invalid', typeDefs: parse(ESR_SDL) },
  { name: 'nhsmail', url: 'http://nhsmail.invalid', typeDefs: parse(NHSMAIL_SDL) },
  { name: 'passport', url: 'http://passport.invalid', typeDefs: parse(PASSPORT_SDL) },
]);
/** The test graph's supergraph, every way in with a rule. */
export const RULED_SUPERGRAPH = SUPERGRAPH.replace(
  '  open: String',
  '  open: String @authenticated',
);
if (COMPOSITION_ERRORS !== undefined) throw new Error(COMPOSITION_ERRORS.map(String).join('\n'));

/** Planners of the supergraphs of this process: built once for each. */
const planners = new Map<string, PlanQuery>();
/** The planner of a supergraph, in this thread. */
export const plannerOf = (sdl: string): PlanQuery => {
  const plan = planners.get(sdl) ?? planInThread(sdl);
  planners.set(sdl, plan);
  return plan;
};

const MUCH = { perSecond: 100_000, perDay: 1_000_000_000 };
/** As good as no limits, for tests of anything else. */
export const UNLIMITED = {
  address: { perSecond: MUCH.perSecond },
  person: MUCH,
  machine: MUCH,
  application: MUCH,
  clients: {},
};

/** Starts a test graph. */
export async function startTestGraph(
  options: {
    readonly environment?: GatewaySettings['NODE_ENV'];
    readonly transports?: Partial<Record<'esr' | 'nhsmail' | 'passport', SubgraphTransport>>;
    /** Asked before the process of the same name: it answers where there is no answer here. */
    readonly before?: Partial<
      Record<
        'esr' | 'identity' | 'nhsmail' | 'passport',
        (message: SubgraphMessage) => ReturnType<SubgraphTransport> | undefined
      >
    >;
    readonly accessLogStatus?: number;
    readonly log?: Logger;
    readonly settings?: Partial<GatewaySettings>;
    readonly keys?: false;
    readonly keyValue?: KeyValue;
    readonly load?: LoadMeter;
    /** What records the requests to each part. */
    readonly tracers?: Readonly<Record<'gateway' | 'esr' | 'nhsmail' | 'passport', Tracer>>;
    readonly startPlanner?: (sdl: string) => Planner;
  } = {},
): Promise<TestGraph> {
  const log = options.log ?? createLog({ name: 'test', level: 'silent' });
  const now = () => NOW;
  const callerKeys = keysById({ keys: [publicHalf(callerKey.jwk)] });
  const sent: Sent[] = [];
  const changes: NumberedChange[] = [];

  const subgraph = async (
    name: 'esr' | 'nhsmail' | 'passport',
    sdl: string,
    resolvers: object,
  ): Promise<SubgraphTransport> => {
    const graph = subgraphRoutes<Context>({
      name,
      sdl,
      resolvers,
      rows,
      callerKeys,
      now,
      log,
      context: (request) => request,
    });
    const takeAccess: FastifyPluginAsync = async (routes) => {
      routes.post('/access-log', (request, reply) => {
        if (options.accessLogStatus !== undefined)
          return reply.code(options.accessLogStatus).send();
        const { entries } = request.body as { entries: readonly unknown[] };
        return reply.send({ written: entries.map(() => true) });
      });
      await Promise.resolve();
    };
    const app = await createHttpServer({
      name,
      log,
      routes: [graph, takeAccess],
      checks: {},
      draining: () => false,
      tracer: options.tracers?.[name],
    });
    return async (message) => {
      const body = Buffer.from(message.body);
      const caller = verifyCallerStatement(
        message.statement,
        { audience: name, body, now: NOW },
        callerKeys,
      );
      if (message.path === '/changes') {
        const { after } = JSON.parse(message.body) as { after?: number };
        const told = name === 'passport' && after !== undefined ? changes.splice(0) : [];
        const last = Math.max(after ?? 0, ...told.map(({ number }) => number));
        const answered = { changes: told, expired: [], last, at: NOW.toISOString() };
        return { status: 200, body: JSON.stringify(answered) };
      }
      sent.push({ ...message, to: name, caller, trace: traceHeaders() });
      const given = options.transports?.[name];
      if (given !== undefined) return given(message);
      const first = options.before?.[name]?.(message);
      if (first !== undefined) return first;
      const answer = await app.inject({
        method: 'POST',
        url: message.path,
        headers: {
          'content-type': 'application/json',
          ...traceHeaders(),
          [CALLER_HEADER]: message.statement,
          [REMAINING_HEADER]: String(message.deadline.remaining()),
        },
        body,
        signal: message.deadline.signal,
      });
      return { status: answer.statusCode, body: answer.body };
    };
  };
  const identity: TestIdentity = {
    down: false,
    version: 'v0',
    entries: [],
    proofs: new Set(),
    documents: new Map(),
    policies: {},
  };
  const identityHeard: (() => void)[] = [];
  const askIdentity: SubgraphTransport = (message) => {
    const { path, body, statement } = message;
    verifyCallerStatement(
      statement,
      { audience: 'identity', body: Buffer.from(body), now: NOW },
      callerKeys,
    );
    if (identity.down) return Promise.reject(new Error('down'));
    const before = options.before?.identity?.(message);
    if (before !== undefined) return before;
    const asked = JSON.parse(body) as { proof?: string; version?: string };
    const { version, entries, proofs, policies } = identity;
    if (path === '/internal/revocations') {
      // The gateway takes an answer up before anything else happens.
      if (asked.version !== version) {
        for (const heard of identityHeard.splice(0)) setImmediate(heard);
      }
      const answer =
        asked.version === version
          ? { unchanged: true }
          : { version, entries, documents: { withdrawals: version, policies } };
      return Promise.resolve({ status: 200, body: JSON.stringify(answer) });
    }
    if (path === '/internal/documents') {
      const { clientId, sha256 } = JSON.parse(body) as { clientId: string; sha256: string };
      const text = identity.documents.get(`${clientId} ${sha256}`) ?? null;
      return Promise.resolve({ status: 200, body: JSON.stringify({ text }) });
    }
    const first = !proofs.has(String(asked.proof));
    proofs.add(String(asked.proof));
    return Promise.resolve({ status: 200, body: JSON.stringify({ first }) });
  };
  const gateway = await composeGateway(
    {
      NODE_ENV: options.environment ?? 'production',
      GATEWAY_PUBLIC_URL: 'https://graph.example',
      GATEWAY_ISSUER: ISSUER,
      GATEWAY_JWKS_URL: `${ISSUER}/oauth/jwks`,
      GATEWAY_CALLER_KEY: callerKey.jwk,
      GATEWAY_RATE_LIMITS: UNLIMITED,
      ...options.settings,
    },
    {
      log,
      now,
      ...(options.keys === false
        ? {}
        : { keys: createLocalJWKSet({ keys: [publicHalf(issuerKey.jwk)] }) }),
      ...(options.keyValue === undefined ? {} : { keyValue: options.keyValue }),
      ...(options.settings?.GATEWAY_SUPERGRAPH === undefined ? { supergraphSdl: SUPERGRAPH } : {}),
      // A thread for each graph would cost more than everything else here.
      startPlanner:
        options.startPlanner ??
        ((sdl) => ({
          plan: plannerOf(sdl),
          ready: () => Promise.resolve(),
          stop: () => Promise.resolve(),
        })),
      identity: askIdentity,
      transports: {
        esr: await subgraph('esr', ESR_SDL, esrResolvers),
        nhsmail: await subgraph('nhsmail', NHSMAIL_SDL, { Query: { mailbox: () => 'm' } }),
        passport: await subgraph('passport', PASSPORT_SDL, passportResolvers),
      },
    },
  );
  await gateway.checks['identity revocations']?.();
  const app = await createHttpServer({
    name: 'gateway',
    log,
    routes: [gateway.routes],
    checks: gateway.checks,
    details: gateway.details,
    draining: () => false,
    tracer: options.tracers?.gateway,
    ...(options.load === undefined ? {} : { load: options.load }),
  });
  const post: TestGraph['post'] = async (request) => {
    const answer = await app.inject({ method: 'POST', url: '/graphql', ...request });
    const { data, errors: found = [] } = answer.json<{
      data?: unknown;
      errors?: Answer['errors'];
    }>();
    const { statusCode: status, headers, body: text } = answer;
    return { status, headers, text, data, errors: found };
  };
  return {
    app,
    sent,
    identity,
    post,
    changes,
    lookForSupergraph: gateway.lookForSupergraph,
    lookForChanges: gateway.lookForChanges,
    hearIdentity: async (version) => {
      identity.version = version;
      await new Promise<void>((resolve) => identityHeard.push(resolve));
    },
    ask: async (query, asker, variables) =>
      post({
        headers: {
          'content-type': 'application/json',
          accept: 'application/graphql-response+json',
          'x-request-id': 'request-0001',
          ...(asker === undefined ? {} : { authorization: `Bearer ${await token(asker)}` }),
          ...(asker?.purpose === undefined ? {} : { 'lanyard-purpose': asker.purpose }),
        },
        body: JSON.stringify({ query, variables }),
      }),
    stop: async () => {
      await app.close();
      await gateway.stop();
    },
  };
}
