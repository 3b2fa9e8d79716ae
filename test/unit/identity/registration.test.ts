import { describe, expect, it } from '@jest/globals';

import { identityAdministration } from '../../../identity/domain/registration.ts';
import type { StoredClient } from '../../../identity/domain/client-ports.ts';
import { newKey } from './harness.ts';

function administration() {
  const apps: unknown[] = [];
  const kept = {
    apps,
    ...identityAdministration({
      allowHttp: false,
      purposes: ['ROTATION', 'AUDIT'],
      wallets: {
        find: (clientId) => Promise.resolve(clientId === 'a-wallet' ? ({} as never) : undefined),
      },
      clients: {
        findStored: (clientId) =>
          Promise.resolve(clientId === 'hr-rz1' ? ({} as StoredClient) : undefined),
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

  it('keeps the purposes that people may name by it, and takes none that there is not', async () => {
    const { registerApp, apps } = administration();
    const input = { ...app('https://hr.example/'), purposes: ['ROTATION'] };
    await registerApp(input);
    expect(apps).toEqual([input]);
    await expect(registerApp({ ...input, purposes: ['CURIOSITY'] })).rejects.toMatchObject({
      code: 'registration_invalid',
    });
  });

  it('keeps its keys, when it has some', async () => {
    const { registerApp, apps } = administration();
    const { public: jwk } = newKey('k1');
    const input = app('https://hr.example/');
    await registerApp({ ...input, jwks: { keys: [jwk] } });
    await registerApp({ ...input, jwksUri: 'https://hr.example/jwks', algorithm: 'PS256' });
    expect(apps).toEqual([
      { ...input, signing: { keys: { kind: 'value', keys: [jwk] }, algorithm: 'ES256' } },
      {
        ...input,
        signing: {
          keys: { kind: 'address', jwksUri: 'https://hr.example/jwks' },
          algorithm: 'PS256',
        },
      },
    ]);
  });

  it.each(['hr-rz1', 'a-wallet'])(
    "refuses an HR system's id, and a wallet's: %s",
    async (clientId) => {
      const { registerApp } = administration();
      await expect(registerApp({ ...app('https://hr.example/'), clientId })).rejects.toMatchObject({
        code: 'registration_invalid',
        fields: ['clientId'],
      });
    },
  );
});
