/** A circuit breaker: a subgraph that fails is left alone for a moment, and asked again by one request at a time. */

/** How a request to the subgraph went. `unknown` says nothing about it: the client left, say. */
export type Outcome = 'good' | 'bad' | 'unknown';

/** A breaker. */
export interface Breaker {
  /** Whether a request may be sent. Whoever gets true reports how it went with {@link Breaker.report}. */
  readonly admits: () => boolean;
  readonly report: (outcome: Outcome) => void;
}

/** The last requests that are looked at. */
const WINDOW = 20;
/** So many bad ones among them open the breaker: half. */
const MOST_BAD = 10;
/** How long nobody is let through, in milliseconds. */
const PAUSE_MS = 1_000;

/**
 * Creates a closed breaker.
 *
 * @param clock milliseconds that only go forward
 */
export function createBreaker(
  clock: () => number,
  onChange: (state: 'open' | 'closed') => void,
): Breaker {
  const recent: boolean[] = [];
  let bad = 0;
  let openSince: number | undefined;
  let probing = false;

  const note = (isBad: boolean): void => {
    recent.push(isBad);
    if (isBad) bad += 1;
    if (recent.length > WINDOW && recent.shift() === true) bad -= 1;
  };
  const close = (): void => {
    recent.length = 0;
    bad = 0;
    openSince = undefined;
    onChange('closed');
  };

  return {
    admits: () => {
      if (openSince === undefined) return true;
      if (probing || clock() - openSince < PAUSE_MS) return false;
      probing = true;
      return true;
    },
    report: (outcome) => {
      if (openSince === undefined) {
        if (outcome === 'unknown') return;
        note(outcome === 'bad');
        if (bad < MOST_BAD) return;
        openSince = clock();
        onChange('open');
        return;
      }
      // Those that were under way when it opened end here too: a good one is as good a sign as the probe.
      probing = false;
      if (outcome === 'good') close();
      else if (outcome === 'bad') openSince = clock();
    },
  };
}
