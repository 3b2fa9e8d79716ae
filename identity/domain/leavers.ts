/** People who have left: their access ends without anybody having to think of it. */
import type { RoleGrants } from './role-ports.ts';
import type { Revoke } from './revocation.ts';
import type { SessionEndings } from './session-ports.ts';

/** The end of an employment or of a placement, with how things stand now. */
export interface Leaver {
  readonly staffId: string;
  readonly odsCode: string;
  /** Whether the person works at that organisation now: they have come back. */
  readonly worksThere: boolean;
  /** Whether the person works at any organisation now. */
  readonly works: boolean;
}

/** Ends of employments or placements, in the order in which they became known. */
export interface LeaverFeed {
  /**
   * Those after a position; from the beginning without one.
   *
   * @throws {Error} with code `unavailable` when the records do not answer
   */
  read(after: string | undefined): Promise<{
    readonly leavers: readonly Leaver[];
    readonly position: string;
    /** Whether there may be more. */
    readonly more: boolean;
  }>;
}

/** How far feeds have been read. */
export interface FeedPositions {
  find(feed: string): Promise<string | undefined>;
  put(feed: string, position: string): Promise<void>;
}

/** What access is ended with. */
export interface LeaverParts {
  /** Under which the position is kept. */
  readonly feedName: 'staff-left' | 'placement-ended';
  readonly feed: LeaverFeed;
  readonly positions: FeedPositions;
  readonly endings: Pick<SessionEndings, 'endSessionsOf'>;
  readonly roleGrants: Pick<RoleGrants, 'endAll'>;
  readonly revoke: Revoke;
  readonly now: () => Date;
}

/**
 * Ends the access of everybody who has left since this was last asked. Whoever still works somewhere loses what they had
 * at the organisation they left; everybody else loses their roles everywhere. The position moves once a page is done: after a crash it is done again, which is harmless.
 */
export async function endAccessOfLeavers(parts: LeaverParts): Promise<void> {
  let more = true;
  while (more) {
    const page = await parts.feed.read(await parts.positions.find(parts.feedName));
    for (const leaver of page.leavers) await endAccess(leaver, parts);
    await parts.positions.put(parts.feedName, page.position);
    more = page.more;
  }
}

async function endAccess(
  { staffId, odsCode, works, worksThere }: Leaver,
  { endings, roleGrants, revoke, now }: LeaverParts,
): Promise<void> {
  if (worksThere) return;
  const where = works ? odsCode : undefined;
  await roleGrants.endAll({ staffId, odsCode: where, by: 'records', at: now() });
  if (works) await revoke([{ kind: 'membership', staffId, odsCode }]);
  else await endings.endSessionsOf(staffId);
}
