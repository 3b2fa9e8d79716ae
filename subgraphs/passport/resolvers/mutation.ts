/** Mutations. Each checks the caller, calls one function of the domain and shapes its answer. */
import { z } from 'zod';

import { changeStatus, type StatusRequest } from '../domain/change-status.ts';
import { idempotencyKey } from '../domain/identifiers.ts';
import { BATCH_LIMIT, issueCredential } from '../domain/issue-credential.ts';
import { offerCredentials } from '../domain/offer-credentials.ts';
import { refused } from '../domain/user-error.ts';
import { publicEcJwk } from '../../../standards/jwk-thumbprint.ts';
import type { PassportContext } from '../context.ts';
import { actingFor, requireScope } from './caller-rules.ts';
import { offerShape, statedAttestation } from './shapes.ts';
import type { CredentialStatusInput, MutationResolvers } from './types.generated.ts';
import { userErrors } from './user-errors.ts';

const keyFits = (key: string): boolean => idempotencyKey.safeParse(key).success;
const keyRefused = userErrors(refused('INVALID_VALUE', 'idempotencyKey'));

/** Resolvers of `Mutation`. */
export const Mutation: MutationResolvers = {
  async credentialOffer(_parent, { input }, { caller, parts }) {
    const by = actingFor(caller, 'passport:offer');
    if (!keyFits(input.idempotencyKey)) return { offer: null, errors: keyRefused };
    const attestations = (input.attestations ?? []).map(statedAttestation);
    const deferred = input.deferred ?? false;
    const outcome = await offerCredentials({ ...input, deferred, attestations, by }, parts);
    if (outcome.kind === 'refused') return { offer: null, errors: userErrors(outcome) };
    const { offer, uri, uriByValue, transactionCode, expiresAt } = outcome;
    const shape = offerShape({ ...offer, expiresAt, collected: false }, parts.now());
    return { offer: { ...shape, uri, uriByValue, transactionCode }, errors: [] };
  },

  async credentialOfferEnd(_parent, { input }, { caller, parts }) {
    requireScope(caller, 'credential:issue');
    const endedAt = z.coerce.date().safeParse(input.endedAt);
    if (!endedAt.success) return { errors: userErrors(refused('INVALID_VALUE', 'endedAt')) };
    const known = await parts.offers.end(input.offerId, endedAt.data, caller);
    return { errors: known ? [] : userErrors(refused('NOT_FOUND', 'offerId')) };
  },

  async credentialIssue(_parent, { input }, { caller, parts }) {
    requireScope(caller, 'credential:issue');
    const none = { issued: [] };
    if (!keyFits(input.idempotencyKey)) return { ...none, errors: keyRefused };
    const holderKeys = z.array(publicEcJwk).max(BATCH_LIMIT).safeParse(input.holderKeys);
    if (!holderKeys.success) {
      return { ...none, errors: userErrors(refused('INVALID_VALUE', 'holderKeys')) };
    }
    const { subject, name, requestId } = caller;
    const outcome = await issueCredential(
      {
        ...input,
        format: input.format ?? 'DC_SD_JWT',
        renewal: input.renewal ?? false,
        holderKeys: holderKeys.data,
        by: { subject, name, requestId },
      },
      parts,
    );
    if (outcome.kind === 'refused') return { ...none, errors: userErrors(outcome) };
    return { issued: [...outcome.issued], errors: [] };
  },

  async credentialNote(_parent, { input }, { caller, parts }) {
    requireScope(caller, 'credential:issue');
    const { event } = input;
    const at = new Date(input.at);
    const ids = new Set(input.credentialIds);
    if (ids.size < 1 || ids.size > BATCH_LIMIT) {
      return { noted: 0, errors: userErrors(refused('INVALID_VALUE', 'credentialIds')) };
    }
    const { subject, requestId } = caller;
    const noted = await parts.credentials.note({
      credentialIds: [...ids],
      event,
      // A clock ahead of this one must not make later news look old.
      at: at > parts.now() ? parts.now() : at,
      by: { subject, requestId },
      now: parts.now(),
    });
    return { noted, errors: [] };
  },

  credentialSuspend: (_parent, { input }, context) => changed('suspend', input, context),
  credentialReinstate: (_parent, { input }, context) => changed('reinstate', input, context),
  credentialRevoke: (_parent, { input }, context) => changed('revoke', input, context),
};

async function changed(
  action: StatusRequest['action'],
  input: CredentialStatusInput,
  { caller, disclose, parts }: PassportContext,
) {
  const by = actingFor(caller, 'passport:revoke');
  if (!keyFits(input.idempotencyKey)) return { credential: null, errors: keyRefused };
  const { credentialId, reason, expectedVersion, idempotencyKey: key } = input;
  const outcome = await changeStatus(
    {
      action,
      credentialId,
      reason,
      expectedVersion: expectedVersion ?? undefined,
      idempotencyKey: key,
      by,
    },
    parts,
  );
  if ('kind' in outcome) return { credential: null, errors: userErrors(outcome) };
  disclose(outcome.staffId);
  return { credential: outcome, errors: [] };
}
