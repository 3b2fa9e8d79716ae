import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { guardedFetch } from '../../../../../runtime/guarded-fetch.ts';
import { httpSignalPusher } from '../../../../../subgraphs/passport/receivers/push-signal.ts';

describe('pushing a signal', () => {
  let server: Server;
  let host: string;
  let answer: { readonly status: number; readonly body: string };
  let got: { readonly type: string | undefined; readonly body: string }[];

  beforeAll(async () => {
    got = [];
    server = createServer((request, response) => {
      void (async () => {
        const chunks: Buffer[] = [];
        for await (const chunk of request) chunks.push(chunk as Buffer);
        const body = Buffer.concat(chunks).toString();
        got.push({ type: request.headers['content-type'], body });
        response.writeHead(answer.status, { location: '/elsewhere' }).end(answer.body);
      })();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    host = `127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  });
  afterAll(() => {
    server.close();
  });

  const push = (allowedHosts: readonly string[], url = `http://${host}/`) =>
    httpSignalPusher(guardedFetch({ allowedHosts, allowHttp: true })).push({
      ...{ url, token: 'a.b.c', id: 'push', secrets: [], at: new Date() },
    });

  it.each([
    [202, '', undefined],
    [400, '{"err":"invalid_key","description":"a secret"}', 'invalid_key'],
    [400, '{"err":"<script>"}', 'http_400'],
    [400, 'not json', 'http_400'],
    [200, '', 'http_200'],
    [302, '', 'http_302'],
    [503, '', 'http_503'],
  ])('takes %p %p for %p', async (status, body, expected) => {
    answer = { status, body };
    got.length = 0;
    expect(await push([host])).toBe(expected);
    expect(got).toEqual([{ type: 'application/secevent+jwt', body: 'a.b.c' }]);
  });

  it.each([
    ['inside our own networks', undefined],
    ['at the address of the cloud’s own data', 'http://169.254.169.254/latest'],
    ['on this machine under a name', 'http://localhost:1/'],
  ])('does not call a receiver %s', async (_where, url) => {
    got.length = 0;
    const outcome = await push([], url);
    expect(['fetch_refused', 'unreachable']).toContain(outcome);
    expect(got).toEqual([]);
  });

  it('says so when nobody is there', async () => {
    expect(await push(['127.0.0.1:1'], 'http://127.0.0.1:1/')).toBe('unreachable');
  });
});
