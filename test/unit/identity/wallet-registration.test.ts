import { describe, expect, it } from '@jest/globals';

import { walletAdministration } from '../../../identity/domain/wallet-registration.ts';

function administration() {
  const wallets: unknown[] = [];
  return {
    wallets,
    ...walletAdministration({
      clients: { findStored: () => Promise.resolve(undefined) },
      apps: {
        find: (clientId) =>
          Promise.resolve(
            clientId === 'hr-desk' ? { clientId, name: 'HR desk', redirectUris: [] } : undefined,
          ),
      },
      wallets: {
        put: (wallet) => {
          wallets.push(wallet);
          return Promise.resolve();
        },
      },
    }),
  };
}

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

  it.each(['lanyard-wallet', 'hr-desk'])('does not take the name of %s', async (clientId) => {
    const { registerWallet } = administration();
    await expect(registerWallet({ ...wallet, clientId })).rejects.toMatchObject({
      code: 'registration_invalid',
    });
  });
});
