/** Letting HR systems in, and stopping them: by an operator, or by an administrator of their organisation. */
import { z } from 'zod';

import { clientAlgorithm, registeredKeySet } from './client-keys.ts';
import type {
  ClientFault,
  ClientFaults,
  ClientKeys,
  ClientStore,
  StoredClient,
} from './client-ports.ts';
import type { AppStore } from './ports.ts';
import { refusalOf, RegistrationRefused } from './registration-refused.ts';
import type { Revoke } from './revocation.ts';
import { DIRECTORY_SCOPES, HR_SYSTEM_SCOPES } from './roles.ts';
import { actor, clientId, clientName, odsCode } from './registration-fields.ts';
import type { WalletStore } from './wallet-ports.ts';

/** What makes an HR system a client. Its keys come as `jwks` or `jwksUri`. */
export interface RegisterClientInput {
  readonly clientId: string;
  readonly name: string;
  readonly odsCode: string;
  /** A JWK Set of public keys. */
  readonly jwks?: unknown;
  /** Where the JWK Set is. */
  readonly jwksUri?: string | undefined;
  readonly algorithm?: string | undefined;
  readonly scopes?: readonly string[] | undefined;
  readonly purposes?: readonly string[] | undefined;
  readonly dpopBound?: boolean | undefined;
  readonly tokensPerMinute?: number | undefined;
  readonly createdBy?: string | undefined;
}

/** Names one client; an administrator sees those of one organisation alone. */
export interface ClientChoice {
  readonly clientId: string;
  readonly odsCode?: string | undefined;
}

/** Clients, for operators and administrators. */
export interface ClientAdministration {
  /** Lets an HR system ask for tokens, or replaces what is known of it. @throws {RegistrationRefused} */
  readonly registerClient: (input: RegisterClientInput) => Promise<StoredClient>;
  readonly findClient: (choice: ClientChoice) => Promise<StoredClient | undefined>;
  readonly listClients: (filter: {
    readonly odsCode?: string | undefined;
  }) => Promise<readonly StoredClient[]>;
  /** Stops a client for good, with the tokens it has. @throws {RegistrationRefused} when there is none to stop */
  readonly stopClient: (choice: ClientChoice & { readonly by: string }) => Promise<StoredClient>;
  /** The last refusals, newest first; `undefined` when there is no such client. */
  readonly clientLog: (choice: ClientChoice) => Promise<readonly ClientFault[] | undefined>;
}

/** What clients are administered with. */
export interface ClientAdministrationParts {
  readonly clients: ClientStore;
  readonly apps: Pick<AppStore, 'find'>;
  readonly wallets: Pick<WalletStore, 'find'>;
  readonly faults: Pick<ClientFaults, 'list'>;
  readonly revoke: Revoke;
  /** Codes that a client may be registered for. */
  readonly purposes: readonly string[];
  /** Whether a key set may be at an `http` address: never in production. */
  readonly allowHttp: boolean;
}

/** Creates the functions. */
export function clientAdministration(parts: ClientAdministrationParts): ClientAdministration {
  const { clients, apps, wallets, faults, revoke } = parts;
  const findClient: ClientAdministration['findClient'] = async ({ clientId: id, odsCode: ods }) => {
    const found = await clients.findStored(id);
    return ods === undefined || found?.odsCode === ods ? found : undefined;
  };
  return {
    registerClient: async (given) => {
      const { createdBy, jwks, jwksUri, ...client } = readInput(given, parts);
      if ((await apps.find(client.clientId)) !== undefined) {
        throw new RegistrationRefused(['clientId', 'is an application']);
      }
      if ((await wallets.find(client.clientId)) !== undefined) {
        throw new RegistrationRefused(['clientId', 'is a wallet']);
      }
      const keys: ClientKeys =
        jwks === undefined
          ? { kind: 'address', jwksUri: jwksUri ?? '' }
          : { kind: 'value', keys: jwks.keys };
      if (!(await clients.put({ ...client, keys }, createdBy))) {
        throw new RegistrationRefused([
          'clientId',
          'is in use or has been stopped: choose another',
        ]);
      }
      const stored = await clients.findStored(client.clientId);
      if (stored === undefined) throw new Error('a client was not stored');
      return stored;
    },
    findClient,
    listClients: ({ odsCode: ods }) => clients.list(ods),
    stopClient: async ({ by, ...choice }) => {
      const found = await findClient(choice);
      if (found === undefined || !(await clients.stop(found.clientId, by))) {
        throw new RegistrationRefused(['clientId', 'no such client is active']);
      }
      await revoke([{ kind: 'client', clientId: found.clientId }]);
      return (await clients.findStored(found.clientId)) ?? found;
    },
    clientLog: async (choice) => {
      const found = await findClient(choice);
      return found === undefined ? undefined : faults.list(found.clientId);
    },
  };
}

function readInput(given: RegisterClientInput, parts: ClientAdministrationParts) {
  const chosen = clientAlgorithm.default('ES256').safeParse(given.algorithm);
  // The keys are judged by the algorithm; a wrong one is named by the whole shape below.
  const shape = inputShape(chosen.success ? chosen.data : 'ES256', parts);
  const read = shape.safeParse(given);
  if (read.success) return read.data;
  throw refusalOf(read.error);
}

const inputShape = (
  algorithm: z.infer<typeof clientAlgorithm>,
  { purposes, allowHttp }: Pick<ClientAdministrationParts, 'purposes' | 'allowHttp'>,
) =>
  z
    .strictObject({
      clientId,
      name: clientName,
      odsCode,
      jwks: registeredKeySet(algorithm).optional(),
      jwksUri: keySetAddress(allowHttp).optional(),
      algorithm: clientAlgorithm.default('ES256'),
      scopes: distinct(z.enum([...HR_SYSTEM_SCOPES, ...DIRECTORY_SCOPES])).default([
        ...HR_SYSTEM_SCOPES,
      ]),
      purposes: purposesGiven(purposes).optional(),
      dpopBound: z.boolean().default(false),
      tokensPerMinute: z.int().min(1).max(100_000).optional(),
      createdBy: actor,
    })
    .refine(({ jwks, jwksUri }) => (jwks === undefined) !== (jwksUri === undefined), {
      path: ['jwks'],
      message: 'give either jwks or jwksUri',
    });

const distinct = <Item extends z.ZodType<string>>(item: Item) =>
  z
    .array(item)
    .min(1)
    .max(32)
    .refine((items) => new Set(items).size === items.length, 'has something twice');

/** A list of purposes of use, each of which there is. */
export const purposesGiven = (known: readonly string[]): z.ZodType<readonly string[]> =>
  distinct(z.string().refine((code) => known.includes(code), 'is not a purpose of use'));

/** `https`, or `http` where that is allowed; no fragment, no name and password. */
export const keySetAddress = (allowHttp: boolean): z.ZodType<string> =>
  z
    .url()
    .max(500)
    .refine((text) => {
      const url = URL.parse(text);
      if (url?.hash !== '' || url.username !== '' || url.password !== '') return false;
      return url.protocol === 'https:' || (allowHttp && url.protocol === 'http:');
    }, 'must be https, without a fragment');
