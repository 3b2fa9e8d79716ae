/** Empty databases for contracts that hold on both kinds. */
import { type Database, openEmbedded, openPostgres } from '../../runtime/database.ts';
import { sharedDatabase } from '../servers/shared-postgres.ts';
import { startPglite } from '../servers/embedded.ts';

/** An open database. */
export interface Opened {
  readonly database: Database;
  readonly close: () => Promise<void>;
}

/** PGlite. */
export async function embeddedDatabase(): Promise<Opened> {
  const engine = await startPglite();
  return { database: openEmbedded(engine), close: () => engine.close() };
}

/** An empty database of the PostgreSQL server. */
export async function serverDatabase(): Promise<Opened> {
  const address = await sharedDatabase();
  if (address === undefined) throw new Error('postgres is not installed');
  const database = openPostgres(address);
  return { database, close: () => database.close() };
}
