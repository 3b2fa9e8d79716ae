/** Ends placements: on the last second of their last day, with the agreement they stand on, or with their credentials. */
import { PASSPORT_ITSELF } from './audit.ts';
import { changeStatus, type StatusParts } from './change-status.ts';
import type { Placements } from './ports/placements.ts';

/** What ending placements needs. */
export interface PlacementParts extends StatusParts {
  readonly placements: Placements;
}

/** Most that are ended in one round. The next round takes what is left. */
const AT_ONCE = 100;

/**
 * Revokes credentials whose agreement was ended, and then records every placement that is over. In this order, so that
 * none is recorded as over while its credential still counts; what a crash leaves is for the next round.
 *
 * @returns how many placements are over since the last round
 */
export async function endPlacements(parts: PlacementParts): Promise<number> {
  const { placements, now } = parts;
  for (const { credentialId, odsCode } of await placements.findWithoutAgreement(AT_ONCE)) {
    await changeStatus(
      {
        action: 'revoke',
        credentialId,
        reason: 'NO_LONGER_VALID',
        by: { ...PASSPORT_ITSELF, name: PASSPORT_ITSELF.subject, odsCode, requestId: '' },
        idempotencyKey: `agreement-ended:${credentialId}`,
      },
      parts,
    );
  }
  return placements.endDue(now(), AT_ONCE);
}
