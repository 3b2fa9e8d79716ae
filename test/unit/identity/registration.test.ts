import { describe, expect, it } from '@jest/globals';

import { identityAdministration } from '../../../identity/domain/registration.ts';
import type { StoredClient } from '../../../identity/domain/client-ports.ts';
import { newKey } from './harness.ts';

function administration() {
  const apps: unknown[] = [];
  const wallets: unknown[] = [];
  const kept = {
    apps,
    wallets,
    ...identityAdministration({
      allowHttp: false,
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
      wallets: {
        find: () => Promise.resolve(undefined),
        put: (wallet) => {
          wallets.push(wallet);
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

  it("refuses an HR system's id", async () => {
    const { registerApp } = administration();
    await expect(
      registerApp({ ...app('https://hr.example/'), clientId: 'hr-rz1' }),
    ).rejects.toMatchObject({ code: 'registration_invalid', fields: ['clientId'] });
  });
});

describe('registering a wallet', () => {
  const wallet = { clientId: 'other-wallet', name: 'Other wallet' };

  it.each([
    'https://wallet.example/callback',
    'http://127.0.0.1:8123/callback',
    'org.example.wallet:/callback',
  ])('takes %s as where people are sent back to (RFC 8252, section 7)', async (uri) => {
    const { registerWallet, wallets } = administration();
    await registerWallet({ ...wallet, redirectUris: [uri] });
    expect(wallets).toEqual([{ ...wallet, redirectUris: [uri], attested: false }]);
  });

  it.each([
    'http://wallet.example/callback',
    'wallet:/callback',
    'org.example.wallet://host/callback',
    'org.example.wallet:/callback#fragment',
    'javascript:alert(1)',
    'data:text/html,x',
    'org.example.wallet:callback',
  ])('refuses %s', async (uri) => {
    const { registerWallet, wallets } = administration();
    await expect(registerWallet({ ...wallet, redirectUris: [uri] })).rejects.toMatchObject({
      code: 'registration_invalid',
    });
    expect(wallets).toEqual([]);
  });

  it('does not take the name of another client', async () => {
    const { registerWallet } = administration();
    await expect(registerWallet({ ...wallet, clientId: 'lanyard-wallet' })).rejects.toMatchObject({
      code: 'registration_invalid',
    });
  });
});
