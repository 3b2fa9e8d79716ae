import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { startTestGraph, type TestGraph } from '../test-graph.ts';

let graph: TestGraph;
beforeAll(async () => {
  graph = await startTestGraph({ environment: 'development' });
});
afterAll(() => graph.stop());

describe('the developer pages', () => {
  it('say what this is and link to the explorer', async () => {
    const { statusCode, body, headers } = await graph.app.inject('/explorer/start');
    expect([statusCode, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    expect(body).toContain('<h1>Lanyard graph</h1>');
    expect(body).toContain('href="/explorer"');
    expect(headers['content-security-policy']).not.toContain('unsafe');
  });

  it.each(['/explorer/start', '/explorer', '/explorer/callback'])(
    'fetch nothing from another host: %s',
    async (url) => {
      const { body } = await graph.app.inject(url);
      const addresses = [...body.matchAll(/(?:src|href)="(?!data:)(?<address>[^"]*)"/g)].map(
        (match) => match.groups?.['address'] ?? '',
      );
      const local = addresses.filter((address) => address.startsWith('/'));
      expect(addresses.filter((address) => !local.includes(address))).toEqual(
        url === '/explorer/start'
          ? ['https://identity.example/.well-known/openid-configuration']
          : [],
      );
      for (const address of local) {
        expect([address, (await graph.app.inject(address)).statusCode]).toEqual([address, 200]);
      }
    },
  );

  it.each(['nhsuk.css', 'graphiql.min.css', 'pages.css'])(
    'have style sheets that fetch nothing from another host: %s',
    async (name) => {
      const { body } = await graph.app.inject(`/explorer/assets/${name}`);
      expect(body).not.toMatch(/url\(\s*["']?(?:https?:)?\/\//i);
    },
  );

  it('let the explorer reach the graph and the authorization server, and nothing else', async () => {
    const { headers } = await graph.app.inject('/explorer');
    expect(headers['content-security-policy']).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self' data:; img-src 'self' data:; connect-src 'self' https://identity.example; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
  });

  it('show the schema that clients see', async () => {
    const { body } = await graph.app.inject('/schema.graphql');
    expect(body).toContain('type StaffMember');
    expect(body).not.toMatch(/join__|requiresScopes|_entities/);
  });

  it.each(['/explorer/start', '/explorer', '/schema.graphql', '/explorer/assets/explorer.js'])(
    'are not there in production: %s',
    async (url) => {
      const production = await startTestGraph({});
      const { statusCode } = await production.app.inject(url);
      await production.stop();
      expect(statusCode).toBe(404);
    },
  );
});
