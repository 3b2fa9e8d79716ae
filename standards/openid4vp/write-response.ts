/**
 * A wallet's answer to a request.
 *
 * Source: OpenID4VP 1.0, sections 8.1 and 8.3; RFC 9901 (SD-JWT), section 7.2.
 */
import type { Signer } from '../compact-jws.ts';
import { encryptMessage } from '../openid4vci/encrypt-message.ts';
import { presentSdJwt } from '../sd-jwt/present-sd-jwt.ts';
import { createKeyBoundPresentation } from '../sd-jwt-vc/key-binding.ts';
import { isAskedFor } from './choose-credentials.ts';
import type { ClaimStep } from './dcql.ts';
import type { OpenedRequestObject } from './open-request-object.ts';

/** A credential that is shown. */
export interface Shown {
  /** Its name in the request. */
  readonly queryId: string;
  /** As the issuer sent it. */
  readonly sdJwt: string;
  /** Paths of the claims that are shown. */
  readonly paths: readonly (readonly ClaimStep[])[];
  /** Signs with the key that it is bound to. */
  readonly signer: Signer;
}

/** The verifier and the moment that a presentation is made for. */
export interface PresentedFor extends Pick<OpenedRequestObject, 'clientId' | 'nonce'> {
  /** When it is shown. */
  readonly now: Date;
}

/** Shows what is asked for of one credential and nothing more, with the holder's proof. */
export const presentAsked = (
  { sdJwt, paths, signer }: Omit<Shown, 'queryId'>,
  { clientId: audience, nonce, now }: PresentedFor,
): Promise<string> =>
  createKeyBoundPresentation(
    {
      presentation: presentSdJwt(sdJwt, (place) => isAskedFor(paths, place)),
      audience,
      nonce,
      now,
    },
    signer,
  );

/**
 * Encrypts presentations to whoever asked (section 8.3).
 *
 * @param presentations by the name of what was asked for
 * @returns the form body to post to the request's `responseUri`
 */
export async function writeResponse(
  presentations: ReadonlyMap<string, string>,
  { state, encryption }: Pick<OpenedRequestObject, 'state' | 'encryption'>,
): Promise<URLSearchParams> {
  const vpToken = Object.fromEntries([...presentations].map(([id, one]) => [id, [one]]));
  return new URLSearchParams({
    response: await encryptMessage({ vp_token: vpToken, state }, encryption),
  });
}
