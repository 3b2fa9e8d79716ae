/**
 * What a developer can have go wrong for one request of their own, to see what comes back. In development alone: elsewhere
 * nobody knows such a thing, and a request that asks for it is refused. Nothing is sent to the source, so nobody else notices.
 */
import type { GatewayContext, SubgraphName } from './context.ts';
import type { AskSubgraph } from './execution/ports.ts';
import { SubgraphUnavailable } from './subgraphs/ask-subgraph.ts';

/** The header that names one. */
export const SCENARIO_HEADER = 'lanyard-scenario';

/** What goes wrong. */
export interface Scenario {
  readonly source: SubgraphName;
  /** It answers after the operation's time is up; otherwise it cannot be reached. */
  readonly isSlow: boolean;
}

const SCENARIOS: ReadonlyMap<string, Scenario> = new Map([
  ['esr-slow', { source: 'esr', isSlow: true }],
  ['nhsmail-away', { source: 'nhsmail', isSlow: false }],
]);

/**
 * Finds what the header names.
 *
 * @param open whether this is for development
 * @returns `undefined` without the header; `unknown` for whatever there is not here
 */
export function findScenario(
  header: string | readonly string[] | undefined,
  open: boolean,
): Scenario | 'unknown' | undefined {
  if (header === undefined) return undefined;
  if (!open || typeof header !== 'string') return 'unknown';
  return SCENARIOS.get(header) ?? 'unknown';
}

/** Asks the subgraphs as the scenario of the request has it. */
export const staged =
  (ask: AskSubgraph): AskSubgraph =>
  async (subgraph, request, context) => {
    const { scenario } = context;
    if (scenario?.source !== subgraph) return ask(subgraph, request, context);
    if (scenario.isSlow) await timeIsUp(context);
    throw new SubgraphUnavailable('a scenario of this request');
  };

const timeIsUp = ({ deadline: { signal } }: Pick<GatewayContext, 'deadline'>): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else
      signal.addEventListener(
        'abort',
        () => {
          resolve();
        },
        { once: true },
      );
  });
