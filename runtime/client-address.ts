/** Where a request comes from, for counting. */
import { isIP } from 'node:net';

import type { FastifyRequest } from 'fastify';

/**
 * The address that a request comes from: IPv4 whole, of IPv6 the network (`2001:db8:0:1::/64`), within which one host has as many
 * addresses as it likes (RFC 4291, section 2.5.4).
 *
 * @param publicUrl where clients find this process. It speaks plain HTTP, so an https address is that of a proxy before it, which
 *   adds the address that it saw at the end of `X-Forwarded-For`; whatever stands before that is anybody's word
 */
export function clientAddress(
  { headers, ip }: Pick<FastifyRequest, 'headers' | 'ip'>,
  publicUrl: string,
): string {
  const seen = publicUrl.startsWith('https:') ? addedLast(headers['x-forwarded-for']) : undefined;
  return networkOf(seen ?? ip);
}

/** With a port: `192.0.2.1:4711`, `[2001:db8::1]:4711`. */
const WITH_PORT = /^(?:\[(?<six>[^\]]+)\]|(?<four>[\d.]+))(?::\d+)?$/;

function addedLast(forwarded: string | string[] | undefined): string | undefined {
  const last = [forwarded].flat().at(-1)?.split(',').at(-1)?.trim() ?? '';
  const { six, four } = WITH_PORT.exec(last)?.groups ?? {};
  const address = six ?? four ?? last;
  return isIP(address) === 0 ? undefined : address;
}

const MAPPED = /^::ffff:(?<four>[\d.]+)$/i;
const GROUPS = 8;
const GROUPS_OF_NETWORK = 4;

function networkOf(address: string): string {
  if (isIP(address) !== 6) return address;
  const four = MAPPED.exec(address)?.groups?.['four'];
  if (four !== undefined) return four;
  const [before = '', after] = address.replace(/%.*$/, '').split('::');
  const groupsOf = (part: string): string[] => part.split(':').filter((group) => group !== '');
  const [first, last] = [groupsOf(before), groupsOf(after ?? '')];
  // An IPv4 address at the end stands for two groups.
  const written = first.length + last.length + (address.includes('.') ? 1 : 0);
  const zeros = Array.from({ length: GROUPS - written }, () => '0');
  const network = [...first, ...zeros, ...last].slice(0, GROUPS_OF_NETWORK);
  return `${network.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`;
}
