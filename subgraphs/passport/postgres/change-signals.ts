/** Signals of what people change by hand. */
import { sql } from 'kysely';
import { z } from 'zod';

import type { CredentialType } from '../domain/credential.ts';
import type { CausedChange } from '../domain/staff-events.ts';
import { writeSignals } from './signals.ts';
import type { PassportDatabase } from './tables.ts';

/** What somebody did with credentials of one person. */
export interface ChangeByHand {
  readonly staffId: string;
  /** Who issued them. */
  readonly odsCode: string;
  readonly types: readonly CredentialType[];
  readonly to: CausedChange['to'];
  readonly at: Date;
}

const organisations = z.array(z.object({ ods_code: z.string() }));

/**
 * Tells of a change, in the transaction that makes it: the organisation that issued, those whose employment credential the
 * person holds, and hosts of placements that go on.
 */
export async function tellOfChange(
  db: PassportDatabase,
  { staffId, odsCode, types, to, at }: ChangeByHand,
): Promise<void> {
  if (types.length === 0) return;
  const { rows } = await sql`
    select ${odsCode}::text as ods_code
    union select ods_code from passport.credential
      where staff_id = ${staffId} and type = 'EMPLOYMENT_ASSIGNMENT'
        and state in ('ACTIVE', 'SUSPENDED') and expires_at > ${at}
    union select host_ods from passport.placement
      where staff_id = ${staffId} and ended_at is null and ends_at > ${at}`.execute(db);
  const odsCodes = organisations.parse(rows).map(({ ods_code }) => ods_code);
  const signals = types.map((type) => ({
    odsCodes,
    staffId,
    cause: 'CREDENTIAL_CHANGED' as const,
    about: `changed ${odsCode} ${type} ${staffId}`,
    said: `${to} ${at.toISOString()}`,
    onlyAfterAnother: false,
    credential: { type, state: to },
    happenedAt: at,
  }));
  await writeSignals(db, signals, at);
}
