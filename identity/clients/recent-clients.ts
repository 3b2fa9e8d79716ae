/** HR systems that asked for a token a moment ago need not be looked up again. */
import type { ClientStore, RegisteredClient } from '../domain/client-ports.ts';
import { createRecent } from '../../standards/recent.ts';

/** How long a client is remembered, in milliseconds: another replica that stops it is heard within this. */
const REMEMBERED_MS = 1_000;
/** Most clients remembered. */
const MAX_CLIENTS = 1_000;

/** Remembers what `find` gave. What changes through this store is looked up anew. */
export function recentClients(store: ClientStore, now: () => Date): ClientStore {
  const recent = createRecent<
    { readonly client: RegisteredClient; readonly until: number } | undefined
  >(MAX_CLIENTS);
  return {
    ...store,
    find: async (clientId) => {
      const known = recent.get(clientId);
      if (known !== undefined && now().getTime() < known.until) return known.client;
      const client = await store.find(clientId);
      if (client !== undefined) {
        recent.set(clientId, { client, until: now().getTime() + REMEMBERED_MS });
      }
      return client;
    },
    put: async (client, createdBy) => {
      const done = await store.put(client, createdBy);
      recent.set(client.clientId, undefined);
      return done;
    },
    stop: async (clientId, stoppedBy) => {
      const done = await store.stop(clientId, stoppedBy);
      recent.set(clientId, undefined);
      return done;
    },
  };
}
