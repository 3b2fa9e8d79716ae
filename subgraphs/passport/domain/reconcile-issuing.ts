/** Ending what a crash left half done. */
import { CredentialLintError } from './lint-credential.ts';
import type { CredentialStore } from './ports/credentials.ts';
import { signCredential, type SigningParts } from './sign-credential.ts';

/** What the reconciler needs. */
export interface ReconcilingParts extends SigningParts {
  readonly credentials: CredentialStore;
}

/** What the reconciler did. */
export interface Reconciled {
  readonly finished: number;
  readonly failed: number;
}

/** An issuing that is older than this is not going on any more, in milliseconds. */
const ABANDONED_MS = 30_000;
/** How long a repeated call gets the same answer, in milliseconds. */
const REPEATABLE_MS = 24 * 3_600_000;
const BATCH = 100;

/**
 * Finishes credentials that were recorded and not signed, gives up those that must not be signed, and forgets what
 * nobody may ask for again.
 *
 * @param atStart whether no other issuing can be going on in this process
 */
export async function reconcileIssuing(
  parts: ReconcilingParts,
  atStart = false,
): Promise<Reconciled> {
  const { credentials, now } = parts;
  const before = new Date(now().getTime() - (atStart ? 0 : ABANDONED_MS));
  let finished = 0;
  let failed = 0;
  for (const id of await credentials.findUnfinished(before, BATCH)) {
    try {
      const content = await credentials.read(id);
      if (content.credential.state === 'ISSUING') await signCredential(content, parts);
      finished += 1;
    } catch (error) {
      if (!(error instanceof CredentialLintError)) throw error;
      failed += 1;
    }
  }
  await credentials.forget(new Date(now().getTime() - REPEATABLE_MS));
  return { finished, failed };
}
