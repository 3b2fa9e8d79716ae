/** A desk that tells whoever waits for a case that somebody has done something about it. */
import type { Announce } from '../../runtime/announcements.ts';
import type { CaseDesk } from './domain/case-ports.ts';

/** Tells of each case once what was done is kept. */
export function announcingCaseDesk(desk: CaseDesk, announce: Announce): CaseDesk {
  return {
    ...desk,
    async inTransaction(work) {
      const changed = new Set<string>();
      const done = await desk.inTransaction((records) => {
        // A transaction may be tried again.
        changed.clear();
        return work({
          ...records,
          async write(...change) {
            const written = await records.write(...change);
            changed.add(written.id);
            return written;
          },
        });
      });
      for (const id of changed) announce({ kind: 'case', id });
      return done;
    },
  };
}
