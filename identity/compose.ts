/** Puts the identity process together: the one file that knows every part. */
import { readFile } from 'node:fs/promises';

import type { Clock } from '../runtime/clock.ts';
import type { Database } from '../runtime/database.ts';
import type { Composed } from '../runtime/http-server.ts';
import type { KeyValue } from '../runtime/key-value.ts';
import type { Logger } from '../runtime/log.ts';
import { migrate } from '../runtime/migrate.ts';
import type { IdentitySettings } from './config.ts';
import {
  credentialConfigurations,
  credentialTypes,
} from './domain/credential-configurations.ts';
import { deriveKeysFrom } from './domain/derive.ts';
import type { CredentialIssuer, StaffDirectory, StaffRecords } from './domain/ports.ts';
import { identityAdministration, type IdentityAdministration } from './domain/registration.ts';
import { clientDirectory } from './oauth/clients.ts';
import { modelAdapters } from './oauth/model-adapter.ts';
import { providerRoutes } from './oauth/mount.ts';
import { createProvider } from './oauth/provider.ts';
import { postgresAccounts } from './postgres/accounts.ts';
import { postgresClients } from './postgres/clients.ts';
import { postgresModels } from './postgres/model-store.ts';
import { postgresRoleGrants } from './postgres/role-grants.ts';
import type { IdentityTables } from './postgres/tables.ts';
import { createPages } from './routes/pages.ts';

/** What is opened elsewhere and handed in. `compose` closes the database and the key-value store. */
export interface IdentityParts {
  readonly log: Logger;
  readonly now: Clock;
  readonly database: Database;
  readonly keyValue: KeyValue;
  /** Stand-ins for outside systems; the real ones unless given. */
  readonly directory?: StaffDirectory;
  readonly records?: StaffRecords;
  readonly issuer?: CredentialIssuer;
}

const SCHEMA = 'identity';
const MIGRATIONS = new URL('./postgres/migrations', import.meta.url);
/** How often what has expired is deleted, in milliseconds. */
const SWEEP_MS = 600_000;

/** Composes the process. */
export async function composeIdentity(
  settings: IdentitySettings,
  parts: IdentityParts,
): Promise<Composed & IdentityAdministration> {
  const { log, now, database, keyValue } = parts;
  await migrate(database, SCHEMA, MIGRATIONS);
  const db = database.schema<IdentityTables>(SCHEMA);
  const models = postgresModels(db, now);
  const clients = postgresClients(db, now);
  const roleGrants = postgresRoleGrants(db, now);
  const accounts = postgresAccounts(db, now);
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
      offers: `${issuer}/openid4vci/offers`,
      credentialScopes: Object.keys(types),
    },
    adapter: modelAdapters(
      models,
      clientDirectory({
        store: clients,
        services: settings.IDENTITY_SERVICE_CLIENTS,
        explorerRedirectUri:
          settings.NODE_ENV === 'production' ? undefined : `${new URL(graph).origin}/explorer/callback`,
      }),
      now,
    ),
    signingKey: settings.IDENTITY_SIGNING_KEY,
    deriveKey,
    accounts,
    roleGrants,
    credentialConfigurations: credentialConfigurations(types, settings.IDENTITY_CREDENTIAL_TYPES_URL),
    pages,
    log,
  });

  const sweep = setInterval(() => {
    models.removeExpired().catch((error: unknown) => {
      log.warn({ err: error }, 'could not delete what has expired');
    });
  }, SWEEP_MS);
  sweep.unref();

  return {
    ...identityAdministration(clients, roleGrants),
    routes: async (app) => {
      await app.register(providerRoutes(provider));
      await app.register(pages.assets);
    },
    checks: { 'identity database': () => database.check() },
    stop: async () => {
      clearInterval(sweep);
      await Promise.allSettled([database.close(), keyValue.close()]);
    },
  };
}

/** The operator's functions on a database of this process, without the process. Brings the schema up to date first. */
export async function openIdentityAdministration(
  database: Database,
  now: Clock,
): Promise<IdentityAdministration> {
  await migrate(database, SCHEMA, MIGRATIONS);
  const db = database.schema<IdentityTables>(SCHEMA);
  return identityAdministration(postgresClients(db, now), postgresRoleGrants(db, now));
}
