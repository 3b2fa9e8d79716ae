/** Empty databases for contracts that hold on both kinds. */
import { type Database, openEmbedded, openPostgres } from '../../runtime/database.ts';
import { startPostgres } from '../servers/postgres.ts';
import { startTestEngine } from '../servers/embedded.ts';

/** An open database. */
export interface Opened {
  readonly database: Database;
  readonly close: () => Promise<void>;
}

/** PGlite. */
export async function embeddedDatabase(): Promise<Opened> {
  const engine = await startTestEngine();
  return { database: openEmbedded(engine), close: () => engine.close() };
}

/** A PostgreSQL server. */
export async function serverDatabase(): Promise<Opened> {
  const postgres = await startPostgres();
  const database = openPostgres(postgres.url);
  return {
    database,
    close: async () => {
      await database.close();
      await postgres.stop();
    },
  };
}
