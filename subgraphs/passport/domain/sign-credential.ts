/**
 * The second half of issuing: what was recorded is checked, signed and recorded again. It can be repeated any number of
 * times and always ends with the same credential.
 */
import {
  certifiedHeader,
  signEncoded,
  splitCompactJws,
  verifyEs256,
} from '../../../standards/compact-jws.ts';
import { encodeBase64url } from '../../../standards/base64url.ts';
import { SD_JWT_VC_TYPE } from '../../../standards/sd-jwt-vc/issue-sd-jwt-vc.ts';
import { vcJwtHeader } from '../../../standards/vc-jwt/issue-vc-jwt.ts';
import type { Addresses } from './addresses.ts';
import type { AuditActor } from './audit.ts';
import { openContents, storedToken } from './credential-contents.ts';
import { signedHash } from './identifiers.ts';
import { CredentialLintError, lintCredential } from './lint-credential.ts';
import { lintVcJwt } from './lint-vc-jwt.ts';
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

/**
 * Signs what was recorded of a batch. A member that is signed already, or was stopped before that, stays as it is.
 *
 * @returns the batch as it is stored afterwards; a refusal when issuing was stopped, or when the agreement that the batch
 *   stands on is not in force any more: it is then given up
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
      if (done !== undefined && done !== 'key-stopped') {
        const over = 'kind' in done && done.code === 'NO_AGREEMENT';
        if (over) await credentials.fail(idempotencyKey, by, now());
        return done;
      }
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
  const contents = openContents(content, sealer);
  if (contents === undefined) throw new CredentialLintError('disclosures_forgotten');
  const { credential } = content;
  const rules = { addresses, now: now() };
  await (credential.format === 'VC_JWT'
    ? lintVcJwt(contents.payload, credential, rules)
    : lintCredential(contents, credential, rules));
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
  content: IssuedContent,
  { addresses, keys, sealer }: SigningParts,
): Promise<SignedCredential | undefined> {
  const { credential } = content;
  const { format, odsCode } = credential;
  const payload = openContents(content, sealer)?.payload;
  if (payload === undefined) throw new CredentialLintError('disclosures_forgotten');
  const signer = await keys.signer(odsCode, 'credential');
  const header =
    format === 'VC_JWT'
      ? vcJwtHeader(addresses.did(odsCode), signer)
      : certifiedHeader(SD_JWT_VC_TYPE, signer);
  const jwt = await signEncoded(header, payload, signer);
  const key = await keys.find(odsCode, 'credential', signer.kid);
  if (key === undefined) return undefined;
  const { signingInput, signature } = splitCompactJws(jwt);
  const sameBytes = signingInput.endsWith(`.${encodeBase64url(payload)}`);
  if (!sameBytes || !verifyEs256(signingInput, signature, key)) {
    throw new CredentialLintError('signed_bytes_differ');
  }
  return {
    id: credential.id,
    signedJwt: storedToken(format, jwt),
    // Of all of it, also where the payload is stored apart.
    signedHash: signedHash(jwt),
    kid: signer.kid,
  };
}
