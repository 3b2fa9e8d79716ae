/** Letting applications in that people sign in to: what an operator enters. */
import { z } from 'zod';

import { clientAlgorithm, registeredKeySet } from './client-keys.ts';
import type { ClientKeys, ClientStore } from './client-ports.ts';
import { keySetAddress, purposesGiven } from './client-registration.ts';
import type { AppStore } from './ports.ts';
import { actor, clientId, clientName } from './registration-fields.ts';
import { refusalOf, RegistrationRefused } from './registration-refused.ts';
import type { WalletStore } from './wallet-ports.ts';

/** `https`, or `http` on this machine (RFC 8252, section 7.3); no fragment (RFC 6749, section 3.1.2). */
export const redirectUri = z
  .url()
  .max(500)
  .refine((text) => {
    if (!URL.canParse(text)) return false;
    const { protocol, hostname, hash } = new URL(text);
    const loopback = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
    return hash === '' && (protocol === 'https:' || (protocol === 'http:' && loopback));
  }, 'must be https (http on this machine) and have no fragment');

/** What makes an application a client. With keys it is a confidential one, and has to sign in with them. */
export interface RegisterAppInput {
  readonly clientId: string;
  readonly name: string;
  readonly redirectUris: readonly string[];
  readonly backchannelLogoutUri?: string | undefined;
  readonly jwks?: unknown;
  readonly jwksUri?: string | undefined;
  readonly algorithm?: string | undefined;
  readonly purposes?: readonly string[] | undefined;
  readonly createdBy?: string | undefined;
}

/** What an operator can do here. */
export interface IdentityAdministration {
  /** Lets an application send people here to sign in. @throws {RegistrationRefused} */
  readonly registerApp: (input: RegisterAppInput) => Promise<void>;
}

/** Creates the operator's functions. */
export function identityAdministration({
  clients,
  apps,
  wallets,
  allowHttp,
  purposes,
}: {
  readonly clients: Pick<ClientStore, 'findStored'>;
  readonly apps: AppStore;
  readonly wallets: Pick<WalletStore, 'find'>;
  /** Whether a key set may be at an `http` address: never in production. */
  readonly allowHttp: boolean;
  /** Codes that an application may be registered for. */
  readonly purposes: readonly string[];
}): IdentityAdministration {
  return {
    registerApp: async (input) => {
      const chosen = clientAlgorithm.default('ES256').safeParse(input.algorithm);
      const { createdBy, jwks, jwksUri, algorithm, ...app } = check(
        appShape(chosen.success ? chosen.data : 'ES256', { allowHttp, purposes }),
        input,
      );
      if ((await clients.findStored(app.clientId)) !== undefined) {
        throw new RegistrationRefused(['clientId', 'is an HR system']);
      }
      if ((await wallets.find(app.clientId)) !== undefined) {
        throw new RegistrationRefused(['clientId', 'is a wallet']);
      }
      const keys: ClientKeys | undefined =
        jwks !== undefined
          ? { kind: 'value', keys: jwks.keys }
          : jwksUri !== undefined
            ? { kind: 'address', jwksUri }
            : undefined;
      await apps.put({ ...app, ...(keys && { signing: { keys, algorithm } }) }, createdBy);
    },
  };
}

const appShape = (
  algorithm: z.infer<typeof clientAlgorithm>,
  { allowHttp, purposes }: { readonly allowHttp: boolean; readonly purposes: readonly string[] },
) =>
  z
    .strictObject({
      clientId,
      name: clientName,
      redirectUris: z.array(redirectUri).min(1).max(10),
      backchannelLogoutUri: redirectUri.optional(),
      jwks: registeredKeySet(algorithm).optional(),
      jwksUri: keySetAddress(allowHttp).optional(),
      algorithm: clientAlgorithm.default('ES256'),
      purposes: purposesGiven(purposes).optional(),
      createdBy: actor,
    })
    .refine(({ jwks, jwksUri }) => jwks === undefined || jwksUri === undefined, {
      path: ['jwks'],
      message: 'give either jwks or jwksUri',
    });

function check<Shape extends z.ZodType>(shape: Shape, input: unknown): z.infer<Shape> {
  const result = shape.safeParse(input);
  if (result.success) return result.data;
  throw refusalOf(result.error);
}
