/** The directory subgraph, put together. The one file that knows every part. */
import { readFile } from 'node:fs/promises';

import { announcer } from '../../runtime/announcements.ts';
import { changeFeedRoutes } from '../../runtime/change-feed.ts';
import type { Clock } from '../../runtime/clock.ts';
import type { Database } from '../../runtime/database.ts';
import { type AskGraph, graphClient } from '../../runtime/graph-client.ts';
import type { Composed } from '../../runtime/http-server.ts';
import { keysById, signerOf } from '../../runtime/jwk-settings.ts';
import { createLdapPool, type LdapPool } from '../../runtime/ldap-pool.ts';
import type { KeyValue } from '../../runtime/key-value.ts';
import type { Logger } from '../../runtime/log.ts';
import { machineAccessToken } from '../../runtime/machine-client.ts';
import { migrate } from '../../runtime/migrate.ts';
import { repeatedly } from '../../runtime/repeatedly.ts';
import { subgraphRoutes } from '../../runtime/subgraph-server.ts';
import type { NhsmailSettings } from './config.ts';
import { type NhsmailContext, nhsmailContext } from './context.ts';
import { directoryCopy, type DirectoryCopy } from './directory-copy.ts';
import {
  type FindDirectoryReport,
  findDirectoryReport,
} from './domain/lifecycle/directory-report.ts';
import { announcingCaseDesk } from './announcing-case-desk.ts';
import { leaverCases } from './domain/lifecycle/leaver-cases.ts';
import type { LifecycleStore } from './domain/lifecycle/ports.ts';
import { type LifecycleSummary, runLifecycleRound } from './domain/lifecycle/run-round.ts';
import type { CaseDesk, PassportHolders } from './domain/case-ports.ts';
import type { CaseBook, LinkLedger } from './domain/link-ledger.ts';
import type { StaffDirectory } from './domain/ports.ts';
import { askDirectory } from './domain/find-accounts.ts';
import { withPushedAccounts } from './domain/with-pushed-accounts.ts';
import { graphPassportHolders } from './graph/passport-holders.ts';
import { graphStaffMovements } from './graph/staff-movements.ts';
import { graphStaffRecords } from './graph/staff-records.ts';
import { DIRECTORY_SCHEMAS } from './ldap/directory-schemas.ts';
import { ldapStaffDirectory } from './ldap/staff-directory.ts';
import { type MatchingOperations, matchingOf } from './matching.ts';
import { matchingRounds } from './matching-rounds.ts';
import { postgresCaseChanges } from './postgres/case-changes.ts';
import { postgresCaseDesk } from './postgres/case-desk.ts';
import { postgresCases } from './postgres/cases.ts';
import { postgresDepartures } from './postgres/departures.ts';
import { postgresLifecycle } from './postgres/lifecycle.ts';
import { postgresLinks } from './postgres/links.ts';
import { postgresScimUsers, type ScimTables } from './postgres/scim-users.ts';
import type { NhsmailTables } from './postgres/tables.ts';
import { recentAccounts } from './recent-accounts.ts';
import { resolvers } from './resolvers/index.ts';
import { policyRows } from './resolvers/policy-rows.ts';
import { scimRoutes } from './scim/routes.ts';

/** What the subgraph runs on. */
export interface NhsmailParts {
  readonly log: Logger;
  readonly now: Clock;
  readonly database: Database;
  /** Where cases that have changed are announced. Without it nobody hears of them. */
  readonly keyValue?: Pick<KeyValue, 'publish' | 'close'>;
  /** In place of the graph, for tests. */
  readonly askGraph?: AskGraph;
  /** Whether matching goes on between requests; tests of one moment turn it off. */
  readonly background?: boolean;
}

/** What operators do with the directory. */
export interface DirectoryOperations extends MatchingOperations {
  /** A round of following the directory. */
  readonly sync: DirectoryCopy['sync'];
  readonly directoryStatus: DirectoryCopy['status'];
}

/** Connections that look-ups share. */
const LDAP_CONNECTIONS = 2;
/** The gateway has to be up before the first round can work, in milliseconds. */
const FIRST_ROUND_MS = 1_000;
const RETRY_MS = 1_000;
/** After so many failures in a row it is no longer a matter of starting. */
const FAILURES_TO_WARN = 6;
/** Between two looks at joiners, movers and leavers, in seconds: organisations hear of a leaver within a minute. */
const LIFECYCLE_SECONDS = 15;
const ORPHAN_DAYS = 14;
const CACHE_SECONDS = 30;

/** Puts the subgraph together. Closes the database when stopped. */
export async function composeNhsmail(
  settings: NhsmailSettings,
  parts: NhsmailParts,
): Promise<
  Composed &
    DirectoryOperations & {
      readonly report: FindDirectoryReport;
      readonly lookAtLeavers: () => Promise<LifecycleSummary>;
    }
> {
  const { log, now, database } = parts;
  const { directory, copy, pool, matching, lookAtLeavers, ...kept } = await assemble(
    settings,
    parts,
  );
  const sdl = await readFile(new URL('../../schema/nhsmail.graphql', import.meta.url), 'utf8');
  const rounds = matchingRounds({
    round: matching.match,
    ...(parts.background === false
      ? {}
      : {
          times: {
            firstAfterMs: FIRST_ROUND_MS,
            everyMs: settings.NHSMAIL_MATCH_SECONDS * 1000,
            retryMs: RETRY_MS,
          },
        }),
    done: (summary) => {
      if (summary.outcome === 'stopped') log.warn(summary, 'matching would lose links, and waits');
      else if (summary.linked + summary.review > 0) log.info(summary, 'directory matched');
    },
    failed: (error, times) => {
      const level = times % FAILURES_TO_WARN === 0 ? 'warn' : 'debug';
      log[level]({ err: error, times }, 'matching waits');
    },
  });

  const stopFollowing =
    parts.background === false
      ? () => Promise.resolve()
      : copy.keepCurrent({
          done: (outcome) => {
            if (outcome.kind === 'held') log.warn(outcome, 'too much is missing in the directory');
            else if (outcome.kind === 'done' && outcome.changed + outcome.gone > 0) {
              log.info(outcome, 'directory followed');
            }
          },
          failed: (error) => {
            log.warn({ err: error }, 'following the directory waits');
          },
        });

  const cacheMs = (settings.NHSMAIL_CACHE_SECONDS ?? CACHE_SECONDS) * 1000;
  const fresh = askDirectory(directory);
  const recent = cacheMs === 0 ? fresh : recentAccounts(directory, { ageMs: cacheMs, now });
  const findAccounts = {
    fresh: withPushedAccounts(fresh, copy.accounts),
    recent: withPushedAccounts(recent, copy.accounts),
  };

  const callerKeys = keysById(settings.NHSMAIL_CALLER_KEYS);
  const graphql = subgraphRoutes<NhsmailContext>({
    name: 'nhsmail',
    sdl,
    resolvers,
    rows: policyRows,
    callerKeys,
    now,
    log,
    context: ({ caller, disclose, log: requestLog }) =>
      nhsmailContext(
        {
          caller,
          disclose,
          now: now(),
          passportsUnknown: (error) => {
            requestLog.warn({ err: error }, 'passports unknown: a second person decides');
          },
        },
        {
          directory,
          findAccounts,
          accounts: copy.accounts,
          rules: matching.rules,
          ...kept,
        },
      ),
  });
  const users = postgresScimUsers(database.schema<ScimTables>('nhsmail'));
  const scim = scimRoutes({
    users,
    domains: settings.NHSMAIL_SCIM_DOMAINS ?? {},
    callerKeys,
    now,
  });
  const changes = changeFeedRoutes({
    audience: 'nhsmail',
    store: postgresCaseChanges(database.schema<unknown>('nhsmail')),
    callerKeys,
    now,
  });
  const stopLooking =
    parts.background === false
      ? () => Promise.resolve()
      : repeatedly(
          async () => {
            const summary = await lookAtLeavers();
            if (summary.opened + summary.ended + summary.warned > 0) {
              log.info(summary, 'joiners, movers and leavers looked at');
            }
          },
          (settings.NHSMAIL_LIFECYCLE_SECONDS ?? LIFECYCLE_SECONDS) * 1000,
          (error) => {
            log.warn({ err: error }, 'looking at joiners, movers and leavers waits');
          },
        );

  return {
    routes: () => Promise.resolve(),
    privateRoutes: async (app) => {
      await app.register(graphql);
      await app.register(scim);
      await app.register(changes);
    },
    checks: { 'nhsmail-database': () => database.check(), ldap: () => pool.check() },
    ...matching,
    match: (options) => (options?.whole === true ? matching.match(options) : rounds.match()),
    sync: copy.sync,
    directoryStatus: copy.status,
    report: (input) => findDirectoryReport(kept.lifecycle, input, now()),
    lookAtLeavers,
    stop: async () => {
      await Promise.all([rounds.stop(), matching.stopSimulating(), stopFollowing(), stopLooking()]);
      await Promise.allSettled([pool.close(), database.close(), parts.keyValue?.close()]);
    },
  };
}

/** The directory and matching alone, for the command line. Leaves the database open. */
export async function openMatching(
  settings: NhsmailSettings,
  parts: Omit<NhsmailParts, 'background'>,
): Promise<DirectoryOperations & { readonly close: () => Promise<void> }> {
  const { copy, pool, matching } = await assemble(settings, parts);
  return {
    ...matching,
    sync: copy.sync,
    directoryStatus: copy.status,
    close: async () => {
      await matching.stopSimulating();
      await pool.close();
    },
  };
}

/** The report alone, for the command line. Leaves the database open. */
export async function openDirectoryReport(
  database: Database,
  now: Clock,
): Promise<{ readonly report: FindDirectoryReport }> {
  await migrate(database, 'nhsmail', new URL('./postgres/migrations', import.meta.url));
  const lifecycle = postgresLifecycle(database.schema<unknown>('nhsmail'));
  return { report: (input) => findDirectoryReport(lifecycle, input, now()) };
}

async function assemble(
  settings: NhsmailSettings,
  { log, now, database, askGraph, keyValue }: NhsmailParts,
): Promise<{
  readonly directory: StaffDirectory;
  readonly copy: DirectoryCopy;
  readonly links: LinkLedger;
  readonly cases: CaseBook;
  readonly desk: CaseDesk;
  readonly passports: PassportHolders;
  readonly pool: LdapPool;
  readonly matching: ReturnType<typeof matchingOf>;
  readonly lifecycle: LifecycleStore;
  readonly lookAtLeavers: () => Promise<LifecycleSummary>;
}> {
  await migrate(database, 'nhsmail', new URL('./postgres/migrations', import.meta.url));
  const pool = createLdapPool(
    {
      url: settings.NHSMAIL_LDAP_URL,
      bindDn: settings.NHSMAIL_LDAP_BIND_DN,
      bindPassword: settings.NHSMAIL_LDAP_BIND_PASSWORD,
      size: LDAP_CONNECTIONS,
      startTls: settings.NHSMAIL_LDAP_STARTTLS ?? false,
      ...(settings.NHSMAIL_LDAP_DEADLINE_MS === undefined
        ? {}
        : { deadlineMs: settings.NHSMAIL_LDAP_DEADLINE_MS }),
      ...(settings.NHSMAIL_LDAP_CA_FILE === undefined
        ? {}
        : { caFile: settings.NHSMAIL_LDAP_CA_FILE }),
    },
    log,
  );
  const schema = DIRECTORY_SCHEMAS[settings.NHSMAIL_LDAP_SCHEMA ?? 'nhsmail'];
  const directory = ldapStaffDirectory(pool, {
    baseDn: settings.NHSMAIL_LDAP_BASE_DN,
    schema,
    now,
  });
  const tables = database.schema<NhsmailTables>('nhsmail');
  const links = postgresLinks(tables);
  const asking = (scope: string): AskGraph =>
    askGraph ??
    graphClient({
      url: settings.NHSMAIL_GRAPH_URL,
      accessToken: machineAccessToken({
        clientId: 'lanyard-nhsmail',
        signer: signerOf(settings.NHSMAIL_CLIENT_KEY),
        issuer: settings.NHSMAIL_ISSUER,
        tokenUrl: settings.NHSMAIL_TOKEN_URL,
        resource: settings.NHSMAIL_GRAPH_RESOURCE,
        scope,
        now,
      }),
    });
  const ask = asking('record:read');
  const cases = postgresCases(tables);
  const untyped = database.schema<unknown>('nhsmail');
  const lifecycle = postgresLifecycle(untyped);
  const feed = graphStaffMovements(asking('event:read'));
  const records = graphStaffRecords(ask);
  const copy = directoryCopy(settings, { pool, schema, database, now });
  return {
    directory,
    copy,
    links,
    cases,
    lifecycle,
    lookAtLeavers: () =>
      runLifecycleRound({
        feed,
        departures: postgresDepartures(untyped),
        lifecycle,
        cases: leaverCases(cases),
        now,
        orphanAfterDays: settings.NHSMAIL_ORPHAN_DAYS ?? ORPHAN_DAYS,
      }),
    desk: announcingCaseDesk(postgresCaseDesk(tables), announcer(keyValue, log)),
    passports: graphPassportHolders(ask),
    pool,
    matching: matchingOf(settings, { database, copy, links, records, now, log }),
  };
}
