/** An identity process on an embedded database, with small stand-ins for the systems around it. */
import { generateKeyPairSync } from 'node:crypto';

import { composeIdentity, type IdentityParts } from '../../../identity/compose.ts';
import type { IdentitySettings } from '../../../identity/config.ts';
import type { Notification } from '../../../identity/domain/credential-ports.ts';
import type { IssueRequest } from '../../../identity/domain/ports.ts';
import type { Leaver } from '../../../identity/domain/leavers.ts';
import { systemClock } from '../../../runtime/clock.ts';
import type { Database } from '../../../runtime/database.ts';
import { openEmbedded } from '../../../runtime/database.ts';
import { createLog } from '../../../runtime/log.ts';
import { memoryKeyValue } from '../../../runtime/memory-key-value.ts';
import { listen } from '../../../runtime/process.ts';
import type { PrivateJwk } from '../../../runtime/jwk-settings.ts';
import { freePort } from '../../servers/child.ts';
import { startTestEngine } from '../../servers/embedded.ts';

/** A new P-256 key pair as JWKs. */
export function newKey(kid: string): { private: PrivateJwk; public: Omit<PrivateJwk, 'd'> } {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '', d = '' } = privateKey.export({ format: 'jwk' });
  const half = { kty: 'EC', crv: 'P-256', kid, x, y } as const;
  return { private: { ...half, d }, public: half };
}

export const GRAPH = 'http://127.0.0.1:4000/graphql';
export const PASSWORD = 'correct horse battery staple';

/** What the stand-ins do; a test changes it as it goes. */
export interface World {
  /** Accounts by address. */
  readonly people: Map<
    string,
    { employeeType: string; name: string; staffId?: string; odsCodes?: readonly string[] }
  >;
  directoryDown: boolean;
  /** Ends of employments, as the graph tells them. */
  readonly leavers: Leaver[];
  /** Ends of placements. */
  readonly placements: Leaver[];
  graphDown: boolean;
  /** What the passport subgraph was asked to issue. */
  readonly issued: IssueRequest[];
  /** What the passport subgraph was told of offers that ended. */
  readonly ended: string[];
  /** The next answer of the passport subgraph, when it is not a credential. */
  denial: string | undefined;
  /** What the passport subgraph was told of credentials. */
  readonly noted: Notification[];
}

/** A running process. */
export type Identity = Awaited<ReturnType<typeof startIdentity>>;

/** Gives a person a role: two operators do. Returns the grant's id. */
export async function grantRole(
  { composed }: Pick<Identity, 'composed'>,
  role: {
    readonly mail: string;
    readonly role: 'HR_OFFICER' | 'ADMINISTRATOR';
    readonly odsCode: string;
    readonly from?: string;
    readonly until?: string;
  },
): Promise<string> {
  const { grantId } = await composed.requestRole({ ...role, by: 'first' });
  await composed.approveRole({ grantId, by: 'second' });
  return grantId;
}

/** Starts a process. */
export async function startIdentity(
  options: {
    database?: Database;
    parts?: Partial<IdentityParts>;
    settings?: Partial<IdentitySettings>;
    /** A public address in production, behind a proxy. */
    issuer?: string;
  } = {},
) {
  const engine = options.database === undefined ? await startTestEngine() : undefined;
  const database = options.database ?? (engine === undefined ? undefined : openEmbedded(engine));
  if (database === undefined) throw new Error('no database');
  const port = await freePort();
  const address = `http://127.0.0.1:${String(port)}`;
  const issuer = options.issuer ?? address;
  const keys = {
    signing: newKey('as-1'),
    identity: newKey('identity-1'),
    passport: newKey('passport-1'),
    nhsmail: newKey('nhsmail-1'),
    hr: newKey('hr-1'),
    caller: newKey('gateway-1'),
  };
  const world: World = {
    people: new Map(),
    directoryDown: false,
    leavers: [],
    placements: [],
    graphDown: false,
    issued: [],
    ended: [],
    denial: undefined,
    noted: [],
  };
  const down = (): Error => Object.assign(new Error('down'), { code: 'unavailable' });
  const log = createLog({ name: 'identity', level: process.env['TEST_LOG'] ?? 'silent' });
  const composed = await composeIdentity(
    {
      NODE_ENV: options.issuer === undefined ? 'test' : 'production',
      IDENTITY_ISSUER: issuer,
      IDENTITY_LDAP_URL: 'ldap://127.0.0.1:1',
      IDENTITY_LDAP_BASE_DN: 'ou=people,dc=nhs,dc=example',
      IDENTITY_LDAP_BIND_DN: 'cn=lanyard,dc=nhs,dc=example',
      IDENTITY_LDAP_BIND_PASSWORD: 'secret',
      IDENTITY_SIGNING_KEY: keys.signing.private,
      IDENTITY_SECRET: 'c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LXNlY3JldA',
      IDENTITY_CALLER_KEYS: { keys: [keys.caller.public] },
      IDENTITY_GRAPH_URL: GRAPH,
      IDENTITY_GRAPH_RESOURCE: GRAPH,
      IDENTITY_CLIENT_KEY: keys.identity.private,
      IDENTITY_SERVICE_CLIENTS: {
        'lanyard-identity': { jwk: keys.identity.public },
        'lanyard-passport': { jwk: keys.passport.public },
        'lanyard-nhsmail': { jwk: keys.nhsmail.public },
      },
      IDENTITY_TOKENS_PER_MINUTE: 1_000_000,
      IDENTITY_CREDENTIAL_TYPES_URL: 'http://127.0.0.1:4004',
      ...options.settings,
    },
    {
      log,
      now: systemClock,
      database,
      keyValue: memoryKeyValue(systemClock),
      directory: {
        findByMail: (mail) => {
          if (world.directoryDown) return Promise.reject(down());
          const person = world.people.get(mail.toLowerCase());
          return Promise.resolve(
            person && {
              dn: `mail=${mail}`,
              mail: mail.toLowerCase(),
              displayName: person.name,
              employeeType: person.employeeType,
            },
          );
        },
        verifyPassword: (account, password) =>
          world.directoryDown
            ? Promise.reject(down())
            : Promise.resolve(account !== undefined && password === PASSWORD),
      },
      leavers: {
        read: (after = '0') => {
          const position = Number(after);
          const leavers = world.leavers.slice(position);
          return Promise.resolve({ leavers, position: String(world.leavers.length), more: false });
        },
      },
      placements: {
        read: (after = '0') => {
          const leavers = world.placements.slice(Number(after));
          const position = String(world.placements.length);
          return Promise.resolve({ leavers, position, more: false });
        },
      },
      records: {
        findEmployment: (mail) => {
          if (world.graphDown) return Promise.reject(down());
          const { staffId, odsCodes = ['RZ1'] } = world.people.get(mail) ?? {};
          return Promise.resolve(staffId === undefined ? undefined : { staffId, odsCodes });
        },
        findStaffId: (mail) =>
          world.graphDown
            ? Promise.reject(down())
            : Promise.resolve(world.people.get(mail)?.staffId),
      },
      offerMakers: {
        tellDead: (offerId) => {
          if (world.graphDown) return Promise.reject(down());
          world.ended.push(offerId);
          return Promise.resolve();
        },
      },
      issuer: {
        issue: (request) => {
          if (world.graphDown) return Promise.reject(down());
          world.issued.push(request);
          return Promise.resolve(
            world.denial === undefined
              ? {
                  kind: 'issued',
                  credentials: request.holderKeys.map(({ x }) => ({
                    id: `jti-${String(x)}`,
                    compact: `sd-jwt-of-${request.idempotencyKey}-${String(x)}~`,
                  })),
                }
              : world.denial === 'ISSUING_STOPPED'
                ? { kind: 'stopped' }
                : { kind: 'denied', code: world.denial },
          );
        },
      },
      credentialRecords: {
        note: (notification) => {
          if (world.graphDown) return Promise.reject(down());
          world.noted.push(notification);
          return Promise.resolve();
        },
      },
      ...options.parts,
    },
  );
  await composed.registerClient({
    clientId: 'hr-rz1',
    name: 'HR system of Ashbourne Valley',
    odsCode: 'RZ1',
    jwks: { keys: [keys.hr.public] },
  });
  const listening = await listen({
    name: 'identity',
    log,
    host: '127.0.0.1',
    port,
    parts: [composed],
    withPrivateRoutes: true,
  });
  return {
    issuer,
    address,
    keys,
    world,
    composed,
    database,
    stop: async () => {
      await listening.stop();
      await engine?.close();
    },
  };
}
