/** One human being's ids. Whichever of them is asked for, what is found is that of all of them. */
import { type RawBuilder, sql } from 'kysely';

/** A table `(asked, member)`: every id of the people whose ids are asked for. */
export const personGroups = (staffIds: readonly string[]): RawBuilder<unknown> =>
  sql`esr.person_groups(${JSON.stringify(staffIds)}::jsonb)`;

/** A set for `in`: every id of one person. */
export const idsOf = (staffId: string): RawBuilder<unknown> =>
  sql`(select member from ${personGroups([staffId])})`;

/** The same of a column, by index: for statements about many people, nearly all of whom have one id. */
export const idsOfEach = (staffId: string): RawBuilder<unknown> => sql`(
  select o.id from esr.staff me
  join esr.staff o on o.id = me.person_id or (o.person_id = me.person_id and o.person_id <> o.id)
  where me.id = ${sql.ref(staffId)})`;
