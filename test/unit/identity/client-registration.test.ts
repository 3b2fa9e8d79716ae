import { generateKeyPairSync } from 'node:crypto';

import { describe, expect, it } from '@jest/globals';

import type { StoredClient } from '../../../identity/domain/client-ports.ts';
import {
  clientAdministration,
  type RegisterClientInput,
} from '../../../identity/domain/client-registration.ts';
import { usableKeys } from '../../../identity/domain/client-keys.ts';
import type { Revoked } from '../../../identity/domain/revocation.ts';
import { newKey } from './harness.ts';

const key = newKey('k1');
const rsaKey = (modulusLength: number, publicExponent = 65_537) =>
  generateKeyPairSync('rsa', { modulusLength, publicExponent }).publicKey.export({ format: 'jwk' });
const rsa = { ...rsaKey(2_048), kid: 'r1' };
const now = new Date('2026-11-25T12:00:00Z');

function administration({ allowHttp = false } = {}) {
  const kept = new Map<string, StoredClient>();
  const revoked: Revoked[] = [];
  const functions = clientAdministration({
    clients: {
      find: (id) => Promise.resolve(kept.get(id)),
      findStored: (id) => Promise.resolve(kept.get(id)),
      list: (odsCode) =>
        Promise.resolve(
          [...kept.values()].filter((one) => odsCode === undefined || one.odsCode === odsCode),
        ),
      put: (one, createdBy) => {
        const known = kept.get(one.clientId);
        const refused = known !== undefined && known.odsCode !== one.odsCode;
        if (refused) return Promise.resolve(false);
        kept.set(one.clientId, { ...one, status: 'ACTIVE', createdAt: now, createdBy });
        return Promise.resolve(true);
      },
      stop: (id, stoppedBy) => {
        const known = kept.get(id);
        if (known?.status !== 'ACTIVE') return Promise.resolve(false);
        kept.set(id, { ...known, status: 'STOPPED', stoppedAt: now, stoppedBy });
        return Promise.resolve(true);
      },
    },
    apps: { find: (id) => Promise.resolve(id === 'an-app' ? ({} as never) : undefined) },
    wallets: { find: (id) => Promise.resolve(id === 'a-wallet' ? ({} as never) : undefined) },
    faults: { list: (id) => Promise.resolve([{ at: now, error: id, fault: 'f', detail: 'd' }]) },
    revoke: (all) => {
      revoked.push(...all);
      return Promise.resolve();
    },
    purposes: ['PRE_EMPLOYMENT', 'ROTATION'],
    allowHttp,
  });
  return { kept, revoked, ...functions };
}

const client = (change: object = {}): RegisterClientInput => ({
  clientId: 'hr-rz1',
  name: 'HR system',
  odsCode: 'RZ1',
  jwks: { keys: [{ ...key.public, alg: 'ES256', use: 'sig' }] },
  ...change,
});

describe('registering an HR system', () => {
  it('keeps its public key and the scopes of an HR system', async () => {
    const { registerClient } = administration();
    expect(await registerClient(client())).toEqual({
      clientId: 'hr-rz1',
      name: 'HR system',
      odsCode: 'RZ1',
      keys: { kind: 'value', keys: [key.public] },
      algorithm: 'ES256',
      scopes: ['hr:read', 'passport:read', 'passport:offer', 'passport:verify'],
      dpopBound: false,
      status: 'ACTIVE',
      createdAt: now,
      createdBy: 'operator',
    });
  });

  it.each(['PS256', 'RS512'])('takes an RSA key for %s', async (algorithm) => {
    const { registerClient } = administration();
    const { keys } = await registerClient(client({ algorithm, jwks: { keys: [rsa] } }));
    expect(keys).toEqual({ kind: 'value', keys: [rsa] });
  });

  it('takes an address, fewer scopes, purposes and a quota', async () => {
    const { registerClient } = administration();
    const given = {
      jwks: undefined,
      jwksUri: 'https://hr.example/jwks',
      scopes: ['hr:read'],
      purposes: ['ROTATION'],
      dpopBound: true,
      tokensPerMinute: 5,
    };
    expect(await registerClient(client(given))).toMatchObject({
      keys: { kind: 'address', jwksUri: 'https://hr.example/jwks' },
      scopes: ['hr:read'],
      purposes: ['ROTATION'],
      dpopBound: true,
      tokensPerMinute: 5,
    });
  });

  const keys = (...all: object[]) => ({ jwks: { keys: all } });
  it.each<[string, object, string]>([
    ['a private key', keys(key.private), 'jwks.keys.0.d'],
    ['a private RSA key', { ...keys({ ...rsa, p: 'AQAB' }), algorithm: 'PS256' }, 'jwks.keys.0.p'],
    ['a symmetric key', keys({ kty: 'oct', k: 'AA', kid: 'k' }), 'jwks.keys.0.k'],
    ['no key', keys(), 'jwks.keys'],
    ['too many keys', keys(...Array.from({ length: 11 }, () => key.public)), 'jwks.keys'],
    ['a key without a name', keys({ ...key.public, kid: undefined }), 'jwks.keys.0.kid'],
    ['two keys of one name', keys(key.public, key.public), 'jwks.keys.1.kid'],
    [
      'a point that is not on the curve',
      keys({ ...key.public, y: key.public.x }),
      'jwks.keys.0.kty',
    ],
    ['a member that a key does not have', keys({ ...key.public, secret: 1 }), 'jwks.keys.0.secret'],
    ['a key for encryption', keys({ ...key.public, use: 'enc' }), 'jwks.keys.0.use'],
    ['a key for another algorithm', keys({ ...key.public, alg: 'ES384' }), 'jwks.keys.0.alg'],
    ['an RSA key for ES256', keys(rsa), 'jwks.keys.0.n'],
    ['an EC key for RS512', { algorithm: 'RS512' }, 'jwks.keys.0.crv'],
    [
      'a short RSA key',
      { algorithm: 'PS256', ...keys({ ...rsaKey(1_024), kid: 'r' }) },
      'jwks.keys.0.n',
    ],
    [
      'an RSA key of 512 zero bits more',
      { algorithm: 'PS256', ...keys({ ...rsa, n: `AAAA${rsa.n ?? ''}` }) },
      'jwks.keys.0.n',
    ],
    [
      'a weak exponent',
      { algorithm: 'PS256', ...keys({ ...rsaKey(2_048, 3), kid: 'r' }) },
      'jwks.keys.0.e',
    ],
    ['RS256', { algorithm: 'RS256', ...keys(rsa) }, 'algorithm'],
    ['HS256', { algorithm: 'HS256' }, 'algorithm'],
    ['keys and an address', { jwksUri: 'https://hr.example/jwks' }, 'jwks'],
    ['neither', { jwks: undefined }, 'jwks'],
    ['an http address', { jwks: undefined, jwksUri: 'http://hr.example/jwks' }, 'jwksUri'],
    [
      'an address with a password',
      { jwks: undefined, jwksUri: 'https://a:b@hr.example/' },
      'jwksUri',
    ],
    ['the id of one of our own', { clientId: 'lanyard-passport' }, 'clientId'],
    ['the id of the gateway', { clientId: 'lanyard-gateway' }, 'clientId'],
    ['the id of the wallet', { clientId: 'lanyard-wallet' }, 'clientId'],
    ['the id of an application', { clientId: 'an-app' }, 'clientId'],
    ['the id of a wallet', { clientId: 'a-wallet' }, 'clientId'],
    ['an id with a space', { clientId: 'hr rz1' }, 'clientId'],
    ['no organisation', { odsCode: '' }, 'odsCode'],
    ['an organisation in small letters', { odsCode: 'rz1' }, 'odsCode'],
    ['a scope of administrators', { scopes: ['passport:revoke'] }, 'scopes.0'],
    ['a scope twice', { scopes: ['hr:read', 'hr:read'] }, 'scopes'],
    ['no scope', { scopes: [] }, 'scopes'],
    ['a purpose that nobody has', { purposes: ['CURIOSITY'] }, 'purposes.0'],
    ['a quota of nothing', { tokensPerMinute: 0 }, 'tokensPerMinute'],
    ['a member that is not known', { redirectUris: [] }, 'redirectUris'],
  ])('refuses %s', async (_what, change, field) => {
    const { registerClient, kept } = administration();
    const refusal = await registerClient(client(change)).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: 'registration_invalid' });
    expect((refusal as { fields: string[] }).fields).toContain(field);
    expect(kept.size).toBe(0);
  });

  it('takes an http address where people try things out', async () => {
    const { registerClient } = administration({ allowHttp: true });
    const given = { jwks: undefined, jwksUri: 'http://localhost:1/jwks' };
    expect(await registerClient(client(given))).toMatchObject({ status: 'ACTIVE' });
  });

  it('does not give one organisation the client of another', async () => {
    const { registerClient, findClient, clientLog, stopClient } = administration();
    await registerClient(client());
    await expect(registerClient(client({ odsCode: 'RZ2' }))).rejects.toMatchObject({
      fields: ['clientId'],
    });
    const choice = { clientId: 'hr-rz1', odsCode: 'RZ2' };
    expect(await findClient(choice)).toBeUndefined();
    expect(await clientLog(choice)).toBeUndefined();
    await expect(stopClient({ ...choice, by: 'them' })).rejects.toMatchObject({
      fields: ['clientId'],
    });
  });
});

describe('stopping an HR system', () => {
  it('takes its tokens back, once', async () => {
    const { registerClient, stopClient, revoked } = administration();
    await registerClient(client());
    const stopped = await stopClient({ clientId: 'hr-rz1', by: 'Ada' });
    expect(stopped).toMatchObject({ status: 'STOPPED', stoppedBy: 'Ada', stoppedAt: now });
    expect(revoked).toEqual([{ kind: 'client', clientId: 'hr-rz1' }]);
    await expect(stopClient({ clientId: 'hr-rz1', by: 'Ada' })).rejects.toMatchObject({
      code: 'registration_invalid',
    });
  });
});

describe('a key set that was fetched', () => {
  it('gives the keys that fit, and leaves the others alone', () => {
    const strange = { kty: 'OKP', crv: 'X25519', x: 'AA', kid: 'enc' };
    const set = { keys: [strange, { ...key.public, more: true }, rsa], more: true };
    expect(usableKeys(set, 'ES256')).toEqual([key.public]);
    expect(usableKeys(set, 'PS256')).toEqual([rsa]);
  });

  it.each<[string, unknown]>([
    ['a private key', { keys: [key.public, newKey('k2').private] }],
    ['one name twice', { keys: [key.public, newKey('k1').public] }],
    ['no keys', { keys: [] }],
    ['no set', 'keys'],
  ])('is refused as a whole with %s', (_what, set) => {
    expect(() => usableKeys(set, 'ES256')).toThrow();
  });
});
