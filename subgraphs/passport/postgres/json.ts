/** JSON values as parameters, the same for PostgreSQL and PGlite. */
import { type RawBuilder, sql } from 'kysely';

/** A value for a `jsonb` column. */
export const jsonb = (value: unknown): RawBuilder<unknown> => sql`${JSON.stringify(value)}::jsonb`;
