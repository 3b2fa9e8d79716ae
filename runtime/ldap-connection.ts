/**
 * One connection to an LDAP server (RFC 4511), on one ldapjs client that is thrown away with it. Everything the
 * client leaves to chance is settled here: deadlines, dead peers, garbage from the server, names it cannot read.
 */
import { isIP, type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';

import ldap, { type Client, type SearchOptions } from 'ldapjs';

import { ldapFraming } from './ldap-framing.ts';

/** The directory did not answer. Retrying later may work. */
export class LdapUnavailable extends Error {
  override readonly name = 'LdapUnavailable';
  readonly code = 'unavailable';
}

/** The directory answered with a result code (RFC 4511, section 4.1.9) that is not success. */
export class LdapRefused extends Error {
  override readonly name = 'LdapRefused';
  readonly code = 'ldap_refused';
  /** The result code. */
  readonly resultCode: number;
  constructor(resultCode: number) {
    super(`the directory answered with result code ${String(resultCode)}`);
    this.resultCode = resultCode;
  }
}

/** A filter object. Filters written as text are not accepted anywhere. */
export type LdapFilter = Exclude<NonNullable<SearchOptions['filter']>, string>;

/** One entry of the directory. */
export interface LdapEntry {
  /** The name exactly as the server wrote it. */
  readonly dn: string;
  /** Values by attribute name in lower case. */
  readonly attributes: ReadonlyMap<string, readonly string[]>;
}

/** What to look for. */
export interface LdapSearch {
  readonly filter: LdapFilter;
  readonly scope: 'base' | 'one' | 'sub';
  readonly attributes: readonly string[];
  /** Most entries wanted. Reaching it is not an error. */
  readonly sizeLimit?: number;
}

/** One page of a search (RFC 2696). */
export interface LdapPage {
  readonly entries: readonly LdapEntry[];
  /** Where the next page begins. Empty on the last page. */
  readonly cookie: Buffer;
}

/** Where the server is, who asks, and how long an answer may take. */
export interface LdapServerOptions {
  readonly url: string;
  readonly bindDn: string;
  readonly bindPassword: string;
  /** Milliseconds for connecting and signing in, and for each answer. */
  readonly deadlineMs: number;
  /** Certificate authorities (PEM) that the server is checked against, when not the system's. */
  readonly tls?: { readonly ca: string };
  /** Whether an `ldap:` connection is encrypted (RFC 4511, section 4.14) before anything else is said on it. */
  readonly startTls?: boolean;
  /** Ends the connection, also while it is being opened. */
  readonly signal?: AbortSignal;
}

/** A connection that is signed in. */
export interface LdapConnection {
  /** Searches waiting for their answer. */
  readonly inFlight: () => number;
  /** One search, or one page of it. */
  readonly search: (
    baseDn: string,
    search: LdapSearch,
    page?: { readonly size: number; readonly cookie: Buffer },
  ) => Promise<LdapPage>;
  /**
   * One search with a control of its own, whose answer is handed on as bytes. The connection takes no other search
   * afterwards; what `received` throws ends it.
   */
  readonly listen: (
    baseDn: string,
    search: Omit<LdapSearch, 'sizeLimit'>,
    control: { readonly type: string; readonly value: Buffer },
    listener: {
      readonly received: (data: Buffer) => void;
      /** Told once, when the connection ends. */
      readonly failed: (error: Error) => void;
    },
  ) => { readonly pause: () => void; readonly resume: () => void };
  readonly close: () => void;
}

/** Most entries of one answer that are kept. */
const ENTRY_LIMIT = 10_000;
/** Longest unfinished message that is kept, in bytes. */
const MESSAGE_LIMIT = 16 * 1024 * 1024;
/** Time limit that the server is told for an answer that is listened to, in seconds. */
const LISTEN_SECONDS = 6 * 60 * 60;
const OCTET_STRING = 0x04;
const PAGED_RESULTS = '1.2.840.113556.1.4.319';
const SIZE_LIMIT_EXCEEDED = 4;
/** timeLimitExceeded, adminLimitExceeded, busy, unavailable: the server may do better later. */
const PASSING_CODES: ReadonlySet<number> = new Set([3, 11, 51, 52]);

interface PagedControl {
  readonly type: string;
  readonly value: { readonly cookie: Buffer };
}

/** The client while it connects. */
interface StartsTls {
  readonly starttls: (
    options: object,
    controls: readonly [],
    done: (error?: Error | null) => void,
  ) => void;
}

// What the library has and its types do not.
const internals = ldap as unknown as {
  readonly Control: new (options: object) => PagedControl;
  readonly PagedResultsControl: new (options: object) => PagedControl;
  readonly SearchEntry: { parseToPojo: (ber: unknown) => { objectName: unknown } };
};

/** A name that the library passes on as it is: its own parser refuses or changes some valid names. */
const verbatimDn = (text: string) => ({ [Symbol.toStringTag]: 'LdapDn', toString: () => text });

const parseEntry = internals.SearchEntry.parseToPojo;
internals.SearchEntry.parseToPojo = (ber) => {
  const entry = parseEntry(ber);
  return { ...entry, objectName: verbatimDn(String(entry.objectName)) };
};

/**
 * Connects and signs in.
 *
 * @param lost called once when the connection ends, for whatever reason, after it was handed out
 * @throws {LdapUnavailable} when the server does not answer in time
 * @throws {LdapRefused} when the server does not accept the name and password
 */
export function openLdapConnection(
  options: LdapServerOptions,
  lost: (reason: Error) => void,
): Promise<LdapConnection> {
  return new Promise((resolve, reject) => {
    const client = ldap.createClient({
      url: options.url,
      reconnect: false,
      queueDisable: true,
      connectTimeout: options.deadlineMs,
      ...(options.url.startsWith('ldaps:') ? { tlsOptions: tlsOptions(options) } : {}),
    });
    const operations = new Set<(error: Error) => void>();
    let state: 'opening' | 'open' | 'dead' = 'opening';
    let heardAt = performance.now();
    let listening: ((data: Buffer) => void) | undefined;

    const die = (error: Error): void => {
      if (state === 'dead') return;
      const wasOpen = state === 'open';
      state = 'dead';
      clearTimeout(timer);
      options.signal?.removeEventListener('abort', closed);
      try {
        client.destroy();
        socketOf(client)?.destroy();
      } catch {
        // It is being thrown away.
      }
      const failure =
        error instanceof LdapRefused || error instanceof LdapUnavailable
          ? error
          : new LdapUnavailable('the connection to the directory was lost', { cause: error });
      for (const fail of [...operations]) fail(failure);
      if (wasOpen) lost(failure);
      else reject(failure);
    };
    const closed = (): void => {
      die(new LdapUnavailable('closed'));
    };
    const timer = setTimeout(() => {
      die(new LdapUnavailable('the directory did not answer in time'));
    }, options.deadlineMs);
    options.signal?.addEventListener('abort', closed);
    if (options.signal?.aborted === true) {
      closed();
      return;
    }

    for (const event of [
      'error',
      'connectError',
      'connectTimeout',
      'connectRefused',
      'setupError',
    ]) {
      client.on(event, (error: unknown) => {
        die(asError(error));
      });
    }
    for (const event of ['close', 'end', 'socketTimeout']) {
      client.on(event, () => {
        die(new Error('connection closed'));
      });
    }
    const watch = (socket: Socket): void => {
      guard(socket, client, {
        heard: () => {
          heardAt = performance.now();
        },
        listening: () => listening,
        die,
      });
    };
    client.on('setup', (opened: StartsTls, next: () => void) => {
      const socket = socketOf(client);
      if (socket === null) return;
      if (state === 'dead') {
        socket.destroy();
        return;
      }
      watch(socket);
      if (options.startTls !== true || options.url.startsWith('ldaps:')) {
        next();
        return;
      }
      opened.starttls(tlsOptions(options), [], (error) => {
        const secure = socketOf(client);
        if (state === 'dead') return;
        if (error != null || !(secure instanceof TLSSocket)) {
          die(new LdapUnavailable('the directory did not encrypt', { cause: error }));
          return;
        }
        watch(secure);
        next();
      });
    });
    client.on('connect', () => {
      client.bind(options.bindDn, options.bindPassword, (error: unknown, result?: unknown) => {
        if (state !== 'opening') return;
        if (error !== null || statusOf(result) !== 0) {
          die(failureOf(error));
          return;
        }
        clearTimeout(timer);
        state = 'open';
        resolve(connection);
      });
    });

    const connection: LdapConnection = {
      inFlight: () => operations.size,
      close: closed,
      search: (baseDn, search, page) =>
        new Promise((answer, fail) => {
          if (state !== 'open' || listening !== undefined) {
            fail(new LdapUnavailable('not connected to the directory'));
            return;
          }
          const startedAt = performance.now();
          const entries: LdapEntry[] = [];
          let messageId: number | undefined;
          const finish = (error?: Error, cookie: Buffer = Buffer.alloc(0)): void => {
            if (!operations.delete(stop)) return;
            clearTimeout(deadline);
            if (error === undefined) answer({ entries, cookie });
            else fail(error);
          };
          const stop = (error: Error): void => {
            finish(error);
          };
          const abandon = (error: Error): void => {
            finish(error);
            // A server that has said nothing at all since the question is taken for dead.
            if (heardAt < startedAt) die(error);
            else if (messageId !== undefined && state === 'open') {
              abandonable(client).abandon(messageId, [], () => undefined);
            }
          };
          const deadline = setTimeout(() => {
            abandon(new LdapUnavailable('the directory did not answer in time'));
          }, options.deadlineMs);
          operations.add(stop);

          const onResult = (error: unknown): void => {
            const partial =
              search.sizeLimit !== undefined && resultCodeOf(error) === SIZE_LIMIT_EXCEEDED;
            finish(partial ? undefined : failureOf(error));
          };
          try {
            client.search(
              verbatimDn(baseDn) as unknown as string,
              {
                scope: search.scope,
                filter: search.filter,
                attributes: [...search.attributes],
                sizeLimit: search.sizeLimit ?? 0,
                timeLimit: Math.ceil(options.deadlineMs / 1000),
              },
              page === undefined ? [] : [new internals.PagedResultsControl({ value: page })],
              (error, response) => {
                if (error !== null) {
                  onResult(error);
                  return;
                }
                response.on('searchRequest', (request: { readonly messageId: number }) => {
                  messageId = request.messageId;
                });
                response.on('searchEntry', (entry) => {
                  if (!operations.has(stop)) return;
                  if (entries.length >= ENTRY_LIMIT) {
                    abandon(new LdapRefused(SIZE_LIMIT_EXCEEDED));
                    return;
                  }
                  entries.push(entryOf(entry));
                });
                response.on('error', onResult);
                response.on('end', (result) => {
                  finish(undefined, cookieOf(result));
                });
              },
            );
          } catch (error) {
            finish(asError(error));
          }
        }),
      listen: (baseDn, search, control, { received, failed }) => {
        operations.add(failed);
        if (state === 'open' && listening === undefined) {
          listening = received;
          client.search(
            verbatimDn(baseDn) as unknown as string,
            {
              scope: search.scope,
              filter: search.filter,
              attributes: [...search.attributes],
              sizeLimit: 0,
              timeLimit: LISTEN_SECONDS,
            },
            [rawControl(control)],
            (error) => {
              if (error !== null) die(asError(error));
            },
          );
        } else {
          failed(new LdapUnavailable('not connected to the directory'));
        }
        return {
          pause: () => socketOf(client)?.pause(),
          resume: () => socketOf(client)?.resume(),
        };
      },
    };
  });
}

/** Reads from the socket in place of the library, so that what its parser throws ends this connection and no more. */
function guard(
  socket: Socket,
  client: Client,
  options: {
    readonly heard: () => void;
    /** Who reads instead of the library. */
    readonly listening: () => ((data: Buffer) => void) | undefined;
    readonly die: (error: Error) => void;
  },
): void {
  const { heard, listening, die } = options;
  socket.setNoDelay(true);
  socket.setKeepAlive(true, 30_000);
  const messagesIn = ldapFraming(MESSAGE_LIMIT);
  socket.removeAllListeners('data');
  socket.on('data', (data: Buffer) => {
    heard();
    try {
      const listener = listening();
      if (listener !== undefined) {
        listener(data);
        return;
      }
      for (const message of messagesIn(data)) {
        // What comes in clear text after the agreement to encrypt is nobody's answer.
        if (socketOf(client) !== socket) throw new Error('said more in clear text');
        const parser = parserOf(client);
        parser?.write(message);
        // It would go on waiting for the rest of a message that it does not understand.
        if (parser?.buffer != null) throw new Error('message not understood');
      }
    } catch (error) {
      die(asError(error));
    }
  });
}

/** A control that is critical, with a value that the library does not look into. */
const rawControl = ({ type, value }: { readonly type: string; readonly value: Buffer }) =>
  Object.assign(new internals.Control({ type, criticality: true, value: '' }), {
    _toBer: (ber: { readonly writeBuffer: (value: Buffer, tag: number) => void }) => {
      ber.writeBuffer(value, OCTET_STRING);
    },
  });

/** How a server proves who it is: by a certificate for the host of the address. */
function tlsOptions({ url, tls }: LdapServerOptions): object {
  const host = new URL(url).hostname.replaceAll(/^\[|\]$/g, '');
  return {
    // The library would check the name of another host where it is not told this one.
    host,
    ...(isIP(host) === 0 ? { servername: host } : {}),
    minVersion: 'TLSv1.2',
    rejectUnauthorized: true,
    ...tls,
  };
}

const abandonable = (client: Client) =>
  client as unknown as {
    readonly abandon: (messageId: number, controls: readonly [], done: () => void) => void;
  };

const socketOf = (client: Client): Socket | null =>
  (client as unknown as { readonly _socket: Socket | null })._socket;

const parserOf = (client: Client) =>
  (
    client as unknown as {
      readonly _tracker: {
        readonly parser: {
          readonly buffer: Buffer | null;
          readonly write: (message: Buffer) => void;
        };
      } | null;
    }
  )._tracker?.parser;

const asError = (error: unknown): Error =>
  error instanceof Error ? error : new Error('unknown failure');

const statusOf = (result: unknown): unknown =>
  typeof result === 'object' && result !== null && 'status' in result ? result.status : undefined;

/** The result code of an error that is the server's answer. The library's own errors have codes of their own from 128. */
function resultCodeOf(error: unknown): number | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'number' && code > 0 && code < 128 ? code : undefined;
}

function failureOf(error: unknown): Error {
  const code = resultCodeOf(error);
  return code === undefined || PASSING_CODES.has(code)
    ? new LdapUnavailable('the directory did not answer', { cause: error })
    : new LdapRefused(code);
}

function entryOf(entry: ldap.SearchEntry): LdapEntry {
  const attributes = new Map<string, readonly string[]>();
  for (const { type, values } of entry.attributes) {
    attributes.set(type.toLowerCase(), typeof values === 'string' ? [values] : values);
  }
  return { dn: String(entry.objectName), attributes };
}

function cookieOf(result: ldap.SearchResultDone | null): Buffer {
  const controls = (result?.controls ?? []) as readonly PagedControl[];
  return controls.find(({ type }) => type === PAGED_RESULTS)?.value.cookie ?? Buffer.alloc(0);
}
