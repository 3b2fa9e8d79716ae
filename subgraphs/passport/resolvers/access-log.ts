/** The access log: what a person sees of it, and what an administrator should look at. */
import type { AccessLogRow } from '../domain/ports/access-log.ts';
import { pageOf } from '../domain/page.ts';
import { actingFor, isSelf, requirePurpose } from './caller-rules.ts';
import type { AccessLogEntry, QueryResolvers, StaffMemberResolvers } from './types.generated.ts';
import { wantedPage } from './wanted-page.ts';

const entryShape = (entry: AccessLogRow): AccessLogEntry => ({
  at: entry.at,
  actorName: entry.actorName,
  actorOrganisation: entry.actorOdsCode === undefined ? null : { odsCode: entry.actorOdsCode },
  purpose: entry.purpose,
  fields: entry.fields,
  requestId: entry.requestId,
  flags: entry.flags ?? null,
});

/** The person's own field of `StaffMember`. */
export const accessLog: NonNullable<StaffMemberResolvers['accessLog']> = async (
  { id },
  { first, after },
  { caller, parts },
) => {
  if (!isSelf(caller, id)) return null;
  const wanted = wantedPage(first, after);
  return pageOf(await parts.accessLog.list(id, wanted), wanted, entryShape);
};

/** The administrator's query. */
export const accessReviewQueries: Pick<QueryResolvers, 'flaggedAccess'> = {
  async flaggedAccess(_parent, { first, after }, { caller, disclose, parts }) {
    const { odsCode } = actingFor(caller, 'access:review');
    requirePurpose(caller);
    const wanted = wantedPage(first, after);
    return pageOf(await parts.accessLog.listFlagged(odsCode, wanted), wanted, (entry) => {
      // Who looks at readings of their own record does not read it by that.
      if (entry.staffId !== caller.subject) disclose(entry.staffId);
      return {
        staff: { id: entry.staffId },
        reader: { id: entry.actor },
        entry: entryShape(entry),
      };
    });
  },
};
