import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import {
  type GuardedFetch,
  guardedFetch,
  isPublicAddress,
} from '../../../runtime/guarded-fetch.ts';
import { impatient } from '../../impatient.ts';

let server: Server;
let port: string;
let reached = 0;
beforeAll(async () => {
  server = createServer((request, response) => {
    reached += 1;
    switch (request.url) {
      case '/redirect':
        response.writeHead(302, { location: '/' }).end();
        break;
      case '/large':
        response.end(Buffer.alloc(70_000, 'x'));
        break;
      case '/bomb':
        response.setHeader('content-encoding', 'gzip');
        response.end(gzipSync(Buffer.alloc(10_000_000)));
        break;
      case '/slow':
        response.write('x');
        break;
      default:
        response.end('{"keys":[]}');
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = String((server.address() as AddressInfo).port);
  open = guardedFetch({
    allowedHosts: [`127.0.0.1:${port}`, `localhost:${port}`],
    allowHttp: true,
  });
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

let open: GuardedFetch;
const guarded = guardedFetch({ allowedHosts: [], allowHttp: true });

describe('an address that somebody else has chosen', () => {
  it.each([
    'localhost',
    '127.0.0.1',
    '2130706433',
    '0x7f.1',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '0.0.0.0',
  ])('is not called when it is inside: %s', async (host) => {
    const before = reached;
    await expect(guarded(`http://${host}:${port}/`)).rejects.toThrow();
    expect(reached).toBe(before);
  });

  it('is called when an operator allows the host', async () => {
    const answer = await open(`http://localhost:${port}/`);
    expect([answer.status, await answer.text()]).toEqual([200, '{"keys":[]}']);
  });

  it('is not followed elsewhere', async () => {
    expect((await open(`http://127.0.0.1:${port}/redirect`)).status).toBe(302);
  });

  it('is given up on when the answer is large', async () => {
    await expect(open(`http://127.0.0.1:${port}/large`)).rejects.toThrow();
  });

  it('is given up on when the answer does not end', async () => {
    const patient = impatient();
    const hasty = guardedFetch({ allowedHosts: [`127.0.0.1:${port}`], allowHttp: true });
    patient();
    await expect(hasty(`http://127.0.0.1:${port}/slow`)).rejects.toThrow();
  });

  it('is not unpacked', async () => {
    const answer = await open(`http://127.0.0.1:${port}/bomb`);
    expect((await answer.arrayBuffer()).byteLength).toBeLessThan(65_536);
  });

  it('must be https in production', async () => {
    const strict = guardedFetch({ allowedHosts: [`127.0.0.1:${port}`], allowHttp: false });
    await expect(strict(`http://127.0.0.1:${port}/`)).rejects.toMatchObject({
      code: 'fetch_refused',
    });
  });
});

describe('an IP address', () => {
  it.each([
    '10.1.2.3',
    '172.31.255.255',
    '192.168.0.1',
    '169.254.169.254',
    '100.64.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::1',
    '::',
    'fe80::1',
    'fd00::1',
    '::ffff:10.0.0.1',
    '64:ff9b::a00:1',
    '2002:a00:1::',
    '2001:db8::1',
    'ff02::1',
  ])('of our own networks, or nobody’s: %s', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it.each(['1.1.1.1', '172.32.0.1', '2606:4700::1111'])('of the public internet: %s', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });
});
