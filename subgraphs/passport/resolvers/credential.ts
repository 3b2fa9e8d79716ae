/** `Credential`: what the caller was allowed to see is shown as it is. */
import { publicError } from '../../../runtime/graphql-error.ts';
import type { CredentialRecord } from '../domain/credential.ts';
import { visibleState } from '../domain/credential.ts';
import type { PassportContext } from '../context.ts';
import { isSelf, readsFor, requirePurpose } from './caller-rules.ts';
import type { CredentialResolvers } from './types.generated.ts';

/** Most changes shown of one credential. */
const HISTORY_SHOWN = 100;

/**
 * Finds a credential that the caller holds, or that the caller's organisation issued. Everything else reads as none.
 */
export async function visibleCredential(
  id: string,
  { caller, disclose, parts }: PassportContext,
): Promise<CredentialRecord | null> {
  const found = await parts.credentials.find(id);
  if (found !== undefined && isSelf(caller, found.staffId)) return found;
  const odsCode = readsFor(caller);
  if (odsCode === undefined) return null;
  // Asked of everybody, so that it does not tell what exists.
  requirePurpose(caller);
  if (found?.odsCode !== odsCode) return null;
  disclose(found.staffId);
  return found;
}

/** Resolvers of `Credential`. */
export const Credential: CredentialResolvers = {
  __resolveReference: ({ id }, context) => visibleCredential(id, context),
  staff: ({ staffId }) => ({ id: staffId }),
  state: (credential, _args, { parts }) => visibleState(credential, parts.now()),
  issuer: ({ odsCode }) => ({ odsCode }),
  issuedAt: ({ issuedAt }) => issuedAt ?? null,
  expiresAt: ({ expiresAt }) => expiresAt,
  statusListUri: ({ listId }, _args, { parts }) => parts.addresses.statusList(listId),
  lastStatusChangeAt: ({ statusChangedAt }) => statusChangedAt ?? null,
  reason: ({ reason }) => reason ?? null,
  holderEvent: ({ holderEvent }) => holderEvent ?? null,
  holderEventAt: ({ holderEventAt }) => holderEventAt ?? null,
  async statusHistory({ id }, _args, { parts, takeReads }) {
    if (!takeReads(1)) throw publicError('INVALID_VALUE');
    const entries = await parts.credentials.history(id, HISTORY_SHOWN);
    return entries.flatMap(({ state, reason, at, odsCode }) =>
      // One that was never signed has no changes to show.
      state === 'FAILED' ? [] : [{ state, reason: reason ?? null, at, organisation: { odsCode } }],
    );
  },
};
