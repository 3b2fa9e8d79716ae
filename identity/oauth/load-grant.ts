/** Whether an earlier approval still holds. */
import type { Grant, KoaContextWithOIDC, Provider } from 'oidc-provider';

import type { AccountStore, ActingAs } from '../domain/ports.ts';
import type { RoleGrants } from '../domain/role-ports.ts';
import { browserName } from '../domain/browser-name.ts';
import type { SessionStore } from '../domain/session-ports.ts';
import { ACCOUNT_CLIENT, clientFacts } from './clients.ts';

/**
 * The grant of this request: the one just made, or an earlier one in the same session as long as the person still holds
 * the role it was given in.
 */
export async function loadGrant(
  ctx: KoaContextWithOIDC,
  {
    accounts,
    roleGrants,
    sessions,
  }: {
    readonly accounts: AccountStore;
    readonly roleGrants: Pick<RoleGrants, 'list'>;
    readonly sessions: Pick<SessionStore, 'note'>;
  },
): Promise<Grant | undefined> {
  const { session, client, result, provider } = ctx.oidc;
  if (session?.accountId !== undefined && client !== undefined) {
    await sessions.note({
      sessionId: session.uid,
      staffId: session.accountId,
      browser: browserName(ctx.get('user-agent')),
    });
    // One name of the session for every application and every token.
    session.sidFor(client.clientId, session.uid);
    if (client.clientId === ACCOUNT_CLIENT) return ownGrant(provider, session.accountId);
  }
  const made = result?.consent?.grantId;
  if (client !== undefined && clientFacts(client).wallet) {
    // One approval is for one offer, so an earlier one never counts.
    return made === undefined ? undefined : provider.Grant.find(made);
  }
  const grantId = made ?? (client && session?.grantIdFor(client.clientId));
  if (grantId === undefined || session?.accountId === undefined) return undefined;
  const acting = await accounts.findActingAs(grantId);
  if (acting?.staffId !== session.accountId) return undefined;
  if (!(await stillHolds(acting, roleGrants))) return undefined;
  return provider.Grant.find(grantId);
}

/** Whether the person holds the role in which an application was given access. Nobody has to be given the role of staff. */
export async function stillHolds(
  acting: ActingAs,
  roleGrants: Pick<RoleGrants, 'list'>,
): Promise<boolean> {
  if (acting.role === 'STAFF') return true;
  const held = await roleGrants.list(acting.staffId);
  return held.some(({ role, odsCode }) => role === acting.role && odsCode === acting.odsCode);
}

/** Our own pages ask nobody for access. */
async function ownGrant(provider: Provider, staffId: string): Promise<Grant> {
  const grant = new provider.Grant({ accountId: staffId, clientId: ACCOUNT_CLIENT });
  grant.addOIDCScope('openid');
  await grant.save();
  return grant;
}
