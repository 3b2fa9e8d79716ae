/**
 * What a verifier takes along to where there is no network: the register of issuers with their keys, what is published
 * about the types of credential, the status lists, and how old a status may be. A small signed statement names
 * everything by its digest, so that each part is checked when it is needed.
 *
 * Source: no published standard; it is built of RFC 7515 (JWS), RFC 7519 (JWT), RFC 5280 (X.509), SD-JWT VC (type
 * metadata) and Token Status List. A bundle is JSON text.
 */
import { z } from 'zod';

import { numericDate } from '../numeric-date.ts';

/** The media type of a bundle. */
export const VERIFICATION_BUNDLE_MEDIA_TYPE = 'application/verification-bundle+json';
/** The `typ` of a bundle's statement. */
export const VERIFICATION_BUNDLE_TYPE = 'verification-bundle+jwt';
/** Longest bundle, in characters: every list of a country's trusts, many times over. */
export const MAX_BUNDLE_LENGTH = 64 * 2 ** 20;
/** Most status lists in a bundle. */
export const MAX_BUNDLED_LISTS = 20_000;
/** Most types in a bundle. */
export const MAX_BUNDLED_TYPES = 1_000;
/** Most verifiers with a policy of their own in a bundle. */
export const MAX_BUNDLED_POLICIES = 10_000;
/** The longest that a bundle may let a status count, in seconds: a month. */
export const LONGEST_STATUS_AGE_SECONDS = 31 * 86_400;

const address = z.string().min(1).max(2_048);
const sha256 = z.string().regex(/^[A-Za-z0-9_-]{43}$/);
const statusMaxAge = z.number().int().min(1).max(LONGEST_STATUS_AGE_SECONDS);

/** The statement's claims. A digest is the SHA-256 of the part's UTF-8 bytes, base64url. */
export const verificationBundleClaims = z.object({
  /** The address of the register of issuers, whose key signs. */
  iss: address,
  /** When it was signed. */
  iat: numericDate.int(),
  /** When it stops counting. */
  exp: numericDate.int(),
  /** Rises with every bundle. */
  version: z.number().int().positive(),
  /** The register's digest. */
  registry: sha256,
  /** The type metadata documents, in the order in which they stand in the bundle. */
  types: z
    .array(
      z.object({
        /** The type. */
        vct: address,
        /** The document's digest. */
        sha256,
      }),
    )
    .max(MAX_BUNDLED_TYPES),
  /** The status list tokens, in the order in which they stand in the bundle. */
  status_lists: z
    .array(
      z.object({
        /** Where the list is published. */
        uri: address,
        /** The token's digest. */
        sha256,
      }),
    )
    .max(MAX_BUNDLED_LISTS),
  /** What is asked of whoever checks offline. */
  policy: z.object({
    /** How old a status may be, in seconds, counted from when its list was signed. */
    status_max_age: statusMaxAge,
    /** The same for verifiers with a policy of their own. */
    verifiers: z
      .array(
        z.object({
          /** The verifier, as in the `aud` of key binding. */
          audience: address,
          /** How old a status may be for this one, in seconds. */
          status_max_age: statusMaxAge,
        }),
      )
      .max(MAX_BUNDLED_POLICIES),
  }),
});

/** The statement's claims. */
export type VerificationBundleClaims = z.infer<typeof verificationBundleClaims>;

/** A bundle as it travels. */
export const verificationBundleText = z.object({
  /** Compact JWS. */
  statement: z.string(),
  /** The signed register of issuers. */
  registry: z.string(),
  /** Type metadata documents, each byte for byte as it is published. */
  types: z.array(z.string()).max(MAX_BUNDLED_TYPES),
  /** Status list tokens. */
  status_lists: z.array(z.string()).max(MAX_BUNDLED_LISTS),
});

/** A bundle as it travels. */
export type VerificationBundleText = z.infer<typeof verificationBundleText>;
