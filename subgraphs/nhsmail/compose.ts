/** The directory subgraph, put together. The one file that knows every part. */
import { readFile } from 'node:fs/promises';

import type { Clock } from '../../runtime/clock.ts';
import type { Database } from '../../runtime/database.ts';
import { type AskGraph, graphClient } from '../../runtime/graph-client.ts';
import type { Composed } from '../../runtime/http-server.ts';
import { keysById, signerOf } from '../../runtime/jwk-settings.ts';
import { createLdapPool, type LdapPool } from '../../runtime/ldap-pool.ts';
import type { Logger } from '../../runtime/log.ts';
import { machineAccessToken } from '../../runtime/machine-client.ts';
import { migrate } from '../../runtime/migrate.ts';
import { subgraphRoutes } from '../../runtime/subgraph-server.ts';
import type { NhsmailSettings } from './config.ts';
import { type NhsmailContext, nhsmailContext } from './context.ts';
import { directoryCopy, type DirectoryCopy } from './directory-copy.ts';
import type { CaseDesk, PassportHolders } from './domain/case-ports.ts';
import type { CaseBook, LinkLedger } from './domain/link-ledger.ts';
import type { StaffDirectory } from './domain/ports.ts';
import { graphPassportHolders } from './graph/passport-holders.ts';
import { graphStaffRecords } from './graph/staff-records.ts';
import { DIRECTORY_SCHEMAS } from './ldap/directory-schemas.ts';
import { ldapStaffDirectory } from './ldap/staff-directory.ts';
import { type MatchingOperations, matchingOf } from './matching.ts';
import { matchingRounds } from './matching-rounds.ts';
import { postgresCaseDesk } from './postgres/case-desk.ts';
import { postgresCases } from './postgres/cases.ts';
import { postgresLinks } from './postgres/links.ts';
import { postgresScimUsers, type ScimTables } from './postgres/scim-users.ts';
import type { NhsmailTables } from './postgres/tables.ts';
import { resolvers } from './resolvers/index.ts';
import { scimRoutes } from './scim/routes.ts';

/** What the subgraph runs on. */
export interface NhsmailParts {
  readonly log: Logger;
  readonly now: Clock;
  readonly database: Database;
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

/** Puts the subgraph together. Closes the database when stopped. */
export async function composeNhsmail(
  settings: NhsmailSettings,
  parts: NhsmailParts,
): Promise<Composed & DirectoryOperations> {
  const { log, now, database } = parts;
  const { directory, copy, pool, matching, ...kept } = await assemble(settings, parts);
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

  const callerKeys = keysById(settings.NHSMAIL_CALLER_KEYS);
  const graphql = subgraphRoutes<NhsmailContext>({
    name: 'nhsmail',
    sdl,
    resolvers,
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
        { directory, accounts: copy.accounts, ...kept },
      ),
  });
  const users = postgresScimUsers(database.schema<ScimTables>('nhsmail'));
  const scim = scimRoutes({
    users,
    domains: settings.NHSMAIL_SCIM_DOMAINS ?? {},
    callerKeys,
    now,
  });

  return {
    routes: () => Promise.resolve(),
    privateRoutes: async (app) => {
      await app.register(graphql);
      await app.register(scim);
    },
    checks: { 'nhsmail-database': () => database.check(), ldap: () => pool.check() },
    ...matching,
    match: (options) => (options?.whole === true ? matching.match(options) : rounds.match()),
    sync: copy.sync,
    directoryStatus: copy.status,
    stop: async () => {
      await Promise.all([rounds.stop(), stopFollowing()]);
      await Promise.allSettled([pool.close(), database.close()]);
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
    close: () => pool.close(),
  };
}

async function assemble(
  settings: NhsmailSettings,
  { log, now, database, askGraph }: NhsmailParts,
): Promise<{
  readonly directory: StaffDirectory;
  readonly copy: DirectoryCopy;
  readonly links: LinkLedger;
  readonly cases: CaseBook;
  readonly desk: CaseDesk;
  readonly passports: PassportHolders;
  readonly pool: LdapPool;
  readonly matching: MatchingOperations;
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
  const ask =
    askGraph ??
    graphClient({
      url: settings.NHSMAIL_GRAPH_URL,
      accessToken: machineAccessToken({
        clientId: 'lanyard-nhsmail',
        signer: signerOf(settings.NHSMAIL_CLIENT_KEY),
        issuer: settings.NHSMAIL_ISSUER,
        tokenUrl: settings.NHSMAIL_TOKEN_URL,
        resource: settings.NHSMAIL_GRAPH_RESOURCE,
        scope: 'record:read',
        now,
      }),
    });
  const records = graphStaffRecords(ask);
  const copy = directoryCopy(settings, { pool, schema, database, now });
  return {
    directory,
    copy,
    links,
    cases: postgresCases(tables),
    desk: postgresCaseDesk(tables),
    passports: graphPassportHolders(ask),
    pool,
    matching: matchingOf(settings, { database, copy, links, records, now }),
  };
}
