/** The value below which a share of the values lies (nearest rank), e.g. the p99 for 0.99. `NaN` when there are none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** The middle value; of an even count, the upper of the two. */
export const median = (values: readonly number[]): number => percentile(values, 0.5);
