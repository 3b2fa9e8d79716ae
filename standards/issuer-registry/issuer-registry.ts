/**
 * The register of accredited issuers: which organisation may issue which type of credential, from when to when, under
 * which anchor, and with which keys. Signed, so that a verifier can hold it and needs nobody to answer.
 *
 * Source: no published standard; it is built of RFC 7515 (JWS), RFC 7517 (JWK), RFC 7519 (JWT) and RFC 5280 (X.509).
 */
import { z } from 'zod';

import { numericDate } from '../numeric-date.ts';

/** The `typ` of the register. */
export const ISSUER_REGISTRY_TYPE = 'issuer-registry+jwt';

const address = z.string().min(1).max(2_048);
const sha256 = z.string().regex(/^[A-Za-z0-9_-]{43}$/);
const certificate = z.string().min(1).max(24_000);
const name = z.string().min(1).max(256);

/** The register's claims. */
export const issuerRegistryClaims = z.object({
  /** Where it is published. */
  iss: address,
  iat: numericDate.int(),
  exp: numericDate.int(),
  /** Rises with every edition. */
  version: z.number().int().positive(),
  anchors: z
    .array(
      z.object({
        /** Base64 DER. */
        certificate,
        /** SHA-256 of the certificate, base64url. */
        sha256,
      }),
    )
    .min(1)
    .max(20),
  issuers: z
    .array(
      z.object({
        /** The `iss` of its credentials. */
        issuer: address,
        ods: name,
        jwks_uri: address,
        jwks: z.object({
          keys: z
            .array(
              z.object({
                kty: z.literal('EC'),
                crv: z.literal('P-256'),
                x: sha256,
                y: sha256,
                kid: name,
                x5c: z.array(certificate).min(1).max(8),
              }),
            )
            .max(50),
        }),
        accreditations: z
          .array(
            z.object({
              vct: address,
              from: numericDate,
              /** The first moment at which it no longer holds. */
              until: numericDate.optional(),
              /** The anchor's `sha256`. */
              anchor: sha256,
            }),
          )
          .max(1_000),
      }),
    )
    .max(10_000),
});

/** The register's claims. */
export type IssuerRegistryClaims = z.infer<typeof issuerRegistryClaims>;
/** One issuer in the register. */
export type RegisteredIssuer = IssuerRegistryClaims['issuers'][number];
