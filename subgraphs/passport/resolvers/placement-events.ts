/** Ends of placements, for the one service that takes access at the host back for them. */
import { publicError } from '../../../runtime/graphql-error.ts';
import { cursorOf } from '../domain/page.ts';
import type { QueryResolvers } from './types.generated.ts';
import { wantedPage } from './wanted-page.ts';

/** Its query. */
export const placementQueries: Pick<QueryResolvers, 'placementEvents'> = {
  async placementEvents(_parent, { first, after }, { caller, parts }) {
    if (caller.kind !== 'machine' || !caller.scopes.has('event:read')) {
      throw publicError('FORBIDDEN');
    }
    const wanted = wantedPage(first, after);
    const { ended, position } = await parts.placements.listEnded(
      wanted.after ?? 0,
      wanted.first,
      parts.now(),
    );
    return {
      events: ended.map(({ staffId, hostOds, at, placedThere }) => ({
        type: 'PLACEMENT_ENDED' as const,
        staffId,
        staff: { id: staffId },
        odsCode: hostOds,
        at,
        placedThere,
      })),
      position: cursorOf(position),
    };
  },
};
