/**
 * Looks at who read whose record: readings of one's own record by way of one's work, and of close colleagues, are flagged for
 * the administrators of the organisation that was acted for. It happens after the reading, which does not wait for it.
 */
import { staffId } from './identifiers.ts';
import type { AccessFlag, AccessLog, UnreviewedAccess } from './ports/access-log.ts';
import type { TeamMember, TeamPost, Teams } from './ports/teams.ts';
import { ukDay } from './uk-day.ts';

/** Entries looked at in one round: with all of their readers, no more people than are read at once. */
const AT_ONCE = 250;

/** What it takes. */
export interface ReviewParts {
  readonly accessLog: Pick<AccessLog, 'findUnreviewed' | 'review'>;
  readonly teams: Teams;
}

/** Looks at the oldest entries that nobody has looked at. Returns how many that were. */
export async function reviewAccess({ accessLog, teams }: ReviewParts): Promise<number> {
  const entries = await accessLog.findUnreviewed(AT_ONCE);
  const byDay = Map.groupBy(entries, ({ at }) => ukDay(at));
  for (const [day, ofDay] of byDay) {
    const ids = ofDay.flatMap((entry) => [entry.actor, entry.staffId]);
    const known = [...new Set(ids)].filter((id) => staffId.safeParse(id).success);
    const members = known.length === 0 ? new Map<string, never>() : await teams.find(known, day);
    await accessLog.review(
      ofDay.map((entry) => ({ position: entry.position, flags: flagsOf(entry, members) })),
    );
  }
  return entries.length;
}

function flagsOf(
  { actor, staffId: subject }: UnreviewedAccess,
  members: ReadonlyMap<string, TeamMember>,
): readonly AccessFlag[] {
  const reader = members.get(actor);
  const read = members.get(subject);
  if (actor === subject || (reader !== undefined && reader.personId === read?.personId)) {
    return ['OWN_RECORD'];
  }
  const isClose = reader?.posts.some((post) =>
    read?.posts.some((other) => isSameTeam(post, other)),
  );
  return isClose === true ? ['CLOSE_COLLEAGUE'] : [];
}

/**
 * Whether two posts are of one team: at the same employer, the same position, or the same department at the same place of
 * work. A department of which one post says no place counts as one.
 */
export function isSameTeam(one: TeamPost, other: TeamPost): boolean {
  if (one.odsCode !== other.odsCode) return false;
  if (one.positionId !== undefined && one.positionId === other.positionId) return true;
  if (one.department === undefined || one.department !== other.department) return false;
  return (
    one.location === undefined || other.location === undefined || one.location === other.location
  );
}
