/**
 * What a verifier asks of a presentation, and what it is told.
 *
 * Source: draft-ietf-oauth-sd-jwt-vc, section 2; RFC 9901 (SD-JWT), section 7.3.
 */
import { type KeyObject } from 'node:crypto';

import { type JsonObject } from '../strict-json.ts';
import { type Check } from './checks.ts';

/** What a credential says about who signed it. Not to be believed yet. */
export interface IssuerKeyHint {
  /** The credential's `iss`. */
  readonly issuer: string;
  /** The header's `kid`. */
  readonly kid: string | undefined;
  /** The header's `x5c`: base64 DER, leaf first. */
  readonly x5c: readonly string[] | undefined;
  /** The credential's `vct`. */
  readonly vct: string;
  /** The credential's `iat`. */
  readonly issuedAt: Date | undefined;
}

/** An issuer's key, and whether this verifier trusts that issuer for that type of credential. */
export interface IssuerKey {
  /** The public key. */
  readonly key: KeyObject;
  /** Whether the key belongs to an issuer this verifier trusts for the `vct`. */
  readonly trusted: boolean;
}

/** Where a credential's status is. */
export interface StatusReference {
  /** The status list token's address: `status.status_list.uri`. */
  readonly uri: string;
  /** The credential's place in the list, from 0: `status.status_list.idx`. */
  readonly index: number;
}

/** What the status list said, or why it could not be asked. */
export type StatusAnswer =
  | {
      /** The list was read. */
      readonly kind: 'status';
      /** The value in the list; 0 is valid. */
      readonly status: number;
      /** When the list was signed. */
      readonly asOf: Date;
    }
  | {
      /** The list could not be read, or has no such place. */
      readonly kind: 'cannot-check';
      /** Why. */
      readonly reason: 'unreachable' | 'stale' | 'rolled_back' | 'invalid' | 'index_out_of_range';
    };

/** What a key binding JWT must say. */
export interface KeyBindingRules {
  /** This verifier, exactly as in `aud`. */
  readonly audience: string;
  /** The nonce this verifier sent with its request. */
  readonly nonce: string;
  /** How old the key binding may be, in seconds; 300 unless told. */
  readonly maxAgeSeconds?: number;
}

/** What a presentation must satisfy. */
export interface PresentationRules {
  /** The moment of the check. */
  readonly now: Date;
  /** How far clocks may differ, in seconds; 60 unless told. */
  readonly clockSkewSeconds?: number;
  /** The types (`vct`) this verifier takes; every type unless given. */
  readonly acceptedTypes?: ReadonlySet<string>;
  /** Finds the key an issuer signs with; `undefined` when no permitted way leads to one. */
  readonly findIssuerKey: (hint: IssuerKeyHint) => Promise<IssuerKey | undefined>;
  /**
   * Tells whether the credential is what was asked for, once its issuer's signature has been checked; `undefined` when it
   * is, otherwise a reason code. Without it nothing in particular was asked for.
   */
  readonly findQueryFault?: (credential: {
    readonly vct: string;
    readonly claims: JsonObject;
  }) => string | undefined;
  /** What the holder must prove. It never depends on what was sent (RFC 9901, section 7.3). */
  readonly keyBinding: KeyBindingRules | 'not-required';
  /**
   * Reads a status list; called once, after every other check has passed. Without it a credential
   * that has a status ends as `cannot-check`.
   */
  readonly readStatus?: (reference: StatusReference) => Promise<StatusAnswer>;
  /**
   * Reads the type metadata document behind a `vct`, byte for byte; called when the credential has
   * `vct#integrity`. Without it that digest is checked for form only.
   */
  readonly readTypeMetadata?: (vct: string) => Promise<Uint8Array | undefined>;
}

/** How a presentation ended. */
export type PresentationOutcome =
  | 'valid'
  | 'invalid'
  | 'suspended'
  | 'revoked'
  | 'expired'
  | 'cannot-check';

/** A status as it was read. */
export interface ReadStatus extends StatusReference {
  /** When the list was signed. */
  readonly asOf: Date;
}

/** What a verifier learns. Members other than the first three appear once what they say is proved. */
export interface PresentationVerdict {
  /** `valid` only when every check that applies has passed. */
  readonly outcome: PresentationOutcome;
  /** Every check, always all of them, in one fixed order. */
  readonly checks: readonly Check[];
  /** What the holder disclosed: paths with dots between their steps, such as `address.locality`. */
  readonly disclosedNames: readonly string[];
  /** The credential's `iss`, once its signature has been checked. */
  readonly issuer?: string;
  /** The credential's `vct`, once its signature has been checked. */
  readonly type?: string;
  /** The processed claims, once signature and structure have been checked. */
  readonly claims?: JsonObject;
  /** The credential's `jti`, once signature and structure have been checked. */
  readonly credentialId?: string;
  /** The status that was read. */
  readonly status?: ReadStatus;
  /** RFC 7638 thumbprint of the holder's key, once the key binding has been checked. */
  readonly holderThumbprint?: string;
}
