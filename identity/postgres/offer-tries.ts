/** Tries of transaction codes, counted in PostgreSQL. */
import { type Kysely, sql } from 'kysely';

import type { OfferTries } from '../domain/wallet-ports.ts';
import { hashedModelId } from './model-store.ts';
import type { IdentityTables } from './tables.ts';

/** Creates the counter. */
export function postgresOfferTries(db: Kysely<IdentityTables>, now: () => Date): OfferTries {
  return {
    take: async ({ offerId, grantId }, { right, clientId }) => {
      const at = now();
      const wrong = right ? 0 : 1;
      // The offer's row is locked for the length of the statement: tries of one offer are taken one after the other.
      const { rows } = await sql<{ bound: number }>`
        with tried as (
          update identity.credential_offer
          set wrong_codes = wrong_codes + ${wrong}::int,
            dead_at = case when wrong_codes + ${wrong}::int >= 5 then ${at}::timestamptz end
          where offer_id = ${offerId} and wrong_codes < 5 and expires_at > ${at}::timestamptz
          returning dead_at
        ), told as (
          insert into identity.offer_notice (offer_id, ended_at)
          select ${offerId}, dead_at from tried where dead_at is not null
        ), removed as (
          delete from identity.oidc_model
          where exists (select from tried where dead_at is not null)
            and (grant_id = ${grantId} or (model = 'Grant' and id = ${hashedModelId(grantId)}))
        ), bound as (
          update identity.oidc_model
          set payload = payload || jsonb_build_object('clientId', ${clientId}::text)
          where ${right}::boolean and exists (select from tried)
            and ((model = 'PreAuthorizedCode' and grant_id = ${grantId})
              or (model = 'Grant' and id = ${hashedModelId(grantId)}))
            and coalesce(payload ->> 'clientId', ${clientId}) = ${clientId}
          returning id
        )
        select (select count(*)::int from bound) as bound from tried`.execute(db);
      const [row] = rows;
      if (row === undefined) return 'closed';
      if (!right) return 'wrong';
      return row.bound === 2 ? 'right' : 'closed';
    },
  };
}
