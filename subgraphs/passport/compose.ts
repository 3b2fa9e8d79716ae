/** The passport subgraph, put together. The one file that knows every part. */
import { readFile } from 'node:fs/promises';

import { z } from 'zod';

import { announcer } from '../../runtime/announcements.ts';
import { changeFeedRoutes } from '../../runtime/change-feed.ts';
import { ConfigError } from '../../runtime/config.ts';
import { type Database } from '../../runtime/database.ts';
import { type AskGraph, graphClient } from '../../runtime/graph-client.ts';
import type { Composed } from '../../runtime/http-server.ts';
import { keysById, signerOf } from '../../runtime/jwk-settings.ts';
import type { KeyValue } from '../../runtime/key-value.ts';
import type { Logger } from '../../runtime/log.ts';
import { machineAccessToken } from '../../runtime/machine-client.ts';
import { migrate } from '../../runtime/migrate.ts';
import { requestBudget } from '../../runtime/request-budget.ts';
import { ofNoRequest } from '../../runtime/request-deadline.ts';
import { subgraphRoutes } from '../../runtime/subgraph-server.ts';
import type { PassportSettings } from './config.ts';
import type { PassportContext, PassportParts } from './context.ts';
import { passportAddresses } from './domain/addresses.ts';
import { passportAdministration, type PassportAdministration } from './domain/administration.ts';
import {
  announcingCredentials,
  announcingPresentations,
  announcingStops,
} from './announcing-stores.ts';
import { endPlacements } from './domain/end-placements.ts';
import type { Clock } from './domain/ports/clock.ts';
import { eraseClaims } from './domain/erase-claims.ts';
import type { OfferDesk } from './domain/ports/offer-desk.ts';
import type { LiveLists, StatusHints } from './domain/ports/status-lists.ts';
import { signalSigner, testSigner } from './domain/sign-signal.ts';
import type { SignalPusher } from './domain/signal-receivers.ts';
import { followSignals, type SignalWork, signalWork } from './follow-signals.ts';
import { graphStaffFeed } from './graph/staff-feed.ts';
import { postgresDisclosures } from './postgres/disclosures.ts';
import { postgresDueOffers } from './postgres/due-offers.ts';
import { postgresSignalReceivers } from './postgres/signal-receivers.ts';
import { postgresSignals } from './postgres/signals.ts';
import { postgresStaffEvents } from './postgres/staff-events.ts';
import { httpSignalPusher } from './receivers/push-signal.ts';
import { guardedFetch } from '../../runtime/guarded-fetch.ts';
import { NHS_ENGLAND } from './domain/issuer-kind.ts';
import { issuerRegistryPublisher } from './domain/issuer-registry-publisher.ts';
import { pastStatusLists } from './domain/past-status-list.ts';
import { policyBlueprints } from './domain/policy-blueprint.ts';
import { statusReader } from './domain/read-status.ts';
import { reconcileIssuing } from './domain/reconcile-issuing.ts';
import { statusListPublisher } from './domain/status-list-publisher.ts';
import { verificationBundlePublisher } from './domain/verification-bundle-publisher.ts';
import { graphVerifiedRecords } from './graph/verified-record.ts';
import { httpOfferDesk } from './identity/offer-desk.ts';
import type { KeyKeeper } from './domain/ports/key-keeper.ts';
import { rotateAgeingKeys, settleCompromises } from './domain/rotate-keys.ts';
import { issuerKeys } from './keys/issuer-keys.ts';
import { openToken } from './keys/pkcs11/open-token.ts';
import { sealedKeys } from './keys/sealed-keys.ts';
import { passportIds } from './keys/passport-id.ts';
import { aesSealer, derivedKey } from './keys/sealer.ts';
import { postgresAccessLog } from './postgres/access-log.ts';
import { postgresChanges } from './postgres/changes.ts';
import { postgresAuditTrail } from './postgres/audit-trail.ts';
import { postgresAccreditations } from './postgres/accreditations.ts';
import { notingAvailability } from './postgres/availability.ts';
import { postgresCheckDecisions } from './postgres/check-decisions.ts';
import { postgresCheckPolicies } from './postgres/check-policies.ts';
import { postgresCredentials } from './postgres/credentials.ts';
import { postgresHolderSharing } from './postgres/holder-sharing.ts';
import { postgresIssuerKeys } from './postgres/issuer-key-store.ts';
import { postgresIssuingStops } from './postgres/issuing-stops.ts';
import { postgresOffers } from './postgres/offers.ts';
import { postgresPassportStops } from './postgres/passport-stops.ts';
import { postgresPlacements } from './postgres/placements.ts';
import { postgresPresentations } from './postgres/presentations.ts';
import { postgresRegistry } from './postgres/registry.ts';
import { postgresRepeats } from './postgres/repeats.ts';
import { postgresSharingAgreements } from './postgres/sharing-agreements.ts';
import { postgresPresentedEvidence } from './postgres/presented-evidence.ts';
import { postgresStatusLists } from './postgres/status-lists.ts';
import { postgresRegistryEditions } from './postgres/registry-editions.ts';
import type { PassportTables } from './postgres/tables.ts';
import { publicLists } from './public/live-list.ts';
import { keyValueLiveLists } from './redis/live-lists.ts';
import { repeatedly } from '../../runtime/repeatedly.ts';
import { sealAudit } from './domain/audit-chain.ts';
import { reviewAccess } from './domain/review-access.ts';
import { graphTeams } from './graph/teams.ts';
import { resolvers } from './resolvers/index.ts';
import { policyRows } from './resolvers/policy-rows.ts';
import { accessLogRoutes } from './routes/access-log.ts';
import { publicRoutes } from './routes/public.ts';

/** What the subgraph runs on. */
export interface PassportRuntime {
  readonly log: Logger;
  readonly now: Clock;
  readonly database: Database;
  readonly keyValue: KeyValue;
  /** In place of the graph, for tests. */
  readonly askGraph?: AskGraph;
  /** In place of the authorization server's desk, for tests. */
  readonly offerDesk?: OfferDesk;
  /** In place of asking the public address, for tests. */
  readonly fetchLiveList?: LiveLists['fetch'];
  /** In place of calling receivers, for tests. */
  readonly signalPusher?: SignalPusher;
  /** Places in a new status list; for tests. */
  readonly statusListSize?: number;
  /** Wraps every port by name, for fault tests. */
  readonly wrap?: <Port extends object>(name: string, port: Port) => Port;
  /** Somebody invented whose credentials count for a minute alone, to try out what has expired. In development alone. */
  readonly shortLived?: { readonly odsCode: string; readonly employeeNumber: string };
  /** Whether work goes on between requests; tests of one moment turn it off. */
  readonly background?: boolean;
  /** The environment of the process that holds a PKCS #11 module; none of this process's settings are passed on. */
  readonly environment?: NodeJS.ProcessEnv;
}

/** How often lists that are due are published, in milliseconds. */
const PUBLISH_EVERY_MS = 2_000;
/** How often placements whose time has come are looked for, in milliseconds. */
const END_PLACEMENTS_EVERY_MS = 2_000;
/** How often what a crash left is looked for, in milliseconds. */
const RECONCILE_EVERY_MS = 60_000;
/** How long after looking at the access log that is done again, in milliseconds. */
const REVIEW_PAUSE_MS = 5_000;
/** Most passports and lists of credentials read in one request: a thousand people, one list each. */
const READS_LIMIT = 2_000;
/** Places in a new status list: 256 kB, unpacked. */
const STATUS_LIST_SIZE = 2 ** 20;
/** Where replicas hear of a new list. */
const CHANNEL = 'status-list';

const SCHEMA = 'passport';
const MIGRATIONS = new URL('./postgres/migrations', import.meta.url);

const unwrapped = <Port extends object>(_name: string, port: Port): Port => port;

/** Puts the subgraph together. Closes database and key-value store when stopped. */
export async function composePassport(
  settings: PassportSettings,
  runtime: PassportRuntime,
): Promise<
  Composed & {
    readonly administration: PassportAdministration;
    /** What goes on between requests about signals, one round at a time. */
    readonly work: SignalWork;
    /** Looks at readings that nobody has looked at, one round. Returns how many. */
    readonly reviewAccess: () => Promise<number>;
  }
> {
  const { log, now, database, keyValue, wrap = unwrapped } = runtime;
  if (runtime.shortLived !== undefined && settings.NODE_ENV !== 'development')
    throw new ConfigError('credentials are short-lived in development alone');
  await migrate(database, SCHEMA, MIGRATIONS);
  const sdl = await readFile(new URL('../../schema/passport.graphql', import.meta.url), 'utf8');
  const token = await openToken(settings, runtime);
  const parts = assemble(settings, runtime, wrap, token);
  const callerKeys = keysById(settings.PASSPORT_CALLER_KEYS);
  const changes = notingAvailability(postgresChanges(database.schema<PassportTables>(SCHEMA)));

  const stopListening = await keyValue.subscribe(CHANNEL, (message) => {
    if (!z.string().max(64).safeParse(message).success) return;
    parts.publisher.refresh(message).catch((error: unknown) => {
      log.warn({ err: error }, 'a published list could not be read');
    });
  });
  const work = signalWork(parts);
  const stopBackground =
    runtime.background === false
      ? []
      : [...(await startBackground(parts, log)), ...followSignals(work, log)];

  return {
    routes: publicRoutes({
      parts,
      publicUrl: settings.PASSPORT_PUBLIC_URL,
      walletUrl: settings.PASSPORT_WALLET_URL,
    }),
    privateRoutes: async (app) => {
      await app.register(
        subgraphRoutes<PassportContext>({
          name: 'passport',
          sdl,
          resolvers,
          rows: policyRows,
          callerKeys,
          now,
          log,
          context: ({ caller, disclose }) => ({
            caller,
            disclose,
            parts,
            takeReads: requestBudget(READS_LIMIT),
          }),
        }),
      );
      await app.register(accessLogRoutes({ accessLog: parts.accessLog, callerKeys, now }));
      await app.register(
        changeFeedRoutes({ audience: 'passport', store: changes, callerKeys, now }),
      );
    },
    administration: passportAdministration(parts),
    work,
    reviewAccess: () => reviewAccess(parts),
    checks: { postgres: () => database.check() },
    details: {
      statusLists: () => {
        const held = parts.publisher.held();
        return held === 0
          ? 'current'
          : `${String(held)} held back: the record is older than what is live`;
      },
    },
    stop: async () => {
      await Promise.allSettled(stopBackground.map((stop) => stop()));
      await stopListening();
      await Promise.allSettled([database.close(), keyValue.close(), token?.close()]);
    },
  };
}

function assemble(
  settings: PassportSettings,
  runtime: PassportRuntime,
  wrap: NonNullable<PassportRuntime['wrap']>,
  token: KeyKeeper | undefined,
): PassportParts {
  const { log, now, database, keyValue, askGraph, offerDesk, shortLived } = runtime;
  const { statusListSize = STATUS_LIST_SIZE } = runtime;
  const db = database.schema<PassportTables>(SCHEMA);
  const port = <Port extends object>(name: string, made: Port): Port =>
    wrap(name, notingAvailability(made));
  const accessToken = (resource: string, scope: string) =>
    machineAccessToken({
      clientId: 'lanyard-passport',
      signer: signerOf(settings.PASSPORT_CLIENT_KEY),
      issuer: settings.PASSPORT_ISSUER,
      tokenUrl: settings.PASSPORT_TOKEN_URL,
      resource,
      scope,
      now,
    });
  const secret = settings.PASSPORT_KEY_ENCRYPTION_KEY;
  const addresses = passportAddresses(settings.PASSPORT_PUBLIC_URL);
  const sealer = aesSealer(derivedKey(secret, 'passport sealed at rest'));
  const sealed = sealedKeys(sealer);
  const issuerKeyStore = notingAvailability(postgresIssuerKeys(db));
  const keys = wrap(
    'keys',
    issuerKeys({
      // Several requests wait for one reading, and what is read is kept.
      store: ofNoRequest(issuerKeyStore),
      // New keys go where the settings say; keys from before stay where they are.
      keeper: token ?? sealed,
      otherKeepers: [sealed],
      addresses,
      now,
    }),
  );
  const announce = announcer(keyValue, log);
  const hints: StatusHints = { announce: (listId) => keyValue.publish(CHANNEL, listId) };
  const lists = port('lists', postgresStatusLists(db, statusListSize));
  const live: LiveLists = {
    ...keyValueLiveLists(keyValue),
    fetch: runtime.fetchLiveList ?? publicLists(addresses, { now }),
  };
  const publisher = statusListPublisher({
    // One publishing does for several changes.
    lists: ofNoRequest(lists),
    keys,
    hints: wrap('hints', hints),
    live,
    addresses,
    now,
    // A thousandth of a list, so that none fills up between two looks.
    tendEvery: Math.max(statusListSize / 1_024, 1),
    report: (error) => {
      log.error({ err: error }, 'a status list could not be published');
    },
  });
  const asking = (scope: string): AskGraph =>
    askGraph ??
    graphClient({
      url: settings.PASSPORT_GRAPH_URL,
      accessToken: accessToken(settings.PASSPORT_GRAPH_RESOURCE, scope),
    });
  // A production system is reached by https, and pushes by nothing else.
  const allowHttp = settings.PASSPORT_PUBLIC_URL.startsWith('http:');
  const accreditations = port('accreditations', postgresAccreditations(db));
  const checkPolicies = port('checkPolicies', postgresCheckPolicies(db));
  const issuerRegistry = issuerRegistryPublisher({
    accreditations,
    editions: port('editions', postgresRegistryEditions(db)),
    keys,
    addresses,
    now,
  });
  return {
    credentials: port('credentials', announcingCredentials(postgresCredentials(db), announce)),
    accreditations,
    issuerRegistry,
    verificationBundle: verificationBundlePublisher({
      issuerRegistry,
      policies: checkPolicies,
      accreditations,
      publisher,
      keys,
      addresses,
      now,
    }),
    stops: port('stops', announcingStops(postgresPassportStops(db, sealer), announce)),
    auditTrail: port('auditTrail', postgresAuditTrail(db)),
    auditKey: derivedKey(secret, 'passport audit seals'),
    issuingStops: port('issuingStops', postgresIssuingStops(db)),
    offers: port('offers', postgresOffers(db)),
    presentations: port(
      'presentations',
      announcingPresentations(postgresPresentations(db, sealer), announce),
    ),
    presentedEvidence: port('presentedEvidence', postgresPresentedEvidence(db, sealer)),
    checkDecisions: port('checkDecisions', postgresCheckDecisions(db, sealer)),
    checkPolicies,
    blueprints: policyBlueprints({ keys, addresses, now }),
    agreements: port('agreements', postgresSharingAgreements(db)),
    registry: port('registry', postgresRegistry(db)),
    registryKeeper: settings.PASSPORT_REGISTRY_KEEPER ?? NHS_ENGLAND,
    repeats: port('repeats', postgresRepeats(db)),
    placements: port('placements', postgresPlacements(db)),
    sharing: port('sharing', postgresHolderSharing(db)),
    retention: settings.PASSPORT_RETENTION_DAYS ?? {},
    accessLog: port('accessLog', postgresAccessLog(db)),
    teams: wrap('teams', graphTeams(asking('record:read'))),
    disclosures: port('disclosures', postgresDisclosures(db)),
    records: wrap('records', graphVerifiedRecords(asking('record:read'))),
    staffFeed: wrap('staffFeed', graphStaffFeed(asking('event:read'))),
    staffEvents: port('staffEvents', postgresStaffEvents(db)),
    dueOffers: port('dueOffers', postgresDueOffers(db)),
    signals: port('signals', postgresSignals(db)),
    signalReceivers: port('signalReceivers', postgresSignalReceivers(db, sealer)),
    signalPusher: wrap(
      'signalPusher',
      runtime.signalPusher ??
        httpSignalPusher(
          guardedFetch({ allowedHosts: settings.PASSPORT_PRIVATE_HOSTS ?? [], allowHttp }),
        ),
    ),
    signSignal: signalSigner({ keys, addresses }),
    signTest: testSigner({ keys, addresses }),
    allowHttp,
    desk: wrap(
      'desk',
      offerDesk ??
        httpOfferDesk({
          url: settings.PASSPORT_OFFERS_URL,
          // The resource is the endpoint's public name; the address may be an inside one.
          accessToken: accessToken(`${settings.PASSPORT_ISSUER}/openid4vci/offers`, 'offer:create'),
        }),
    ),
    keys,
    issuerKeyStore,
    report: (error) => {
      log.error({ err: error }, 'something was left for later');
    },
    sealer,
    publisher,
    statusLists: lists,
    statusReconciling: { lists, live, publisher, keys, addresses, now },
    pastStatusLists: pastStatusLists({ lists, publisher, keys, addresses, now }),
    readStatus: statusReader({
      publisher,
      keys,
      addresses,
      now,
      maxAgeSeconds: settings.PASSPORT_STATUS_MAX_AGE_SECONDS,
    }),
    addresses,
    now,
    subjectKey: derivedKey(secret, 'passport pairwise subject'),
    isShortLived: ({ odsCode, assignments }) =>
      shortLived?.odsCode === odsCode &&
      assignments.some(
        (post) => post.odsCode === odsCode && post.assignmentNumber === shortLived.employeeNumber,
      ),
    passportId: passportIds(derivedKey(secret, 'passport id')),
  };
}

/** Ends what a crash left, publishes what is due, and goes on doing so. */
async function startBackground(
  parts: PassportParts,
  log: Logger,
): Promise<readonly (() => Promise<void>)[]> {
  const publish = (): Promise<void> => parts.publisher.round();
  const reconcile = async (atStart: boolean): Promise<void> => {
    const { finished, failed, left } = await reconcileIssuing(parts, atStart);
    if (finished + failed + left > 0)
      log.info({ finished, failed, left }, 'unfinished credentials');
  };
  const settle = async (): Promise<void> => {
    const revoked = await settleCompromises(parts);
    if (revoked > 0) log.warn({ revoked }, 'revoked what a compromised key signed');
  };
  const rotate = async (): Promise<void> => {
    const rotated = await rotateAgeingKeys(parts);
    if (rotated.length > 0) log.info({ keys: rotated.length }, 'rotated keys after a year');
  };
  const erase = async (): Promise<void> => {
    const erased = await eraseClaims(parts);
    if (erased > 0) log.info({ erased }, 'erased what holders disclosed');
  };
  const failed = (work: string) => (error: unknown) => {
    log.error({ err: error, work }, 'background work failed');
  };
  // One after another, and none waits for another to succeed. What a stolen key signed comes first.
  const tidy = async (atStart: boolean): Promise<void> => {
    await settle().catch(failed('settle'));
    await reconcile(atStart).catch(failed('reconcile'));
    await rotate().catch(failed('rotate'));
    await erase().catch(failed('erase'));
    await sealAudit(parts).catch(failed('seal audit'));
    await parts.presentations.forgetKeys(parts.now()).catch(failed('forget keys'));
  };
  await tidy(true);
  await publish().catch(failed('publish'));
  return [
    repeatedly(publish, PUBLISH_EVERY_MS, failed('publish')),
    repeatedly(
      async () => {
        const ended = await endPlacements(parts);
        if (ended > 0) log.info({ ended }, 'placements are over');
      },
      END_PLACEMENTS_EVERY_MS,
      failed('placements'),
    ),
    repeatedly(() => tidy(false), RECONCILE_EVERY_MS, failed('tidy')),
    repeatedly(
      async () => {
        await reviewAccess(parts);
      },
      REVIEW_PAUSE_MS,
      (error) => {
        log.warn({ err: error }, 'the access log could not be looked at; trying again later');
      },
    ),
  ];
}

/**
 * The operator's functions on the stores of this process, without the process. Brings the schema up to date first.
 * The caller closes it, and database and key-value store.
 */
export async function openPassportAdministration(
  settings: PassportSettings,
  runtime: PassportRuntime,
): Promise<PassportAdministration & { readonly close: () => Promise<void> }> {
  await migrate(runtime.database, SCHEMA, MIGRATIONS);
  const token = await openToken(settings, runtime);
  const administration = passportAdministration(assemble(settings, runtime, unwrapped, token));
  return { ...administration, close: async () => token?.close() };
}
