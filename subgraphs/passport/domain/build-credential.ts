/**
 * Turning a verified record into the payload of a credential.
 *
 * Source: draft-ietf-oauth-sd-jwt-vc, section 2.2.2; RFC 9901 (SD-JWT), section 4; RFC 7800 (`cnf`).
 */
import { createHmac } from 'node:crypto';

import type { PublicEcJwk } from '../../../standards/jwk-thumbprint.ts';
import { hideClaims } from '../../../standards/sd-jwt/issue-sd-jwt.ts';
import type { Addresses } from './addresses.ts';
import type { CredentialType } from './credential.ts';
import type { CredentialContent } from './credential-content.ts';
import { CREDENTIAL_TYPES } from './credential-types/catalogue.generated.ts';
import { disclosureFrame } from './disclosure-frame.ts';
import { statementHash } from './identifiers.ts';
import type { StatusSlot } from './ports/credentials.ts';
import { publishedDocuments } from './published-documents.ts';
import { endOfUkDay } from './uk-day.ts';
import type { EmployerRecord } from './verified-record.ts';

/** What a credential is made of. */
export interface CredentialMatter extends CredentialContent {
  readonly credentialId: string;
  readonly type: CredentialType;
  readonly record: EmployerRecord;
  readonly holderKey: PublicEcJwk;
  /** It counts for a minute alone: an invented person's, for trying out. */
  readonly isShortLived: boolean;
  readonly now: Date;
}

/** A payload and what opens it. */
export interface CredentialPayload {
  /** JSON text: exactly the bytes to be signed. */
  readonly payload: string;
  readonly disclosures: readonly string[];
  /** A keyed hash of the claims in clear, base64url. */
  readonly claimsHash: string;
  readonly expiresAt: Date;
}

const DAY_SECONDS = 86_400;
const MINUTE_SECONDS = 60;

/** Builds the payload for one place in a status list. */
export function buildCredential(
  matter: CredentialMatter,
  slot: StatusSlot,
  { addresses, subjectKey }: { readonly addresses: Addresses; readonly subjectKey: Uint8Array },
): CredentialPayload {
  const { type, record, claims, provenance } = matter;
  const rules = CREDENTIAL_TYPES[type];
  const { issuedAt, expiresAt } = lifeOf(matter);
  const vct = addresses.vct(type);
  const { payload, disclosures } = hideClaims({
    claims: {
      iss: addresses.issuer(record.odsCode),
      vct,
      'vct#integrity': publishedDocuments(addresses).get(vct)?.integrity,
      jti: matter.credentialId,
      sub: pairwiseSubject(record, subjectKey),
      iat: issuedAt,
      exp: expiresAt,
      cnf: { jwk: matter.holderKey },
      status: { status_list: { idx: slot.index, uri: addresses.statusList(slot.listId) } },
      nhs: { ods: record.odsCode, provenance },
      ...claims,
    },
    disclose: disclosureFrame(rules, claims),
  });
  return {
    payload: JSON.stringify(payload),
    disclosures,
    claimsHash: statementHash(claims, subjectKey),
    expiresAt: new Date(expiresAt * 1000),
  };
}

/** When a credential begins and ends, in seconds since 1970. */
export function lifeOf({ type, claims, isShortLived, now }: CredentialMatter): {
  readonly issuedAt: number;
  readonly expiresAt: number;
} {
  const rules = CREDENTIAL_TYPES[type];
  // Whole minutes: the exact second would tell two verifiers that they see the same issuing.
  const issuedAt = Math.floor(now.getTime() / 1000 / MINUTE_SECONDS) * MINUTE_SECONDS;
  if (isShortLived) return { issuedAt, expiresAt: issuedAt + MINUTE_SECONDS };
  return { issuedAt, expiresAt: expiryOf(rules.endsOn(claims), issuedAt, rules.lifetimeDays) };
}

/** A name for the holder that one issuer uses, and that leads nowhere else. */
export function pairwiseSubject({ odsCode, staffId }: EmployerRecord, key: Uint8Array): string {
  return createHmac('sha256', key).update(`${odsCode}\n${staffId}`).digest('base64url');
}

/** The last second of the last day in the United Kingdom, or the end of the longest life. */
function expiryOf(endsOn: string | undefined, issuedAt: number, lifetimeDays: number): number {
  const latest = issuedAt + lifetimeDays * DAY_SECONDS;
  if (endsOn === undefined) return latest;
  return Math.min(latest, endOfUkDay(endsOn).getTime() / 1000);
}
