/**
 * The wallet's storage in a browser. Keys are stored as they are: IndexedDB copies them without their secret ever being
 * written as text.
 *
 * Source: Indexed Database API 3.0 (W3C).
 */
import type { HeldCredential, WalletStore } from './wallet-store.ts';

const NAME = 'staff-passport';
const CREDENTIALS = 'credentials';
const NOTES = 'notes';

/** This window does not let anything be kept: a private window, or storage that is switched off. */
export class StorageBlocked extends Error {
  override readonly name = 'StorageBlocked';
  readonly code = 'storage_blocked';
}

/**
 * Opens it.
 *
 * @throws {StorageBlocked}
 */
export async function openWalletStore(): Promise<WalletStore> {
  const database = await open();
  return {
    list: async (staffId) => {
      const all = (await run(database, CREDENTIALS, 'readonly', (store) =>
        store.getAll(),
      )) as HeldCredential[];
      return all
        .filter((one) => one.staffId === staffId)
        .sort((one, other) => one.addedAt - other.addedAt);
    },
    keep: async (credentials) => {
      const transaction = database.transaction(CREDENTIALS, 'readwrite');
      const store = transaction.objectStore(CREDENTIALS);
      for (const one of credentials) store.put(one);
      await ended(transaction);
    },
    clear: async () => {
      const transaction = database.transaction([CREDENTIALS, NOTES], 'readwrite');
      transaction.objectStore(CREDENTIALS).clear();
      transaction.objectStore(NOTES).clear();
      await ended(transaction);
    },
    note: async (name, value) => {
      await run(database, NOTES, 'readwrite', (store) => store.put(value, name));
    },
    noted: (name) => run(database, NOTES, 'readonly', (store) => store.get(name)),
    take: async (name) => {
      const transaction = database.transaction(NOTES, 'readwrite');
      const store = transaction.objectStore(NOTES);
      const asked = store.get(name);
      store.delete(name);
      await ended(transaction);
      return asked.result as unknown;
    },
  };
}

/** Everything on this device, for the page that shows it while there is no network to ask who looks. */
export async function openAnybodys(): Promise<{
  readonly credentials: readonly HeldCredential[];
  readonly notes: Pick<WalletStore, 'noted'>;
}> {
  const database = await open();
  const all: unknown[] = await run(database, CREDENTIALS, 'readonly', (store) => store.getAll());
  return { credentials: all as HeldCredential[], notes: await openWalletStore() };
}

/** Asks the browser not to clear this storage when space runs out. It may say no: then recovery is by issuing anew. */
export const askToKeep = (): Promise<boolean> => navigator.storage.persist().catch(() => false);

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const blocked = (): void => {
      reject(new StorageBlocked('this window keeps nothing'));
    };
    try {
      const opening = indexedDB.open(NAME, 1);
      opening.onupgradeneeded = () => {
        // One credential of a kind for each person: a newer one takes the older one's place.
        opening.result.createObjectStore(CREDENTIALS, { keyPath: ['staffId', 'configurationId'] });
        opening.result.createObjectStore(NOTES);
      };
      opening.onsuccess = () => {
        resolve(opening.result);
      };
      opening.onerror = blocked;
    } catch {
      blocked();
    }
  });
}

async function run<Result>(
  database: IDBDatabase,
  store: string,
  mode: IDBTransactionMode,
  act: (store: IDBObjectStore) => IDBRequest<Result>,
): Promise<Result> {
  const transaction = database.transaction(store, mode);
  const asked = act(transaction.objectStore(store));
  await ended(transaction);
  return asked.result;
}

const ended = (transaction: IDBTransaction): Promise<void> =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = () => {
      resolve();
    };
    transaction.onabort = () => {
      reject(new StorageBlocked('nothing was kept', { cause: transaction.error }));
    };
  });
