/** What kysely knows of the schema `nhsmail`: most statements are written out, and check their rows. */

/** Columns by table. */
export interface NhsmailTables {
  matching_case: { id: string };
}
