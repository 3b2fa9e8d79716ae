/**
 * Queries for credentials.
 *
 * Source: OpenID4VP 1.0, sections 6 and 7 (DCQL), appendix B.3.5; HAIP 1.0, section 5 (`aki`).
 */
import { DcqlQuery as Dcql } from 'dcql';
import { z } from 'zod';

import { StandardError } from '../standard-error.ts';

/** A step of a path: a member, an element, or (`null`) every element (section 7). */
export type ClaimStep = string | number | null;
/** A value that a claim may be asked to have. */
export type ClaimValue = string | number | boolean;

/** A claim that is asked for (section 6.3). */
export interface DcqlClaim {
  /** Its name in `claim_sets`. */
  readonly id?: string | undefined;
  /** Where it is. */
  readonly path: readonly ClaimStep[];
  /** The values it may have; any when missing. */
  readonly values?: readonly ClaimValue[] | undefined;
}

/** Whose credentials are taken (section 6.1.1): the key identifiers of authorities. */
export interface DcqlTrustedAuthorities {
  /** The kind: the identifier of an authority's key, as certificates have it. */
  readonly type: 'aki';
  /** The identifiers, base64url. */
  readonly values: readonly string[];
}

/** A credential that is asked for (section 6.1). */
export interface DcqlCredential {
  /** Its name in the answer. */
  readonly id: string;
  /** The format. */
  readonly format: 'dc+sd-jwt';
  /** The types taken. */
  readonly meta: {
    /** Values of `vct`. */
    readonly vct_values: readonly string[];
  };
  /** Whether more than one may be presented. */
  readonly multiple?: boolean | undefined;
  /** The claims; none that can be kept back when missing. */
  readonly claims?: readonly DcqlClaim[] | undefined;
  /** Which claims together are enough, the best first; all of them when missing. */
  readonly claim_sets?: readonly (readonly string[])[] | undefined;
  /** Whose credentials are taken; anybody's when missing. */
  readonly trusted_authorities?: readonly DcqlTrustedAuthorities[] | undefined;
  /** The holder always proves who they are. */
  readonly require_cryptographic_holder_binding?: true | undefined;
}

/** Which credentials together are enough (section 6.2). */
export interface DcqlCredentialSet {
  /** Lists of names; each list is enough. */
  readonly options: readonly (readonly string[])[];
  /** Whether one of them has to be there; yes when missing. */
  readonly required?: boolean | undefined;
}

/** A query. */
export interface DcqlQuery {
  /** What is asked for. */
  readonly credentials: readonly DcqlCredential[];
  /** Which of it is enough; all of it when missing. */
  readonly credential_sets?: readonly DcqlCredentialSet[] | undefined;
}

/** Longest query read, in characters of JSON. */
const MAX_LENGTH = 20_000;

const id = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);
/** A name that every object has would be found in each credential. */
const member = z
  .string()
  .min(1)
  .max(128)
  .refine((name) => !(name in Object.prototype));
const step = z.union([member, z.int().min(0).max(1000), z.null()]);
const value = z.union([z.string().max(256), z.int(), z.boolean()]);
const unique = (names: readonly unknown[]): boolean => new Set(names).size === names.length;

const claim = z.object({
  id: id.optional(),
  // The first step is a member: a credential is an object.
  path: z
    .array(step)
    .min(1)
    .max(8)
    .refine(([first]) => typeof first === 'string'),
  values: z.array(value).min(1).max(50).optional(),
});
const claims = z
  .array(claim)
  .min(1)
  .max(50)
  .refine((list) => unique(list.flatMap((one) => one.id ?? [])))
  .refine((list) => unique(list.map(({ path }) => JSON.stringify(path))));
const sets = z.array(z.array(id).min(1).max(50).refine(unique)).min(1).max(10);

const credential = z
  .object({
    id,
    format: z.literal('dc+sd-jwt'),
    meta: z.object({ vct_values: z.array(z.string().min(1).max(1024)).min(1).max(50) }),
    multiple: z.boolean().optional(),
    claims: claims.optional(),
    claim_sets: sets.optional(),
    trusted_authorities: z
      .array(
        z.object({
          type: z.literal('aki'),
          values: z
            .array(z.string().regex(/^[A-Za-z0-9_-]{1,128}$/))
            .min(1)
            .max(50),
        }),
      )
      .min(1)
      .max(10)
      .optional(),
    require_cryptographic_holder_binding: z.literal(true).optional(),
  })
  // Section 6.1: sets are sets of claims.
  .refine((one) => one.claim_sets === undefined || one.claims !== undefined);

const query = z.object({
  credentials: z
    .array(credential)
    .min(1)
    .max(20)
    .refine((list) => unique(list.map((one) => one.id))),
  credential_sets: z
    .array(z.object({ options: sets, required: z.boolean().optional() }))
    .min(1)
    .max(10)
    .optional(),
});

/**
 * Reads a query. Members this version does not know are left out, as section 6 asks. What is known and cannot be checked
 * here is refused: another format, an answer without proof of the holder, another kind of authority.
 *
 * @param value parsed JSON
 * @throws {StandardError} `dcql_query_invalid`
 */
export function parseDcqlQuery(value: unknown): DcqlQuery {
  try {
    if (JSON.stringify(value).length > MAX_LENGTH) throw new Error('too long');
    const parsed = query.parse(value);
    // Names in sets that nothing has, and whatever else the library knows.
    Dcql.validate(Dcql.parse(parsed));
    return parsed;
  } catch (cause) {
    throw new StandardError('dcql_query_invalid', 'not a query for credentials', { cause });
  }
}
