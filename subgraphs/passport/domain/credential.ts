/** A credential as its issuer records it. */
import { z } from 'zod';

import { type CredentialType } from './credential-types/catalogue.generated.ts';

export { type CredentialType, credentialType } from './credential-types/catalogue.generated.ts';

/** Forms in which a credential is signed. */
export const credentialFormat = z.enum(['DC_SD_JWT', 'VC_JWT']);
/** A form in which a credential is signed. */
export type CredentialFormat = z.infer<typeof credentialFormat>;

/** Where a credential stands in the record. `FAILED` was never signed, and never will be. */
export const storedState = z.enum(['ISSUING', 'ACTIVE', 'SUSPENDED', 'REVOKED', 'FAILED']);
/** Where a credential stands in the record. */
export type StoredState = z.infer<typeof storedState>;

/** Why a status was changed. */
export const statusReason = z.enum([
  'TRAINING_EXPIRY',
  'LEAVING_ORGANISATION',
  'CREDENTIAL_PROVIDED_IN_ERROR',
  'LOST_PHONE',
  'NO_LONGER_VALID',
  'SUSPECT_NO_LONGER_VALID',
  'STAFF_MEMBER_DECEASED',
  'REGISTRATION_SUSPENDED',
  'KEY_COMPROMISED',
  'REINSTATED',
  // An old copy of the record was restored; the status came back from the list that was live.
  'RECORD_RESTORED',
  // A newer credential took its place.
  'SUPERSEDED',
]);
/** Why a status was changed. */
export type StatusReason = z.infer<typeof statusReason>;

/** What a holder's wallet says became of a credential. It is no status: only the issuer changes that. */
export const holderEvent = z.enum(['ACCEPTED', 'FAILED', 'DELETED']);
/** What a holder's wallet says became of a credential. */
export type HolderEvent = z.infer<typeof holderEvent>;

/** What is known of a credential without its claims. */
export interface CredentialRecord {
  /** The credential's `jti`. */
  readonly id: string;
  /** Rises with each credential recorded; orders pages. */
  readonly position: number;
  readonly offerId: string;
  /** The holder. */
  readonly staffId: string;
  /** The issuing organisation. */
  readonly odsCode: string;
  readonly type: CredentialType;
  readonly format: CredentialFormat;
  readonly state: StoredState;
  /** Rises by one with every change. */
  readonly version: number;
  readonly reason?: StatusReason;
  /** RFC 7638 thumbprint of the holder's key. */
  readonly holderThumbprint: string;
  readonly listId: string;
  /** The place in the status list, from 0. */
  readonly statusIndex: number;
  readonly createdAt: Date;
  /** When it was signed. */
  readonly issuedAt?: Date;
  readonly expiresAt: Date;
  readonly statusChangedAt?: Date;
  /** The key that signed it. */
  readonly kid?: string;
  /** SHA-256 of the signed token without disclosures, base64url. */
  readonly signedHash?: string;
  /** What the holder's wallet last said became of it. */
  readonly holderEvent?: HolderEvent;
  readonly holderEventAt?: Date;
}

/** A credential's state as people see it: one that has run out says so, unless it was stopped before. */
export function visibleState(
  credential: Pick<CredentialRecord, 'state' | 'expiresAt'>,
  now: Date,
): 'ISSUING' | 'ACTIVE' | 'SUSPENDED' | 'REVOKED' | 'EXPIRED' {
  const { state, expiresAt } = credential;
  if (state === 'REVOKED' || state === 'FAILED') return 'REVOKED';
  return expiresAt <= now ? 'EXPIRED' : state;
}
