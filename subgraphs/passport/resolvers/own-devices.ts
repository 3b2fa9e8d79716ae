/** What holders do with their own devices: they move, they add a wallet, and they agree to share. */
import { publicError } from '../../../runtime/graphql-error.ts';
import type { Caller } from '../../../runtime/caller-statement.ts';
import { consentToShare } from '../domain/act-on-sharing.ts';
import { idempotencyKey } from '../domain/identifiers.ts';
import { endEarlier, type HolderWish, reofferCredentials } from '../domain/reoffer-credentials.ts';
import { refused } from '../domain/user-error.ts';
import { requireScope } from './caller-rules.ts';
import { offerShape } from './shapes.ts';
import type { MutationResolvers } from './types.generated.ts';
import { userErrors } from './user-errors.ts';

const keyRefused = userErrors(refused('INVALID_VALUE', 'idempotencyKey'));
const keyFits = (key: string): boolean => idempotencyKey.safeParse(key).success;

/** The caller acting for themselves. Refuses everybody else. */
export function actingAlone(caller: Caller): HolderWish['by'] {
  requireScope(caller, 'self:share');
  const { kind, subject, name, requestId } = caller;
  if (kind !== 'person') throw publicError('FORBIDDEN');
  return { subject, name, requestId };
}

/** The mutations. */
export const ownDeviceMutations = {
  async passportReoffer(_parent, { input }, { caller, parts }) {
    const by = actingAlone(caller);
    const none = { offers: [], notOffered: [] };
    if (!keyFits(input.idempotencyKey)) return { ...none, errors: keyRefused };
    const outcome = await reofferCredentials({ ...input, by }, parts);
    if (outcome.kind === 'refused') return { ...none, errors: userErrors(outcome) };
    return {
      offers: outcome.offers.map(({ offer, uri, uriByValue, transactionCode, expiresAt }) => ({
        ...offerShape({ ...offer, expiresAt, collected: false }, parts.now()),
        uri,
        uriByValue,
        transactionCode,
      })),
      notOffered: outcome.notOffered.map(({ type, odsCode }) => ({ type, issuer: { odsCode } })),
      errors: [],
    };
  },

  async passportEarlierEnd(_parent, { input }, { caller, parts }) {
    const by = actingAlone(caller);
    if (!keyFits(input.idempotencyKey)) return { ended: 0, errors: keyRefused };
    const outcome = await endEarlier({ ...input, by }, parts);
    return typeof outcome === 'number'
      ? { ended: outcome, errors: [] }
      : { ended: 0, errors: userErrors(outcome) };
  },

  async sharingConsent(_parent, { input }, { caller, parts }) {
    const by = actingAlone(caller);
    if (!keyFits(input.idempotencyKey)) return { expiresAt: null, errors: keyRefused };
    const outcome = await consentToShare({ ...input, by }, parts);
    return outcome instanceof Date
      ? { expiresAt: outcome, errors: [] }
      : { expiresAt: null, errors: userErrors(outcome) };
  },
} satisfies Partial<MutationResolvers>;
