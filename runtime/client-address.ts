/** Where a request comes from. */
import type { FastifyRequest } from 'fastify';

/**
 * The address that a request comes from, for counting.
 *
 * @param publicUrl where clients find this process. It speaks plain HTTP, so an https address is that of a proxy before it, which
 *   adds the address that it saw at the end of `X-Forwarded-For`; whatever stands before that is anybody's word
 */
export function clientAddress(
  { headers, ip }: Pick<FastifyRequest, 'headers' | 'ip'>,
  publicUrl: string,
): string {
  const forwarded = headers['x-forwarded-for'];
  const last = [forwarded].flat().at(-1)?.split(',').at(-1)?.trim();
  return publicUrl.startsWith('https:') && last !== undefined && last !== '' ? last : ip;
}
