/**
 * A read-only LDAP server over entries in memory: simple bind, search with pages (RFC 2696) and size limit, root DSE.
 * For loopback only. Anybody who is signed in may read everything but passwords.
 */
import { timingSafeEqual, createHash } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo, Server as NetServer, Socket } from 'node:net';

import ldap from 'ldapjs';

import { nameKey } from './distinguished-name.ts';
import type { Entries, FilterNode } from './entries.ts';
import type { StoredEntry } from './ldif.ts';
import { isOperational } from './operational-attributes.ts';
import { isPassword } from './password.ts';

/** What is served, and the account that the processes use. */
export interface DirectoryServerOptions {
  readonly entries: Entries;
  /** Name of the topmost entry. */
  readonly suffix: string;
  readonly serviceDn: string;
  readonly servicePassword: string;
  /** 0 lets the system choose. */
  readonly port: number;
}

const RESULT = {
  success: 0,
  sizeLimitExceeded: 4,
  noSuchObject: 32,
  invalidCredentials: 49,
  insufficientAccessRights: 50,
  unwillingToPerform: 53,
} as const;
const PAGED_RESULTS = '1.2.840.113556.1.4.319';
/** RFC 3673: asked for with `+`. */
const ALL_OPERATIONAL_ATTRIBUTES = '1.3.6.1.4.1.4203.1.5.1';
/** Longest unfinished request that is kept, in bytes. */
const REQUEST_LIMIT = 1024 * 1024;

interface Connection extends Socket {
  readonly parser: { readonly buffer: Buffer | null };
  readonly ldap: { readonly bindDN: object };
}
interface Request {
  readonly connection: Connection;
  readonly dn: { readonly toString: () => string };
  readonly messageId: number;
}
interface BindRequest extends Request {
  readonly credentials: string;
}
interface SearchRequest extends Request {
  readonly scope: number | 'base' | 'one' | 'sub';

  readonly filter: FilterNode;
  readonly attributes: readonly string[];
  readonly sizeLimit: number;
  readonly typesOnly: boolean;
  readonly controls: readonly {
    readonly type: string;
    readonly value: { readonly size: number; readonly cookie: Buffer };
  }[];
}
interface Response {
  readonly end: (status?: number) => void;
}
interface SearchResponse extends Response {
  readonly send: (entry: object) => void;
  readonly addControl: (control: object) => void;
}
/** What is left of a paged search. A connection has one at a time. */
interface Pages {
  readonly cookie: string;
  readonly rest: readonly StoredEntry[];
  readonly status: number;
}

const internals = ldap as unknown as {
  readonly PagedResultsControl: new (options: object) => object;
  readonly SearchEntry: new (options: object) => object;
};

/** Starts listening on 127.0.0.1. Resolves to the port. */
export async function serveDirectory(options: DirectoryServerOptions): Promise<number> {
  const server = ldap.createServer();
  const signedIn = new WeakMap<Connection, object>();
  const pages = new WeakMap<Connection, Pages>();
  const net = (server as unknown as { readonly server: NetServer }).server;
  server.on('error', () => undefined);
  server.on('clientError', () => undefined);
  net.on('connection', (socket: Connection) => {
    socket.setNoDelay(true);
    guard(socket);
  });

  server.bind('', (request: BindRequest, response: Response) => {
    const { connection, credentials } = request;
    signedIn.delete(connection);
    pages.delete(connection);
    // A name without a password (RFC 4513, section 5.1.2).
    if (credentials === '') {
      response.end(RESULT.unwillingToPerform);
      return;
    }
    const accepted = isAccepted(String(request.dn), credentials, options);
    // An anonymous bind is answered by the library, which then puts another object here.
    if (accepted) signedIn.set(connection, connection.ldap.bindDN);
    response.end(accepted ? RESULT.success : RESULT.invalidCredentials);
  });

  server.search('', (request: SearchRequest, response: SearchResponse) => {
    const { connection } = request;
    const base = String(request.dn);
    const scope = SCOPES[request.scope] ?? 'base';
    if (nameKey(base) === '' && scope === 'base') {
      response.send(searchEntry(request, rootDse(options.suffix)));
      response.end();
      return;
    }
    if (signedIn.get(connection) !== connection.ldap.bindDN) {
      response.end(RESULT.insufficientAccessRights);
      return;
    }
    const control = request.controls.find(({ type }) => type === PAGED_RESULTS)?.value;
    const cookie = control?.cookie.toString() ?? '';
    const before = pages.get(connection);
    pages.delete(connection);
    if (cookie !== '' && cookie !== before?.cookie) {
      response.end(RESULT.unwillingToPerform);
      return;
    }
    const found =
      cookie !== '' && before !== undefined
        ? before
        : search(options.entries, { base, scope, request });
    if (found === undefined) {
      response.end(RESULT.noSuchObject);
      return;
    }
    const size = control === undefined ? Infinity : Math.max(1, control.size);
    for (const entry of found.rest.slice(0, size)) response.send(searchEntry(request, entry));
    const rest = found.rest.slice(size);
    if (control !== undefined) {
      const next = rest.length === 0 ? '' : String(request.messageId);
      if (next !== '') pages.set(connection, { cookie: next, rest, status: found.status });
      response.addControl(
        new internals.PagedResultsControl({ value: { size: 0, cookie: Buffer.from(next) } }),
      );
    }
    response.end(rest.length === 0 ? found.status : RESULT.success);
  });

  server.listen(options.port, '127.0.0.1');
  await Promise.race([
    once(net, 'listening'),
    once(net, 'error').then(([error]) => {
      throw error as Error;
    }),
  ]);
  return (net.address() as AddressInfo).port;
}

const SCOPES: Readonly<Record<string | number, 'base' | 'one' | 'sub'>> = {
  0: 'base',
  1: 'one',
  2: 'sub',
  base: 'base',
  one: 'one',
  single: 'one',
  sub: 'sub',
  subtree: 'sub',
};

function search(
  entries: Entries,
  {
    base,
    scope,
    request,
  }: {
    readonly base: string;
    readonly scope: 'base' | 'one' | 'sub';
    readonly request: SearchRequest;
  },
): Pages | undefined {
  const found = entries.search({ base, scope, filter: request.filter });
  if (found === undefined) return undefined;
  const limit = request.sizeLimit > 0 ? request.sizeLimit : Infinity;
  return {
    cookie: '',
    rest: found.slice(0, limit),
    status: found.length > limit ? RESULT.sizeLimitExceeded : RESULT.success,
  };
}

function isAccepted(
  dn: string,
  password: string,
  { entries, serviceDn, servicePassword }: DirectoryServerOptions,
): boolean {
  if (nameKey(dn) === nameKey(serviceDn)) return sameText(password, servicePassword);
  const stored = entries
    .get(dn)
    ?.attributes.find(({ type }) => type.toLowerCase() === 'userpassword');
  return stored?.values.some((value) => isPassword(value, password)) ?? false;
}

const sameText = (a: string, b: string): boolean =>
  timingSafeEqual(createHash('sha256').update(a).digest(), createHash('sha256').update(b).digest());

function searchEntry(request: SearchRequest, entry: StoredEntry): object {
  const wanted = new Set(request.attributes.map((name) => name.toLowerCase()));
  const all = wanted.size === 0 || wanted.has('*');
  const operational = wanted.has('+');
  return new internals.SearchEntry({
    messageId: request.messageId,
    // The library's own parser refuses or changes some valid names.
    objectName: { [Symbol.toStringTag]: 'LdapDn', toString: () => entry.dn },
    attributes: entry.attributes
      .filter(({ type }) => type.toLowerCase() !== 'userpassword')
      .filter(
        ({ type }) => (isOperational(type) ? operational : all) || wanted.has(type.toLowerCase()),
      )
      .map(
        ({ type, values }) =>
          new ldap.Attribute({ type, values: request.typesOnly ? [] : [...values] }),
      ),
  });
}

const rootDse = (suffix: string): StoredEntry => ({
  dn: '',
  attributes: [
    { type: 'objectClass', values: ['top'] },
    { type: 'namingContexts', values: [suffix] },
    { type: 'supportedLDAPVersion', values: ['3'] },
    { type: 'supportedControl', values: [PAGED_RESULTS] },
    { type: 'supportedFeatures', values: [ALL_OPERATIONAL_ATTRIBUTES] },
  ],
});

/** Keeps what the library's parser throws from ending more than the connection it came from. */
function guard(socket: Connection): void {
  const readers = socket.listeners('data') as ((data: Buffer) => void)[];
  socket.removeAllListeners('data');
  socket.on('data', (data: Buffer) => {
    try {
      for (const read of readers) read.call(socket, data);
      if ((socket.parser.buffer?.length ?? 0) > REQUEST_LIMIT) socket.destroy();
    } catch {
      socket.destroy();
    }
  });
}
