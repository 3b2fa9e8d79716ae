/** Links to the parts of an export: good for an hour, and only for whoever may read the export. */
import { createHmac, timingSafeEqual } from 'node:crypto';

import type { StoredExport } from './export-ports.ts';
import { LINK_MS } from './export-times.ts';

/** What a link says. */
export interface PartLink {
  /** Seconds since 1970. */
  readonly expires: number;
  /** HMAC-SHA-256 over export, part and time, base64url. */
  readonly signature: string;
}

const NAME = /^part-(?<digits>\d{4,6})\.ndjson\.gz$/;

/** The name of a part's file. */
export const partName = (number: number): string =>
  `part-${String(number).padStart(4, '0')}.ndjson.gz`;

/** The number in a file's name; `undefined` when it is no part's. */
export function partNumber(name: string): number | undefined {
  const number = Number(NAME.exec(name)?.groups?.['digits']);
  return partName(number) === name ? number : undefined;
}

/** Makes a link's terms. */
export function linkPart(
  { id, linkSecret }: Pick<StoredExport, 'id' | 'linkSecret'>,
  name: string,
  now: Date,
): PartLink {
  const expires = Math.floor((now.getTime() + LINK_MS) / 1000);
  return { expires, signature: sign(linkSecret, id, name, expires).toString('base64url') };
}

/** What there is to say of a link. */
export function checkLink(
  { id, linkSecret }: Pick<StoredExport, 'id' | 'linkSecret'>,
  name: string,
  { expires, signature }: PartLink,
  now: Date,
): 'good' | 'forged' | 'expired' {
  const expected = sign(linkSecret, id, name, expires);
  const given = Buffer.from(signature, 'base64url');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return 'forged';
  return expires * 1000 > now.getTime() ? 'good' : 'expired';
}

const sign = (secret: Uint8Array, id: string, name: string, expires: number): Buffer =>
  createHmac('sha256', secret)
    .update(JSON.stringify([id, name, expires]))
    .digest();
