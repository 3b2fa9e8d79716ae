/**
 * A holder's proof, made for one verifier and one moment, that the credential is theirs.
 *
 * Source: RFC 9901 (SD-JWT), section 4.3; draft-ietf-oauth-sd-jwt-vc, section 2.4.
 */
import { signCompactJws, splitCompactJws, type Signer } from '../compact-jws.ts';
import { DEFAULT_SD_ALG, isSdAlg, sdHash } from '../sd-jwt/disclosure.ts';
import { parseSdJwt } from '../sd-jwt/serialisation.ts';
import { StandardError } from '../standard-error.ts';

/** The `typ` of a key binding JWT (RFC 9901, section 4.3). */
export const KEY_BINDING_TYPE = 'kb+jwt';

/** What to bind, and to whom. */
export interface KeyBindingRequest {
  /** The SD-JWT to show, compact, with its last tilde and no key binding. */
  readonly presentation: string;
  /** The verifier: becomes `aud`. */
  readonly audience: string;
  /** The verifier's nonce. */
  readonly nonce: string;
  /** The moment of signing: becomes `iat`. */
  readonly now: Date;
}

/**
 * Signs a key binding JWT with the holder's key and appends it.
 *
 * @returns `<JWS>~<disclosure>~...~<KB-JWT>`
 * @throws {StandardError} `key_binding_unexpected` when there is one already, `sd_alg_unsupported`,
 * or a code of `parseSdJwt`
 */
export async function createKeyBoundPresentation(
  request: KeyBindingRequest,
  holderSigner: Signer,
): Promise<string> {
  const { jwt, keyBindingJwt, bound } = parseSdJwt(request.presentation);
  if (keyBindingJwt !== undefined) {
    throw new StandardError('key_binding_unexpected', 'the presentation has a key binding JWT');
  }
  const alg = splitCompactJws(jwt).payload['_sd_alg'] ?? DEFAULT_SD_ALG;
  if (!isSdAlg(alg)) throw new StandardError('sd_alg_unsupported', '_sd_alg is not understood');
  const payload = {
    iat: Math.floor(request.now.getTime() / 1000),
    aud: request.audience,
    nonce: request.nonce,
    sd_hash: sdHash(bound, alg),
  };
  // The key is in the credential's cnf; a kid here would say nothing the verifier may believe.
  const header = { typ: KEY_BINDING_TYPE, kid: undefined };
  return bound + (await signCompactJws({ header, payload }, holderSigner));
}
