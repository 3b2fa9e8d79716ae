/** Puts the identity process together: the one file that knows every part. */
import { readFile } from 'node:fs/promises';

import { createLocalJWKSet } from 'jose';

import type { Clock } from '../runtime/clock.ts';
import { ConfigError, withPatience } from '../runtime/config.ts';
import type { DemonstrationPeople } from './domain/demonstration-people.ts';
import type { Database } from '../runtime/database.ts';
import { guardedFetch } from '../runtime/guarded-fetch.ts';
import { graphClient } from '../runtime/graph-client.ts';
import type { Composed } from '../runtime/http-server.ts';
import { keysById, publicHalf, signerOf } from '../runtime/jwk-settings.ts';
import type { KeyValue } from '../runtime/key-value.ts';
import { createLdapPool } from '../runtime/ldap-pool.ts';
import type { Logger } from '../runtime/log.ts';
import { machineAccessToken } from '../runtime/machine-client.ts';
import { memoryKeyValue } from '../runtime/memory-key-value.ts';
import { migrate } from '../runtime/migrate.ts';
import { repeatedly } from '../runtime/repeatedly.ts';
import { markWork } from '../runtime/route-work.ts';
import type { IdentitySettings } from './config.ts';
import { identityOperations, type IdentityOperations } from './operations.ts';
import { MIGRATIONS, SCHEMA } from './postgres/schema.ts';
import { credentialEndpoints, describedConfigurations } from './credential-endpoints.ts';
import { credentialTypes } from './domain/credential-configurations.ts';
import type { CredentialRecords } from './domain/credential-ports.ts';
import type { LeaverFeed } from './domain/leavers.ts';
import { SERVICE_SCOPES } from './domain/roles.ts';
import { deriveKeysFrom } from './domain/derive.ts';
import { ownAuthenticators } from './domain/own-authenticators.ts';
import type { CredentialIssuer, StaffDirectory, StaffRecords } from './domain/ports.ts';
import { externalSignIn } from './domain/external-sign-in.ts';
import { secondFactor } from './domain/second-factor.ts';
import { revocationCheck, revoker } from './domain/revocation.ts';
import { redeemOffer } from './domain/redeem-offer.ts';
import { roleAdministration } from './domain/role-grants.ts';
import { recoveries } from './domain/recovery.ts';
import { signIn } from './domain/sign-in.ts';
import { tellEndedOffers } from './domain/tell-ended-offers.ts';
import type { OfferMakers } from './domain/wallet-ports.ts';
import { followLeavers } from './follow-leavers.ts';
import { graphCredentialIssuer } from './graph/credential-issuer.ts';
import { graphCredentialRecords } from './graph/credential-records.ts';
import { graphLeaverFeed } from './graph/leaver-feed.ts';
import { graphPlacementFeed } from './graph/placement-feed.ts';
import { graphOfferMakers } from './graph/offer-makers.ts';
import { graphStaffRecords } from './graph/staff-records.ts';
import { ldapStaffDirectory } from './ldap/staff-directory.ts';
import { providerApprovals } from './oauth/approvals.ts';
import { ACCOUNT_CLIENT, clientDirectory } from './oauth/clients.ts';
import { fetchedKeys } from './clients/fetched-keys.ts';
import { recentClients } from './clients/recent-clients.ts';
import { providerInteractions } from './oauth/interactions.ts';
import { modelAdapters } from './oauth/model-adapter.ts';
import { providerRoutes } from './oauth/mount.ts';
import { noteSignOuts, providerSessionEndings, providerSessions } from './oauth/people-sessions.ts';
import { createProvider } from './oauth/provider.ts';
import { cookieName, SESSION_IDLE_SECONDS } from './oauth/session-life.ts';
import { walletConsents } from './oauth/wallet-consents.ts';
import { walletTokens } from './oauth/wallet-tokens.ts';
import { postgresAccounts } from './postgres/accounts.ts';
import { postgresApps } from './postgres/apps.ts';
import {
  postgresAuthenticatorRemovals,
  postgresCodeApps,
  postgresSetupCodes,
} from './postgres/authenticators.ts';
import { postgresClientFaults } from './postgres/client-faults.ts';
import { postgresClients } from './postgres/clients.ts';
import { postgresFeedPositions } from './postgres/feed-positions.ts';
import { postgresModels } from './postgres/model-store.ts';
import { postgresOfferNotices } from './postgres/offer-notices.ts';
import { postgresOfferTries } from './postgres/offer-tries.ts';
import { postgresExternalLinks, postgresExternalRoles } from './postgres/external-people.ts';
import { openidProvider } from './openid/external-provider.ts';
import { postgresOffers } from './postgres/offers.ts';
import { postgresPasskeys } from './postgres/passkeys.ts';
import { postgresRecoveries } from './postgres/recoveries.ts';
import { postgresRoleGrants } from './postgres/role-grants.ts';
import { postgresRevocations } from './postgres/revocations.ts';
import { recoveryEndpoints } from './routes/administer-recoveries.ts';
import { roleEndpoints } from './routes/administer-roles.ts';
import { clientEndpoints } from './routes/administer-clients.ts';
import { ADMINISTRATION_PATH, administrationRoutes } from './routes/administration.ts';
import { postgresWalletGrants } from './postgres/wallet-grants.ts';
import { postgresTrustedDocuments } from './postgres/trusted-documents.ts';
import { postgresWallets } from './postgres/wallets.ts';
import { boundByAddress } from './routes/bound-by-address.ts';
import { collectRoutes } from './routes/collect.ts';
import { internalRoutes } from './routes/internal.ts';
import { postgresSessions } from './postgres/sessions.ts';
import type { IdentityTables } from './postgres/tables.ts';
import { attemptCounter } from './redis/attempt-counter.ts';
import { accountRoutes } from './routes/account.ts';
import { approveRoutes } from './routes/approve.ts';
import { externalCallback, externalSignInRoutes } from './routes/external-sign-in.ts';
import { knownBrowserCookie } from './routes/known-browser-cookie.ts';
import { OFFERS_PATH } from './routes/offer-maker.ts';
import { offerRoutes } from './routes/offers.ts';
import { createPages } from './routes/pages.ts';
import { signInRoutes } from './routes/sign-in.ts';

/** What is opened elsewhere and handed in. `compose` closes the database and the key-value store. */
export interface IdentityParts {
  readonly log: Logger;
  readonly now: Clock;
  readonly database: Database;
  readonly keyValue: KeyValue;
  /** Stand-ins for outside systems; the real ones unless given. */
  readonly directory?: StaffDirectory;
  readonly records?: StaffRecords;
  readonly leavers?: LeaverFeed;
  readonly placements?: LeaverFeed;
  readonly issuer?: CredentialIssuer;
  readonly credentialRecords?: CredentialRecords;
  readonly offerMakers?: OfferMakers;
  /**
   * Invented people who sign in and approve without proving who they are, for trying out. Refused in production.
   */
  readonly demonstration?: DemonstrationPeople;
}

/** Token requests of one client in a minute, unless told. */
const TOKENS_PER_MINUTE = 600;
/** How often what has expired is deleted, in milliseconds. */
const SWEEP_MS = 600_000;
/** How long an offer that ended waits to be told, in milliseconds. */
const TELL_MS = 2_000;
/** How long the directory may take for one answer, in milliseconds. */
const LDAP_DEADLINE_MS = 3_000;

/** Composes the process. */
export async function composeIdentity(
  settings: IdentitySettings,
  parts: IdentityParts,
): Promise<Composed & IdentityOperations> {
  const { log, now, database, keyValue, demonstration } = parts;
  if (demonstration !== undefined && settings.NODE_ENV === 'production') {
    throw new ConfigError('nobody signs in without proof in production');
  }
  await migrate(database, SCHEMA, MIGRATIONS);
  const db = database.schema<IdentityTables>(SCHEMA);
  const models = postgresModels(db, now);
  const clients = recentClients(postgresClients(db, now), now);
  const apps = postgresApps(db, now);
  const roleGrants = postgresRoleGrants(db, now);
  const accounts = postgresAccounts(db, now);
  const offers = postgresOffers(db, now);
  const revocations = postgresRevocations(db, now);
  const sessions = postgresSessions(db, now, SESSION_IDLE_SECONDS);
  const revoke = revoker(revocations, now);
  const faults = postgresClientFaults(db, now);
  const counter = attemptCounter(keyValue, memoryKeyValue(now));
  const keys = createLocalJWKSet({ keys: [publicHalf(settings.IDENTITY_SIGNING_KEY)] });
  const allowHttp = settings.NODE_ENV !== 'production';
  const fetch = guardedFetch({ allowedHosts: settings.IDENTITY_PRIVATE_HOSTS ?? [], allowHttp });
  const wallets = postgresWallets(db, now);
  const deriveKey = deriveKeysFrom(settings.IDENTITY_SECRET);
  const types = credentialTypes.parse(
    JSON.parse(await readFile(new URL('../schema/credential-types.json', import.meta.url), 'utf8')),
  );
  const issuer = settings.IDENTITY_ISSUER;
  const graph = settings.IDENTITY_GRAPH_RESOURCE;
  const pages = createPages();
  const provider = createProvider({
    resources: {
      issuer,
      graph,
      offers: `${issuer}${OFFERS_PATH}`,
      administration: `${issuer}${ADMINISTRATION_PATH}`,
      // The gateway's other door.
      directory: graph.replace(/\/graphql$/, '/scim/v2'),
      credentialScopes: Object.keys(types),
    },
    models,
    faults: { faults, counter, log, now },
    jwtRevocation: { revoke, keys },
    quota: {
      counter,
      tokensPerMinute: settings.IDENTITY_TOKENS_PER_MINUTE ?? TOKENS_PER_MINUTE,
      now,
    },
    fetch,
    adapter: modelAdapters(
      models,
      clientDirectory({
        issuer: settings.IDENTITY_ISSUER,
        store: clients,
        apps,
        fetchedKeys: fetchedKeys(fetch, log),
        wallets,
        walletsAttested: settings.IDENTITY_WALLET_ATTESTATION === 'required',
        services: settings.IDENTITY_SERVICE_CLIENTS,
        web: settings.IDENTITY_WEB_CLIENT,
        explorerRedirectUri:
          settings.NODE_ENV === 'production'
            ? undefined
            : `${new URL(graph).origin}/explorer/callback`,
      }),
      sessions,
      now,
    ),
    signingKey: settings.IDENTITY_SIGNING_KEY,
    deriveKey,
    accounts,
    roleGrants,
    sessions,
    walletAttesters: settings.IDENTITY_WALLET_ATTESTERS ?? [],
    now,
    tries: { models, offers, tries: postgresOfferTries(db, now), deriveKey },
    redeemOffer: (grantId) => redeemOffer(grantId, { models, offers, deriveKey, now }),
    credentialConfigurations: describedConfigurations(settings, types),
    pages,
    log,
  });

  const configurationIds = Object.keys(types);
  const setupCodes = postgresSetupCodes(db, now);
  const links = postgresExternalLinks(db, now);
  const documents = postgresTrustedDocuments(db, now);
  const operations = identityOperations({
    clients,
    apps,
    wallets,
    faults,
    roleGrants,
    links,
    setupCodes,
    documents,
    revoke,
    allowHttp,
    now,
  });
  const interactions = providerInteractions(provider, accounts, now);
  const outside = await connectOutside(settings, parts);
  const endpoints = credentialEndpoints(settings, {
    types,
    db,
    offers,
    models,
    issuer: outside.issuer,
    credentialRecords: outside.credentialRecords,
    deriveKey,
    keys,
    now,
    log,
  });
  const attempts = { counter, attemptsKey: deriveKey('attempts') };
  noteSignOuts(provider, { sessions, revoke, log });
  const endings = providerSessionEndings(provider, { sessions, accounts, revoke, log });
  const passkeyParts = { passkeys: postgresPasskeys(db, now), models, issuer, now };
  const codes = { codeApps: postgresCodeApps(db, now), key: deriveKey('code-app'), now };
  const knownBrowsers = knownBrowserCookie(
    { name: cookieName(issuer, 'lanyard_browser'), secure: issuer.startsWith('https:') },
    { key: deriveKey('known-browsers'), now },
  );

  const leaving = {
    positions: postgresFeedPositions(db, now),
    endings,
    roleGrants,
    revoke,
    now,
  };
  const following = [
    followLeavers({ ...leaving, feedName: 'staff-left', feed: outside.leavers }, log),
    followLeavers({ ...leaving, feedName: 'placement-ended', feed: outside.placements }, log),
  ];
  const providers = settings.IDENTITY_PROVIDERS ?? [];
  const external = externalSignIn({
    providers: new Map(
      providers.map((provider) => [
        provider.id,
        openidProvider({
          settings: provider,
          redirectUri: externalCallback(issuer, provider.id),
          log,
          now,
        }),
      ]),
    ),
    models,
    directory: outside.directory,
    records: outside.records,
    accounts,
    links,
    roles: postgresExternalRoles(db),
    now,
  });

  const sweep = setInterval(() => {
    Promise.all([
      models.removeExpired(),
      revocations.removeExpired(),
      endpoints.removeExpired(),
      faults.removeOld(),
    ]).catch((error: unknown) => {
      log.warn({ err: error }, 'could not delete what has expired');
    });
  }, SWEEP_MS);
  sweep.unref();
  const notices = postgresOfferNotices(db);
  const stopTelling = repeatedly(
    () => tellEndedOffers({ notices, makers: outside.offerMakers }),
    TELL_MS,
    (error) => {
      log.warn({ err: error }, 'could not tell of an offer that ended');
    },
  );

  return {
    ...operations,
    routes: async (app) => {
      markWork(app, 'login');
      await app.register(async (bounded) => {
        bounded.addHook('onRequest', boundByAddress({ issuer, counter, now }));
        await bounded.register(providerRoutes(provider));
      });
      await app.register(pages.assets);
      await app.register(
        signInRoutes({
          issuer,
          pages,
          accounts,
          roleGrants,
          interactions,
          signIn: (credentials) =>
            signIn(credentials, {
              ...outside,
              accounts,
              ...attempts,
              now,
            }),
          knownBrowsers,
          providers,
          demonstration,
          secondFactor: secondFactor({
            passkeys: passkeyParts,
            codes,
            setupCodes,
            accounts,
            directory: outside.directory,
            records: outside.records,
            models,
            ...attempts,
            holdsRole: async (account) => {
              await roleGrants.claim(account);
              return roleGrants.isExpected(account.staffId);
            },
            endSessions: async (staffId) => {
              await endings.endSessions(staffId, { which: 'all' });
            },
            now,
          }),
        }),
      );
      await app.register(
        externalSignInRoutes({
          issuer,
          pages,
          interactions,
          externalSignIn: external,
        }),
      );
      await app.register(
        approveRoutes({
          issuer,
          pages,
          approvals: providerApprovals(provider, now),
          passkeys: passkeyParts,
          withoutProof: demonstration !== undefined,
        }),
      );
      await app.register(
        accountRoutes({
          issuer,
          clientId: ACCOUNT_CLIENT,
          pages,
          browserSessions: providerSessions(provider, now),
          accounts,
          authenticators: ownAuthenticators({
            passkeys: passkeyParts,
            codes,
            removals: postgresAuthenticatorRemovals(db),
            ...attempts,
            now,
          }),
          sessions,
          endings,
          knownBrowsers,
          now,
        }),
      );
      await app.register(
        administrationRoutes({
          issuer,
          isRevoked: revocationCheck(revocations),
          keys,
          roleGrants,
          now,
          endpoints: [
            ...roleEndpoints(
              roleAdministration({ roleGrants, records: outside.records, revoke, now }),
            ),
            ...clientEndpoints(operations),
            ...recoveryEndpoints(
              recoveries({
                recoveries: postgresRecoveries(db, now),
                setupCodes,
                accounts,
                records: outside.records,
                now,
              }),
            ),
          ],
        }),
      );
      await app.register(
        collectRoutes({
          issuer,
          pages,
          types,
          consents: walletConsents({
            provider,
            walletGrants: postgresWalletGrants(db, now),
            deriveKey,
            now,
          }),
        }),
      );
      await app.register(
        offerRoutes({
          issuer,
          configurationIds,
          offers,
          deriveKey,
          now,
          keys,
        }),
      );
      await endpoints.routes(app, walletTokens(provider));
    },
    privateRoutes: internalRoutes({
      models,
      revocations,
      documents,
      callerKeys: keysById(settings.IDENTITY_CALLER_KEYS),
      now,
    }),
    checks: { 'identity database': () => database.check() },
    stop: async () => {
      clearInterval(sweep);
      await Promise.all(following.map((stop) => stop()));
      await endpoints.stop();
      await stopTelling();
      await Promise.allSettled([outside.close(), database.close(), keyValue.close()]);
    },
  };
}

/** The directory and the graph, or what stands in for them. */
async function connectOutside(settings: IdentitySettings, parts: IdentityParts) {
  const { log, now } = parts;
  const issuer = settings.IDENTITY_ISSUER;
  const ask = graphClient({
    url: settings.IDENTITY_GRAPH_URL,
    accessToken: machineAccessToken({
      clientId: 'lanyard-identity',
      signer: signerOf(settings.IDENTITY_CLIENT_KEY),
      issuer,
      tokenUrl: settings.IDENTITY_TOKEN_URL ?? `${issuer}/oauth/token`,
      resource: settings.IDENTITY_GRAPH_RESOURCE,
      scope: SERVICE_SCOPES['lanyard-identity'].graph.join(' '),
      now,
    }),
  });
  const records = parts.records ?? graphStaffRecords(ask);
  const graph = {
    records,
    leavers: parts.leavers ?? graphLeaverFeed(ask),
    placements: parts.placements ?? graphPlacementFeed(ask),
    issuer: parts.issuer ?? graphCredentialIssuer(ask),
    credentialRecords: parts.credentialRecords ?? graphCredentialRecords(ask),
    offerMakers: parts.offerMakers ?? graphOfferMakers(ask),
  };
  if (parts.directory !== undefined) {
    const { directory } = parts;
    return { ...graph, directory, close: () => Promise.resolve() };
  }
  const url = settings.IDENTITY_LDAP_URL;
  const caFile = settings.IDENTITY_LDAP_CA_FILE;
  const tls = caFile === undefined ? undefined : { ca: await readFile(caFile, 'utf8') };
  const deadlineMs = settings.IDENTITY_LDAP_DEADLINE_MS ?? withPatience(LDAP_DEADLINE_MS);
  const startTls = settings.IDENTITY_LDAP_STARTTLS ?? false;
  const pool = createLdapPool(
    {
      url,
      bindDn: settings.IDENTITY_LDAP_BIND_DN,
      bindPassword: settings.IDENTITY_LDAP_BIND_PASSWORD,
      size: 2,
      deadlineMs,
      startTls,
      ...(tls === undefined ? {} : { tls }),
    },
    log,
  );
  const baseDn = settings.IDENTITY_LDAP_BASE_DN;
  return {
    ...graph,
    directory: ldapStaffDirectory({
      url,
      baseDn,
      deadlineMs,
      startTls,
      pool,
      ...(tls === undefined ? {} : { tls }),
    }),
    close: () => pool.close(),
  };
}
