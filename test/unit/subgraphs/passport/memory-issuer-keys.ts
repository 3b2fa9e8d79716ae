/** Keys of issuers in memory, with the turns that a database would give. */
import { KeeperUnavailable } from '../../../../subgraphs/passport/domain/ports/key-keeper.ts';
import type {
  IssuerKeyStore,
  KeyUse,
  StoredKey,
} from '../../../../subgraphs/passport/domain/ports/keys.ts';

/** A store in memory. */
export interface MemoryIssuerKeys extends IssuerKeyStore {
  readonly keys: Map<string, StoredKey>;
  /** When the last credential of a key expires. */
  readonly lastExpiry: Map<string, Date>;
  /** Whether the store answers at all. */
  down: boolean;
}

/** A store that several processes of a test share. */
export function memoryIssuerKeys(): MemoryIssuerKeys {
  const keys = new Map<string, StoredKey>();
  const lastExpiry = new Map<string, Date>();
  let generation = 1;
  const answer = <Value>(value: () => Value): Promise<Value> =>
    store.down
      ? Promise.reject(new KeeperUnavailable('the store is down'))
      : Promise.resolve(value());
  const put = (key: StoredKey): void => {
    generation += 1;
    keys.set(key.kid, key);
  };
  const owned = (owner: Pick<StoredKey, 'odsCode' | 'use'>): StoredKey[] =>
    [...keys.values()]
      .filter(({ odsCode, use }) => odsCode === owner.odsCode && use === owner.use)
      .map((key) => {
        const lastExpiresAt = lastExpiry.get(key.kid);
        return lastExpiresAt === undefined ? key : { ...key, lastExpiresAt };
      })
      .sort((a, b) => a.activatesAt.getTime() - b.activatesAt.getTime());
  const store: MemoryIssuerKeys = {
    keys,
    lastExpiry,
    down: false,
    generation: () => answer(() => generation),
    find: (owner) => answer(() => owned(owner)),
    findByKid: (kid) => answer(() => keys.get(kid)),
    list: () => answer(() => [...keys.values()].map((key) => ({ ...key, signed: 0, inForce: 0 }))),
    add: (key, instead) =>
      answer(() => {
        const already = instead(owned(key));
        if (already === undefined) put(key);
        return already ?? key;
      }),
    retire: (key, mayRetire, at) =>
      answer(() => {
        if (!mayRetire(owned(key))) return false;
        put({ ...key, retiredAt: at });
        return true;
      }),
    compromise: (key, { since, at, successor, needed }) =>
      answer(() => {
        const before = keys.get(key.kid)?.compromisedSince ?? since;
        const from = before < since ? before : since;
        put({ ...key, compromisedAt: at, compromisedSince: from });
        const successorStored = successor !== undefined && needed(owned(key));
        if (successorStored) put(successor);
        return { revoked: 0, listIds: [], since: from, successorStored };
      }),
    revokeSigned: () => answer(() => ({ revoked: 0, listIds: [] })),
    findAgeing: (before) =>
      answer(() => {
        const newest = new Map<string, { odsCode: string; use: KeyUse; activatesAt: Date }>();
        for (const { odsCode, use, activatesAt } of keys.values()) {
          const known = newest.get(`${use} ${odsCode}`);
          if (use === 'anchor' || (known !== undefined && known.activatesAt > activatesAt))
            continue;
          newest.set(`${use} ${odsCode}`, { odsCode, use, activatesAt });
        }
        return [...newest.values()].filter(({ activatesAt }) => activatesAt < before);
      }),
    findUnsettled: () => answer(() => []),
  };
  return store;
}
