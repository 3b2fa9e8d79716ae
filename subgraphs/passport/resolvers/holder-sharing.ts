/** What holders were asked for and shared: their own view, what they may do about it, and the organisation's side. */
import { publicError } from '../../../runtime/graphql-error.ts';
import {
  answerDeletion,
  askDeletion,
  refuseRequest,
  reportRequester,
} from '../domain/act-on-sharing.ts';
import {
  sharedBy,
  type SharedRow,
  sharingState,
  type StoredDeletion,
} from '../domain/holder-sharing.ts';
import { idempotencyKey } from '../domain/identifiers.ts';
import { pageOf } from '../domain/page.ts';
import { presentationReceipt } from '../domain/presentation-receipt.ts';
import { refused } from '../domain/user-error.ts';
import { actingFor, isSelf, requirePurpose } from './caller-rules.ts';
import { actingAlone } from './own-devices.ts';
import type {
  DeletionRequest,
  MutationResolvers,
  QueryResolvers,
  SharedPresentation,
  StaffMemberResolvers,
} from './types.generated.ts';
import { userErrors } from './user-errors.ts';
import { wantedPage } from './wanted-page.ts';

const keyRefused = userErrors(refused('INVALID_VALUE', 'idempotencyKey'));

const keyFits = (key: string): boolean => idempotencyKey.safeParse(key).success;

const deletionShape = (deletion: StoredDeletion): DeletionRequest => ({
  presentationId: deletion.presentationId,
  state: deletion.state,
  askedAt: deletion.askedAt,
  answerBy: deletion.answerBy,
  answeredAt: deletion.answeredAt ?? null,
  reason: deletion.reason ?? null,
});

const sharedShape = (staffId: string, request: SharedRow, now: Date): SharedPresentation => ({
  id: request.id,
  requester: { odsCode: request.odsCode },
  requestedBy: request.askedBy,
  purpose: request.purpose,
  state: sharingState(request, now),
  requestedAt: request.createdAt,
  expiresAt: request.expiresAt,
  answeredAt: request.answeredAt ?? null,
  shared: sharedBy(staffId, request.result).map(({ type, issuerOds, claims }) => ({
    type: type ?? null,
    issuer: issuerOds === undefined ? null : { odsCode: issuerOds },
    claims,
  })),
  keptUntil: request.eraseAfter ?? null,
  deletion: request.deletion === undefined ? null : deletionShape(request.deletion),
  report: request.report ?? null,
});

/** The holder's field of `StaffMember`. */
export const sharing: NonNullable<StaffMemberResolvers['sharing']> = async (
  { id },
  { first, after },
  { caller, parts, takeReads },
) => {
  if (!isSelf(caller, id)) return null;
  if (!takeReads(1)) throw publicError('INVALID_VALUE');
  const wanted = wantedPage(first, after);
  const now = parts.now();
  return pageOf(await parts.sharing.list(id, wanted), wanted, (row) => sharedShape(id, row, now));
};

/** Queries of organisations. */
export const sharingQueries = {
  async presentationReceipt(_parent, { presentationId }, { caller, disclose, parts }) {
    const { odsCode } = actingFor(caller, 'passport:verify');
    requirePurpose(caller);
    const receipt = await presentationReceipt(presentationId, odsCode, parts);
    if (receipt === undefined) return null;
    for (const staffId of receipt.people) disclose(staffId);
    return receipt;
  },

  async deletionRequests(_parent, { state, first, after }, { caller, parts }) {
    const { odsCode } = actingFor(caller, 'passport:verify');
    const wanted = wantedPage(first, after);
    return pageOf(await parts.sharing.listDeletions(odsCode, state, wanted), wanted, deletionShape);
  },
} satisfies Partial<QueryResolvers>;

/** Mutations of holders, and the organisation's answer. */
export const sharingMutations = {
  async presentationRefuse(_parent, { input }, { caller, parts }) {
    const by = actingAlone(caller);
    if (!keyFits(input.idempotencyKey)) return { presentation: null, errors: keyRefused };
    const outcome = await refuseRequest({ ...input, by }, parts);
    if (outcome !== 'refused') return { presentation: null, errors: userErrors(outcome) };
    const request = await parts.sharing.find(by.subject, input.presentationId);
    return {
      presentation: request === undefined ? null : sharedShape(by.subject, request, parts.now()),
      errors: [],
    };
  },

  async deletionRequest(_parent, { input }, { caller, parts }) {
    const by = actingAlone(caller);
    if (!keyFits(input.idempotencyKey)) return { deletion: null, errors: keyRefused };
    const outcome = await askDeletion({ ...input, by }, parts);
    if ('kind' in outcome) return { deletion: null, errors: userErrors(outcome) };
    return { deletion: deletionShape(outcome), errors: [] };
  },

  async deletionAnswer(_parent, { input }, { caller, parts }) {
    const by = actingFor(caller, 'passport:verify');
    if (!keyFits(input.idempotencyKey)) return { deletion: null, errors: keyRefused };
    const outcome = await answerDeletion(
      { ...input, reason: input.reason ?? undefined, by },
      parts,
    );
    if ('kind' in outcome) return { deletion: null, errors: userErrors(outcome) };
    return { deletion: deletionShape(outcome), errors: [] };
  },

  async requesterReport(_parent, { input }, { caller, parts }) {
    const by = actingAlone(caller);
    if (!keyFits(input.idempotencyKey)) return { report: null, errors: keyRefused };
    const outcome = await reportRequester({ ...input, by }, parts);
    if ('kind' in outcome) return { report: null, errors: userErrors(outcome) };
    return { report: outcome, errors: [] };
  },
} satisfies Partial<MutationResolvers>;
