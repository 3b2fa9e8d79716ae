/** Where a staff-record service is and how to sign in there: a JSON file beside its key. */
import { readFile } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';

import { z } from 'zod';

import type { Clock } from '../../../runtime/clock.ts';
import { privateJwk, signerOf } from '../../../runtime/jwk-settings.ts';
import { machineAccessToken } from '../../../runtime/machine-client.ts';
import { RestFailed, type RestSource } from './fetch-records.ts';

/** `https`; this machine itself may be called without. */
const address = z.url().refine((text) => {
  const { protocol, hostname } = new URL(text);
  return protocol === 'https:' || (protocol === 'http:' && hostname === '127.0.0.1');
}, 'https');

const shape = z.strictObject({
  /** Without a slash at its end: `/organisations/...` follows. */
  url: address.transform((text) => text.replace(/\/$/, '')),
  tokenUrl: address,
  /** The authorization server's issuer identifier; the token address unless told. */
  issuer: z.string().min(1).max(255).optional(),
  clientId: z.string().min(1).max(255),
  scope: z.string().max(255).default('employee-records:read'),
  /** A private P-256 key as a JWK; looked for beside this file. */
  keyFile: z.string().min(1),
});

async function readJson<Shape extends z.ZodType>(path: string, shapeOf: Shape) {
  let value: unknown;
  try {
    value = JSON.parse(await readFile(path, 'utf8'));
  } catch {
    throw new RestFailed('rest_source_invalid', `${basename(path)} is not a JSON file`);
  }
  const read = shapeOf.safeParse(value);
  if (read.success) return read.data;
  const fields = read.error.issues.map((issue) => issue.path.join('.') || issue.code);
  throw new RestFailed('rest_source_invalid', `${basename(path)}: ${fields.join(', ')}`);
}

/**
 * Reads the description of a service.
 *
 * @throws {RestFailed} `rest_source_invalid`; nothing of the key is repeated
 */
export async function readRestSource(path: string, now: Clock): Promise<RestSource> {
  const { url, tokenUrl, issuer, clientId, scope, keyFile } = await readJson(path, shape);
  const key = await readJson(resolve(dirname(path), keyFile), privateJwk);
  const token = machineAccessToken({
    clientId,
    signer: signerOf(key),
    issuer: issuer ?? tokenUrl,
    tokenUrl,
    resource: url,
    scope,
    now,
  });
  return { url, token };
}
