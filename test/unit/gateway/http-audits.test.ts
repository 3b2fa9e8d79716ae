/** The GraphQL-over-HTTP audits against `/graphql`: everything that a server must or should do. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { serverAudits } from 'graphql-http';

import { startTestGraph, type TestGraph, token } from './test-graph.ts';

let graph: TestGraph;
let url = '';
let authorization = '';

beforeAll(async () => {
  // Open, since the audits read the words of a schema that answers `__typename` to everybody who has signed in.
  graph = await startTestGraph({ environment: 'development' });
  url = `${await graph.app.listen({ host: '127.0.0.1', port: 0 })}/graphql`;
  authorization = `Bearer ${await token({ scopes: 'self:read' })}`;
});
afterAll(async () => {
  await graph.stop();
});

describe('GraphQL over HTTP', () => {
  // Those that begin with MAY are about what is left to the server; GET is refused (405).
  const audits = serverAudits({
    url: () => url,
    fetchFn: (input: string, init: RequestInit = {}) => {
      const headers = new Headers(init.headers);
      headers.set('authorization', authorization);
      return fetch(input, { ...init, headers });
    },
  }).filter(({ name }) => /^(?:MUST|SHOULD)/.test(name));

  it('has audits', () => {
    expect(audits.length).toBeGreaterThan(30);
  });

  it.each(audits.map(({ id, name, fn }) => ({ id, name, fn })))('$id: $name', async ({ fn }) => {
    expect((await fn()).status).toBe('ok');
  });
});
