/** The storage of oidc-provider, on a {@link ModelStore}. Single use holds however many try at once. */
import { type Adapter, type AdapterFactory, type AdapterPayload, errors } from 'oidc-provider';

import type { FoundModel, ModelStore } from '../domain/ports.ts';
import type { SessionStore } from '../domain/session-ports.ts';
import { isPastItsEnd } from './session-life.ts';

/** Looks up the metadata of a client by its id. */
export type FindClientMetadata = (clientId: string) => Promise<AdapterPayload | undefined>;

/** Creates the adapters that oidc-provider asks for, one for each kind of model. */
export function modelAdapters(
  models: ModelStore,
  findClient: FindClientMetadata,
  sessions: Pick<SessionStore, 'isEnded'>,
  now: () => Date,
): AdapterFactory {
  return (model) => {
    if (model === 'Client') return clientAdapter(findClient);
    const adapter = modelAdapter(model, models, now);
    return model === 'Session' ? withoutEnded(adapter, sessions, now) : adapter;
  };
}

/** A request that began before a session was ended may still write it: it stays ended all the same. */
function withoutEnded(
  adapter: Adapter,
  sessions: Pick<SessionStore, 'isEnded'>,
  now: () => Date,
): Adapter {
  const unlessEnded = async (found: AdapterPayload | undefined) => {
    // Each use keeps a session for a second at least, so uses close together would carry it past its end.
    if (isPastItsEnd(found?.loginTs, now())) return undefined;
    const ended = found?.uid !== undefined && (await sessions.isEnded(found.uid));
    return ended ? undefined : found;
  };
  return {
    ...adapter,
    find: async (id) => unlessEnded((await adapter.find(id)) ?? undefined),
    findByUid: async (uid) => unlessEnded((await adapter.findByUid(uid)) ?? undefined),
  };
}

function modelAdapter(model: string, models: ModelStore, now: () => Date): Adapter {
  return {
    upsert: async (id, payload, expiresIn) => {
      await models.put({
        model,
        id,
        payload: { ...payload },
        grantId: payload.grantId,
        uid: payload.uid,
        expiresAt:
          expiresIn === undefined ? undefined : new Date(now().getTime() + expiresIn * 1000),
      });
    },
    find: async (id) => payloadOf(await models.find(model, id), id),
    findByUid: async (uid) => {
      const found = await models.findByUid(model, uid);
      return payloadOf(found, undefined);
    },
    findByUserCode: () => Promise.resolve(undefined),
    consume: async (id) => {
      if (!(await models.consume(model, id))) throw new errors.InvalidGrant('already consumed');
    },
    destroy: (id) => models.remove(model, id),
    revokeByGrantId: (grantId) => models.removeByGrant(model, grantId),
  };
}

function payloadOf(
  found: FoundModel | undefined,
  id: string | undefined,
): AdapterPayload | undefined {
  if (found === undefined) return undefined;
  const { payload, consumedAt } = found;
  return {
    ...payload,
    ...(id === undefined ? {} : { jti: id }),
    ...(consumedAt === undefined ? {} : { consumed: Math.floor(consumedAt.getTime() / 1000) }),
  };
}

function clientAdapter(findClient: FindClientMetadata): Adapter {
  const refuse = (): Promise<never> =>
    Promise.reject(new Error('clients are registered elsewhere'));
  const none = (): Promise<undefined> => Promise.resolve(undefined);
  return {
    upsert: refuse,
    find: (id) => findClient(id),
    findByUid: none,
    findByUserCode: none,
    consume: refuse,
    destroy: refuse,
    revokeByGrantId: none,
  };
}
