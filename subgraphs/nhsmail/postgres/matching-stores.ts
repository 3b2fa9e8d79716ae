/** Everything that runs of matching rest on, in one database. */
import type { Database } from '../../../runtime/database.ts';
import type { AccountTables } from './account-tables.ts';
import { postgresAccounts } from './accounts.ts';
import { postgresChanges } from './changes.ts';
import { postgresLinks } from './links.ts';
import { postgresMatchIndex } from './match-index.ts';
import { postgresMatchRuns } from './match-runs.ts';
import { postgresPeople } from './people.ts';
import { postgresRuleSets } from './rule-sets.ts';
import type { NhsmailTables } from './tables.ts';

/** The stores of matching, kept in the schema `nhsmail`. */
export function matchingStores(database: Database) {
  const db = database.schema<NhsmailTables>('nhsmail');
  return {
    index: postgresMatchIndex(db),
    changes: postgresChanges(db),
    people: postgresPeople(db),
    accounts: postgresAccounts(database.schema<AccountTables>('nhsmail')),
    links: postgresLinks(db),
    ruleSets: postgresRuleSets(db),
    runs: postgresMatchRuns(db),
  };
}
