import { generateKeyPairSync } from 'node:crypto';

import { describe, expect, it } from '@jest/globals';

import { keyObjectSigner } from '../../../../standards/compact-jws.ts';
import { signStatusListToken } from '../../../../standards/status-list/status-list-token.ts';
import { createStatusList } from '../../../../standards/status-list/status-list.ts';
import { passportAddresses } from '../../../../subgraphs/passport/domain/addresses.ts';
import type { PublishedList } from '../../../../subgraphs/passport/domain/ports/status-lists.ts';
import { statusReader } from '../../../../subgraphs/passport/domain/read-status.ts';

const SIGNED_AT = new Date('2026-11-21T09:00:00Z');
const TTL_SECONDS = 15;
const later = (seconds: number): Date => new Date(SIGNED_AT.getTime() + seconds * 1000);

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const signer = keyObjectSigner({ key: privateKey, kid: 'list-key' });
const addresses = passportAddresses('https://passport.example');
const id = 'a'.repeat(22);
const uri = addresses.statusList(id);

async function published(version: number): Promise<PublishedList> {
  const expiresAt = later(3_600);
  const token = await signStatusListToken(
    {
      uri,
      issuedAt: SIGNED_AT,
      expiresAt,
      ttlSeconds: TTL_SECONDS,
      version,
      list: createStatusList(2, 16),
    },
    signer,
  );
  return { id, odsCode: 'RZ1', version, token, signedAt: SIGNED_AT, expiresAt };
}

function reader(maxAgeSeconds?: number) {
  const state: { list: PublishedList | undefined; now: Date } = { list: undefined, now: SIGNED_AT };
  const read = statusReader({
    publisher: { find: () => Promise.resolve(state.list) },
    keys: {
      find: (_ods, _use, kid) => Promise.resolve(kid === 'list-key' ? publicKey : undefined),
    },
    addresses,
    now: () => state.now,
    maxAgeSeconds,
  });
  return { state, read: (index = 3) => read({ uri, index }) };
}

describe('reading a status', () => {
  it('refuses a list that is older than one it has read', async () => {
    const { state, read } = reader();
    const valid = { kind: 'status', status: 0, asOf: SIGNED_AT };
    state.list = await published(7);
    expect(await read()).toEqual(valid);
    state.list = await published(6);
    expect(await read()).toEqual({ kind: 'cannot-check', reason: 'rolled_back' });
    state.list = await published(8);
    expect(await read()).toEqual(valid);
  });

  it.each([
    [undefined, TTL_SECONDS + 60, 'status'],
    [undefined, TTL_SECONDS + 61, 'cannot-check'],
    [30, 30, 'status'],
    [30, 31, 'cannot-check'],
    [900, 900, 'status'],
    [900, 901, 'cannot-check'],
    // No policy reaches past the token's own end.
    [100_000, 3_600, 'cannot-check'],
  ])('with a greatest age of %p takes one of %i s as %s', async (maxAge, age, kind) => {
    const { state, read } = reader(maxAge);
    state.list = await published(1);
    expect(await read()).toMatchObject({ kind: 'status' });
    state.now = later(age);
    expect(await read()).toMatchObject(kind === 'status' ? { kind } : { kind, reason: 'stale' });
  });

  it('answers nothing about a place that the list does not have, or a list it cannot get', async () => {
    const { state, read } = reader();
    expect(await read()).toEqual({ kind: 'cannot-check', reason: 'unreachable' });
    state.list = await published(1);
    expect(await read(16)).toEqual({ kind: 'cannot-check', reason: 'index_out_of_range' });
  });
});
