/**
 * The second half of issuing: what was recorded is checked, signed and recorded again. It can be repeated any number of
 * times and always ends with the same credential.
 */
import { z } from 'zod';

import {
  certifiedHeader,
  signEncoded,
  splitCompactJws,
  verifyEs256,
} from '../../../standards/compact-jws.ts';
import { encodeBase64url } from '../../../standards/base64url.ts';
import { SD_JWT_VC_TYPE } from '../../../standards/sd-jwt-vc/issue-sd-jwt-vc.ts';
import type { Addresses } from './addresses.ts';
import type { AuditActor } from './audit.ts';
import { CredentialLintError, lintCredential } from './lint-credential.ts';
import type { Clock } from './ports/clock.ts';
import type { CredentialStore, IssuedContent, SignedCredential } from './ports/credentials.ts';
import { KeyUnusable } from './ports/key-keeper.ts';
import type { IssuerKeys, Sealer } from './ports/keys.ts';
import type { Refusal } from './user-error.ts';

/** What signing needs. */
export interface SigningParts {
  readonly credentials: Pick<CredentialStore, 'complete' | 'fail'>;
  readonly keys: Pick<IssuerKeys, 'signer' | 'find' | 'refresh'>;
  readonly sealer: Sealer;
  readonly addresses: Addresses;
  readonly now: Clock;
}

/** How many keys in a row may be stopped while they sign. */
const ATTEMPTS = 3;

const disclosureList = z.array(z.string());

/** Opens a credential's disclosures; `undefined` once they are forgotten. */
export function openDisclosures(
  { credential, sealedDisclosures }: IssuedContent,
  sealer: Sealer,
): readonly string[] | undefined {
  if (sealedDisclosures === undefined) return undefined;
  return disclosureList.parse(JSON.parse(sealer.open(sealedDisclosures, credential.id)));
}

/** Seals a credential's disclosures. */
export const sealDisclosures = (
  credentialId: string,
  disclosures: readonly string[],
  sealer: Sealer,
): string => sealer.seal(JSON.stringify(disclosures), credentialId);

/**
 * Signs what was recorded of a batch. A member that is signed already, or was stopped before that, stays as it is.
 *
 * @returns the batch as it is stored afterwards; a refusal when issuing was stopped
 * @throws {CredentialLintError} when a member must not be signed; the batch is then given up
 */
export async function signCredentials(
  batch: readonly IssuedContent[],
  by: AuditActor,
  parts: SigningParts,
): Promise<readonly IssuedContent[] | Refusal> {
  const { credentials, keys, now } = parts;
  const waiting = batch.filter(({ credential }) => credential.state === 'ISSUING');
  const [first] = waiting;
  if (first === undefined) return batch;
  const { idempotencyKey, credential } = first;
  try {
    // Everything is read as a verifier would before the first signature is made.
    for (const content of waiting) await lint(content, parts);
    const { odsCode } = credential;
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const signed = await signAll(waiting, parts);
      const done =
        signed && (await credentials.complete({ idempotencyKey, odsCode }, signed, by, now()));
      if (done !== undefined && done !== 'key-stopped') return done;
      // A key was stopped while it signed: its signatures go nowhere, and the next key signs.
      keys.refresh();
    }
    throw new KeyUnusable('every key that signed was stopped meanwhile');
  } catch (error) {
    if (error instanceof CredentialLintError) await credentials.fail(idempotencyKey, by, now());
    throw error;
  }
}

async function lint(content: IssuedContent, parts: SigningParts): Promise<void> {
  const { addresses, now, sealer } = parts;
  const disclosures = openDisclosures(content, sealer);
  if (disclosures === undefined) throw new CredentialLintError('disclosures_forgotten');
  const { credential, payload } = content;
  await lintCredential({ payload, disclosures }, credential, { addresses, now: now() });
}

/** Signs a batch; `undefined` when a key was stopped after it had signed. */
async function signAll(
  waiting: readonly IssuedContent[],
  parts: SigningParts,
): Promise<readonly SignedCredential[] | undefined> {
  const signed: SignedCredential[] = [];
  for (const content of waiting) {
    const one = await sign(content, parts);
    if (one === undefined) return undefined;
    signed.push(one);
  }
  return signed;
}

/** Signs with the issuer's key, and proves that exactly the checked bytes were signed. */
async function sign(
  { credential, payload }: IssuedContent,
  { keys }: SigningParts,
): Promise<SignedCredential | undefined> {
  const signer = await keys.signer(credential.odsCode, 'credential');
  const jwt = await signEncoded(certifiedHeader(SD_JWT_VC_TYPE, signer), payload, signer);
  const key = await keys.find(credential.odsCode, 'credential', signer.kid);
  if (key === undefined) return undefined;
  const { signingInput, signature } = splitCompactJws(jwt);
  const sameBytes = signingInput.endsWith(`.${encodeBase64url(payload)}`);
  if (!sameBytes || !verifyEs256(signingInput, signature, key)) {
    throw new CredentialLintError('signed_bytes_differ');
  }
  return { id: credential.id, signedJwt: jwt, kid: signer.kid };
}
