/** Takes up the supergraph in a file, and every later one. A file that cannot be served changes nothing. */
import { hash } from 'node:crypto';
import { readFile } from 'node:fs/promises';

import type { Logger } from '../../runtime/log.ts';
import { repeatedly } from '../../runtime/repeatedly.ts';
import { readRequirements } from '../authorization/requirements.ts';
import { openRoots } from './open-roots.ts';

/** Where supergraphs come from. */
export interface FollowedSupergraph {
  /** Looks at the file now, and again at what was refused. */
  readonly look: () => Promise<void>;
  /** Which one is served, and whether a later one was refused. For operators. */
  readonly describe: () => string;
  /** How many have been taken up and refused since the start. */
  readonly counts: () => { readonly taken: number; readonly refused: number };
  readonly stop: () => Promise<void>;
}

/** How often the file is looked at, in milliseconds. */
const LOOK_MS = 5_000;
/** Largest file, in bytes. */
const LARGEST = 10 * 1024 * 1024;

/** A supergraph that is not served. */
export class SupergraphRefused extends Error {
  override readonly name = 'SupergraphRefused';
  readonly code: 'supergraph_too_large' | 'supergraph_field_without_rule';
  constructor(code: SupergraphRefused['code'], message: string) {
    super(message);
    this.code = code;
  }
}

/**
 * Reads a supergraph from a file.
 *
 * @throws {SupergraphRefused} when it leaves a way in without a rule
 */
export async function readSupergraph(path: string | URL): Promise<string> {
  const sdl = await readText(path);
  refuseOpenRoots(sdl);
  return sdl;
}

async function readText(path: string | URL): Promise<string> {
  const bytes = await readFile(path);
  if (bytes.length > LARGEST) throw new SupergraphRefused('supergraph_too_large', 'too large');
  return bytes.toString('utf8');
}

function refuseOpenRoots(sdl: string): void {
  const [open] = openRoots(sdl, readRequirements(sdl).requirements);
  if (open !== undefined) {
    throw new SupergraphRefused('supergraph_field_without_rule', `${open} has no rule`);
  }
}

/**
 * Starts to follow a file.
 *
 * @param served what is served already
 * @param take makes the gateway serve another; it rejects, and nothing has changed, when that cannot be served
 */
export function followSupergraph(options: {
  readonly path: string | URL;
  readonly served: string;
  readonly take: (sdl: string) => Promise<void>;
  readonly log: Logger;
}): FollowedSupergraph {
  const { path, take, log } = options;
  let served = editionOf(options.served);
  let refused: { readonly edition: string; readonly reason: string } | undefined;
  const counts = { taken: 0, refused: 0 };
  let turn = Promise.resolve();

  const look = async (again: boolean): Promise<void> => {
    let edition = 'unread';
    try {
      const sdl = await readText(path);
      edition = editionOf(sdl);
      if (edition === served) {
        refused = undefined;
        return;
      }
      if (edition === refused?.edition && !again) return;
      refuseOpenRoots(sdl);
      await take(sdl);
      log.info({ edition, before: served }, 'another supergraph is served');
      served = edition;
      refused = undefined;
      counts.taken += 1;
    } catch (error) {
      const reason = reasonOf(error);
      const isNews = refused?.edition !== edition || refused.reason !== reason;
      refused = { edition, reason };
      if (!isNews) return;
      counts.refused += 1;
      log.error({ edition, reason, served }, 'a supergraph was refused: the one before is served');
    }
  };
  const inTurn = (again: boolean): Promise<void> => {
    turn = turn.then(() => look(again));
    return turn;
  };
  const stop = repeatedly(
    () => inTurn(false),
    LOOK_MS,
    () => undefined,
  );
  return {
    look: () => inTurn(true),
    describe: () =>
      refused === undefined
        ? `serves ${served}`
        : `serves ${served}, refused ${refused.edition} (${refused.reason})`,
    counts: () => counts,
    async stop() {
      await stop();
      await turn;
    },
  };
}

/** A short name of a supergraph's text. */
const editionOf = (sdl: string): string => hash('sha256', sdl).slice(0, 12);

/** What kind of fault it is: its code, or its class. Messages of libraries quote what they have read. */
function reasonOf(error: unknown): string {
  const { code, name } = error as { readonly code?: unknown; readonly name?: unknown };
  return typeof code === 'string' ? code : typeof name === 'string' ? name : 'unknown';
}
