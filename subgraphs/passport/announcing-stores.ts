/** Stores that tell whoever waits for a presentation or a credential that it has changed. */
import type { Announce } from '../../runtime/announcements.ts';
import type { CredentialStore } from './domain/ports/credentials.ts';
import type { PresentationStore } from './domain/ports/presentations.ts';

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
