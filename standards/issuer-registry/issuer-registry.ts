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
const coordinate = sha256;
const certificate = z.string().min(1).max(24_000);
const name = z.string().min(1).max(256);

/** The register's claims. */
export const issuerRegistryClaims = z.object({
  /** Where it is published. */
  iss: address,
  /** When it was signed. */
  iat: numericDate.int(),
  /** When it stops counting. */
  exp: numericDate.int(),
  /** Rises with every edition. */
  version: z.number().int().positive(),
  /** The certificates under which the issuers' certificates are. */
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
  /** Every issuer that is or was accredited. */
  issuers: z
    .array(
      z.object({
        /** The `iss` of its credentials. */
        issuer: address,
        /** Its ODS code. */
        ods: name,
        /** Where its keys are published. */
        jwks_uri: address,
        /** Its keys when the register was signed. */
        jwks: z.object({
          /** RFC 7517, section 5.1. */
          keys: z
            .array(
              z.object({
                /** RFC 7518, section 6.1. */
                kty: z.literal('EC'),
                /** RFC 7518, section 6.2.1.1. */
                crv: z.literal('P-256'),
                /** 32 bytes, base64url. */
                x: coordinate,
                /** 32 bytes, base64url. */
                y: coordinate,
                /** The name by which credentials name the key. */
                kid: name,
                /** Its certificate, base64 DER. */
                x5c: z.array(certificate).min(1).max(8),
              }),
            )
            .max(50),
        }),
        /** What it may issue, and when. */
        accreditations: z
          .array(
            z.object({
              /** A type of credential. */
              vct: address,
              /** The first moment at which it holds. */
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
