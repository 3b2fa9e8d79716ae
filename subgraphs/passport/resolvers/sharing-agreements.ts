/** Agreements on sharing staff: for the administrators of either organisation, and for HR who need them in an offer. */
import type { Caller } from '../../../runtime/caller-statement.ts';
import { publicError } from '../../../runtime/graphql-error.ts';
import type { PassportContext } from '../context.ts';
import { idempotencyKey } from '../domain/identifiers.ts';
import { pageOf } from '../domain/page.ts';
import {
  acceptAgreement,
  agreementStanding,
  endAgreement,
  proposeAgreement,
  type SharingAgreement as StoredAgreement,
} from '../domain/sharing-agreement.ts';
import { ukDay } from '../domain/uk-day.ts';
import { type Refusal, refused } from '../domain/user-error.ts';
import { actingFor } from './caller-rules.ts';
import { wantedPage } from './wanted-page.ts';
import type { MutationResolvers, QueryResolvers, SharingAgreement } from './types.generated.ts';
import { userErrors } from './user-errors.ts';

/** Their queries. */
export const agreementQueries: Pick<QueryResolvers, 'sharingAgreements'> = {
  async sharingAgreements(_parent, { first, after }, { caller, parts }) {
    const odsCode = readsAgreementsFor(caller);
    const wanted = wantedPage(first, after);
    const rows = await parts.agreements.list(odsCode, wanted);
    return pageOf(rows, wanted, (row) => agreementShape(row, parts.now()));
  },
};

/** Their mutations. */
export const agreementMutations: Pick<
  MutationResolvers,
  'agreementPropose' | 'agreementAccept' | 'agreementEnd'
> = {
  async agreementPropose(_parent, { input }, { caller, parts }) {
    const by = actingFor(caller, 'agreement:manage');
    if (!keyFits(input.idempotencyKey)) return keyRefused;
    return payload(await proposeAgreement({ ...input, by }, parts), parts);
  },
  async agreementAccept(_parent, { input }, { caller, parts }) {
    const by = actingFor(caller, 'agreement:manage');
    if (!keyFits(input.idempotencyKey)) return keyRefused;
    return payload(await acceptAgreement({ ...input, by }, parts), parts);
  },
  async agreementEnd(_parent, { input }, { caller, parts }) {
    const by = actingFor(caller, 'agreement:manage');
    if (!keyFits(input.idempotencyKey)) return keyRefused;
    return payload(await endAgreement({ ...input, by }, parts), parts);
  },
};

const keyFits = (key: string): boolean => idempotencyKey.safeParse(key).success;
const keyRefused = {
  agreement: null,
  errors: userErrors(refused('INVALID_VALUE', 'idempotencyKey')),
};

function readsAgreementsFor({ scopes, odsCode }: Caller): string {
  const reads = scopes.has('agreement:manage') || scopes.has('passport:offer');
  if (!reads || odsCode === undefined) throw publicError('FORBIDDEN');
  return odsCode;
}

const payload = (
  outcome: StoredAgreement | Refusal,
  { now }: Pick<PassportContext['parts'], 'now'>,
) =>
  'kind' in outcome
    ? { agreement: null, errors: userErrors(outcome) }
    : { agreement: agreementShape(outcome, now()), errors: [] };

const agreementShape = (agreement: StoredAgreement, now: Date): SharingAgreement => ({
  id: agreement.id,
  reference: agreement.reference,
  proposedBy: { odsCode: agreement.proposerOds },
  proposedTo: { odsCode: agreement.partnerOds },
  startsOn: agreement.startsOn,
  endsOn: agreement.endsOn,
  state: agreementStanding(agreement, ukDay(now)),
  proposedAt: agreement.proposedAt,
  acceptedAt: agreement.acceptedAt ?? null,
  endedAt: agreement.endedAt ?? null,
  endedBy: agreement.endedByOds === undefined ? null : { odsCode: agreement.endedByOds },
});
