/** Databases for contracts that hold on both kinds, with every schema up to date and nothing in them. */
import { type Database, openEmbedded, openPostgres } from '../../runtime/database.ts';
import { sharedDatabase } from '../servers/shared-postgres.ts';
import { startMigratedPglite } from '../servers/embedded.ts';

/** An open database. */
export interface Opened {
  readonly database: Database;
  readonly close: () => Promise<void>;
}

/** PGlite. */
export async function embeddedDatabase(): Promise<Opened> {
  const engine = await startMigratedPglite();
  return { database: openEmbedded(engine), close: () => engine.close() };
}

/** A database of the PostgreSQL server. */
export async function serverDatabase(): Promise<Opened> {
  const address = await sharedDatabase();
  if (address === undefined) throw new Error('postgres is not installed');
  const database = openPostgres(address);
  return { database, close: () => database.close() };
}
