/** The passport subgraph on a test's own parts: a real store, a graph and an offer desk that answer from memory. */
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
} from 'node:crypto';

import {
  type Caller,
  CALLER_HEADER,
  GATEWAY,
  signCallerStatement,
} from '../../../../runtime/caller-statement.ts';
import type { Database } from '../../../../runtime/database.ts';
import type { AskGraph } from '../../../../runtime/graph-client.ts';
import { createHttpServer } from '../../../../runtime/http-server.ts';
import { publicHalf } from '../../../../runtime/jwk-settings.ts';
import { createLog } from '../../../../runtime/log.ts';
import { memoryKeyValue } from '../../../../runtime/memory-key-value.ts';
import { keyObjectSigner, type Signer } from '../../../../standards/compact-jws.ts';
import { publicJwkOf, type PublicEcJwk } from '../../../../standards/jwk-thumbprint.ts';
import { presentSdJwt } from '../../../../standards/sd-jwt/present-sd-jwt.ts';
import { createKeyBoundPresentation } from '../../../../standards/sd-jwt-vc/key-binding.ts';
import { composePassport, type PassportRuntime } from '../../../../subgraphs/passport/compose.ts';
import type { PassportSettings } from '../../../../subgraphs/passport/config.ts';
import type { DcqlQuery } from '../../../../standards/openid4vp/dcql.ts';
import type { OfferDesk } from '../../../../subgraphs/passport/domain/ports/offer-desk.ts';

/** A new P-256 private key as a JWK. */
export function newPrivateJwk(kid: string) {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { d } = privateKey.export({ format: 'jwk' });
  return { ...publicJwkOf(privateKey), kid, d: d ?? '' };
}

/** Settings that outlive one process: what a restart finds again. */
export interface KeptSettings {
  readonly gatewayKey: ReturnType<typeof newPrivateJwk>;
  readonly encryptionKey: string;
}

export const newSettings = (): KeptSettings => ({
  gatewayKey: newPrivateJwk('gateway-1'),
  encryptionKey: randomBytes(32).toString('base64url'),
});

export const PUBLIC_URL = 'https://passport.example';

/** A person's record as the graph gives it. */
export function nurse(id: string, odsCode = 'RZ1') {
  const employer = { odsCode, name: `Trust ${odsCode}` };
  return {
    id,
    name: { given: 'Amara', family: 'Okafor-Lindqvist' },
    birthDate: '1991-04-17',
    employments: [
      { employer, personType: 'EMPLOYEE', hireDate: '2018-09-03', terminationDate: null },
    ],
    assignments: [
      {
        assignmentNumber: '90000017',
        employer: { odsCode },
        primary: true,
        positionTitle: 'Staff Nurse',
        jobRole: 'Staff Nurse',
        staffGroup: 'Nursing and Midwifery Registered',
        grade: 'NHS|XR06|Review Body Band 6',
        startDate: '2018-09-03',
        endDate: null,
      },
    ],
    registrations: [
      {
        body: 'NMC',
        number: '18Z0042E',
        status: 'REGISTERED',
        type: 'Nurse - Adult',
        expiresOn: '2030-09-30',
        lastCheckedAt: '2026-11-21T06:00:00Z',
      },
    ],
    competences: [
      {
        framework: 'CSTF',
        subject: 'Fire Safety',
        level: null,
        awardedBy: { odsCode },
        awardedOn: '2026-02-01',
        expiresOn: '2028-02-01',
      },
    ],
    mailboxes: [{ mail: 'amara.okafor-lindqvist@nhs.example', organisation: { odsCode } }],
  };
}

/** A record that a test may bend. */
export type GraphRecord = { -readonly [Name in keyof ReturnType<typeof nurse>]: unknown };

/** A wallet: a key, and what it can do with a credential. */
export interface Wallet {
  readonly jwk: PublicEcJwk;
  readonly signer: Signer;
  readonly present: (
    sdJwt: string,
    request: {
      readonly nonce: string;
      readonly audience: string;
      readonly claims?: readonly string[];
      readonly dcql?: DcqlQuery;
    },
    now: Date,
  ) => Promise<string>;
}

/** Names of the claims that a query asks for. */
const asksFor = (dcql: DcqlQuery | undefined): readonly string[] =>
  (dcql?.credentials ?? []).flatMap(({ claims = [] }) => claims.map(({ path }) => String(path[0])));

export function newWallet(): Wallet {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const signer = keyObjectSigner({ key: privateKey, kid: 'holder' });
  return {
    jwk: publicJwkOf(createPublicKey(privateKey)),
    signer,
    present: (sdJwt, { nonce, audience, dcql, claims = asksFor(dcql) }, now) =>
      createKeyBoundPresentation(
        {
          presentation: presentSdJwt(sdJwt, ([name]) => claims.includes(String(name))),
          nonce,
          audience,
          now,
        },
        signer,
      ),
  };
}

/** Callers as the gateway states them. */
export const callers = {
  hr: (odsCode: string): Caller => ({
    kind: 'person',
    subject: `stf_hr-${odsCode}`,
    clientId: 'web',
    name: `HR of ${odsCode}`,
    scopes: new Set(['self:read', 'hr:read', 'passport:read', 'passport:offer', 'passport:verify']),
    odsCode,
    purpose: 'TEMPORARY_MOVEMENT',
    requestId: 'request-of-hr',
  }),
  administrator: (odsCode: string): Caller => ({
    kind: 'person',
    subject: `stf_admin-${odsCode}`,
    clientId: 'web',
    name: `Administrator of ${odsCode}`,
    scopes: new Set([
      'self:read',
      'passport:read',
      'passport:revoke',
      'agreement:manage',
      'policy:manage',
      'access:review',
    ]),
    odsCode,
    purpose: 'HR_ADMINISTRATION',
    requestId: 'request-of-administrator',
  }),
  staff: (id: string): Caller => ({
    kind: 'person',
    subject: id,
    clientId: 'web',
    name: 'Amara Okafor-Lindqvist',
    scopes: new Set(['self:read', 'self:share']),
    requestId: 'request-of-staff',
  }),
  identity: (): Caller => ({
    kind: 'machine',
    subject: 'lanyard-identity',
    clientId: 'lanyard-identity',
    name: 'Lanyard sign-in',
    scopes: new Set(['account:resolve', 'credential:issue', 'event:read']),
    requestId: 'request-of-identity',
  }),
};

interface UserErrors {
  readonly errors: readonly {
    readonly code: string;
    readonly path: readonly string[];
    readonly rule: string | null;
  }[];
}
/** A credential as the operations ask for it. */
export interface CredentialAnswer {
  readonly id: string;
  readonly state: string;
  readonly version: number;
  readonly statusListUri: string;
  readonly statusIndex: number;
}
/** A request for a presentation as the operations ask for it. */
export interface RequestAnswer {
  readonly id: string;
  readonly nonce: string;
  readonly audience: string;
  readonly state: string;
  readonly dcql: DcqlQuery;
  readonly link: string;
  readonly walletUri: string | null;
  readonly digitalCredentialRequest: {
    readonly protocol: string;
    readonly data: { readonly request: string };
  } | null;
  readonly expiresAt: string;
}
interface CheckAnswer {
  readonly name: string;
  readonly outcome: string;
  readonly code: string | null;
}
/** What came of an answer, as the operations ask for it. */
export interface ResultAnswer {
  readonly outcome: string;
  readonly holder: { readonly id: string } | null;
  readonly checks: readonly CheckAnswer[];
  readonly credentials: readonly {
    readonly queryId: string;
    readonly outcome: string;
    readonly type: string | null;
    readonly issuer: { readonly odsCode: string } | null;
    readonly credentialId: string | null;
    readonly issuedAt: string | null;
    readonly expiresAt: string | null;
    readonly statusAsOf: string | null;
    readonly disclosed: readonly string[];
    readonly claims: Readonly<Record<string, unknown>> | null;
    readonly checks: readonly CheckAnswer[];
  }[];
}
/** A request with what came of it. */
export interface PresentationAnswer extends RequestAnswer {
  readonly fetchedAt: string | null;
  readonly refusedBecause: string | null;
  readonly result: ResultAnswer | null;
}
interface Edges<Node> {
  readonly edges: readonly { readonly cursor: string; readonly node: Node }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}
/** A reading that stands out, as the operations ask for it. */
export interface FlaggedAnswer {
  readonly staff: { readonly id: string };
  readonly reader: { readonly id: string };
  readonly entry: { readonly flags: readonly string[] | null };
}
/** What the operations below answer. */
export interface AnswerData {
  readonly credentialOffer: UserErrors & {
    readonly offer: { readonly id: string; readonly expiresAt: string } | null;
  };
  readonly credentialOfferEnd: UserErrors;
  readonly credentialIssue: UserErrors & {
    readonly issued: readonly {
      readonly compact: string;
      readonly credential: CredentialAnswer;
    }[];
  };
  readonly credentialNote: UserErrors & { readonly noted: number };
  readonly result: UserErrors & { readonly credential: CredentialAnswer | null };
  readonly presentationRequest: UserErrors & { readonly request: RequestAnswer };
  readonly presentationVerify: UserErrors & { readonly result: ResultAnswer | null };
  readonly presentation: PresentationAnswer | null;
  readonly credential: CredentialAnswer | null;
  readonly flaggedAccess: Edges<FlaggedAnswer> | null;
  readonly _entities: readonly [
    {
      readonly passport: {
        readonly status: string;
        readonly credentials: Edges<CredentialAnswer>;
        readonly offers: readonly {
          readonly id: string;
          readonly state: string;
          readonly deferred: boolean;
        }[];
      } | null;
      readonly accessLog: Edges<object> | null;
    },
  ];
}

/** An answer of the subgraph. */
export interface Answer {
  readonly data?: AnswerData | null;
  readonly errors?: readonly { readonly extensions: { readonly code: string } }[];
  readonly extensions?: { readonly people?: readonly string[] };
}

/** A desk that remembers what it opened. */
export function memoryDesk(): OfferDesk & { readonly opened: string[] } {
  const opened: string[] = [];
  return {
    opened,
    open: ({ offerId, expiresAt }) => {
      opened.push(offerId);
      const digits = createHash('sha256').update(offerId).digest().readUInt32BE() % 1_000_000;
      return Promise.resolve({
        uri: `openid-credential-offer://?credential_offer_uri=https%3A%2F%2Fidentity.example%2Fopenid4vci%2Foffers%2F${offerId}`,
        uriByValue: 'openid-credential-offer://?credential_offer=%7B%7D',
        transactionCode: String(digits).padStart(6, '0'),
        expiresAt,
      });
    },
  };
}

/** A graph that knows the records given to it. `undefined` stands for a source that does not answer. */
export const memoryGraph =
  (people: ReadonlyMap<string, GraphRecord | undefined>): AskGraph =>
  ({ variables, shape }) => {
    const id = String(variables['id']);
    if (people.has(id) && people.get(id) === undefined) {
      return Promise.reject(Object.assign(new Error('no answer'), { code: 'unavailable' }));
    }
    return Promise.resolve(shape.parse({ staff: people.get(id) ?? null }));
  };

/** Starts the subgraph. */
export async function startPassport(options: {
  readonly database: Database;
  readonly settings: KeptSettings;
  readonly people: ReadonlyMap<string, GraphRecord | undefined>;
  readonly now?: () => Date;
  readonly desk?: OfferDesk;
  readonly runtime?: Partial<PassportRuntime>;
  /** Settings past those that every test has. */
  readonly changes?: Partial<PassportSettings>;
  /** Organisations that may issue everything. */
  readonly accredited?: readonly string[];
}) {
  const { settings, now = () => new Date() } = options;
  const log = createLog({ name: 'passport', level: 'silent' });
  const composed = await composePassport(
    {
      PASSPORT_PUBLIC_URL: PUBLIC_URL,
      PASSPORT_CALLER_KEYS: { keys: [publicHalf(settings.gatewayKey)] },
      PASSPORT_KEY_ENCRYPTION_KEY: settings.encryptionKey,
      PASSPORT_GRAPH_URL: 'http://127.0.0.1:1/graphql',
      PASSPORT_GRAPH_RESOURCE: 'http://127.0.0.1:1/graphql',
      PASSPORT_ISSUER: 'http://127.0.0.1:1',
      PASSPORT_TOKEN_URL: 'http://127.0.0.1:1/oauth/token',
      PASSPORT_OFFERS_URL: 'http://127.0.0.1:1/openid4vci/offers',
      PASSPORT_CLIENT_KEY: newPrivateJwk('passport-1'),
      ...options.changes,
    },
    {
      log,
      now,
      database: options.database,
      keyValue: memoryKeyValue(now),
      askGraph: memoryGraph(options.people),
      offerDesk: options.desk ?? memoryDesk(),
      fetchLiveList: () => Promise.resolve(undefined),
      background: false,
      ...options.runtime,
    },
  );
  const app = await createHttpServer({
    name: 'passport',
    log,
    draining: () => false,
    checks: composed.checks,
    details: composed.details,
    routes: [composed.routes, ...(composed.privateRoutes ? [composed.privateRoutes] : [])],
  });
  await app.ready();
  for (const odsCode of options.accredited ?? ['RZ1', 'RZ2', 'X26']) {
    await composed.administration.accreditIssuer({ odsCode, from: '2020-01-01', by: 'the test' });
  }
  const { gatewayKey } = settings;
  const gateway = keyObjectSigner({
    key: createPrivateKey({ key: gatewayKey, format: 'jwk' }),
    kid: gatewayKey.kid,
  });
  const send = async (caller: Caller, url: string, body: unknown) => {
    const text = JSON.stringify(body);
    return app.inject({
      method: 'POST',
      url,
      headers: {
        'content-type': 'application/json',
        [CALLER_HEADER]: await signCallerStatement(
          caller,
          { audience: 'passport', body: text, now: now() },
          gateway,
        ),
      },
      payload: text,
    });
  };
  return {
    app,
    composed,
    send,
    /** Writes down what a caller has read, as the gateway does. */
    record: (caller: Caller, read: { people: readonly string[]; fields: readonly string[] }) =>
      send(gatewayItself, '/access-log', { entries: [accessEntry(caller, read)] }),
    ask: async (caller: Caller, query: string, variables: object = {}): Promise<Answer> =>
      (await send(caller, '/graphql', { query, variables })).json(),
    stop: async () => {
      await app.close();
      await composed.stop();
    },
  };
}

/** An entry of the access log as the gateway sends it. */
export const accessEntry = (
  { subject, name, odsCode, purpose, requestId }: Caller,
  read: { people: readonly string[]; fields: readonly string[] },
) => ({ reader: { subject, name, odsCode, purpose, requestId }, ...read });

/** The gateway, on nobody's behalf. */
export const gatewayItself: Caller = {
  kind: 'machine',
  subject: GATEWAY,
  clientId: GATEWAY,
  name: GATEWAY,
  scopes: new Set(),
  requestId: 'request-of-gateway',
};

/** A started subgraph. */
export type Bench = Awaited<ReturnType<typeof startPassport>>;

const CREDENTIAL = `id type format state version reason issuer { odsCode } statusListUri statusIndex issuedAt expiresAt`;
const ERRORS = `errors { code path rule }`;
const REQUEST = `id state dcql nonce audience link walletUri digitalCredentialRequest expiresAt`;
const CHECKS = `checks { name outcome code }`;
const RESULT = `outcome holder { id } ${CHECKS}
  credentials { queryId outcome type issuer { odsCode } credentialId issuedAt expiresAt statusAsOf disclosed claims ${CHECKS} }`;

/** Operations of the subgraph by name. */
export const operations = {
  offer: `mutation ($input: CredentialOfferInput!) { credentialOffer(input: $input) {
    offer { id uri transactionCode expiresAt } ${ERRORS} } }`,
  issue: `mutation ($input: CredentialIssueInput!) { credentialIssue(input: $input) {
    issued { compact credential { ${CREDENTIAL} } } ${ERRORS} } }`,
  suspend: `mutation ($input: CredentialStatusInput!) { result: credentialSuspend(input: $input) {
    credential { ${CREDENTIAL} } ${ERRORS} } }`,
  reinstate: `mutation ($input: CredentialStatusInput!) { result: credentialReinstate(input: $input) {
    credential { ${CREDENTIAL} } ${ERRORS} } }`,
  revoke: `mutation ($input: CredentialStatusInput!) { result: credentialRevoke(input: $input) {
    credential { ${CREDENTIAL} } ${ERRORS} } }`,
  request: `mutation ($input: PresentationRequestInput!) { presentationRequest(input: $input) {
    request { ${REQUEST} } ${ERRORS} } }`,
  verify: `mutation ($input: PresentationVerifyInput!) { presentationVerify(input: $input) {
    request { id state } result { ${RESULT} } ${ERRORS} } }`,
  presentation: `query ($id: ID!) { presentation(id: $id) { ${REQUEST} fetchedAt refusedBecause result { ${RESULT} } } }`,
  note: `mutation ($input: CredentialNoteInput!) { credentialNote(input: $input) { noted ${ERRORS} } }`,
  credential: `query ($id: ID!) { credential(id: $id) { ${CREDENTIAL} holderEvent holderEventAt } }`,
  passport: `query ($id: ID!, $first: Int! = 20, $after: String) {
    _entities(representations: [{ __typename: "StaffMember", id: $id }]) { ... on StaffMember {
      id passport { id status credentials(first: $first, after: $after) {
        edges { cursor node { ${CREDENTIAL} } } pageInfo { hasNextPage endCursor } } } } } }`,
  endOffer: `mutation ($input: CredentialOfferEndInput!) { credentialOfferEnd(input: $input) { ${ERRORS} } }`,
  offers: `query ($id: ID!) {
    _entities(representations: [{ __typename: "StaffMember", id: $id }]) { ... on StaffMember {
      passport { status offers { id state types deferred uri uriByValue transactionCode endedAt endedBecause } } } } }`,
  accessLog: `query ($id: ID!, $first: Int! = 20, $after: String) {
    _entities(representations: [{ __typename: "StaffMember", id: $id }]) { ... on StaffMember {
      accessLog(first: $first, after: $after) {
        edges { cursor node { at actorName actorOrganisation { odsCode } purpose fields requestId flags } }
        pageInfo { hasNextPage endCursor } } } } }`,
  flaggedAccess: `query ($first: Int! = 20, $after: String) { flaggedAccess(first: $first, after: $after) {
    edges { node { staff { id } reader { id } entry { actorName purpose fields flags } } }
    pageInfo { hasNextPage endCursor } } }`,
};

/** What came of an answer with one credential, as if it were that credential's alone. */
export function ofOneCredential(result: ResultAnswer | null | undefined) {
  const [only, ...others] = result?.credentials ?? [];
  if (result == null || only === undefined || others.length > 0) {
    throw new Error('there is not one credential');
  }
  return { ...only, outcome: result.outcome, checks: [...only.checks, ...result.checks] };
}

let keys = 0;
/** A key that was not used before. */
export const newKey = (): string => `key-${String((keys += 1))}-${randomBytes(4).toString('hex')}`;

/** Offers and issues one credential, and returns it with the wallet that holds it. */
export async function issueTo(
  bench: Bench,
  {
    staffId,
    odsCode,
    type,
    attestations = [],
  }: { staffId: string; odsCode: string; type: string; attestations?: readonly object[] },
) {
  const offered = await bench.ask(callers.hr(odsCode), operations.offer, {
    input: { idempotencyKey: newKey(), staffId, types: [type], attestations },
  });
  const offerId = offered.data?.credentialOffer.offer?.id ?? 'none';
  const wallet = newWallet();
  const input = { idempotencyKey: newKey(), offerId, type, holderKeys: [wallet.jwk] };
  const issued = await bench.ask(callers.identity(), operations.issue, { input });
  if (issued.data == null) throw new Error('nothing was issued');
  const { issued: credentials, errors } = issued.data.credentialIssue;
  const [only] = credentials;
  if (only === undefined) throw new Error(`nothing was issued: ${errors[0]?.code ?? 'why?'}`);
  return { offerId, wallet, input, sdJwt: only.compact, credential: only.credential };
}
