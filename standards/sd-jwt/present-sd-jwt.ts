/**
 * What a holder shows of an SD-JWT.
 *
 * Source: RFC 9901 (SD-JWT), section 7.2.
 */
import { splitCompactJws } from '../compact-jws.ts';
import { StandardError } from '../standard-error.ts';
import { type ClaimPath, type DisclosedClaim, processSdJwtPayload } from './process-sd-jwt.ts';
import { parseSdJwt, serialiseSdJwt } from './serialisation.ts';

/**
 * Keeps the disclosures a holder chooses, with the outer disclosures that lead to them, and drops
 * the others. The issuer's signature is not checked here.
 *
 * @param sdJwt as the issuer sent it, with all disclosures
 * @param select answers whether to show what stands at a path; asked once for each disclosure
 * @returns compact, without key binding
 * @throws {StandardError} `key_binding_unexpected` when it is a presentation already, a code of
 * {@link parseSdJwt} or {@link processSdJwtPayload}, or a `jws_`, `json_` or `base64url_` code
 */
export function presentSdJwt(sdJwt: string, select: (path: ClaimPath) => boolean): string {
  const { jwt, disclosures, keyBindingJwt } = parseSdJwt(sdJwt);
  if (keyBindingJwt !== undefined) {
    throw new StandardError('key_binding_unexpected', 'a holder starts from an SD-JWT without one');
  }
  const { disclosed } = processSdJwtPayload(splitCompactJws(jwt).payload, disclosures);
  const shown = new Set<string>();
  // From the inside out, so that whatever is shown pulls in what leads to it.
  for (const claim of disclosed.toReversed()) {
    const leadsToShown = disclosed.some(
      (other) => shown.has(other.disclosure) && isInside(other, claim),
    );
    if (leadsToShown || select(claim.path)) shown.add(claim.disclosure);
  }
  return serialiseSdJwt(
    jwt,
    disclosures.filter((disclosure) => shown.has(disclosure)),
  );
}

function isInside(inner: DisclosedClaim, outer: DisclosedClaim): boolean {
  return (
    inner.path.length > outer.path.length &&
    outer.path.every((step, index) => step === inner.path[index])
  );
}
