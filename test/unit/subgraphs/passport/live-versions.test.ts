/** What is found out about live status lists outside the record. */
import { generateKeyPairSync } from 'node:crypto';

import { describe, expect, it } from '@jest/globals';

import { keyObjectSigner } from '../../../../standards/compact-jws.ts';
import { signStatusListToken } from '../../../../standards/status-list/status-list-token.ts';
import { passportAddresses } from '../../../../subgraphs/passport/domain/addresses.ts';
import { liveVersions } from '../../../../subgraphs/passport/domain/live-versions.ts';
import { BITS, packedStatuses } from '../../../../subgraphs/passport/domain/packed-statuses.ts';
import { PublicListUnreachable } from '../../../../subgraphs/passport/domain/ports/status-lists.ts';
import { publicLists } from '../../../../subgraphs/passport/public/live-list.ts';

const addresses = passportAddresses('https://passport.example');
const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const id = 'AAAAAAAAAAAAAAAAAAAAAA';
const start = new Date('2026-11-25T10:00:00Z');

const tokenOf = async (version: number): Promise<string> =>
  signStatusListToken(
    {
      uri: addresses.statusList(id),
      issuedAt: start,
      expiresAt: new Date(start.getTime() + 3_600_000),
      ttlSeconds: 15,
      aggregationUri: addresses.statusLists('RZ1'),
      version,
      bits: BITS,
      lst: await packedStatuses(64).apply([]),
    },
    keyObjectSigner({ key: privateKey, kid: 'list-key' }),
  );

describe('the versions that are live', () => {
  it('are asked for again when the public address did not answer, and once when it did', async () => {
    const token = await tokenOf(7);
    let reachable = false;
    let asked = 0;
    const versions = liveVersions({
      live: {
        find: () => Promise.resolve(undefined),
        note: () => Promise.resolve(),
        ids: () => Promise.resolve([]),
        fetch: () => {
          asked += 1;
          return reachable
            ? Promise.resolve(token)
            : Promise.reject(new PublicListUnreachable('no answer'));
        },
      },
      keys: { find: () => Promise.resolve(publicKey) },
      addresses,
      report: (error) => {
        throw error;
      },
    });
    expect(await versions.look(id)).toBeUndefined();
    expect(versions.highest(id)).toBe(0);
    reachable = true;
    // Issuing does not wait for the address a second time.
    expect(await versions.firstLook(id)).toBeUndefined();
    expect(asked).toBe(1);
    expect(await versions.look(id)).toMatchObject({ id, odsCode: 'RZ1', version: 7, token });
    expect(versions.highest(id)).toBe(7);
    expect(await versions.look(id)).toBeUndefined();
    expect(asked).toBe(2);
  });
});

it('is read again when the key could not be looked up', async () => {
  const token = await tokenOf(7);
  let isDown = true;
  const versions = liveVersions({
    live: {
      find: () => Promise.resolve(undefined),
      note: () => Promise.resolve(),
      ids: () => Promise.resolve([]),
      fetch: () => Promise.resolve(token),
    },
    keys: {
      find: () =>
        isDown
          ? Promise.reject(Object.assign(new Error('down'), { code: 'unavailable' }))
          : Promise.resolve(publicKey),
    },
    addresses,
    report: () => undefined,
  });
  expect(await versions.look(id)).toBeUndefined();
  isDown = false;
  expect(await versions.look(id)).toMatchObject({ id, version: 7 });
});

describe('the public address', () => {
  /** Answers, one for each time it is asked. */
  const asking = (...answers: readonly (() => Promise<Response>)[]) => {
    const left = [...answers];
    let clock = start.getTime();
    const fetchList = publicLists(addresses, {
      now: () => new Date(clock),
      ask: () => left.shift()?.() ?? Promise.reject(new Error('asked too often')),
    });
    return { fetchList, wait: (seconds: number) => (clock += seconds * 1_000), left };
  };
  const status = (code: number, body?: string) => () =>
    Promise.resolve(new Response(body, { status: code }));
  const unreachable = expect.objectContaining({ code: 'public_list_unreachable' });

  it('serves a token, or says that there is none', async () => {
    const { fetchList } = asking(status(200, 'token'), status(404));
    expect(await fetchList(id)).toBe('token');
    expect(await fetchList(id)).toBeUndefined();
  });

  it.each([
    ['no connection', () => Promise.reject(new Error('refused'))],
    ['a replica whose token has run out', status(503)],
    ['a proxy that lets nobody in', status(403)],
    ['a proxy that is broken', status(502)],
  ])(
    'does not answer: %s; it is left alone for a minute, then asked again',
    async (_what, fails) => {
      const { fetchList, wait, left } = asking(fails, status(200, 'token'));
      await expect(fetchList(id)).rejects.toEqual(unreachable);
      wait(59);
      await expect(fetchList(id)).rejects.toEqual(unreachable);
      expect(left).toHaveLength(1);
      wait(1);
      expect(await fetchList(id)).toBe('token');
    },
  );

  it('is asked for other lists when it does not serve one', async () => {
    const { fetchList } = asking(status(503), status(200, 'token'));
    await expect(fetchList(id)).rejects.toEqual(unreachable);
    expect(await fetchList('BBBBBBBBBBBBBBBBBBBBBB')).toBe('token');
  });
});
