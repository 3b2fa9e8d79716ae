/**
 * Writing a credential of the W3C data model as a JWT.
 *
 * Source: VC-JOSE-COSE, section 3.1.1; Verifiable Credentials Data Model 2.0, section 4.
 */
import { encodeBase64url } from '../base64url.ts';
import type { Signer } from '../compact-jws.ts';

/** The `typ` of the token. */
export const VC_JWT_TYPE = 'vc+jwt';
/** The `cty` of the token: what its payload is. */
export const VC_CONTENT_TYPE = 'vc';
/** The first context of every credential (section 4.3). */
export const VC_CONTEXT = 'https://www.w3.org/ns/credentials/v2';
/** The context for names that no other context defines. */
export const UNDEFINED_TERMS_CONTEXT = 'https://www.w3.org/ns/credentials/undefined-terms/v2';

/**
 * The protected header, base64url: the key is named as one of the issuer's identifier.
 *
 * @param did the issuer's identifier
 */
export const vcJwtHeader = (did: string, { alg, kid }: Pick<Signer, 'alg' | 'kid'>): string =>
  encodeBase64url(
    JSON.stringify({ alg, typ: VC_JWT_TYPE, cty: VC_CONTENT_TYPE, kid: `${did}#${kid}` }),
  );
