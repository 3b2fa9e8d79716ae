/**
 * Taking places in status lists: at random, each for one credential, never given back.
 *
 * Source: draft-ietf-oauth-status-list, section 13.3 (no double allocation), and sections 12.5 and 13.2 (random places,
 * the members of a batch on several lists).
 */
import { randomIndex } from '../domain/identifiers.ts';
import type { StatusSlot } from '../domain/ports/credentials.ts';
import type { PassportDatabase } from './tables.ts';

/** Random places tried in one list. With nine of ten places taken, one time in a thousand all of them are. */
const TRIES = 64;

/** None of a trust's open lists has a place. The next request opens others. */
export class StatusListsFull extends Error {
  override readonly name = 'StatusListsFull';
  readonly code = 'unavailable';
}

/** At least one. */
export type Slots = readonly [StatusSlot, ...StatusSlot[]];

/**
 * Takes places that were never given out, spread evenly over the trust's open lists that have been published.
 *
 * @param db the transaction that records what the places are for
 * @param count how many, 1 or more; two or more come from at least two lists when there are two
 * @throws {StatusListsFull} when there is no room
 */
export async function takeSlots(
  db: PassportDatabase,
  odsCode: string,
  count: number,
): Promise<Slots> {
  const lists = inRandomOrder(
    await db
      .selectFrom('status_list')
      .select(['id', 'size'])
      .where('ods_code', '=', odsCode)
      .where('open', '=', true)
      .where('token', 'is not', null)
      .execute(),
  );
  const slots = new Map<number, StatusSlot>();
  for (let round = 0; round < TRIES * lists.length && slots.size < count; round += 1) {
    // Each member keeps to its list while that has room.
    const moved = Math.floor(round / TRIES);
    const wanted = new Map<string, Place & { readonly member: number }>();
    for (let member = 0; member < count; member += 1) {
      const list = lists[(member + moved) % lists.length];
      if (slots.has(member) || list === undefined) continue;
      const place = { list_id: list.id, status_index: randomIndex(list.size) };
      wanted.set(nameOf(place), { ...place, member });
    }
    // In one order: two transactions that draw the same places wait for each other, and not in a circle.
    const places = [...wanted.values()]
      .map(({ list_id, status_index }) => ({ list_id, status_index }))
      .toSorted(byPlace);
    const taken = await db
      .insertInto('status_slot')
      .values(places)
      .onConflict((conflict) => conflict.doNothing())
      .returning(['list_id', 'status_index'])
      .execute();
    for (const place of taken) {
      const member = wanted.get(nameOf(place))?.member ?? 0;
      slots.set(member, { listId: place.list_id, index: place.status_index });
    }
  }
  const [first, ...rest] = slots.values();
  if (first === undefined || slots.size < count) {
    throw new StatusListsFull('no open status list has room');
  }
  return [first, ...rest];
}

interface Place {
  readonly list_id: string;
  readonly status_index: number;
}

const byPlace = (one: Place, other: Place): number =>
  one.list_id === other.list_id
    ? one.status_index - other.status_index
    : one.list_id < other.list_id
      ? -1
      : 1;

const nameOf = ({ list_id, status_index }: Place): string => `${list_id} ${String(status_index)}`;

/** Fisher and Yates, with random numbers nobody can foresee. */
function inRandomOrder<Item>(items: readonly Item[]): Item[] {
  const rest = [...items];
  return items.flatMap(() => rest.splice(randomIndex(rest.length), 1));
}
