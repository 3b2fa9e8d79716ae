/** One human being's ids. Whichever of them is asked for, what is found is that of all of them. */
import { type RawBuilder, sql } from 'kysely';

/** A table `(asked, member)`: every id of the people whose ids are asked for. */
export const personGroups = (staffIds: readonly string[]): RawBuilder<unknown> =>
  sql`esr.person_groups(${JSON.stringify(staffIds)}::jsonb)`;

/** A set for `in`: every id of one person. */
export const idsOf = (staffId: string): RawBuilder<unknown> =>
  sql`(select member from ${personGroups([staffId])})`;
