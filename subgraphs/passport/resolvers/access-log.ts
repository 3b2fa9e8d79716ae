/** The access log: what a person sees of it, and what an administrator should look at. */
import type { AccessLogEntryParent, PassportParts } from '../context.ts';
import type { AccessLogRow } from '../domain/ports/access-log.ts';
import { pageOf } from '../domain/page.ts';
import { actingFor, isSelf, requirePurpose } from './caller-rules.ts';
import type {
  AccessLogEntryResolvers,
  QueryResolvers,
  StaffMemberResolvers,
} from './types.generated.ts';
import { wantedPage } from './wanted-page.ts';

/** Entries of one page. */
function withContacts({ registry, now }: Pick<PassportParts, 'registry' | 'now'>) {
  const found = new Map<string, ReturnType<AccessLogEntryParent['contactOf']>>();
  const contactOf: AccessLogEntryParent['contactOf'] = (odsCode) => {
    const known = found.get(odsCode);
    if (known !== undefined) return known;
    const looking = registry.find(odsCode, now()).then(({ contact }) => contact);
    found.set(odsCode, looking);
    return looking;
  };
  return (entry: AccessLogRow): AccessLogEntryParent => ({ ...entry, contactOf });
}

/** A reading. */
export const AccessLogEntry: AccessLogEntryResolvers = {
  actorOrganisation: ({ actorOdsCode }) =>
    actorOdsCode === undefined ? null : { odsCode: actorOdsCode },
  async actorContact({ actorOdsCode, contactOf }) {
    const contact = actorOdsCode === undefined ? undefined : await contactOf(actorOdsCode);
    return contact === undefined ? null : { ...contact, phone: contact.phone ?? null };
  },
  flags: ({ flags }) => flags ?? null,
};

/** The person's own field of `StaffMember`. */
export const accessLog: NonNullable<StaffMemberResolvers['accessLog']> = async (
  { id },
  { first, after },
  { caller, parts },
) => {
  if (!isSelf(caller, id)) return null;
  const wanted = wantedPage(first, after);
  return pageOf(await parts.accessLog.list(id, wanted), wanted, withContacts(parts));
};

/** The administrator's query. */
export const accessReviewQueries: Pick<QueryResolvers, 'flaggedAccess'> = {
  async flaggedAccess(_parent, { first, after }, { caller, disclose, parts }) {
    const { odsCode } = actingFor(caller, 'access:review');
    requirePurpose(caller);
    const wanted = wantedPage(first, after);
    const withContact = withContacts(parts);
    return pageOf(await parts.accessLog.listFlagged(odsCode, wanted), wanted, (entry) => {
      // Who looks at readings of their own record does not read it by that.
      if (entry.staffId !== caller.subject) disclose(entry.staffId);
      return {
        staff: { id: entry.staffId },
        reader: { id: entry.actor },
        entry: withContact(entry),
      };
    });
  },
};
