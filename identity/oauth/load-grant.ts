/** Whether an earlier approval still holds. */
import type { Grant, KoaContextWithOIDC } from 'oidc-provider';

import type { AccountStore, RoleGrants } from '../domain/ports.ts';

/**
 * The grant of this request: the one just made, or an earlier one in the same session as long as the person still holds
 * the role it was given in.
 */
export async function loadGrant(
  ctx: KoaContextWithOIDC,
  { accounts, roleGrants }: { readonly accounts: AccountStore; readonly roleGrants: RoleGrants },
): Promise<Grant | undefined> {
  const { session, client, result, provider } = ctx.oidc;
  const made = result?.consent?.grantId;
  const grantId = made ?? (client && session?.grantIdFor(client.clientId));
  if (grantId === undefined || session?.accountId === undefined) return undefined;
  const acting = await accounts.findActingAs(grantId);
  if (acting?.staffId !== session.accountId) return undefined;
  if (acting.role !== 'STAFF') {
    const account = await accounts.find(acting.staffId);
    const held = account === undefined ? [] : await roleGrants.list(account.mail);
    const still = held.some(
      ({ role, odsCode }) => role === acting.role && odsCode === acting.odsCode,
    );
    if (!still) return undefined;
  }
  return provider.Grant.find(grantId);
}
