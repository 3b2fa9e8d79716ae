/** Who has left which organisation, by what the staff records tell as it happens. */
import type { Departure } from './account-facts.ts';

/** Somebody came to an organisation or left it. */
export interface StaffMovement {
  readonly type: 'STAFF_JOINED' | 'STAFF_LEFT';
  readonly staffId: string;
  readonly odsCode: string;
  /** When the records learnt of it. */
  readonly at: Date;
  /** Organisations at which the person works at the time of reading. */
  readonly worksAt: readonly string[];
  /** The records say that the person died in service, and nobody employs them. */
  readonly deceased: boolean;
}

/** Some movements, in the order in which they became known. */
export interface MovementPage {
  readonly movements: readonly StaffMovement[];
  /** Where to go on. */
  readonly position: string;
  /** Whether there may be more. */
  readonly more: boolean;
}

/** Movements, asked of the staff records. Throws with code `unavailable` when they do not answer. */
export interface MovementFeed {
  /** Those after a position; from the beginning without one. */
  read(after: string | undefined): Promise<MovementPage>;
}

/** What is written about somebody at one organisation. */
export interface DepartureChange extends Departure {
  readonly staffId: string;
  /** They work there; otherwise they have left. */
  readonly returned: boolean;
  readonly deceased: boolean;
}

/** Where departures are kept. */
export interface DepartureStore {
  /** How far the feed has been followed. */
  position(): Promise<string | undefined>;
  /**
   * Writes changes and moves the position, together and once.
   *
   * @returns whether it did: not when somebody else has followed the feed from there
   */
  apply(page: {
    readonly after: string | undefined;
    readonly position: string;
    readonly changes: readonly DepartureChange[];
  }): Promise<boolean>;
}

/**
 * What a page of movements comes to: the last word about each person and organisation. How things stand counts for more
 * than what happened: whoever works there now has not left, and nobody who is dead works anywhere.
 */
export function departuresOf(movements: readonly StaffMovement[]): readonly DepartureChange[] {
  const changes = new Map<string, DepartureChange>();
  for (const { staffId, odsCode, at, worksAt, deceased } of movements) {
    changes.set(`${staffId} ${odsCode}`, {
      staffId,
      odsCode,
      knownAt: at,
      returned: worksAt.includes(odsCode),
      deceased,
    });
  }
  return [...changes.values()];
}

/** Follows the feed to its end and returns how many movements there were. */
export async function followMovements({
  feed,
  departures,
}: {
  readonly feed: MovementFeed;
  readonly departures: DepartureStore;
}): Promise<number> {
  let count = 0;
  for (let after = await departures.position(), more = true; more;) {
    const page = await feed.read(after);
    if (page.position === after) break;
    const moved = await departures.apply({
      after,
      position: page.position,
      changes: departuresOf(page.movements),
    });
    if (!moved) break;
    count += page.movements.length;
    ({ more } = page);
    after = page.position;
  }
  return count;
}
