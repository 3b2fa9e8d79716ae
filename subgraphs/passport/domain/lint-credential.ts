/**
 * Reading a credential as a verifier would, before the issuer's key touches it: it is signed with a key that exists for
 * this moment only, and must pass every check.
 */
import { generateKeyPairSync } from 'node:crypto';

import { keyObjectSigner, signEncoded, certifiedHeader } from '../../../standards/compact-jws.ts';
import { jwkThumbprint, publicEcJwk } from '../../../standards/jwk-thumbprint.ts';
import { serialiseSdJwt } from '../../../standards/sd-jwt/serialisation.ts';
import { SD_JWT_VC_TYPE } from '../../../standards/sd-jwt-vc/issue-sd-jwt-vc.ts';
import {
  type PresentationRules,
  verifyPresentation,
} from '../../../standards/sd-jwt-vc/verify-presentation.ts';
import { isJsonObject, type JsonObject } from '../../../standards/strict-json.ts';
import type { Addresses } from './addresses.ts';
import type { CredentialRecord } from './credential.ts';
import { CREDENTIAL_TYPES } from './credential-types/catalogue.generated.ts';
import { disclosedPaths } from './disclosure-frame.ts';
import { readPublishedDocument } from './published-documents.ts';

/** A payload that must not be signed. */
export class CredentialLintError extends Error {
  override readonly name = 'CredentialLintError';
  /** Which rule broke. */
  readonly code: string;
  /**
   * Makes the error.
   *
   * @param code which rule broke
   */
  constructor(code: string) {
    super(`the credential must not be signed: ${code}`);
    this.code = code;
  }
}

const DAY_SECONDS = 86_400;

/**
 * Checks a payload against the record it was made for.
 *
 * @throws {CredentialLintError} with the first rule that broke
 */
export async function lintCredential(
  content: { readonly payload: string; readonly disclosures: readonly string[] },
  credential: CredentialRecord,
  { addresses, now }: { readonly addresses: Addresses; readonly now: Date },
): Promise<void> {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const throwaway = keyObjectSigner({ key: privateKey, kid: 'throwaway' });
  const jwt = await signEncoded(
    certifiedHeader(SD_JWT_VC_TYPE, throwaway),
    content.payload,
    throwaway,
  );
  const verdict = await verifyPresentation(serialiseSdJwt(jwt, content.disclosures), {
    now,
    // An issuing that a crash left half done may be of the version before.
    acceptedTypes: new Set(addresses.vcts(credential.type)),
    keyBinding: 'not-required',
    readTypeMetadata: readPublishedDocument(addresses),
    findIssuerKey: ({ issuer }) =>
      Promise.resolve(
        issuer === addresses.issuer(credential.odsCode)
          ? { key: publicKey, trusted: true }
          : undefined,
      ),
    readStatus: validAtItsPlace(credential, { addresses, now }),
  });
  if (verdict.outcome !== 'valid' || verdict.claims === undefined) {
    const failed = verdict.checks.find(({ outcome }) => outcome === 'failed');
    throw new CredentialLintError(failed?.code ?? 'not_valid');
  }
  const fault =
    verdict.claims['vct#integrity'] === undefined
      ? 'vct_integrity_missing'
      : ownRules(verdict.claims, verdict.disclosedNames, credential);
  if (fault !== undefined) throw new CredentialLintError(fault);
}

/** Answers for the list: the credential's own place stands, and there is no other. */
export function validAtItsPlace(
  { listId, statusIndex }: Pick<CredentialRecord, 'listId' | 'statusIndex'>,
  { addresses, now }: { readonly addresses: Addresses; readonly now: Date },
): NonNullable<PresentationRules['readStatus']> {
  const uri = addresses.statusList(listId);
  return (reference) =>
    Promise.resolve(
      reference.uri === uri && reference.index === statusIndex
        ? { kind: 'status', status: 0, asOf: now }
        : { kind: 'cannot-check', reason: 'invalid' },
    );
}

/** What is wrong with the subject or the times, which both forms of a credential write alike. */
export function subjectOrLifeFault(
  { sub, iat, exp }: JsonObject,
  { type, staffId, expiresAt }: Pick<CredentialRecord, 'type' | 'staffId' | 'expiresAt'>,
): string | undefined {
  if (typeof sub !== 'string' || sub.includes(staffId)) return 'sub_wrong';
  if (typeof iat !== 'number' || typeof exp !== 'number') return 'times_missing';
  if (exp - iat > CREDENTIAL_TYPES[type].lifetimeDays * DAY_SECONDS) return 'lifetime_too_long';
  return exp * 1000 === expiresAt.getTime() ? undefined : 'exp_not_recorded';
}

/** The rules of this issuer, past those of the standards. */
function ownRules(
  claims: JsonObject,
  disclosed: readonly string[],
  credential: CredentialRecord,
): string | undefined {
  const rules = CREDENTIAL_TYPES[credential.type];
  const { jti, cnf, status, nhs } = claims;
  if (jti !== credential.id) return 'jti_wrong';
  if (!isJsonObject(status)) return 'status_missing';
  const unrecorded = subjectOrLifeFault(claims, credential);
  if (unrecorded !== undefined) return unrecorded;
  const key = publicEcJwk.safeParse(isJsonObject(cnf) ? cnf['jwk'] : undefined);
  if (!key.success || jwkThumbprint(key.data) !== credential.holderThumbprint) {
    return 'holder_key_not_recorded';
  }
  if (!isJsonObject(nhs) || nhs['ods'] !== credential.odsCode) return 'provenance_missing';
  if (!rules.provenanceShape.safeParse(nhs['provenance']).success) return 'provenance_not_of_type';
  const names = [...rules.open, ...rules.selective];
  const own = Object.fromEntries(Object.entries(claims).filter(([name]) => names.includes(name)));
  if (!rules.shape.safeParse(own).success) return 'claims_not_of_type';
  // Whatever the holder may keep back must be behind a digest, and nothing else may be.
  if (disclosed.toSorted().join('\n') !== disclosedPaths(rules, own).join('\n')) {
    return 'disclosure_not_of_type';
  }
  const known = new Set([
    ...names,
    'iss',
    'vct',
    'vct#integrity',
    'jti',
    'sub',
    'iat',
    'exp',
    'cnf',
    'status',
    'nhs',
  ]);
  return Object.keys(claims).every((name) => known.has(name)) ? undefined : 'claim_unknown';
}
