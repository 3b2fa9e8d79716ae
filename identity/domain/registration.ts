/** Letting HR systems and applications in: what an operator or a process enters. */
import { z } from 'zod';

import { publicEcJwk } from '../../standards/jwk-thumbprint.ts';
import type { AppStore, ClientStore } from './ports.ts';
import { HR_SYSTEM_SCOPES, SERVICE_SCOPES } from './roles.ts';

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
  'lanyard-account',
]);

const clientId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{2,63}$/, 'must be 3 to 64 of a-z, 0-9 and -')
  .refine((id) => !reserved.has(id), 'is one of our own clients');
const clientName = z.string().trim().min(1).max(100);

/** `https`, or `http` on this machine (RFC 8252, section 7.3); no fragment (RFC 6749, section 3.1.2). */
const redirectUri = z
  .url()
  .max(500)
  .refine((text) => {
    if (!URL.canParse(text)) return false;
    const { protocol, hostname, hash } = new URL(text);
    const loopback = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
    return hash === '' && (protocol === 'https:' || (protocol === 'http:' && loopback));
  }, 'must be https (http on this machine) and have no fragment');

const registerAppInput = z.strictObject({
  clientId,
  name: clientName,
  redirectUris: z.array(redirectUri).min(1).max(10),
  backchannelLogoutUri: redirectUri.optional(),
  createdBy: z.string().min(1).max(200).default('operator'),
});

const registerClientInput = z.strictObject({
  clientId,
  name: clientName,
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

/** What makes an HR system a client. `jwks` holds its public keys. */
export type RegisterClientInput = z.input<typeof registerClientInput>;
/** What makes an application a client. */
export type RegisterAppInput = z.input<typeof registerAppInput>;

/** What an operator can do here. */
export interface IdentityAdministration {
  /** Lets an HR system ask for tokens, or replaces its keys. @throws {RegistrationRefused} */
  readonly registerClient: (input: RegisterClientInput) => Promise<void>;
  /** Lets an application send people here to sign in. @throws {RegistrationRefused} */
  readonly registerApp: (input: RegisterAppInput) => Promise<void>;
}

/** Creates the operator's functions. */
export function identityAdministration({
  clients,
  apps,
}: {
  readonly clients: ClientStore;
  readonly apps: AppStore;
}): IdentityAdministration {
  return {
    registerClient: async (input) => {
      const { jwks, createdBy, ...client } = check(registerClientInput, input);
      await clients.put({ ...client, keys: jwks.keys, scopes: HR_SYSTEM_SCOPES }, createdBy);
    },
    registerApp: async (input) => {
      const { createdBy, ...app } = check(registerAppInput, input);
      if ((await clients.find(app.clientId)) !== undefined) {
        throw new RegistrationRefused('clientId: is an HR system');
      }
      await apps.put(app, createdBy);
    },
  };
}

function check<Shape extends z.ZodType>(shape: Shape, input: unknown): z.infer<Shape> {
  const result = shape.safeParse(input);
  if (result.success) return result.data;
  const faults = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new RegistrationRefused(faults.join('; '));
}
