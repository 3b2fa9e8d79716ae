/** HR systems in the administration API: an administrator sees and changes those of the organisation they act for. */
import { z } from 'zod';

import type { StoredClient } from '../domain/client-ports.ts';
import type { ClientAdministration } from '../domain/client-registration.ts';
import { RegistrationRefused } from '../domain/registration-refused.ts';
import {
  type AdministrationAnswer,
  administrationEndpoint,
  type AdministrationEndpoint,
} from './administration.ts';
import type { ProblemKind } from './problem.ts';

const PATH = '/clients';
const scope = 'client:manage' as const;

const nothing = z.strictObject({});
/** What the fields hold is looked at by the domain, which names those that are wrong. */
const client = z.strictObject({
  clientId: z.string(),
  name: z.string(),
  jwks: z.unknown().optional(),
  jwksUri: z.string().optional(),
  algorithm: z.string().optional(),
  scopes: z.array(z.string()).optional(),
  purposes: z.array(z.string()).optional(),
  dpopBound: z.boolean().optional(),
});

/** Makes the endpoints. How many tokens a client may ask for is for operators alone to say. */
export function clientEndpoints(clients: ClientAdministration): readonly AdministrationEndpoint[] {
  return [
    administrationEndpoint(
      { method: 'GET', path: PATH, scope, input: nothing },
      async ({ administrator: { odsCode } }) => {
        const all = await clients.listClients({ odsCode });
        return { status: 200, body: { clients: all.map(bodyOf) } };
      },
    ),
    administrationEndpoint(
      // A system needs nobody's passkey for what it does later: letting it in does.
      { method: 'POST', path: PATH, scope, input: client, confirmed: true },
      async ({ administrator: { odsCode, staffId }, input }) =>
        refusing('input_invalid', async () => {
          const stored = await clients.registerClient({ ...input, odsCode, createdBy: staffId });
          return { status: 201, body: bodyOf(stored) };
        }),
    ),
    administrationEndpoint(
      { method: 'GET', path: `${PATH}/:id`, scope, input: nothing },
      async ({ administrator: { odsCode }, params }) => {
        const found = await clients.findClient({ clientId: params['id'] ?? '', odsCode });
        return found === undefined ? NOT_FOUND : { status: 200, body: bodyOf(found) };
      },
    ),
    administrationEndpoint(
      { method: 'POST', path: `${PATH}/:id/stop`, scope, input: nothing },
      async ({ administrator: { odsCode, staffId }, params }) =>
        refusing('not_found', async () => {
          const choice = { clientId: params['id'] ?? '', odsCode };
          const stopped = await clients.stopClient({ ...choice, by: staffId });
          return { status: 200, body: bodyOf(stopped) };
        }),
    ),
    administrationEndpoint(
      { method: 'GET', path: `${PATH}/:id/log`, scope, input: nothing },
      async ({ administrator: { odsCode }, params }) => {
        const faults = await clients.clientLog({ clientId: params['id'] ?? '', odsCode });
        if (faults === undefined) return NOT_FOUND;
        const entries = faults.map((fault) => ({ ...fault, at: fault.at.toISOString() }));
        return { status: 200, body: { entries } };
      },
    ),
  ];
}

const NOT_FOUND: AdministrationAnswer = { problem: { kind: 'not_found' } };

async function refusing(
  kind: ProblemKind,
  act: () => Promise<AdministrationAnswer>,
): Promise<AdministrationAnswer> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof RegistrationRefused)) throw error;
    return { problem: { kind, ...(kind === 'input_invalid' ? { fields: error.fields } : {}) } };
  }
}

const bodyOf = (stored: StoredClient) => ({
  clientId: stored.clientId,
  name: stored.name,
  odsCode: stored.odsCode,
  ...(stored.keys.kind === 'address'
    ? { jwksUri: stored.keys.jwksUri }
    : { jwks: { keys: stored.keys.keys } }),
  algorithm: stored.algorithm,
  scopes: stored.scopes,
  purposes: stored.purposes ?? null,
  dpopBound: stored.dpopBound,
  tokensPerMinute: stored.tokensPerMinute ?? null,
  status: stored.status,
  createdAt: stored.createdAt.toISOString(),
  createdBy: stored.createdBy,
  stoppedAt: stored.stoppedAt?.toISOString() ?? null,
  stoppedBy: stored.stoppedBy ?? null,
});
