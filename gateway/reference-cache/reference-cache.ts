/**
 * Answers about reference data, kept in Redis for all replicas. The staff records say there which edition of it is current
 * (`runtime/reference-edition.ts`): an answer is kept under the edition that was current when it was asked for, so a new
 * edition makes every older answer unreachable. Where nobody says so, nothing is kept and nothing is served.
 */
import { hash } from 'node:crypto';

import { LRUCache } from 'lru-cache';

import type { KeyValue } from '../../runtime/key-value.ts';
import type { Logger } from '../../runtime/log.ts';
import { EDITION_KEY } from '../../runtime/reference-edition.ts';
import { repeatedly } from '../../runtime/repeatedly.ts';
import type { AskSubgraph, SubgraphAnswer } from '../execution/ports.ts';
import { REFERENCE_SOURCE } from './reference-fields.ts';

/** A cache. */
export interface ReferenceCache {
  /** Asks a subgraph, or gives what it has answered before. */
  readonly ask: AskSubgraph;
  readonly stop: () => Promise<void>;
}

/** How often the edition is looked up, in milliseconds. */
const LOOK_MS = 1_000;
/** How long an answer is kept in Redis, in seconds. Its edition ends it sooner. */
const KEPT_SECONDS = 3_600;
/** Longest answer kept, in characters. */
const LONGEST_KEPT = 64 * 1024;
/** Answers that this process keeps for itself as well. */
const NEAR = 1_000;

/** Puts a cache before the way to the subgraphs. */
export function referenceCache(store: KeyValue, ask: AskSubgraph, log: Logger): ReferenceCache {
  const near = new LRUCache<string, string>({ max: NEAR });
  let edition: string | undefined;
  const look = async (): Promise<void> => {
    edition = await store.get(EDITION_KEY).catch(() => undefined);
  };
  const stopLooking = repeatedly(look, LOOK_MS, (error) => {
    log.warn({ err: error }, 'the edition of reference data could not be looked up');
  });
  void look();

  const find = async (key: string): Promise<string | undefined> => {
    const kept = near.get(key) ?? (await store.get(key).catch(() => undefined));
    if (kept !== undefined) near.set(key, kept);
    return kept;
  };
  const keep = (key: string, { data, errors }: SubgraphAnswer): void => {
    if (data === null || errors !== undefined) return;
    const text = JSON.stringify(data);
    if (text.length > LONGEST_KEPT) return;
    near.set(key, text);
    // Nobody waits for it, and whoever finds nothing asks the subgraph.
    store.set(key, text, KEPT_SECONDS).catch(() => undefined);
  };

  return {
    ask: async (subgraph, request, context) => {
      if (!request.reference || subgraph !== REFERENCE_SOURCE || edition === undefined) {
        return ask(subgraph, request, context);
      }
      const key = `reference:${edition}:${hash('sha256', request.body, 'base64url')}`;
      const kept = await find(key);
      // Written by this code, and belongs to whoever asks.
      if (kept !== undefined) return { data: JSON.parse(kept) as SubgraphAnswer['data'] };
      const answer = await ask(subgraph, request, context);
      keep(key, answer);
      return answer;
    },
    stop: stopLooking,
  };
}
