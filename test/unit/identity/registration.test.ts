import { describe, expect, it } from '@jest/globals';

import type { RegisteredClient } from '../../../identity/domain/ports.ts';
import {
  identityAdministration,
  type RegisterClientInput,
} from '../../../identity/domain/registration.ts';
import { newKey } from './harness.ts';

const key = newKey('k1');

function administration() {
  const clients: [RegisteredClient, string][] = [];
  const apps: unknown[] = [];
  const kept = {
    clients,
    apps,
    ...identityAdministration({
      clients: {
        find: (clientId) =>
          Promise.resolve(clients.find(([one]) => one.clientId === clientId)?.[0]),
        put: (client, createdBy) => {
          clients.push([client, createdBy]);
          return Promise.resolve();
        },
      },
      apps: {
        find: () => Promise.resolve(undefined),
        put: (app) => {
          apps.push(app);
          return Promise.resolve();
        },
      },
    }),
  };
  return kept;
}

describe('registering an application', () => {
  const app = (redirectUri: string) => ({
    clientId: 'hr-desk',
    name: 'HR desk',
    redirectUris: [redirectUri],
  });

  it('keeps where people are sent back to', async () => {
    const { registerApp, apps } = administration();
    await registerApp(app('https://hr.example/signed-in'));
    expect(apps).toEqual([app('https://hr.example/signed-in')]);
  });

  it.each(['http://hr.example/', 'https://hr.example/#x', 'javascript:alert(1)', 'hr.example'])(
    'refuses %s',
    async (redirectUri) => {
      const { registerApp, apps } = administration();
      await expect(registerApp(app(redirectUri))).rejects.toMatchObject({
        code: 'registration_invalid',
      });
      expect(apps).toEqual([]);
    },
  );

  it("refuses an HR system's id", async () => {
    const { registerApp, registerClient } = administration();
    await registerClient(client({ clientId: 'hr-desk' }));
    await expect(registerApp(app('https://hr.example/'))).rejects.toMatchObject({
      code: 'registration_invalid',
    });
  });
});

const client = (change: object = {}): RegisterClientInput => ({
  clientId: 'hr-rz1',
  name: 'HR system',
  odsCode: 'RZ1',
  jwks: { keys: [{ ...key.public, alg: 'ES256' }] },
  ...change,
});

describe('registering an HR system', () => {
  it('keeps its public key and the scopes of an HR system', async () => {
    const { registerClient, clients } = administration();
    await registerClient(client());
    expect(clients).toEqual([
      [
        {
          clientId: 'hr-rz1',
          name: 'HR system',
          odsCode: 'RZ1',
          keys: [key.public],
          scopes: ['hr:read', 'passport:read', 'passport:offer', 'passport:verify'],
        },
        'operator',
      ],
    ]);
  });

  it.each([
    ['a private key', { jwks: { keys: [key.private] } }],
    ['no key', { jwks: { keys: [] } }],
    ['a key without a name', { jwks: { keys: [{ ...key.public, kid: undefined }] } }],
    ['two keys of one name', { jwks: { keys: [key.public, key.public] } }],
    ['an RSA key', { jwks: { keys: [{ kty: 'RSA', n: 'AQAB', e: 'AQAB', kid: 'r' }] } }],
    ['the id of one of our own', { clientId: 'lanyard-passport' }],
    ['the id of the wallet', { clientId: 'lanyard-wallet' }],
    ['an id with a space', { clientId: 'hr rz1' }],
    ['no organisation', { odsCode: '' }],
    ['an organisation in small letters', { odsCode: 'rz1' }],
    ['scopes of its own choice', { scopes: ['passport:revoke'] }],
  ])('refuses %s', async (_what, change) => {
    const { registerClient, clients } = administration();
    await expect(registerClient(client(change))).rejects.toMatchObject({
      code: 'registration_invalid',
    });
    expect(clients).toEqual([]);
  });
});
