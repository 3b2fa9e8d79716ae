/** The copy of the directory: its store, and the rounds that keep it current. */
import type { Clock } from '../../runtime/clock.ts';
import type { Database } from '../../runtime/database.ts';
import type { LdapPool } from '../../runtime/ldap-pool.ts';
import { repeatedly } from '../../runtime/repeatedly.ts';
import type { NhsmailSettings } from './config.ts';
import type { AccountStore } from './domain/account-store.ts';
import { syncDirectory, type SyncOutcome, type SyncRequest } from './domain/sync-directory.ts';
import type { SyncStatus } from './domain/sync-journal.ts';
import type { DirectorySchema } from './ldap/directory-schema.ts';
import { ldapDirectoryFeed } from './ldap/sync-feed.ts';
import type { AccountTables } from './postgres/account-tables.ts';
import { postgresAccounts } from './postgres/accounts.ts';
import { postgresSyncJournal } from './postgres/directory-sync.ts';

/** The copy and what is done with it. */
export interface DirectoryCopy {
  readonly accounts: AccountStore;
  /** A round now. */
  readonly sync: (request: SyncRequest) => Promise<SyncOutcome>;
  readonly status: () => Promise<SyncStatus>;
  /** Runs rounds by themselves, the first at once. The answer stops them. */
  readonly keepCurrent: (report: {
    readonly done: (outcome: SyncOutcome) => void;
    readonly failed: (error: unknown) => void;
  }) => () => Promise<void>;
}

const HOUR_MS = 60 * 60 * 1000;

/** The copy of the directory behind these connections, in this database. */
export function directoryCopy(
  settings: NhsmailSettings,
  parts: {
    readonly pool: LdapPool;
    readonly schema: DirectorySchema;
    readonly database: Database;
    readonly now: Clock;
  },
): DirectoryCopy {
  const { pool, schema, database, now } = parts;
  const db = database.schema<AccountTables>('nhsmail');
  const accounts = postgresAccounts(db);
  const way = settings.NHSMAIL_SYNC_BY;
  const feed = ldapDirectoryFeed(pool, {
    baseDn: settings.NHSMAIL_LDAP_BASE_DN,
    schema,
    now,
    ...(way === undefined ? {} : { way }),
  });
  const sync = (request: SyncRequest): Promise<SyncOutcome> =>
    syncDirectory(request, {
      feed,
      // Each round holds the log for itself, two of one process too.
      journal: postgresSyncJournal(db),
      accounts,
      now,
      limits: {
        mostGone: (settings.NHSMAIL_SYNC_GONE_PERCENT ?? 2) / 100,
        wholeEveryMs: (settings.NHSMAIL_SYNC_WHOLE_HOURS ?? 24) * HOUR_MS,
        overlapMs: (settings.NHSMAIL_SYNC_OVERLAP_SECONDS ?? 60) * 1000,
      },
    });
  return {
    accounts,
    sync,
    status: () => postgresSyncJournal(db).status(),
    keepCurrent: ({ done, failed }) => {
      const first = sync({ starting: true }).then(done, failed);
      const stop = repeatedly(
        async () => {
          await first;
          done(await sync({}));
        },
        (settings.NHSMAIL_SYNC_SECONDS ?? 60) * 1000,
        failed,
      );
      return async () => {
        await stop();
        await first;
      };
    },
  };
}
