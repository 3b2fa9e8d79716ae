/** What kinds of work operations are, by what requests call them. */
import type { IncomingMessage } from 'node:http';

import { parse } from 'graphql';
import { LRUCache } from 'lru-cache';

import { type Work, WORK } from '../../runtime/load.ts';
import { operationWork } from './operation-work.ts';

/** Operations remembered of each kind: a crowd of one kind makes nobody forget another. */
const KEPT = 1_000;

/** Kinds of work of operations that have been looked at. */
export interface KnownWork {
  /** By the operation's text or its hash; `undefined` for one that nobody has asked before, or not lately. */
  readonly of: (name: string) => Work | undefined;
  /** Remembers the kind of an operation that the graph has found good, under its text. */
  readonly learn: (text: string) => void;
  /** Remembers that a hash stands for a text. */
  readonly learnHash: (hash: string, text: string) => void;
  /** Requests that were let in at the door: what has been let in is not let go later, half done. */
  readonly letIn: WeakSet<IncomingMessage>;
}

/** Remembers them; those that were asked last, when there are too many. */
export function knownWork(): KnownWork {
  const names = new Map(
    WORK.map((work) => [work, new LRUCache<string, true>({ max: KEPT })] as const),
  );
  const of = (name: string): Work | undefined =>
    WORK.find((work) => names.get(work)?.get(name) !== undefined);
  return {
    letIn: new WeakSet(),
    of,
    learn: (text) => {
      if (of(text) !== undefined) return;
      names.get(operationWork(parse(text, { noLocation: true })))?.set(text, true);
    },
    learnHash: (hash, text) => {
      const kind = of(text);
      if (kind !== undefined) names.get(kind)?.set(hash, true);
    },
  };
}
