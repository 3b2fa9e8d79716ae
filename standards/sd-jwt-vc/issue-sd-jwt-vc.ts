/**
 * Issuing a credential as SD-JWT VC.
 *
 * Source: draft-ietf-oauth-sd-jwt-vc, sections 2.2.1 and 2.2.2; HAIP 1.0, section 6.1 (`x5c`).
 */
import { certifiedHeader, signEncoded, type Signer } from '../compact-jws.ts';
import { type DisclosureFrame, hideClaims, type SdJwtClaims } from '../sd-jwt/issue-sd-jwt.ts';
import { serialiseSdJwt } from '../sd-jwt/serialisation.ts';
import { StandardError } from '../standard-error.ts';

/** The `typ` of an SD-JWT VC (section 2.2.1). */
export const SD_JWT_VC_TYPE = 'dc+sd-jwt';

/** Claims that a holder can never keep back, with everything inside them (section 2.2.2.3). */
export const PROTECTED_CLAIMS: ReadonlySet<string> = new Set([
  'iss',
  'nbf',
  'exp',
  'cnf',
  'vct',
  'vct#integrity',
  'aka_vcts',
  'status',
]);

/**
 * Signs a credential. The header carries `typ`, the signer's `kid` and, when it has certificates,
 * `x5c`.
 *
 * @returns `<JWS>~<disclosure>~...~`
 * @throws {StandardError} `vct_missing`; `protected_claim_disclosed` when the frame touches one of
 * {@link PROTECTED_CLAIMS}; or a code of `issueSdJwt`
 */
export async function issueSdJwtVc(content: SdJwtClaims, signer: Signer): Promise<string> {
  const { vct } = content.claims;
  if (typeof vct !== 'string' || vct === '') {
    throw new StandardError('vct_missing', 'a credential names its type');
  }
  refuseProtectedClaims(content.disclose);
  const { payload, disclosures } = hideClaims(content);
  const header = certifiedHeader(SD_JWT_VC_TYPE, signer);
  const jwt = await signEncoded(header, JSON.stringify(payload), signer);
  return serialiseSdJwt(jwt, disclosures);
}

function refuseProtectedClaims(frame: DisclosureFrame): void {
  for (const name of [...(frame._sd ?? []), ...Object.keys(frame)]) {
    if (PROTECTED_CLAIMS.has(String(name))) {
      throw new StandardError('protected_claim_disclosed', 'a claim that must stay in the open');
    }
  }
}
