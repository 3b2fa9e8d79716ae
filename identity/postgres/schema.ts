/** Where the tables are, and what makes them. */

/** The schema's name. */
export const SCHEMA = 'identity';

/** The folder of its migrations. */
export const MIGRATIONS = new URL('./migrations', import.meta.url);
