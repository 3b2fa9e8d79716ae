/**
 * Following what happens to people: each page of events takes effect once, in the transaction that moves the position, and
 * a crash anywhere loses nothing and repeats nothing.
 */
import { sealAttestation } from './due-offers.ts';
import { PASSPORT_ITSELF } from './audit.ts';
import type { Clock } from './ports/clock.ts';
import type { Sealer } from './ports/keys.ts';
import { reactToEvent, sourcesOf } from './react-to-event.ts';
import type { AppliedPage, ReactionRules, StaffEventStore, StaffFeed } from './staff-events.ts';
import type { StatusListPublisher } from './status-list-publisher.ts';

/** What following needs. */
export interface FollowingParts {
  readonly staffFeed: StaffFeed;
  readonly staffEvents: StaffEventStore;
  readonly publisher: Pick<StatusListPublisher, 'publish'>;
  readonly sealer: Sealer;
  /** Hashes what credentials are about. */
  readonly subjectKey: Uint8Array;
  readonly now: Clock;
}

/** What a round of following did. */
export interface Followed {
  /** Trusts told, once for each thing they were told. */
  readonly signals: number;
  /** People whose credentials wait for two approvals since this round. */
  readonly held: number;
}

/** Follows the feed to its end, and works off what was released. */
export async function followStaffEvents(parts: FollowingParts): Promise<Followed> {
  const { staffEvents } = parts;
  const rules = reactionRules(parts);
  let followed = await follow(await staffEvents.position(), undefined, rules, parts);
  for (const { id, position } of await staffEvents.findReleased()) {
    const worked = await follow(position, id, rules, parts);
    followed = { ...followed, signals: followed.signals + worked.signals };
  }
  return followed;
}

const reactionRules = ({ sealer, subjectKey }: FollowingParts): ReactionRules => ({
  sourcesOf: (event) => sourcesOf(event, subjectKey),
  react: (event, held, changed) => reactToEvent(event, held, changed, subjectKey),
  seal: (attestation, dueOfferId) => sealAttestation(attestation, dueOfferId, sealer),
});

async function follow(
  from: string | undefined,
  releasing: string | undefined,
  rules: ReactionRules,
  { staffFeed, staffEvents, publisher, now }: FollowingParts,
): Promise<Followed> {
  let signals = 0;
  let held = 0;
  for (let after = from, more = true; more;) {
    const page = await staffFeed.read(after);
    // Most of the time nothing has happened.
    if (page.position === after && releasing === undefined) break;
    const applied: AppliedPage = await staffEvents.apply(
      {
        after,
        page,
        ...(releasing === undefined ? {} : { releasing }),
        by: PASSPORT_ITSELF,
        now: now(),
      },
      rules,
    );
    if (applied.kind === 'moved') break;
    signals += applied.signals;
    held += applied.held;
    for (const listId of applied.listIds) await publisher.publish(listId);
    ({ more } = page);
    after = page.position;
  }
  return { signals, held };
}
