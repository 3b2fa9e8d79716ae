/** Downloading a part of an export: who may, from where on, and what an answer says of the file. */
import { hash, randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';

import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';

import { isClientGone } from '../../../gateway/deadline.ts';
import { jwkThumbprint } from '../../../standards/jwk-thumbprint.ts';
import { signCompactJws } from '../../../standards/compact-jws.ts';
import { testKey } from '../standards/keys.ts';
import { type Asker, NOW, startTestGraph, type TestGraph, token } from './test-graph.ts';

/** More than one piece. */
const FILE = randomBytes(700 * 1024);
const SHA256 = hash('sha256', FILE, 'base64url');
const SIGNATURE = 'A'.repeat(43);
const PATH = '/exports/exp_1/part-0001.ndjson.gz';
const LINK = `${PATH}?expires=1764000000&signature=${SIGNATURE}`;
const HR: Asker = { subject: 'hr-system', scopes: 'hr:read passport:read', ods: 'RZ1' };

/** The subgraph: what it was asked for, and what it answers. */
const esr = {
  asked: [] as Record<string, unknown>[],
  kind: 'piece',
  left: Infinity,
  /** Told until when somebody waits, instead of answering. */
  hang: undefined as ((signal: AbortSignal) => void) | undefined,
};

let graph: TestGraph;
beforeAll(async () => {
  graph = await startTestGraph({
    transports: {
      esr: ({ path, body, deadline: { signal } }) => {
        expect(path).toBe('/exports');
        if (esr.hang !== undefined) {
          esr.hang(signal);
          return new Promise((_resolve, reject) => {
            signal.addEventListener('abort', () => {
              reject(new Error('nobody waits'));
            });
          });
        }
        const wanted = JSON.parse(body) as { from: number; length: number };
        esr.asked.push({ ...wanted });
        if ((esr.left -= 1) < 0) return Promise.reject(new Error('down'));
        const piece = FILE.subarray(wanted.from, wanted.from + Math.min(wanted.length, 512 * 1024));
        const found = { size: FILE.length, sha256: SHA256, content: piece.toString('base64') };
        const answer = esr.kind === 'piece' ? { kind: 'piece', ...found } : { kind: esr.kind };
        return Promise.resolve({ status: 200, body: JSON.stringify(answer) });
      },
    },
  });
});
afterAll(() => graph.stop());
beforeEach(() => {
  Object.assign(esr, { asked: [], kind: 'piece', left: Infinity, hang: undefined });
});

async function download(headers: Readonly<Record<string, string>> = {}, url = LINK) {
  const authorization = `Bearer ${await token(HR)}`;
  return graph.app.inject({ method: 'GET', url, headers: { authorization, ...headers } });
}

describe('a part of an export', () => {
  it('comes whole, piece by piece, with what tells whether it is the right one', async () => {
    const answer = await download();
    expect(answer.statusCode).toBe(200);
    expect(answer.rawPayload.equals(FILE)).toBe(true);
    expect(answer.headers).toMatchObject({
      'content-type': 'application/gzip',
      'content-length': String(FILE.length),
      'content-disposition': 'attachment; filename="part-0001.ndjson.gz"',
      'accept-ranges': 'bytes',
      etag: `"${SHA256}"`,
      'cache-control': 'no-store',
    });
    const link = {
      exportId: 'exp_1',
      name: 'part-0001.ndjson.gz',
      expires: 1_764_000_000,
      signature: SIGNATURE,
    };
    expect(esr.asked).toEqual([
      { ...link, from: 0, length: 0 },
      { ...link, from: 0, length: 512 * 1024 },
      { ...link, from: 512 * 1024, length: FILE.length - 512 * 1024 },
    ]);
    expect(graph.sent.at(-1)).toMatchObject({ to: 'esr', caller: { subject: 'hr-system' } });
  });

  const last = FILE.length - 1;
  it.each<[string, Readonly<Record<string, string>>, number, number, number]>([
    ['from a byte on', { range: 'bytes=600000-' }, 206, 600_000, last],
    ['between two bytes', { range: 'bytes=10-19' }, 206, 10, 19],
    ['past its end', { range: 'bytes=700000-99999999' }, 206, 700_000, last],
    ['at its end', { range: 'bytes=-100' }, 206, FILE.length - 100, last],
    ['if it is still the same', { range: 'bytes=5-', 'if-range': `"${SHA256}"` }, 206, 5, last],
    ['whole if it is another', { range: 'bytes=5-', 'if-range': '"other"' }, 200, 0, last],
    ['whole for several ranges', { range: 'bytes=0-1,5-6' }, 200, 0, last],
    ['whole for other units', { range: 'lines=0-1' }, 200, 0, last],
    ['whole for a range that runs backwards', { range: 'bytes=9-3' }, 200, 0, last],
  ])('comes %s', async (_what, headers, status, from, to) => {
    const answer = await download(headers);
    expect(answer.statusCode).toBe(status);
    expect(answer.rawPayload.equals(FILE.subarray(from, to + 1))).toBe(true);
    expect(answer.headers['content-range']).toBe(
      status === 206 ? `bytes ${String(from)}-${String(to)}/${String(FILE.length)}` : undefined,
    );
  });

  it.each(['bytes=99999999-', 'bytes=-0'])('has nothing at %s', async (range) => {
    const answer = await download({ range });
    expect(answer.statusCode).toBe(416);
    expect(answer.headers['content-range']).toBe(`bytes */${String(FILE.length)}`);
  });

  it.each<[string, number, string]>([
    ['not-found', 404, 'NOT_FOUND'],
    ['expired', 410, 'LINK_EXPIRED'],
    ['something else', 503, 'SERVICE_UNAVAILABLE'],
  ])('is not given out when the answer is %s', async (kind, status, code) => {
    esr.kind = kind;
    const answer = await download();
    expect(answer.statusCode).toBe(status);
    expect(answer.json()).toMatchObject({ errors: [{ extensions: { code } }] });
  });

  it.each(['', '?expires=1', `?expires=x&signature=${SIGNATURE}`, '?expires=1&signature=A'])(
    'is not asked for with a link that ends in "%s"',
    async (terms) => {
      expect((await download({}, `${PATH}${terms}`)).statusCode).toBe(404);
      expect(esr.asked).toEqual([]);
    },
  );

  it('says so when the subgraph is down, and ends short of what it announced when it goes down', async () => {
    esr.left = 0;
    expect((await download()).statusCode).toBe(503);
    esr.left = 2;
    await expect(download()).rejects.toThrow();
  });

  it('is read no more once whoever asked has left', async () => {
    const address = await graph.app.listen({ host: '127.0.0.1', port: 0 });
    const authorization = `Bearer ${await token(HR)}`;
    const hanging = Promise.withResolvers<AbortSignal>();
    esr.hang = hanging.resolve;
    const leaving = new AbortController();
    const asked = fetch(`${address}${LINK}`, {
      headers: { authorization },
      signal: leaving.signal,
    });
    const signal = await hanging.promise;
    expect(signal.aborted).toBe(false);
    leaving.abort();
    await expect(asked).rejects.toThrow();
    if (!signal.aborted) await once(signal, 'abort');
    expect(isClientGone(signal)).toBe(true);
  });

  it.each<[string, () => Promise<Record<string, string>>]>([
    ['no token', () => Promise.resolve({})],
    ['a token that is none', () => Promise.resolve({ authorization: 'Bearer x' })],
    [
      'a token for something else',
      async () => ({ authorization: `Bearer ${await token(HR, { aud: 'https://other' })}` }),
    ],
    [
      'a bound token as a bearer',
      async () => ({
        authorization: `Bearer ${await token(HR, { cnf: { jkt: 'x'.repeat(43) } })}`,
      }),
    ],
  ])('is not asked for with %s', async (_what, headers) => {
    const answer = await graph.app.inject({ method: 'GET', url: LINK, headers: await headers() });
    expect(answer.statusCode).toBe(401);
    expect(answer.headers['www-authenticate']).toBeDefined();
    expect(esr.asked).toEqual([]);
  });

  it('comes to whoever proves to hold the key of a bound token, for this address', async () => {
    const key = testKey();
    const accessToken = await token(HR, { cnf: { jkt: jwkThumbprint(key.jwk) } });
    const prove = (htm: string, htu: string) =>
      signCompactJws(
        {
          header: { typ: 'dpop+jwt', kid: undefined, jwk: key.jwk },
          payload: {
            jti: randomUUID(),
            htm,
            htu,
            iat: NOW.getTime() / 1000,
            ath: hash('sha256', accessToken, 'base64url'),
          },
        },
        key.signer,
      );
    const ask = async (htm: string, htu: string) => {
      const dpop = await prove(htm, htu);
      return (await download({ authorization: `DPoP ${accessToken}`, dpop })).statusCode;
    };
    expect(await ask('GET', `https://graph.example${PATH}`)).toBe(200);
    expect(await ask('POST', `https://graph.example${PATH}`)).toBe(401);
    expect(await ask('GET', 'https://graph.example/graphql')).toBe(401);
  });
});
