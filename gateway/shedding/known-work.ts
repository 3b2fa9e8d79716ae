/** What kinds of work operations are, by what requests call them. */
import type { IncomingMessage } from 'node:http';

import { parse } from 'graphql';
import { LRUCache } from 'lru-cache';

import type { Work } from '../../runtime/load.ts';
import { operationWork } from './operation-work.ts';

/** Operations remembered. */
const KEPT = 1_000;

/** Kinds of work of operations that have been looked at. */
export interface KnownWork {
  /** By the operation's text or its hash; `undefined` for one that nobody has asked before, or not lately. */
  readonly of: (name: string) => Work | undefined;
  /** Remembers an operation's kind under its text. */
  readonly learn: (text: string) => void;
  /** Remembers that a hash stands for a text. */
  readonly learnHash: (hash: string, text: string) => void;
  /** Requests that were let in at the door: what has been let in is not let go later, half done. */
  readonly letIn: WeakSet<IncomingMessage>;
}

/** Remembers them; those that were asked last, when there are too many. */
export function knownWork(): KnownWork {
  const kinds = new LRUCache<string, Work>({ max: KEPT });
  return {
    letIn: new WeakSet(),
    of: (name) => kinds.get(name),
    learn: (text) => {
      kinds.set(text, operationWork(parse(text, { noLocation: true })));
    },
    learnHash: (hash, text) => {
      const kind = kinds.get(text);
      if (kind !== undefined) kinds.set(hash, kind);
    },
  };
}
