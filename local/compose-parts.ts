/** Every process's part, put together for one process on embedded parts. */
import { composeGateway } from '../gateway/compose.ts';
import { composeIdentity } from '../identity/compose.ts';
import { systemClock } from '../runtime/clock.ts';
import { type Database, openEmbedded } from '../runtime/database.ts';
import type { EmbeddedEngine } from '../runtime/embedded-database.ts';
import type { Composed } from '../runtime/http-server.ts';
import { publicHalf } from '../runtime/jwk-settings.ts';
import type { Logger } from '../runtime/log.ts';
import { memoryKeyValue } from '../runtime/memory-key-value.ts';
import { composeEsr } from '../subgraphs/esr/compose.ts';
import { composeNhsmail } from '../subgraphs/nhsmail/compose.ts';
import { composePassport } from '../subgraphs/passport/compose.ts';
import { composeWeb } from '../web/compose.ts';
import type { Demonstration } from './demonstration.ts';
import { inProcessTransport } from './in-process-transport.ts';
import type { Operations } from './operations.ts';
import { partsOperations } from './parts-operations.ts';
import { type Secrets, serviceClients } from './secrets.ts';

/** What the parts run on. */
export interface LocalParts {
  /** The one origin of everything. */
  readonly url: string;
  /** Host that it listens on. */
  readonly host: string;
  readonly secrets: Secrets;
  readonly engine: EmbeddedEngine;
  readonly demonstration: Pick<Demonstration, 'invented' | 'shortLived' | 'testPeople'>;
  readonly directoryUrl: string;
  /** Of the directory's service account, and of the people in it. */
  readonly serviceDn: string;
  readonly peopleDn: string;
  /** Hosts on this machine that signals may be pushed to. */
  readonly signalHosts: readonly string[];
  readonly log: Logger;
}

const MUCH = { perSecond: 1_000, perDay: 10_000_000 };
/** Programs that try things out ask faster than people do. */
const TRYING_OUT = {
  address: { perSecond: MUCH.perSecond },
  person: MUCH,
  machine: MUCH,
  application: MUCH,
  clients: {},
};
/** Milliseconds for one answer of the directory. Everything shares this machine, so it is generous. */
const DIRECTORY_DEADLINE_MS = 15_000;

/** Puts the parts together. */
export async function composeParts({
  url,
  host,
  secrets,
  engine,
  demonstration,
  directoryUrl,
  serviceDn,
  peopleDn,
  signalHosts,
  log,
}: LocalParts): Promise<{
  readonly parts: readonly Composed[];
  readonly operations: Pick<Operations, 'run'>;
}> {
  const keyValue = memoryKeyValue(systemClock);
  const database = (): Database => openEmbedded(engine);
  const common = { NODE_ENV: 'development', LOG_LEVEL: 'info', HOST: host } as const;
  const callerKeys = { keys: [publicHalf(secrets.callerKey)] };
  const graph = `${url}/graphql`;
  const tokens = `${url}/oauth/token`;
  const part = (name: string) => ({
    log: log.child({ process: name }),
    now: systemClock,
    database: database(),
    keyValue,
  });

  // One after another: there is one connection to the database, and each brings its schema up to date.
  const esr = await composeEsr(
    {
      ...common,
      ESR_CALLER_KEYS: callerKeys,
      ESR_EXPORT_KEY: secrets.exportKey,
      ESR_GRAPH_URL: graph,
      ESR_GRAPH_RESOURCE: graph,
      ESR_ISSUER: url,
      ESR_TOKEN_URL: tokens,
      ESR_CLIENT_KEY: secrets.esrClientKey,
    },
    part('esr'),
  );
  const nhsmail = await composeNhsmail(
    {
      ...common,
      NHSMAIL_LDAP_URL: directoryUrl,
      NHSMAIL_LDAP_BASE_DN: peopleDn,
      NHSMAIL_LDAP_DEADLINE_MS: DIRECTORY_DEADLINE_MS,
      NHSMAIL_LDAP_BIND_DN: serviceDn,
      NHSMAIL_LDAP_BIND_PASSWORD: secrets.directoryPassword,
      NHSMAIL_CALLER_KEYS: callerKeys,
      NHSMAIL_GRAPH_URL: graph,
      NHSMAIL_GRAPH_RESOURCE: graph,
      NHSMAIL_ISSUER: url,
      NHSMAIL_TOKEN_URL: tokens,
      NHSMAIL_CLIENT_KEY: secrets.nhsmailClientKey,
      NHSMAIL_MATCH_SECONDS: 30,
      // Of the invented organisations.
      NHSMAIL_SCIM_DOMAINS: { RZ1: ['rz1-trust.nhs.example'], RZ2: ['rz2-trust.nhs.example'] },
    },
    part('nhsmail'),
  );
  const passport = await composePassport(
    {
      ...common,
      PASSPORT_PUBLIC_URL: url,
      PASSPORT_WALLET_URL: url,
      PASSPORT_CALLER_KEYS: callerKeys,
      PASSPORT_KEY_ENCRYPTION_KEY: secrets.keyEncryptionKey,
      PASSPORT_GRAPH_URL: graph,
      PASSPORT_GRAPH_RESOURCE: graph,
      PASSPORT_ISSUER: url,
      PASSPORT_TOKEN_URL: tokens,
      PASSPORT_OFFERS_URL: `${url}/openid4vci/offers`,
      PASSPORT_CLIENT_KEY: secrets.passportClientKey,
      PASSPORT_PRIVATE_HOSTS: [...signalHosts],
    },
    { ...part('passport'), shortLived: demonstration.shortLived },
  );
  const identity = await composeIdentity(
    {
      ...common,
      IDENTITY_ISSUER: url,
      IDENTITY_LDAP_URL: directoryUrl,
      IDENTITY_LDAP_BASE_DN: peopleDn,
      IDENTITY_LDAP_DEADLINE_MS: DIRECTORY_DEADLINE_MS,
      IDENTITY_LDAP_BIND_DN: serviceDn,
      IDENTITY_LDAP_BIND_PASSWORD: secrets.directoryPassword,
      IDENTITY_SIGNING_KEY: secrets.signingKey,
      IDENTITY_SECRET: secrets.identitySecret,
      IDENTITY_CALLER_KEYS: callerKeys,
      IDENTITY_GRAPH_URL: graph,
      IDENTITY_GRAPH_RESOURCE: graph,
      IDENTITY_CLIENT_KEY: secrets.identityClientKey,
      IDENTITY_SERVICE_CLIENTS: serviceClients(secrets),
      IDENTITY_CREDENTIAL_TYPES_URL: url,
      IDENTITY_WEB_CLIENT: { jwk: publicHalf(secrets.webClientKey), url },
    },
    {
      ...part('identity'),
      demonstration: (hint) => demonstration.invented.find((person) => person.hint === hint),
    },
  );
  const gateway = await composeGateway(
    {
      ...common,
      GATEWAY_PUBLIC_URL: url,
      GATEWAY_ISSUER: url,
      GATEWAY_JWKS_URL: `${url}/oauth/jwks`,
      GATEWAY_CALLER_KEY: secrets.callerKey,
      GATEWAY_RATE_LIMITS: TRYING_OUT,
    },
    {
      ...part('gateway'),
      invented: demonstration.invented,
      identity: await inProcessTransport('identity', identity, log),
      transports: {
        esr: await inProcessTransport('esr', esr, log),
        nhsmail: await inProcessTransport('nhsmail', nhsmail, log),
        passport: await inProcessTransport('passport', passport, log),
      },
    },
  );

  const web = await composeWeb(
    {
      ...common,
      WEB_URL: url,
      WEB_SECRET: secrets.webSecret,
      WEB_ISSUER: url,
      WEB_CLIENT_KEY: secrets.webClientKey,
      WEB_GRAPH_URL: graph,
      WEB_GRAPH_RESOURCE: graph,
      WEB_PASSPORT_URL: url,
      WEB_TRUST_ANCHORS: [...(await passport.administration.issuerRegistry()).anchors],
    },
    {
      ...part('web'),
      invented: () => demonstration.invented,
      testPeople: demonstration.testPeople,
    },
  );

  return {
    parts: [gateway, identity, passport, nhsmail, esr, web],
    operations: partsOperations({
      esr,
      exports: esr.exports,
      nhsmail,
      directoryReport: nhsmail,
      identity,
      passport: passport.administration,
    }),
  };
}
