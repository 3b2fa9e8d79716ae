/** The whole system in one process on embedded parts: what `npm start` runs. For trying out, never for production. */
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';

import { type EmbeddedEngine, startEmbeddedEngine } from '../runtime/embedded-database.ts';
import { lockFolder } from '../runtime/folder-lock.ts';
import type { Logger } from '../runtime/log.ts';
import { listen } from '../runtime/process.ts';
import { holdRepeatedWork } from '../runtime/repeatedly.ts';
import { serveControl } from './control.ts';
import { type Demonstration, prepareDemonstration } from './demonstration.ts';
import { startEmbeddedDirectory } from './directory/start.ts';
import type { Operations } from './operations.ts';
import { readOrMakeSecrets } from './secrets.ts';

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
  /** Starts the engine of its database, which has to be empty on first start; in `dataFolder` when left out. */
  readonly startEngine?: () => Promise<EmbeddedEngine>;
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
    // What goes on between requests asks the graph, and the one connection to the database is busy with loading until then.
    const goOn = holdRepeatedWork();
    undo.unshift(goOn);
    // The origin is part of the parts' settings, so the port has to be known before they are made.
    const port = await choosePort(options.port);
    onProgress('Starting the embedded database and directory');
    const starting = (
      options.startEngine ?? (() => startEmbeddedEngine({ folder: join(dataFolder, 'database') }))
    )();
    undo.unshift(async () => (await starting.catch(() => undefined))?.close());
    // The database starts in a thread of its own: until it is there, everything else is read and compiled here.
    const loading = import('./compose-parts.ts');
    const [secrets, demonstration] = await Promise.all([
      readOrMakeSecrets(join(dataFolder, 'secrets.json')),
      prepareDemonstration(dataFolder, { staff: options.staff ?? 2_000, seed: options.seed ?? 1 }),
      loading,
    ]);
    const [engine, directory] = await Promise.all([
      starting,
      startEmbeddedDirectory({
        ldifFile: demonstration.directoryFile,
        serviceDn: SERVICE_DN,
        servicePassword: secrets.directoryPassword,
      }).then((directory) => {
        undo.unshift(() => directory.stop());
        return directory;
      }),
    ]);

    const url = `http://localhost:${String(port)}`;
    const { composeParts } = await loading;
    const { parts, operations } = await composeParts({
      url,
      host: HOST,
      secrets,
      engine,
      demonstration,
      directoryUrl: directory.url,
      serviceDn: SERVICE_DN,
      peopleDn: PEOPLE_DN,
      signalHosts: options.signalHosts ?? [],
      log,
    });
    const listening = await listen({
      name: 'lanyard',
      log,
      host: HOST,
      port,
      parts,
      withPrivateRoutes: false,
    });
    undo.unshift(() => listening.stop());

    undo.unshift(await serveControl(dataFolder, operations, log));
    await demonstration.load(operations, {
      onProgress,
      withoutImport: options.withoutImport ?? false,
    });
    goOn();
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
