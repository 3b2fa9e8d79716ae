/**
 * What the gateway answers about the committed supergraph is what one schema answers: for every kind of caller, with approvals
 * and without, while a subgraph is away; and nothing of what is refused reaches a subgraph.
 */
import { describe, expect, it } from '@jest/globals';

import { compareDrawn, runsOf } from './compare-drawn.ts';
import { supergraphComparison } from './compare-supergraph.ts';

describe('an operation over the supergraph', () => {
  it('is answered as one schema answers it, to whoever may see it', async () => {
    const compared = supergraphComparison();
    const runs = runsOf(1_000);
    const outcome = await compareDrawn(compared, runs);
    expect(outcome.faults).toEqual([]);
    expect(outcome.compared).toBeGreaterThan(runs.count * 0.9);
    expect(outcome.unplanned).toBe(0);
  }, 600_000);
});
