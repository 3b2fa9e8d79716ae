import { expect, it } from '@jest/globals';
import fastify from 'fastify';

import { boundByAddress } from '../../../identity/routes/bound-by-address.ts';

const start = async (count: () => number, issuer = 'http://127.0.0.1:4001') => {
  const counted: string[] = [];
  const app = fastify();
  app.addHook(
    'onRequest',
    boundByAddress({
      issuer,
      counter: {
        count: (name) => {
          counted.push(name);
          return Promise.resolve(count());
        },
      },
      now: () => new Date('2026-11-25T10:00:30Z'),
    }),
  );
  app.all('/oauth/*', () => 'passed');
  await app.ready();
  return { app, counted };
};

it('lets no more than 1,200 requests a minute from one address be kept', async () => {
  let requests = 1_199;
  const { app } = await start(() => (requests += 1));
  const ask = () => app.inject({ method: 'POST', url: '/oauth/par' });
  expect((await ask()).statusCode).toBe(200);
  const refused = await ask();
  expect(refused.statusCode).toBe(429);
  expect(refused.headers['retry-after']).toBe('60');
});

it('counts what is kept, and nothing else', async () => {
  const { app, counted } = await start(() => 9_999);
  const statuses = await Promise.all([
    app.inject({ url: '/oauth/authorize?client_id=x' }),
    app.inject({ method: 'POST', url: '/oauth/authorize' }),
    app.inject({ method: 'POST', url: '/oauth/token' }),
    app.inject({ url: '/oauth/authorize/returning' }),
    app.inject({ method: 'OPTIONS', url: '/oauth/par' }),
  ]);
  expect(statuses.map(({ statusCode }) => statusCode)).toEqual([429, 429, 200, 200, 200]);
  expect(new Set(counted).size).toBe(1);
});

it('goes by the address that the proxy saw', async () => {
  const { app, counted } = await start(() => 1, 'https://id.example');
  const from = (forwarded: string) =>
    app.inject({ url: '/oauth/authorize', headers: { 'x-forwarded-for': forwarded } });
  await from('192.0.2.1');
  await from('192.0.2.9, 192.0.2.1');
  await from('192.0.2.2');
  expect(new Set(counted).size).toBe(2);
});
