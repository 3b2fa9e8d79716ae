/** The secrets of an installation: made once at random, never a default. */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';

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
  esrClientKey: privateJwk,
  webClientKey: privateJwk,
  /** Encrypts the sessions of the pages. */
  webSecret: secret,
  /** Signs the manifests of bulk exports. */
  exportKey: privateJwk,
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
    esrClientKey: key('esr'),
    webClientKey: key('web'),
    webSecret: random(),
    exportKey: key('export'),
  };
}

/** Public keys of the processes that sign in as machine clients, by client id. */
export const serviceClients = (secrets: Secrets) => ({
  'lanyard-esr': { jwk: publicHalf(secrets.esrClientKey) },
  'lanyard-identity': { jwk: publicHalf(secrets.identityClientKey) },
  'lanyard-nhsmail': { jwk: publicHalf(secrets.nhsmailClientKey) },
  'lanyard-passport': { jwk: publicHalf(secrets.passportClientKey) },
});

/**
 * Reads the secrets kept in a file that only its owner may read; makes them when there is no file. Those that the file
 * lacks, since it is of an earlier version, are added to it.
 */
export async function readOrMakeSecrets(file: string): Promise<Secrets> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  const kept = text === undefined ? {} : shape.partial().parse(JSON.parse(text));
  const whole = shape.safeParse(kept);
  if (whole.success) return whole.data;
  const secrets = shape.parse({ ...newSecrets(), ...kept });
  const next = `${file}.next`;
  await writeFile(next, JSON.stringify(secrets), { mode: 0o600 });
  await rename(next, file);
  return secrets;
}
