/** Reading a credential in the form `vc+jwt` as a verifier would, before the issuer's key touches it. */
import { generateKeyPairSync } from 'node:crypto';

import { keyObjectSigner, signEncoded } from '../../../standards/compact-jws.ts';
import { isJsonObject, type JsonObject } from '../../../standards/strict-json.ts';
import { vcJwtHeader } from '../../../standards/vc-jwt/issue-vc-jwt.ts';
import { verifyVcJwt } from '../../../standards/vc-jwt/verify-vc-jwt.ts';
import type { Addresses } from './addresses.ts';
import { vcTypeOf } from './build-vc-jwt.ts';
import type { CredentialRecord } from './credential.ts';
import { CREDENTIAL_TYPES } from './credential-types/catalogue.generated.ts';
import { CredentialLintError, subjectOrLifeFault, validAtItsPlace } from './lint-credential.ts';

/**
 * Checks a payload against the record it was made for.
 *
 * @throws {CredentialLintError} with the first rule that broke
 */
export async function lintVcJwt(
  payload: string,
  credential: CredentialRecord,
  { addresses, now }: { readonly addresses: Addresses; readonly now: Date },
): Promise<void> {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const throwaway = keyObjectSigner({ key: privateKey, kid: 'throwaway' });
  const did = addresses.did(credential.odsCode);
  const verdict = await verifyVcJwt(
    await signEncoded(vcJwtHeader(did, throwaway), payload, throwaway),
    {
      now,
      acceptedTypes: new Set([vcTypeOf(credential.type)]),
      findIssuerKey: ({ issuer, kid }) =>
        Promise.resolve(
          issuer === did && kid === `${did}#throwaway`
            ? { key: publicKey, trusted: true }
            : undefined,
        ),
      readStatus: validAtItsPlace(credential, { addresses, now }),
    },
  );
  if (verdict.outcome !== 'valid' || verdict.credential === undefined) {
    const failed = verdict.checks.find(({ outcome }) => outcome === 'failed');
    throw new CredentialLintError(failed?.code ?? 'not_valid');
  }
  if (verdict.holderThumbprint !== credential.holderThumbprint) {
    throw new CredentialLintError('holder_key_not_recorded');
  }
  const fault = ownRules(verdict.credential, credential, addresses);
  if (fault !== undefined) throw new CredentialLintError(fault);
}

const KNOWN = new Set(
  '@context type issuer validFrom validUntil credentialSubject iss sub jti vct iat exp cnf status nhs'.split(
    ' ',
  ),
);

/** The rules of this issuer, past those of the standards. */
function ownRules(
  claims: JsonObject,
  credential: CredentialRecord,
  addresses: Addresses,
): string | undefined {
  const rules = CREDENTIAL_TYPES[credential.type];
  const { jti, iat, exp, status, sub, nhs, vct, validFrom, validUntil, credentialSubject } = claims;
  if (jti !== credential.id) return 'jti_wrong';
  if (!isJsonObject(status)) return 'status_missing';
  if (typeof vct !== 'string' || !addresses.vcts(credential.type).includes(vct)) return 'vct_wrong';
  const unrecorded = subjectOrLifeFault(claims, credential);
  if (unrecorded !== undefined) return unrecorded;
  const times = [validFrom, validUntil].map((text) => Date.parse(String(text)) / 1000);
  if (times[0] !== iat || times[1] !== exp) return 'validity_differs';
  if (!isJsonObject(nhs) || nhs['ods'] !== credential.odsCode) return 'provenance_missing';
  if (!rules.provenanceShape.safeParse(nhs['provenance']).success) return 'provenance_not_of_type';
  if (!isJsonObject(credentialSubject)) return 'subject_missing';
  const { id, ...own } = credentialSubject;
  if (id !== sub) return 'sub_wrong';
  if (!rules.shape.safeParse(own).success) return 'claims_not_of_type';
  return Object.keys(claims).every((name) => KNOWN.has(name)) ? undefined : 'claim_unknown';
}
