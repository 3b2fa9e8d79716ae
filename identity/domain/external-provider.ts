/**
 * OpenID providers of others that people sign in with, as an operator describes them: who somebody is, how strongly they
 * have signed in there, and which roles that gives here. Nothing is taken from a claim that is not described.
 *
 * Source: OpenID Connect Core 1.0, sections 2 (`acr`, `amr`) and 5.1 (claims); RFC 8176 (`amr` values).
 */
import { z } from 'zod';

import type { JsonObject } from '../../standards/strict-json.ts';
import { isJsonObject } from '../../standards/strict-json.ts';
import { grantedRole, type RoleGrant } from './roles.ts';

const claimName = z.string().min(1).max(100);

/** A condition on one claim. Numbers may come as text, as `authentication_assurance_level` does. */
const condition = z.union([
  z.strictObject({ claim: claimName, atLeast: z.number().int() }),
  z.strictObject({ claim: claimName, oneOf: z.array(z.string().min(1).max(200)).min(1).max(20) }),
]);
const conditions = z.array(condition).min(1).max(10);

/** How a provider is described. */
export const externalProviderShape = z
  .strictObject({
    /** Part of addresses; the redirect URI there is `{issuer}/sign-in/callback/{id}`. */
    id: z.string().regex(/^[a-z0-9][a-z0-9-]{1,31}$/),
    /** On the button: "Sign in with {label}". */
    label: z.string().min(1).max(60),
    /** Issuer identifier. Everything else comes from its metadata. */
    issuer: z.url({ protocol: /^https?$/ }).max(500),
    clientId: z.string().min(1).max(200),
    /** One of the two: a secret, or a private JWK with `alg` for `private_key_jwt`. */
    clientSecret: z.string().min(16).max(500).optional(),
    clientKey: z
      .looseObject({ kty: z.string(), kid: z.string(), alg: z.enum(['ES256', 'PS256', 'RS512']) })
      .optional(),
    scope: z.string().min(1).max(500).default('openid'),
    acrValues: z.string().min(1).max(500).optional(),
    /** Whether claims are asked for at the UserInfo endpoint too. */
    userInfo: z.boolean().default(false),
    /** How the person is found: by an NHSmail address that the provider vouches for, or by a link that is kept here. */
    person: z.union([
      z.strictObject({ by: z.literal('mail'), claim: claimName }),
      z.strictObject({ by: z.literal('link'), claim: claimName }),
    ]),
    /** How strong a sign-in there is; the first whose conditions hold. None: it is not strong enough. */
    strengths: z
      .array(
        z.strictObject({
          when: conditions,
          acr: z.enum(['two-factor', 'passkey']),
          amr: z.array(z.string().min(1).max(20)).min(1).max(8),
        }),
      )
      .min(1)
      .max(10),
    /** Role codes that give a role at the organisation they are held at, e.g. of CIS2. None when left out. */
    roles: z
      .strictObject({
        /** Conditions for all of them, e.g. both assurance levels of CIS2 at least 2. */
        when: conditions,
        /** The claim: a list of `{org_code, role_code}`. */
        claim: claimName.default('nhsid_nrbac_roles'),
        codes: z
          .array(z.strictObject({ code: z.string().min(1).max(200), role: grantedRole }))
          .min(1)
          .max(100),
      })
      .optional(),
  })
  .refine(
    ({ clientSecret, clientKey }) => (clientSecret === undefined) !== (clientKey === undefined),
    'needs either clientSecret or clientKey',
  );

/** A provider as it is described. */
export type ExternalProviderSettings = z.output<typeof externalProviderShape>;

/** What the claims of a sign-in there mean here. */
export type ExternalIdentity =
  | {
      readonly kind: 'identity';
      /** The value that names the person: an address in lower case, or the provider's own name for them. */
      readonly person: string;
      readonly name: string | undefined;
      readonly acr: 'two-factor' | 'passkey';
      readonly amr: readonly string[];
      readonly roles: readonly RoleGrant[];
    }
  | { readonly kind: 'not-strong-enough' }
  /** The claims do not name a person. */
  | { readonly kind: 'nobody' };

/** Most roles taken from one sign-in. */
const MAX_ROLES = 50;

/** Reads the claims of a sign-in. The ID token and the answer of the UserInfo endpoint have been checked. */
export function readExternalIdentity(
  claims: JsonObject,
  settings: Pick<ExternalProviderSettings, 'person' | 'strengths' | 'roles'>,
): ExternalIdentity {
  const value = own(claims, settings.person.claim);
  if (typeof value !== 'string' || value === '' || value.length > 254) return { kind: 'nobody' };
  const { by } = settings.person;
  if (by === 'mail' && (own(claims, 'email_verified') === false || !value.includes('@'))) {
    return { kind: 'nobody' };
  }
  const strength = settings.strengths.find(({ when }) => allHold(when, claims));
  if (strength === undefined) return { kind: 'not-strong-enough' };
  const name = own(claims, 'name');
  return {
    kind: 'identity',
    person: by === 'mail' ? value.toLowerCase() : value,
    name: typeof name === 'string' && name !== '' ? name.slice(0, 500) : undefined,
    acr: strength.acr,
    amr: strength.amr,
    roles: rolesIn(claims, settings.roles),
  };
}

const heldRole = z.object({
  org_code: z.string().regex(/^[A-Z0-9]{3,10}$/),
  role_code: z.string(),
});

function rolesIn(
  claims: JsonObject,
  settings: ExternalProviderSettings['roles'],
): readonly RoleGrant[] {
  if (settings === undefined || !allHold(settings.when, claims)) return [];
  const held = own(claims, settings.claim);
  const roles = new Map<string, RoleGrant>();
  for (const one of Array.isArray(held) ? held.slice(0, MAX_ROLES) : []) {
    const parsed = heldRole.safeParse(one);
    if (!parsed.success) continue;
    const { org_code: odsCode, role_code: code } = parsed.data;
    const role = settings.codes.find((known) => known.code === code)?.role;
    if (role !== undefined) roles.set(`${role} ${odsCode}`, { role, odsCode });
  }
  return [...roles.values()];
}

const own = (claims: JsonObject, name: string): unknown =>
  isJsonObject(claims) && Object.hasOwn(claims, name) ? claims[name] : undefined;

const allHold = (when: z.output<typeof conditions>, claims: JsonObject): boolean =>
  when.every((one) => {
    const value = own(claims, one.claim);
    if ('oneOf' in one) {
      return [value].flat().some((item) => typeof item === 'string' && one.oneOf.includes(item));
    }
    const level = typeof value === 'string' && /^\d{1,2}$/.test(value) ? Number(value) : value;
    return typeof level === 'number' && level >= one.atLeast;
  });
