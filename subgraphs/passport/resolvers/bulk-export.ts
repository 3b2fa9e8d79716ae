/** What the service that exports records needs: the statuses, and the entries in people's access logs. */
import { publicError } from '../../../runtime/graphql-error.ts';
import type { PassportContext } from '../context.ts';
import { discloseRecords } from '../domain/disclose-records.ts';
import { odsCode as odsCodeShape, staffId } from '../domain/identifiers.ts';
import type { MutationResolvers, QueryResolvers } from './types.generated.ts';
import { userErrors } from './user-errors.ts';

const PAGE_LIMIT = 1_000;

/** Its query. */
export const bulkExportQueries: Pick<QueryResolvers, 'credentialHoldersChanged'> = {
  async credentialHoldersChanged(_parent, { odsCode, since, after, first }, { caller, parts }) {
    requireExporter(caller);
    const wrong =
      !odsCodeShape.safeParse(odsCode).success ||
      (after != null && !staffId.safeParse(after).success) ||
      !Number.isInteger(first) ||
      first < 1 ||
      first > PAGE_LIMIT;
    if (wrong) throw publicError('INVALID_VALUE');
    const found = await parts.disclosures.findChangedHolders(
      { odsCode, since: new Date(since), after: after ?? undefined, limit: first },
      parts.now(),
    );
    return [...found];
  },
};

/** Its mutation. */
export const bulkExportMutations: Pick<MutationResolvers, 'verifiedRecordsDisclose'> = {
  async verifiedRecordsDisclose(_parent, { input }, { caller, parts }) {
    requireExporter(caller);
    const outcome = await discloseRecords(input, caller.clientId, parts);
    if ('kind' in outcome) return { standings: null, errors: userErrors(outcome) };
    return {
      standings: outcome.map(({ statusChangedAt, ...standing }) => ({
        ...standing,
        lastStatusChangeAt: statusChangedAt,
      })),
      errors: [],
    };
  },
};

/** The one service that may say for whom it reads. */
function requireExporter({ kind, scopes }: PassportContext['caller']): void {
  if (kind !== 'machine' || !scopes.has('record:export')) throw publicError('FORBIDDEN');
}
