/**
 * Signals of an organisation, forwarded to a receiver on this machine: in order, each until it is taken, as they are pushed. Where
 * it stands is kept here and nowhere else: it begins anew each time, and the organisation's own receivers notice nothing.
 *
 * Source: RFC 8935, section 2; RFC 8936 for a receiver that asks.
 */
import { z } from 'zod';

import { type AskGraph, GraphRefused } from '../runtime/graph-client.ts';
import { RemoteUnavailable } from '../runtime/machine-client.ts';
import type { SignalPusher } from '../subgraphs/passport/domain/signal-receivers.ts';

/** One attempt, as it is told. */
export interface Forwarded {
  readonly signalId: string;
  readonly cause: string;
  /** `taken`, or a stable code of the failure. */
  readonly outcome: string;
}

/** What forwarding needs. */
export interface ForwardingParts {
  readonly ask: AskGraph;
  readonly pusher: SignalPusher;
  /** The address, and the secret that signs. */
  readonly to: { readonly url: string; readonly secret: string };
  readonly tell: (forwarded: Forwarded) => void;
  /** Told of a stable code when the graph does not answer, or asks to be left alone. */
  readonly away: (code: string) => void;
  readonly now: () => Date;
  readonly pause: (milliseconds: number) => Promise<void>;
  /** Ends it. */
  readonly signal: AbortSignal;
}

/** How often it is asked for what is new, in milliseconds. */
const LOOK_MS = 2_000;
/** The longest pause after failures in a row, in milliseconds. */
const LONGEST_PAUSE_MS = 30_000;
/** Signals taken from the graph at once. */
const PAGE = 20;

const LAST = `query ListenFrom($first: Int!) { signals(first: $first) {
  edges { node { id } } } }`;
const AFTER = `query ListenAfter($signal: ID, $first: Int!) { signalsAfter(signal: $signal, first: $first) {
  edges { node { id cause securityEventToken } } } }`;

const last = z.object({
  signals: z.object({
    edges: z.array(z.object({ node: z.object({ id: z.string() }) })).max(100),
  }),
});
const after = z.object({
  signalsAfter: z.object({
    edges: z
      .array(
        z.object({
          node: z.object({
            id: z.string(),
            cause: z.string(),
            securityEventToken: z.string().max(10_000),
          }),
        }),
      )
      .max(PAGE),
  }),
});

/** Forwards until it is ended. `earlier` signals come first, at most 99. */
export async function forwardSignals(earlier: number, parts: ForwardingParts): Promise<void> {
  const { signal } = parts;
  let position = await patiently(() => startAt(earlier, parts.ask), parts);
  while (!signal.aborted) {
    const found = await patiently(() => readAfter(position, parts.ask), parts);
    for (const one of found ?? []) {
      if (!(await pushUntilTaken(one, parts))) return;
      position = one.id;
    }
    if (found?.length !== PAGE) await parts.pause(LOOK_MS);
  }
}

/** The signal after which to begin; `undefined` is the beginning. */
async function startAt(earlier: number, ask: AskGraph): Promise<string | undefined> {
  const { signals } = await ask({
    document: LAST,
    variables: { first: earlier + 1 },
    purpose: 'HR_ADMINISTRATION',
    shape: last,
  });
  return signals.edges[earlier]?.node.id;
}

type Told = z.infer<typeof after>['signalsAfter']['edges'][number]['node'];

async function readAfter(signal: string | undefined, ask: AskGraph): Promise<readonly Told[]> {
  const { signalsAfter } = await ask({
    document: AFTER,
    variables: { first: PAGE, ...(signal === undefined ? {} : { signal }) },
    purpose: 'HR_ADMINISTRATION',
    shape: after,
  });
  return signalsAfter.edges.map(({ node }) => node);
}

/** True once it is taken; false when it was ended before. */
async function pushUntilTaken(
  { id, cause, securityEventToken: token }: Told,
  { pusher, to, tell, now, pause, signal }: ForwardingParts,
): Promise<boolean> {
  for (let failures = 0; !signal.aborted; failures += 1) {
    const push = { url: to.url, id, token, secrets: [to.secret], at: now() };
    const failure = await pusher.push(push);
    tell({ signalId: id, cause, outcome: failure ?? 'taken' });
    if (failure === undefined) return true;
    await pause(pauseAfter(failures));
  }
  return false;
}

/** Asks until there is an answer; what is refused for good ends it. */
async function patiently<Answer>(
  ask: () => Promise<Answer>,
  { away, pause, signal }: Pick<ForwardingParts, 'away' | 'pause' | 'signal'>,
): Promise<Answer | undefined> {
  for (let failures = 0; !signal.aborted; failures += 1) {
    try {
      return await ask();
    } catch (error) {
      if (!isPassing(error)) throw error;
      away(error.code);
      await pause(pauseAfter(failures));
    }
  }
  return undefined;
}

const isPassing = (error: unknown): error is RemoteUnavailable | GraphRefused =>
  error instanceof RemoteUnavailable ||
  (error instanceof GraphRefused && error.code === 'TOO_MANY_REQUESTS');

const pauseAfter = (failures: number): number =>
  Math.min(LONGEST_PAUSE_MS, 1_000 * 2 ** Math.min(failures, 10));
