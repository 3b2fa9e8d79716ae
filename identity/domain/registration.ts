/** Letting HR systems and people in: what an operator or a process enters. */
import { z } from 'zod';

import { publicEcJwk } from '../../standards/jwk-thumbprint.ts';
import type { ClientStore, RoleGrants } from './ports.ts';
import { HR_SYSTEM_SCOPES, role, SERVICE_SCOPES } from './roles.ts';

/** An entry that cannot be accepted. The message names every field that is wrong. */
export class RegistrationRefused extends Error {
  override readonly name = 'RegistrationRefused';
  readonly code = 'registration_invalid';
}

const odsCode = z.string().regex(/^[A-Z0-9]{3,10}$/, 'must be an ODS code, e.g. RZ1');

const reserved = new Set<string>([
  ...Object.keys(SERVICE_SCOPES),
  'lanyard-wallet',
  'lanyard-explorer',
]);

const registerClientInput = z.strictObject({
  clientId: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{2,63}$/, 'must be 3 to 64 of a-z, 0-9 and -')
    .refine((id) => !reserved.has(id), 'is one of our own clients'),
  name: z.string().trim().min(1).max(100),
  odsCode,
  jwks: z.object({
    keys: z
      .array(
        z.looseObject({ kid: z.string().min(1).max(255) }).transform((jwk, context) => {
          const key = publicEcJwk.safeParse(jwk);
          if (key.success) return { ...key.data, kid: jwk.kid };
          context.addIssue({ code: 'custom', message: 'must be a public P-256 key for ES256' });
          return z.NEVER;
        }),
      )
      .min(1)
      .max(5)
      .refine(
        (keys) => new Set(keys.map((key) => key.kid)).size === keys.length,
        'kid is repeated',
      ),
  }),
  createdBy: z.string().min(1).max(200).default('operator'),
});

const grantRoleInput = z.strictObject({
  mail: z.email().max(254).toLowerCase(),
  role,
  odsCode,
  grantedBy: z.string().min(1).max(200),
});

/** What makes an HR system a client. `jwks` holds its public keys. */
export type RegisterClientInput = z.input<typeof registerClientInput>;
/** What gives a person a role. */
export type GrantRoleInput = z.input<typeof grantRoleInput>;

/** What an operator can do here. */
export interface IdentityAdministration {
  /** Lets an HR system ask for tokens, or replaces its keys. @throws {RegistrationRefused} */
  readonly registerClient: (input: RegisterClientInput) => Promise<void>;
  /** Lets a person act for an organisation. @throws {RegistrationRefused} */
  readonly grantRole: (input: GrantRoleInput) => Promise<void>;
}

/** Creates the operator's functions. */
export function identityAdministration(
  clients: ClientStore,
  roleGrants: RoleGrants,
): IdentityAdministration {
  return {
    registerClient: async (input) => {
      const { jwks, createdBy, ...client } = check(registerClientInput, input);
      await clients.put({ ...client, keys: jwks.keys, scopes: HR_SYSTEM_SCOPES }, createdBy);
    },
    grantRole: async (input) => {
      await roleGrants.put(check(grantRoleInput, input));
    },
  };
}

function check<Shape extends z.ZodType>(shape: Shape, input: unknown): z.infer<Shape> {
  const result = shape.safeParse(input);
  if (result.success) return result.data;
  const faults = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new RegistrationRefused(faults.join('; '));
}
