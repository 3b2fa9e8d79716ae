/** `StaffMember` and `Passport`: the holder sees all, an organisation what it issued itself. */
import { publicError } from '../../../runtime/graphql-error.ts';
import { pageOf } from '../domain/page.ts';
import { accessLog } from './access-log.ts';
import { isSelf, readsFor, requirePurpose } from './caller-rules.ts';
import { sharing } from './holder-sharing.ts';
import { offerShape } from './shapes.ts';
import { wantedPage } from './wanted-page.ts';
import type { PassportResolvers, StaffMemberResolvers } from './types.generated.ts';

/** Most offers shown of one person. */
const OFFERS_SHOWN = 20;

/** Resolvers of `StaffMember`. */
export const StaffMember: StaffMemberResolvers = {
  __resolveReference: ({ id }) => ({ id }),

  async passport({ id }, _args, { caller, disclose, parts, takeReads }) {
    if (!takeReads(1)) throw publicError('INVALID_VALUE');
    if (isSelf(caller, id)) return { staffId: id };
    const issuedBy = readsFor(caller);
    if (issuedBy === undefined) return null;
    requirePurpose(caller);
    const standing = await parts.credentials.standing({ staffId: id, issuedBy }, parts.now());
    if (standing.any + standing.offered > 0) disclose(id);
    return { staffId: id, issuedBy, standing };
  },

  sharing,

  accessLog,
};

/** Resolvers of `Passport`. */
export const Passport: PassportResolvers = {
  id: ({ staffId }, _args, { parts }) => parts.passportId(staffId),

  async status(holder, _args, { parts }) {
    const { active, offered } =
      holder.standing ?? (await parts.credentials.standing(holder, parts.now()));
    if (active > 0) return 'ACTIVE';
    return offered > 0 ? 'OFFERED' : 'EMPTY';
  },

  async offers({ staffId, issuedBy }, _args, { parts, takeReads }) {
    if (!takeReads(1)) throw publicError('INVALID_VALUE');
    const holder = issuedBy === undefined ? { staffId } : { staffId, issuedBy };
    const offers = await parts.offers.list(holder, OFFERS_SHOWN);
    return offers.map((offer) => offerShape(offer, parts.now()));
  },

  async credentials(holder, { first, after }, { parts, takeReads }) {
    if (!takeReads(1)) throw publicError('INVALID_VALUE');
    const wanted = wantedPage(first, after);
    return pageOf(await parts.credentials.list(holder, wanted), wanted, (credential) => credential);
  },
};
