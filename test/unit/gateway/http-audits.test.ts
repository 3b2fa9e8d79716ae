/** The GraphQL-over-HTTP audits against `/graphql`: everything that a server must or should do. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { serverAudits } from 'graphql-http';

import { startTestGraph, type TestGraph, token } from './test-graph.ts';

/** Two are asked with the words of the schema (`__type`), which a server in production says nothing of. */
const ABOUT_SCHEMA = { development: [] as string[], production: ['2EA1', '28B9'] };

describe.each(['development', 'production'] as const)('GraphQL over HTTP, in %s', (environment) => {
  let graph: TestGraph;
  let url = '';
  let authorization = '';
  beforeAll(async () => {
    graph = await startTestGraph({ environment });
    url = `${await graph.app.listen({ host: '127.0.0.1', port: 0 })}/graphql`;
    authorization = `Bearer ${await token({ scopes: 'self:read' })}`;
  });
  afterAll(async () => {
    await graph.stop();
  });

  const audits = serverAudits({
    url: () => url,
    fetchFn: (input: string, init: RequestInit = {}) => {
      const headers = new Headers(init.headers);
      headers.set('authorization', authorization);
      return fetch(input, { ...init, headers });
    },
    // Those that begin with MAY are about what is left to the server; GET is refused (405).
  }).filter(
    ({ id, name }) => /^(?:MUST|SHOULD)/.test(name) && !ABOUT_SCHEMA[environment].includes(id),
  );

  it('has audits', () => {
    expect(audits.length).toBeGreaterThan(30);
  });

  it.each(audits.map(({ id, name, fn }) => ({ id, name, fn })))('$id: $name', async ({ fn }) => {
    expect((await fn()).status).toBe('ok');
  });
});
