/**
 * Which operation a request means: its text, the hash of one (automatic persisted queries: `extensions.persistedQuery`),
 * or the id of a registered one (`documentId`, GraphQL over HTTP).
 */
import { hash } from 'node:crypto';

import { LRUCache } from 'lru-cache';

import type { KeyValue } from '../../runtime/key-value.ts';

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

/** Chooses for one client; `undefined` for whoever has not signed in. */
export type ChooseDocument = (
  asked: AskedDocument,
  clientId: string | undefined,
  requestId: string,
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
  ) => Promise<string | undefined>;
  /** Where replicas keep what clients have sent with its hash. */
  readonly keyValue: Pick<KeyValue, 'get' | 'set'>;
}

/** How long a text that came with its hash is kept after it was last sent, in seconds. */
const PERSISTED_SECONDS = 24 * 60 * 60;
/** Longest text that is kept, in characters. */
const LONGEST_PERSISTED = 10_000;
/** What this process remembers, in all and in characters. */
const REMEMBERED = { max: 2_000, maxSize: 10_000_000 } as const;
/** How long it remembers that something is not registered, in milliseconds. */
const NOT_REGISTERED_MS = 5_000;
const NOT_REGISTERED_KEPT = 2_000;
const HASH = /^[0-9a-f]{64}$/;

/** Makes the choice. */
export function documentChooser(parts: DocumentParts): ChooseDocument {
  const { own, rules, findRegistered, keyValue } = parts;
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

  const findTrusted = async (sha256: string, clientId: string | undefined, requestId: string) => {
    const ours = own.get(sha256);
    if (ours !== undefined || clientId === undefined) return ours;
    forgetWithdrawn();
    const asked = known;
    const key = keyOf(clientId, sha256);
    const remembered = registered.get(key);
    if (remembered !== undefined || unknown.has(key)) return remembered;
    const found = await findRegistered(clientId, sha256, requestId);
    if (found === undefined) unknown.set(key, true);
    else if (rules().withdrawals === asked) registered.set(key, found);
    return found;
  };
  /** Each client has its own: nobody decides what a hash means for others. */
  const findPersisted = async (sha256: string, clientId: string | undefined) => {
    if (clientId === undefined) return undefined;
    const key = keyOf(clientId, sha256);
    const found = persisted.get(key) ?? (await keyValue.get(key).catch(() => undefined));
    // What others can write to is not believed.
    if (found === undefined || hash('sha256', found) !== sha256) return undefined;
    persisted.set(key, found);
    return found;
  };
  const persist = async (sha256: string, text: string, clientId: string | undefined) => {
    if (clientId === undefined || text.length > LONGEST_PERSISTED) return;
    const key = keyOf(clientId, sha256);
    persisted.set(key, text);
    // Without the store the client sends the text once more to another replica.
    await keyValue.set(key, text, PERSISTED_SECONDS).catch(() => undefined);
  };

  const choose: ChooseDocument = async ({ text, hash: given, documentId }, clientId, requestId) => {
    const policy = (clientId && rules().policies.get(clientId)) ?? parts.policy;
    if (given === undefined && documentId === undefined) {
      if (text === undefined) return refused('BAD_REQUEST');
      if (policy !== 'require') return { kind: 'text', text };
      const trusted = hash('sha256', text);
      return (await findTrusted(trusted, clientId, requestId)) === undefined
        ? refused('TRUSTED_DOCUMENT_REQUIRED')
        : { kind: 'text', text, trusted };
    }
    if (policy === 'off') return refused('PERSISTED_QUERY_NOT_SUPPORTED');
    const sha256 = documentId === undefined ? given : documentId.replace(/^sha256:/, '');
    const isOne = documentId === undefined || (given === undefined && text === undefined);
    if (!isOne || sha256 === undefined || !HASH.test(sha256)) return refused('BAD_REQUEST');
    if (text !== undefined && hash('sha256', text) !== sha256) return refused('BAD_REQUEST');
    const trusted = await findTrusted(sha256, clientId, requestId);
    if (trusted !== undefined) return { kind: 'text', text: trusted, trusted: sha256 };
    if (policy === 'require') return refused('TRUSTED_DOCUMENT_REQUIRED');
    if (documentId !== undefined) return refused('PERSISTED_QUERY_NOT_FOUND');
    if (text !== undefined) {
      await persist(sha256, text, clientId);
      return { kind: 'text', text };
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
