/** The secrets of an installation: made once at random, never a default. */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';

import { z } from 'zod';

import { type PrivateJwk, privateJwk, publicHalf } from '../runtime/jwk-settings.ts';

const secret = z.string().min(43);

const shape = z.object({
  /** Signs the gateway's statements to the subgraphs. */
  callerKey: privateJwk,
  /** Signs access tokens. */
  signingKey: privateJwk,
  /** Cookies, nonces and codes of the authorization server. */
  identitySecret: secret,
  /** Encrypts the issuers' private keys at rest. */
  keyEncryptionKey: secret,
  /** The service account's password in the embedded directory. */
  directoryPassword: secret,
  /** Keys with which the processes sign in to each other. */
  identityClientKey: privateJwk,
  nhsmailClientKey: privateJwk,
  passportClientKey: privateJwk,
});

/** Every secret that an installation has. */
export type Secrets = z.infer<typeof shape>;

/** A new private key on P-256. */
export function newPrivateJwk(kid: string): PrivateJwk {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return privateJwk.parse({ ...privateKey.export({ format: 'jwk' }), kid });
}

/** New secrets, all random. */
export function newSecrets(): Secrets {
  const random = (): string => randomBytes(32).toString('base64url');
  const key = (name: string): PrivateJwk =>
    newPrivateJwk(`${name}-${randomBytes(6).toString('base64url')}`);
  return {
    callerKey: key('caller'),
    signingKey: key('token'),
    identitySecret: random(),
    keyEncryptionKey: random(),
    directoryPassword: random(),
    identityClientKey: key('identity'),
    nhsmailClientKey: key('nhsmail'),
    passportClientKey: key('passport'),
  };
}

/** Public keys of the three processes that sign in as machine clients, by client id. */
export const serviceClients = (secrets: Secrets) => ({
  'lanyard-identity': { jwk: publicHalf(secrets.identityClientKey) },
  'lanyard-nhsmail': { jwk: publicHalf(secrets.nhsmailClientKey) },
  'lanyard-passport': { jwk: publicHalf(secrets.passportClientKey) },
});

/** Reads the secrets kept in a file that only its owner may read; makes them when there is no file. */
export async function readOrMakeSecrets(file: string): Promise<Secrets> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text !== undefined) return shape.parse(JSON.parse(text));
  const secrets = newSecrets();
  await writeFile(file, JSON.stringify(secrets), { mode: 0o600, flag: 'wx' });
  return secrets;
}
