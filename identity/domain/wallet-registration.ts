/** Letting wallets in that collect credentials: what an operator enters. */
import { z } from 'zod';

import type { ClientStore } from './client-ports.ts';
import type { AppStore } from './ports.ts';
import { actor, clientId, clientName } from './registration-fields.ts';
import { refusalOf, RegistrationRefused } from './registration-refused.ts';
import { redirectUri } from './registration.ts';
import type { WalletStore } from './wallet-ports.ts';

/** A scheme that an app owns: a domain name in reverse, and no host after it (RFC 8252, section 7.1). */
const PRIVATE_USE = /^[a-z][a-z0-9+-]*(\.[a-z0-9+-]+)+:\/[^/#?\s][^#\s]*$/;

/** Where an app is called back: an address that it has claimed, a scheme of its own, or this machine (section 7). */
const walletRedirectUri = z
  .string()
  .max(500)
  .refine(
    (text) => redirectUri.safeParse(text).success || PRIVATE_USE.test(text),
    'must be https, http on this machine, or a scheme such as org.example.wallet:/path; and have no fragment',
  );

const registerWalletInput = z.strictObject({
  clientId,
  name: clientName,
  redirectUris: z.array(walletRedirectUri).max(10).default([]),
  attested: z.boolean().default(false),
  createdBy: actor,
});

/** What makes a wallet a client. Without redirect URIs it only redeems codes. */
export type RegisterWalletInput = z.input<typeof registerWalletInput>;

/** What an operator can do about wallets. */
export interface WalletAdministration {
  /** Lets a wallet collect credentials. @throws {RegistrationRefused} */
  readonly registerWallet: (input: RegisterWalletInput) => Promise<void>;
}

/** Creates the operator's functions. */
export function walletAdministration({
  clients,
  apps,
  wallets,
}: {
  readonly clients: Pick<ClientStore, 'findStored'>;
  readonly apps: Pick<AppStore, 'find'>;
  readonly wallets: Pick<WalletStore, 'put'>;
}): WalletAdministration {
  return {
    registerWallet: async (input) => {
      const parsed = registerWalletInput.safeParse(input);
      if (!parsed.success) throw refusalOf(parsed.error);
      const { createdBy, ...wallet } = parsed.data;
      const taken =
        (await clients.findStored(wallet.clientId)) !== undefined ||
        (await apps.find(wallet.clientId)) !== undefined;
      if (taken) throw new RegistrationRefused(['clientId', 'is an HR system or an app']);
      await wallets.put(wallet, createdBy);
    },
  };
}
