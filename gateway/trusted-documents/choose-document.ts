/**
 * Which operation a request means: its text, the hash of one (automatic persisted queries: `extensions.persistedQuery`),
 * or the id of a registered one (`documentId`, GraphQL over HTTP).
 */
import { hash } from 'node:crypto';

import { LRUCache } from 'lru-cache';

import type { KeyValue } from '../../runtime/key-value.ts';
import type { Deadline } from '../deadline.ts';
import type { Quota, SharedCounts } from '../rate-limits/shared-counts.ts';

/**
 * Whether clients may ask only what is registered: `off` takes text alone, `allow` takes text, hashes and ids, and
 * `require` refuses whatever is not registered, as text too.
 */
export type DocumentPolicy = 'off' | 'allow' | 'require';

/** What a request says of its operation. */
export interface AskedDocument {
  readonly text: string | undefined;
  /** SHA-256 of a text, in hex. */
  readonly hash: string | undefined;
  /** `sha256:` and the SHA-256 of a registered text, in hex. */
  readonly documentId: string | undefined;
}

/** The text to run, or why there is none. */
export type ChosenDocument =
  | {
      readonly kind: 'text';
      readonly text: string;
      /** Its SHA-256 in hex, when it is found by that and registered. */
      readonly trusted?: string;
      /** Keeps it under the hash that it came with. For a text that has been found good; never rejects. */
      readonly keep?: () => Promise<void>;
    }
  | {
      readonly kind: 'refused';
      readonly code:
        | 'BAD_REQUEST'
        | 'PERSISTED_QUERY_NOT_FOUND'
        | 'PERSISTED_QUERY_NOT_SUPPORTED'
        | 'TRUSTED_DOCUMENT_REQUIRED'
        | 'SERVICE_UNAVAILABLE';
    };

/** Chooses for one client; `undefined` for whoever has not signed in. In the time of the operation, when that is given. */
export type ChooseDocument = (
  asked: AskedDocument,
  clientId: string | undefined,
  requestId: string,
  deadline?: Deadline,
) => Promise<ChosenDocument>;

/** What identity tells of all clients. */
export interface DocumentRules {
  /** Another text once anything registered has been taken back. */
  readonly withdrawals: string;
  /** The clients that have a policy of their own. */
  readonly policies: ReadonlyMap<string, 'allow' | 'require'>;
}

/** What the choice is made from. */
export interface DocumentParts {
  /** For whoever has none of their own. */
  readonly policy: DocumentPolicy;
  readonly rules: () => DocumentRules;
  /** Our own operations, by hash: anybody may ask them. */
  readonly own: ReadonlyMap<string, string>;
  /** What a client has registered. Rejects when that cannot be known now. */
  readonly findRegistered: (
    clientId: string,
    sha256: string,
    requestId: string,
    deadline?: Deadline,
  ) => Promise<string | undefined>;
  /** Count how much each client has had kept. */
  readonly counts: Pick<SharedCounts, 'take'>;
  /** Where replicas keep what clients have sent with its hash. Without it each remembers its own. */
  readonly keyValue: Pick<KeyValue, 'get' | 'set'> | undefined;
}

/** How long a text that came with its hash is kept, in seconds. */
const PERSISTED_SECONDS = 24 * 60 * 60;
/** What keeping a text costs beside its characters, as many characters. */
const KEEPING = 300;
/** Longest text that is kept, in characters. */
const LONGEST_PERSISTED = 10_000;
/** Characters that are kept of one client. What is past that runs, and is not kept. */
const PERSISTED_A_DAY: Quota = {
  name: 'documents-day',
  units: 1_000_000,
  windowSeconds: PERSISTED_SECONDS,
};
/** What this process remembers, of what is registered and of what was sent with its hash: texts, and their characters. */
const REMEMBERED = { max: 2_000, maxSize: 10_000_000 } as const;
/** How long it remembers that something is not registered, in milliseconds. */
const NOT_REGISTERED_MS = 5_000;
const NOT_REGISTERED_KEPT = 2_000;
const HASH = /^[0-9a-f]{64}$/;

/** Who asks, in whose time. */
type Asking = Parameters<ChooseDocument> extends [unknown, ...infer Rest] ? Rest : never;

/** Makes the choice. */
export function documentChooser(parts: DocumentParts): ChooseDocument {
  const { own, rules, findRegistered, counts, keyValue } = parts;
  const sizeCalculation = (text: string): number => text.length;
  const registered = new LRUCache<string, string>({ ...REMEMBERED, sizeCalculation });
  const persisted = new LRUCache<string, string>({ ...REMEMBERED, sizeCalculation });
  const unknown = new LRUCache<string, true>({ max: NOT_REGISTERED_KEPT, ttl: NOT_REGISTERED_MS });

  /** Nothing that was known before something was taken back counts. */
  let known = rules().withdrawals;
  const forgetWithdrawn = (): void => {
    const { withdrawals } = rules();
    if (withdrawals === known) return;
    known = withdrawals;
    registered.clear();
  };

  const findTrusted = async (sha256: string, ...[clientId, requestId, deadline]: Asking) => {
    const ours = own.get(sha256);
    if (ours !== undefined || clientId === undefined) return ours;
    forgetWithdrawn();
    const asked = known;
    const key = keyOf(clientId, sha256);
    const remembered = registered.get(key);
    if (remembered !== undefined || unknown.has(key)) return remembered;
    const found = await findRegistered(clientId, sha256, requestId, deadline);
    if (found === undefined) unknown.set(key, true);
    else if (rules().withdrawals === asked) registered.set(key, found);
    return found;
  };
  /** Each client has its own: nobody decides what a hash means for others. */
  const findPersisted = async (sha256: string, clientId: string | undefined) => {
    if (clientId === undefined) return undefined;
    const key = keyOf(clientId, sha256);
    const found = persisted.get(key) ?? (await keyValue?.get(key).catch(() => undefined));
    // What others can write to is not believed.
    if (found === undefined || hash('sha256', found) !== sha256) return undefined;
    persisted.set(key, found);
    return found;
  };
  /** Being kept: what many send at once is counted once. */
  const keeping = new Set<string>();
  const persist = async (sha256: string, text: string, clientId: string): Promise<void> => {
    const key = keyOf(clientId, sha256);
    if (text.length > LONGEST_PERSISTED || keeping.has(key)) return;
    keeping.add(key);
    try {
      if ((await findPersisted(sha256, clientId)) !== undefined) return;
      const size = text.length + KEEPING;
      if (!(await counts.take(PERSISTED_A_DAY, clientId, size)).granted) return;
      persisted.set(key, text);
      // Without the store the client sends the text once more to another replica.
      await keyValue?.set(key, text, PERSISTED_SECONDS).catch(() => undefined);
    } finally {
      keeping.delete(key);
    }
  };

  const choose: ChooseDocument = async ({ text, hash: given, documentId }, ...asker) => {
    const [clientId] = asker;
    const policy = (clientId && rules().policies.get(clientId)) ?? parts.policy;
    if (given === undefined && documentId === undefined) {
      if (text === undefined) return refused('BAD_REQUEST');
      if (policy !== 'require') return { kind: 'text', text };
      const trusted = hash('sha256', text);
      return (await findTrusted(trusted, ...asker)) === undefined
        ? refused('TRUSTED_DOCUMENT_REQUIRED')
        : { kind: 'text', text, trusted };
    }
    if (policy === 'off') return refused('PERSISTED_QUERY_NOT_SUPPORTED');
    const sha256 = documentId === undefined ? given : documentId.replace(/^sha256:/, '');
    const isOne = documentId === undefined || (given === undefined && text === undefined);
    if (!isOne || sha256 === undefined || !HASH.test(sha256)) return refused('BAD_REQUEST');
    if (text !== undefined && hash('sha256', text) !== sha256) return refused('BAD_REQUEST');
    const trusted = await findTrusted(sha256, ...asker);
    if (trusted !== undefined) return { kind: 'text', text: trusted, trusted: sha256 };
    if (policy === 'require') return refused('TRUSTED_DOCUMENT_REQUIRED');
    if (documentId !== undefined) return refused('PERSISTED_QUERY_NOT_FOUND');
    if (text !== undefined) {
      if (clientId === undefined) return { kind: 'text', text };
      return { kind: 'text', text, keep: () => persist(sha256, text, clientId) };
    }
    const found = await findPersisted(sha256, clientId);
    return found === undefined
      ? refused('PERSISTED_QUERY_NOT_FOUND')
      : { kind: 'text', text: found };
  };
  return (...asked) => choose(...asked).catch(() => refused('SERVICE_UNAVAILABLE'));
}

const keyOf = (clientId: string, sha256: string): string =>
  `document:${hash('sha256', clientId, 'base64url')}:${sha256}`;

const refused = (code: Extract<ChosenDocument, { kind: 'refused' }>['code']): ChosenDocument => ({
  kind: 'refused',
  code,
});
