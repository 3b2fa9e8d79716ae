import { Pool } from 'undici';

/** A pool for each subgraph, as ours has them; found by any address that begins with the subgraph's. */
export function pools(subgraphs) {
  const byOrigin = new Map(
    Object.values(subgraphs).map((url) => [
      new URL(url).origin,
      new Pool(new URL(url).origin, { connections: 50, pipelining: 1 }),
    ]),
  );
  return (url) => byOrigin.get(new URL(url).origin);
}
