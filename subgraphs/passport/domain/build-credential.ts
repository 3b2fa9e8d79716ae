/**
 * Turning a verified record into the payload of a credential.
 *
 * Source: draft-ietf-oauth-sd-jwt-vc, section 2.2.2; RFC 9901 (SD-JWT), section 4; RFC 7800 (`cnf`).
 */
import { createHash, createHmac } from 'node:crypto';

import type { PublicEcJwk } from '../../../standards/jwk-thumbprint.ts';
import { hideClaims } from '../../../standards/sd-jwt/issue-sd-jwt.ts';
import type { Addresses } from './addresses.ts';
import type { CredentialType } from './credential.ts';
import { CREDENTIAL_TYPES } from './credential-types/catalogue.ts';
import type { Provenance } from './credential-types/credential-type.ts';
import type { StatusSlot } from './ports/credentials.ts';
import type { EmployerRecord } from './verified-record.ts';

/** What a credential is made of. */
export interface CredentialMatter {
  readonly credentialId: string;
  readonly type: CredentialType;
  readonly record: EmployerRecord;
  /** The type's claims, checked. */
  readonly claims: Readonly<Record<string, unknown>>;
  readonly holderKey: PublicEcJwk;
  readonly now: Date;
}

/** A payload and what opens it. */
export interface CredentialPayload {
  /** JSON text: exactly the bytes to be signed. */
  readonly payload: string;
  readonly disclosures: readonly string[];
  /** SHA-256 of the claims in clear, base64url. */
  readonly claimsHash: string;
  readonly expiresAt: Date;
}

const DAY_MS = 86_400_000;
const MINUTE_SECONDS = 60;

/** Takes the claims of one kind from a record; `undefined` when the person is not eligible. */
export function claimsOf(
  type: CredentialType,
  record: EmployerRecord,
): Readonly<Record<string, unknown>> | undefined {
  // No certain link between the record and a mailbox, no passport.
  if (record.mailboxes.length === 0) return undefined;
  const rules = CREDENTIAL_TYPES[type];
  const claims = rules.claimsFrom(record);
  if (claims === undefined) return undefined;
  const present = Object.fromEntries(
    Object.entries(claims).filter(([, value]) => value !== undefined),
  );
  const parsed = rules.claims.safeParse(present);
  return parsed.success ? parsed.data : undefined;
}

/** Builds the payload for one place in a status list. */
export function buildCredential(
  matter: CredentialMatter,
  slot: StatusSlot,
  { addresses, subjectKey }: { readonly addresses: Addresses; readonly subjectKey: Uint8Array },
): CredentialPayload {
  const { type, record, claims, now } = matter;
  const rules = CREDENTIAL_TYPES[type];
  // Whole minutes: the exact second would tell two verifiers that they see the same issuing.
  const issuedAt = Math.floor(now.getTime() / 1000 / MINUTE_SECONDS) * MINUTE_SECONDS;
  const expiresAt = expiryOf(rules.endsOn?.(record), issuedAt, rules.lifetimeDays);
  const { payload, disclosures } = hideClaims({
    claims: {
      iss: addresses.issuer(record.odsCode),
      vct: addresses.vct(type),
      jti: matter.credentialId,
      sub: pairwiseSubject(record, subjectKey),
      iat: issuedAt,
      exp: expiresAt,
      cnf: { jwk: matter.holderKey },
      status: { status_list: { idx: slot.index, uri: addresses.statusList(slot.listId) } },
      nhs: { ods: record.odsCode, provenance: provenanceOf(type, record) },
      ...claims,
    },
    disclose: { _sd: rules.selective.filter((name) => Object.hasOwn(claims, name)) },
  });
  return {
    payload: JSON.stringify(payload),
    disclosures,
    claimsHash: createHash('sha256').update(JSON.stringify(claims)).digest('base64url'),
    expiresAt: new Date(expiresAt * 1000),
  };
}

/** A name for the holder that one issuer uses, and that leads nowhere else. */
function pairwiseSubject({ odsCode, staffId }: EmployerRecord, key: Uint8Array): string {
  return createHmac('sha256', key).update(`${odsCode}\n${staffId}`).digest('base64url');
}

function expiryOf(endsOn: string | undefined, issuedAt: number, lifetimeDays: number): number {
  const latest = issuedAt + (lifetimeDays * DAY_MS) / 1000;
  if (endsOn === undefined) return latest;
  return Math.min(latest, Math.floor((Date.parse(`${endsOn}T00:00:00Z`) + DAY_MS) / 1000));
}

function provenanceOf(type: CredentialType, record: EmployerRecord): Provenance {
  return {
    origin: 'Substantive NHS Employing Organisation',
    assurance_policy: 'Local contractual arrangement',
    assurance_outcome: 'Onboarding complete',
    provider: record.employment.employerName ?? record.odsCode,
    verifier: 'Origin',
    verification_method: 'Record Verification',
    pedigree: 'Authoritative',
    last_refresh: `${record.readAt.toISOString().slice(0, 10)}T00:00:00Z`,
    ...CREDENTIAL_TYPES[type].provenance(record),
  };
}
