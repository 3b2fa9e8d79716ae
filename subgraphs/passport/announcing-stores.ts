/** Stores that tell whoever waits for a presentation, a credential or a stop that it has changed. */
import type { Announce } from '../../runtime/announcements.ts';
import type { PassportStop } from './domain/passport-stop.ts';
import type { CredentialStore } from './domain/ports/credentials.ts';
import type { PassportStops, StopOutcome } from './domain/ports/passport-stops.ts';
import type { PresentationStore } from './domain/ports/presentations.ts';
import type { Refusal } from './domain/user-error.ts';

/** Tells of each step of a presentation. */
export function announcingPresentations(
  store: PresentationStore,
  announce: Announce,
): PresentationStore {
  const told = (id: string): void => {
    announce({ kind: 'presentation', id });
  };
  return {
    ...store,
    async fetch(id, now) {
      const fetched = await store.fetch(id, now);
      if (fetched !== undefined) told(id);
      return fetched;
    },
    async refuse(id, because, now) {
      const refused = await store.refuse(id, because, now);
      if (refused) told(id);
      return refused;
    },
    async conclude(id, conclusion) {
      await store.conclude(id, conclusion);
      told(id);
    },
    async release(how, logOf) {
      const released = await store.release(how, logOf);
      if (released !== undefined) told(released.id);
      return released;
    },
  };
}

/** Tells of each change of a credential's status that somebody has asked for. */
export function announcingCredentials(store: CredentialStore, announce: Announce): CredentialStore {
  return {
    ...store,
    async changeStatus(change) {
      const outcome = await store.changeStatus(change);
      if (!('kind' in outcome)) announce({ kind: 'credential', id: outcome.id });
      return outcome;
    },
  };
}

/** Tells of each step of a stop, and of the credentials that it changes. */
export function announcingStops(store: PassportStops, announce: Announce): PassportStops {
  const toldOf = (ids: readonly string[]): void => {
    for (const id of ids) announce({ kind: 'credential', id });
  };
  const told = <Outcome extends StopOutcome | Refusal>(outcome: Outcome): Outcome => {
    if ('stop' in outcome) {
      announce({ kind: 'stop', id: outcome.stop.id });
      toldOf(outcome.credentialIds);
    }
    return outcome;
  };
  const settled = <Outcome extends PassportStop | Refusal>(outcome: Outcome): Outcome => {
    if ('id' in outcome) announce({ kind: 'stop', id: outcome.id });
    return outcome;
  };
  return {
    ...store,
    request: async (...asked) => told(await store.request(...asked)),
    approve: async (...asked) => told(await store.approve(...asked)),
    refuse: async (...asked) => settled(await store.refuse(...asked)),
    review: async (...asked) => settled(await store.review(...asked)),
    async pause(...asked) {
      const outcome = await store.pause(...asked);
      if (!('kind' in outcome)) toldOf(outcome.credentialIds);
      return outcome;
    },
  };
}
