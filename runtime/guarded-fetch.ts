/**
 * Requests to addresses that others have chosen: none that ends inside our own networks, by whatever name, and nothing
 * that goes on for long.
 *
 * Source: the special-purpose registries of RFC 6890; OWASP on server-side request forgery.
 */
import { lookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

import { Agent, request } from 'undici';

import { withPatience } from './config.ts';

/** Longest wait for the whole of an answer, in milliseconds. */
const DEADLINE_MS = 2_000;
/** Largest answer, in bytes. */
const LARGEST = 64 * 1024;

/** What may be fetched. */
export interface GuardedFetchOptions {
  /** Hosts inside our own networks that may be called all the same; with the port when it is not the usual one. */
  readonly allowedHosts: readonly string[];
  /** Whether `http` will do: never in production. */
  readonly allowHttp: boolean;
}

/** The address is not one that may be called. */
export class FetchRefused extends Error {
  override readonly name = 'FetchRefused';
  readonly code = 'fetch_refused';
}

/** Fetches. Redirects are not followed; the body has been read when it returns. */
export type GuardedFetch = (
  url: string | URL,
  init?: {
    readonly method?: string;
    readonly headers?: Headers | Readonly<Record<string, string>>;
    readonly body?: string | URLSearchParams;
  },
) => Promise<Response>;

const closed = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const) {
  closed.addSubnet(network, prefix, 'ipv4');
}
/** Of IPv6 only what is handed out to the public, without the parts that lead elsewhere. */
const open6 = new BlockList();
open6.addSubnet('2000::', 3, 'ipv6');
for (const [network, prefix] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const) {
  closed.addSubnet(network, prefix, 'ipv6');
}

/** Whether an IP address is one of the public internet. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !closed.check(address, 'ipv4');
  return family === 6 && open6.check(address, 'ipv6') && !closed.check(address, 'ipv6');
}

const limits = () => ({
  connections: 4,
  pipelining: 1,
  maxResponseSize: LARGEST,
  headersTimeout: withPatience(DEADLINE_MS),
  bodyTimeout: withPatience(DEADLINE_MS),
  keepAliveTimeout: 1_000,
});

/** Looks a name up for a connection, which goes to the address that was looked at: a name cannot change its mind. */
const lookupPublic: LookupFunction = (host, options, callback) => {
  lookup(host, { ...options, all: true }, (error, found) => {
    if (error !== null) {
      callback(error, []);
      return;
    }
    const [first] = found;
    if (first === undefined || !found.every(({ address }) => isPublicAddress(address))) {
      callback(new FetchRefused('the name leads inside'), []);
    } else if (options.all === true) callback(null, found);
    else callback(null, first.address, first.family);
  });
};

/** Creates the function. */
export function guardedFetch({ allowedHosts, allowHttp }: GuardedFetchOptions): GuardedFetch {
  const timeout = withPatience(DEADLINE_MS);
  const open = new Agent({ ...limits(), connect: { timeout } });
  const guarded = new Agent({ ...limits(), connect: { timeout, lookup: lookupPublic } });

  return async (address, init = {}) => {
    const url = new URL(address);
    if (url.protocol !== 'https:' && !(allowHttp && url.protocol === 'http:')) {
      throw new FetchRefused('the address must be https');
    }
    // An address written as numbers is not looked up.
    const host = url.hostname.replace(/^\[|\]$/g, '');
    const isAllowed = allowedHosts.includes(url.host);
    if (!isAllowed && isIP(host) !== 0 && !isPublicAddress(host)) {
      throw new FetchRefused('the address is inside');
    }
    const { method = 'GET', headers, body } = init;
    // Not the usual fetch: that would unpack the answer, and a small one can unpack to a large one.
    const answer = await request(url, {
      method: method === 'POST' ? 'POST' : 'GET',
      headers: Object.fromEntries(new Headers(headers)),
      ...(body === undefined ? {} : { body: String(body) }),
      dispatcher: isAllowed ? open : guarded,
      signal: AbortSignal.timeout(timeout),
    });
    const { statusCode: status } = answer;
    const bytes = await answer.body.arrayBuffer();
    if (bytes.byteLength > LARGEST) throw new FetchRefused('the answer is too large');
    return new Response([204, 205, 304].includes(status) ? null : bytes, { status });
  };
}
