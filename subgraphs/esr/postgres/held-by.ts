/** What an organisation holds itself. */
import { type RawBuilder, sql } from 'kysely';

import { isOfOrganisation, type RecordView } from '../domain/access.ts';

/** Narrows a statement to the rows of one organisation, when the view is one's. */
export const onlyHeldBy = (table: string, view: RecordView): RawBuilder<unknown> =>
  isOfOrganisation(view) ? sql`and ${sql.ref(`${table}.ods_code`)} = ${view.odsCode}` : sql``;
