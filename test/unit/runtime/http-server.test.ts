import { expect, it } from '@jest/globals';

import { createHttpServer } from '../../../runtime/http-server.ts';
import { createLog } from '../../../runtime/log.ts';

it.each(['/version', '/nothing', '/fails'])('%s tells a browser what not to do', async (url) => {
  const app = await createHttpServer({
    name: 'test',
    log: createLog({ name: 'test', level: 'silent' }),
    draining: () => false,
    checks: {},
    routes: [
      async (routes) => {
        routes.get('/fails', () => Promise.reject(new Error('fails')));
        await Promise.resolve();
      },
    ],
  });
  const { headers } = await app.inject(url);
  await app.close();
  expect(headers).toMatchObject({
    'content-security-policy':
      "default-src 'none';style-src 'self';font-src 'self';img-src 'self' data:;base-uri 'none';form-action 'self';frame-ancestors 'none'",
    'cross-origin-opener-policy': 'same-origin',
    'origin-agent-cluster': '?1',
    'referrer-policy': 'no-referrer',
    'strict-transport-security': 'max-age=31536000; includeSubDomains',
    'x-content-type-options': 'nosniff',
    'x-dns-prefetch-control': 'off',
    'x-download-options': 'noopen',
    'x-frame-options': 'SAMEORIGIN',
    'x-permitted-cross-domain-policies': 'none',
    'x-xss-protection': '0',
  });
});
