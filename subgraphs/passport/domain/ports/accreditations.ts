/** Which organisation may issue which type, from when to when, under which anchor. */
import type { AuditActor } from '../audit.ts';
import type { CredentialType } from '../credential.ts';

/** One accreditation, in force or over. */
export interface Accreditation {
  readonly odsCode: string;
  readonly type: CredentialType;
  /** SHA-256 of the certificate under which the issuer's certificates must be, base64url. */
  readonly anchor: string;
  readonly from: Date;
  /** The first moment at which it no longer holds. */
  readonly until?: Date;
  readonly grantedAt: Date;
  readonly grantedBy: string;
  /** When it was ended before its time; from then on it does not hold. */
  readonly withdrawnAt?: Date;
  readonly withdrawnBy?: string;
  readonly withdrawnBecause?: string;
}

/** What is to be granted. */
export interface Grant {
  readonly odsCode: string;
  readonly types: readonly CredentialType[];
  readonly anchor: string;
  readonly from: Date;
  readonly until?: Date | undefined;
}

/** Keeps accreditations. */
export interface Accreditations {
  /** The accreditation that holds at a moment. */
  find(odsCode: string, type: CredentialType, at: Date): Promise<Accreditation | undefined>;
  /** Those of one organisation, or all of them, in the order in which they were granted. */
  list(odsCode?: string): Promise<readonly Accreditation[]>;
  /** Grants one accreditation for each type. What holds already for the same time is not granted again. */
  grant(grant: Grant, by: AuditActor, now: Date): Promise<readonly Accreditation[]>;
  /** Ends accreditations that hold now or later. Answers those that it ended. */
  withdraw(
    what: { readonly odsCode: string; readonly types: readonly CredentialType[] },
    because: string,
    by: AuditActor,
    now: Date,
  ): Promise<readonly Accreditation[]>;
}
