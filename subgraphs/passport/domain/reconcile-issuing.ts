/** Ending what a crash left half done. */
import { PASSPORT_ITSELF } from './audit.ts';
import { COLLECTING_MS } from './issue-credential.ts';
import { CredentialLintError } from './lint-credential.ts';
import type { CredentialStore } from './ports/credentials.ts';
import { supersede } from './renew-credential.ts';
import { signCredentials, type SigningParts } from './sign-credential.ts';
import type { StatusListPublisher } from './status-list-publisher.ts';

/** What the reconciler needs. */
export interface ReconcilingParts extends SigningParts {
  readonly credentials: CredentialStore;
  readonly publisher: Pick<StatusListPublisher, 'publish'>;
  /** Told why a batch was left for the next round. */
  readonly report: (error: unknown) => void;
}

/** What the reconciler did, in batches. */
export interface Reconciled {
  readonly finished: number;
  readonly failed: number;
  /** Could not be ended now; the next round tries again. */
  readonly left: number;
}

/** An issuing that is older than this is not going on any more, in milliseconds. */
const ABANDONED_MS = 30_000;
/** How long a repeated call gets the same answer, in milliseconds. */
const REPEATABLE_MS = 24 * 3_600_000;
const AT_ONCE = 100;

/**
 * Finishes credentials that were recorded and not signed, gives up those that must not be signed, and forgets what
 * nobody may ask for again. Those of an issuer that is stopped wait until it goes on. A batch that cannot be ended now
 * keeps no other waiting.
 *
 * @param atStart whether no other issuing can be going on in this process
 */
export async function reconcileIssuing(
  parts: ReconcilingParts,
  atStart = false,
): Promise<Reconciled> {
  const { credentials, now, report } = parts;
  const before = new Date(now().getTime() - (atStart ? 0 : ABANDONED_MS));
  let finished = 0;
  let failed = 0;
  let left = 0;
  for (const idempotencyKey of await credentials.findUnfinished(before, AT_ONCE)) {
    try {
      const batch = await credentials.findBatch(idempotencyKey);
      const done = await signCredentials(batch, PASSPORT_ITSELF, parts);
      if (!('kind' in done)) finished += 1;
    } catch (error) {
      if (error instanceof CredentialLintError) {
        failed += 1;
      } else {
        left += 1;
        report(error);
      }
    }
  }
  await supersede(PASSPORT_ITSELF, parts);
  const ago = (milliseconds: number): Date => new Date(now().getTime() - milliseconds);
  await credentials.forget(ago(REPEATABLE_MS), ago(COLLECTING_MS));
  return { finished, failed, left };
}
