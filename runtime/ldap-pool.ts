/**
 * A few connections to an LDAP server, signed in as one account and reopened when they are lost. A search fails at
 * once when none is ready: nothing is queued while the directory is away.
 */
import { readFileSync } from 'node:fs';

import ldap from 'ldapjs';

import { withPatience } from './config.ts';
import {
  type LdapConnection,
  type LdapEntry,
  type LdapFilter,
  LdapRefused,
  type LdapSearch,
  type LdapServerOptions,
  LdapUnavailable,
  openLdapConnection,
} from './ldap-connection.ts';
import type { Logger } from './log.ts';

export {
  type LdapConnection,
  type LdapEntry,
  type LdapFilter,
  LdapRefused,
  type LdapSearch,
  LdapUnavailable,
};

/** Builders of filter objects. A value is never parsed, so it cannot change the filter's meaning. */
export const {
  EqualityFilter,
  AndFilter,
  OrFilter,
  NotFilter,
  PresenceFilter,
  GreaterThanEqualsFilter,
} = ldap;

/** Where the server is and how hard it may be asked. */
export interface LdapPoolOptions {
  /** `ldaps://host:port`, or `ldap:` on the same machine. */
  readonly url: string;
  readonly bindDn: string;
  readonly bindPassword: string;
  /** Connections kept open. */
  readonly size?: number;
  /** Milliseconds that one answer may take. */
  readonly deadlineMs?: number;
  /** A PEM file of certificate authorities, when not the system's. */
  readonly caFile?: string;
  /** The same, already read. */
  readonly tls?: { readonly ca: string };
  /** Whether `ldap:` connections are encrypted before anything else is said on them. */
  readonly startTls?: boolean;
}

/** Connections to a directory. */
export interface LdapPool {
  /**
   * The entries that match.
   *
   * @param search with `pageSize`, entries are read in pages of that size, until `sizeLimit`
   * @throws {LdapUnavailable} when the directory is away, too busy or too slow
   * @throws {LdapRefused} when the directory refuses the search
   */
  readonly search: (
    baseDn: string,
    search: LdapSearch & { readonly pageSize?: number },
  ) => Promise<readonly LdapEntry[]>;
  /** Any number of entries, read page by page on a connection of their own as they are taken. */
  readonly searchStream: (
    baseDn: string,
    search: Omit<LdapSearch, 'sizeLimit'> & { readonly pageSize?: number },
  ) => AsyncGenerator<LdapEntry, void, undefined>;
  /** A connection of the caller's own, to be closed by the caller. */
  readonly connect: () => Promise<LdapConnection>;
  /** Rejects when the directory does not answer. */
  readonly check: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Most searches that may wait for their answer on one connection. */
const IN_FLIGHT_LIMIT = 64;
/** Most streams at the same time. */
const STREAM_LIMIT = 4;
/** Entries in a page of a stream. */
const PAGE_SIZE = 500;
/** Wait before a lost connection is reopened: doubles from the first to the last, in milliseconds. */
const BACK_OFF_MS = { first: 100, last: 700 };

/** Starts connecting, and returns without waiting for it. */
export function createLdapPool(options: LdapPoolOptions, log: Logger): LdapPool {
  const closing = new AbortController();
  const server = { ...serverOptions(options), signal: closing.signal };
  const ready = new Set<LdapConnection>();
  const timers = new Set<NodeJS.Timeout>();
  let closed = false;
  const isClosed = (): boolean => closed;
  let streams = 0;

  const connect = async (failures: number): Promise<void> => {
    if (closed) return;
    try {
      const connection = await openLdapConnection(server, (reason) => {
        ready.delete(connection);
        if (!closed) log.warn({ err: reason }, 'directory connection lost');
        later(0);
      });
      ready.add(connection);
    } catch (error) {
      if (failures === 0 && !isClosed()) log.warn({ err: error }, 'directory connection failed');
      later(failures + 1);
    }
  };
  const later = (failures: number): void => {
    if (closed) return;
    const wait = Math.min(BACK_OFF_MS.first * 2 ** Math.min(failures, 10), BACK_OFF_MS.last);
    // Connections lost together come back a little apart.
    const timer = setTimeout(
      () => {
        timers.delete(timer);
        void connect(failures);
      },
      wait * (0.75 + Math.random() / 2),
    );
    timer.unref();
    timers.add(timer);
  };
  // Searches that come before the first attempt is over wait for it; it ends within the deadline.
  const firstAttempt = Promise.race(Array.from({ length: options.size ?? 2 }, () => connect(0)));

  const searchOnce = async (baseDn: string, search: LdapSearch): Promise<readonly LdapEntry[]> => {
    if (ready.size === 0) await firstAttempt;
    return (await freest().search(baseDn, search)).entries;
  };
  const freest = (): LdapConnection => {
    let best: LdapConnection | undefined;
    for (const connection of ready) {
      if (best === undefined || connection.inFlight() < best.inFlight()) best = connection;
    }
    if (best === undefined) throw new LdapUnavailable('no connection to the directory');
    if (best.inFlight() >= IN_FLIGHT_LIMIT) throw new LdapUnavailable('the directory is busy');
    return best;
  };

  async function* searchStream(
    baseDn: string,
    { pageSize = PAGE_SIZE, ...search }: Omit<LdapSearch, 'sizeLimit'> & { pageSize?: number },
  ): AsyncGenerator<LdapEntry, void, undefined> {
    if (closed) throw new LdapUnavailable('closed');
    if (streams >= STREAM_LIMIT) throw new LdapUnavailable('the directory is busy');
    streams += 1;
    // A server may keep one paged search per connection, so a stream has its own.
    let connection: LdapConnection | undefined;
    try {
      connection = await openLdapConnection(server, () => undefined);
      let cookie: Buffer = Buffer.alloc(0);
      do {
        const page = await connection.search(baseDn, search, { size: pageSize, cookie });
        yield* page.entries;
        cookie = page.cookie;
      } while (cookie.length > 0);
    } finally {
      streams -= 1;
      connection?.close();
    }
  }

  return {
    search: async (baseDn, { pageSize, ...search }) => {
      if (pageSize === undefined) return searchOnce(baseDn, search);
      const { sizeLimit = Infinity, ...rest } = search;
      const entries: LdapEntry[] = [];
      for await (const entry of searchStream(baseDn, { ...rest, pageSize })) {
        if (entries.push(entry) >= sizeLimit) break;
      }
      return entries;
    },
    searchStream,
    connect: () => {
      if (closed) throw new LdapUnavailable('closed');
      return openLdapConnection(server, () => undefined);
    },
    check: async () => {
      const rootDse = {
        filter: new PresenceFilter({ attribute: 'objectClass' }),
        scope: 'base',
        attributes: ['1.1'],
      } as const;
      await searchOnce('', rootDse).catch((error: unknown) => {
        // A refusal is an answer too.
        if (!(error instanceof LdapRefused)) throw error;
      });
    },
    close: () => {
      closed = true;
      for (const timer of timers) clearTimeout(timer);
      closing.abort();
      return Promise.resolve();
    },
  };
}

function serverOptions(options: LdapPoolOptions): LdapServerOptions {
  const tls =
    options.caFile === undefined ? options.tls : { ca: readFileSync(options.caFile, 'utf8') };
  return {
    url: options.url,
    bindDn: options.bindDn,
    bindPassword: options.bindPassword,
    deadlineMs: options.deadlineMs ?? withPatience(2_000),
    startTls: options.startTls ?? false,
    ...(tls === undefined ? {} : { tls }),
  };
}
