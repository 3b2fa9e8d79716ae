/** The whole system in one process on embedded parts: what `npm start` runs. For trying out, never for production. */
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';

import { composeGateway } from '../gateway/compose.ts';
import { composeIdentity } from '../identity/compose.ts';
import { systemClock } from '../runtime/clock.ts';
import { type Database, openEmbedded } from '../runtime/database.ts';
import { startEmbeddedEngine } from '../runtime/embedded-database.ts';
import { lockFolder } from '../runtime/folder-lock.ts';
import type { Composed } from '../runtime/http-server.ts';
import { publicHalf } from '../runtime/jwk-settings.ts';
import type { Logger } from '../runtime/log.ts';
import { memoryKeyValue } from '../runtime/memory-key-value.ts';
import { listen } from '../runtime/process.ts';
import { composeEsr } from '../subgraphs/esr/compose.ts';
import { composeNhsmail } from '../subgraphs/nhsmail/compose.ts';
import { composePassport } from '../subgraphs/passport/compose.ts';
import { composeWeb } from '../web/compose.ts';
import { serveControl } from './control.ts';
import { type Demonstration, prepareDemonstration } from './demonstration.ts';
import { startEmbeddedDirectory } from './directory/start.ts';
import { inProcessTransport } from './in-process-transport.ts';
import type { Operations } from './operations.ts';
import { partsOperations } from './parts-operations.ts';
import { readOrMakeSecrets, serviceClients } from './secrets.ts';

/** Where and with what a local system starts. */
export interface LocalOptions {
  /** Everything it keeps is in here. One process at a time. */
  readonly dataFolder: string;
  /** 0 lets the system choose. */
  readonly port: number;
  readonly log: Logger;
  /** How many people the demonstration data has, on first start. */
  readonly staff?: number;
  /** The same seed gives the same demonstration data. */
  readonly seed?: number;
  /** Hosts on this machine that signals may be pushed to, with their ports; none when left out. */
  readonly signalHosts?: readonly string[];
  /** Leaves importing and matching to the caller: the story tells those steps itself. */
  readonly withoutImport?: boolean;
  /** Told what is being done, one line each. */
  readonly onProgress?: (line: string) => void;
}

/** A running local system. */
export interface LocalSystem {
  /** Its one origin, e.g. `http://localhost:4000`. */
  readonly url: string;
  readonly demonstration: Demonstration;
  /** Codes with which people who act for others sign in for the first time, by address. */
  readonly setupCodes: ReadonlyMap<string, string>;
  /** Address of the embedded directory, for `ldapsearch`. */
  readonly directoryUrl: string;
  readonly operations: Pick<Operations, 'run'>;
  /** Stops everything, within five seconds. */
  readonly stop: () => Promise<void>;
}

const HOST = 'localhost';
const SERVICE_DN = 'cn=lanyard,dc=nhs,dc=example';
const PEOPLE_DN = 'ou=people,dc=nhs,dc=example';
const MUCH = { perSecond: 1_000, perDay: 10_000_000 };
/** Programs that try things out ask faster than people do. */
const TRYING_OUT = { person: MUCH, machine: MUCH, application: MUCH, clients: {} };
/** Milliseconds for one answer of the directory. Everything shares this machine, so it is generous. */
const DIRECTORY_DEADLINE_MS = 15_000;

/**
 * Starts the system. On the first start on a folder it makes the secrets and loads the demonstration data.
 *
 * @throws {FolderLocked} when another process runs on the folder
 */
export async function startLocal(options: LocalOptions): Promise<LocalSystem> {
  const { dataFolder, log, onProgress = () => undefined } = options;
  const release = lockFolder(dataFolder);
  // What has been started, newest first. A failed start ends it all again.
  const undo: (() => Promise<void> | void)[] = [release];
  const stop = async (): Promise<void> => {
    for (const end of undo.splice(0)) await end();
  };
  try {
    // The origin is part of the parts' settings, so the port has to be known before they are made.
    const port = await choosePort(options.port);
    onProgress('Starting the embedded database and directory');
    const [secrets, engine, demonstration] = await Promise.all([
      readOrMakeSecrets(join(dataFolder, 'secrets.json')),
      startEmbeddedEngine({ folder: join(dataFolder, 'database') }),
      prepareDemonstration(dataFolder, { staff: options.staff ?? 2_000, seed: options.seed ?? 1 }),
    ]);
    undo.unshift(() => engine.close());
    const directory = await startEmbeddedDirectory({
      ldifFile: demonstration.directoryFile,
      serviceDn: SERVICE_DN,
      servicePassword: secrets.directoryPassword,
    });
    undo.unshift(() => directory.stop());

    const url = `http://localhost:${String(port)}`;
    const keyValue = memoryKeyValue(systemClock);
    const database = (): Database => openEmbedded(engine);
    const common = { NODE_ENV: 'development', LOG_LEVEL: 'info', HOST } as const;
    const callerKeys = { keys: [publicHalf(secrets.callerKey)] };
    const graph = `${url}/graphql`;
    const tokens = `${url}/oauth/token`;
    const part = (name: string) => ({
      log: log.child({ process: name }),
      now: systemClock,
      database: database(),
      keyValue,
    });

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
        NHSMAIL_LDAP_URL: directory.url,
        NHSMAIL_LDAP_BASE_DN: PEOPLE_DN,
        NHSMAIL_LDAP_DEADLINE_MS: DIRECTORY_DEADLINE_MS,
        NHSMAIL_LDAP_BIND_DN: SERVICE_DN,
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
        PASSPORT_PRIVATE_HOSTS: [...(options.signalHosts ?? [])],
      },
      part('passport'),
    );
    const identity = await composeIdentity(
      {
        ...common,
        IDENTITY_ISSUER: url,
        IDENTITY_LDAP_URL: directory.url,
        IDENTITY_LDAP_BASE_DN: PEOPLE_DN,
        IDENTITY_LDAP_DEADLINE_MS: DIRECTORY_DEADLINE_MS,
        IDENTITY_LDAP_BIND_DN: SERVICE_DN,
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
      { ...part('web'), invented: () => demonstration.invented },
    );

    const parts: readonly Composed[] = [gateway, identity, passport, nhsmail, esr, web];
    const listening = await listen({
      name: 'lanyard',
      log,
      host: HOST,
      port,
      parts,
      withPrivateRoutes: false,
    });
    undo.unshift(() => listening.stop());

    const operations = partsOperations({
      esr,
      exports: esr.exports,
      nhsmail,
      directoryReport: nhsmail,
      identity,
      passport: passport.administration,
    });
    undo.unshift(await serveControl(dataFolder, operations, log));
    await demonstration.load(operations, {
      onProgress,
      withoutImport: options.withoutImport ?? false,
    });
    const setupCodes = await demonstration.setupCodes(operations);
    return { url, demonstration, setupCodes, directoryUrl: directory.url, operations, stop };
  } catch (error) {
    await stop().catch(() => undefined);
    throw error;
  }
}

/** The port is taken by another program. */
class PortInUse extends Error {
  override readonly name = 'PortInUse';
  readonly code = 'port_in_use';
  constructor(port: number, options: ErrorOptions) {
    super(`Port ${String(port)} is in use. Choose another with PORT.`, options);
  }
}

/**
 * The port to listen on: a free one for 0.
 *
 * @throws {PortInUse} before anything has been started
 */
async function choosePort(port: number): Promise<number> {
  const probe = createServer();
  probe.listen(port, HOST);
  await once(probe, 'listening').catch((cause: unknown) => {
    throw new PortInUse(port, { cause });
  });
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  return typeof address === 'object' && address !== null ? address.port : port;
}
