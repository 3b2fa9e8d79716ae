/** What an operator can do to the identity process: inside it, or beside it on its database. */
import type { Clock } from '../runtime/clock.ts';
import type { Database } from '../runtime/database.ts';
import { migrate } from '../runtime/migrate.ts';
import { purposeOfUse } from '../runtime/purpose.ts';
import type { SetupCodeStore } from './domain/authenticator-ports.ts';
import type { ClientFaults, ClientStore } from './domain/client-ports.ts';
import { clientAdministration, type ClientAdministration } from './domain/client-registration.ts';
import type { ExternalLinks } from './domain/external-ports.ts';
import {
  type OperatorAuthenticators,
  operatorAuthenticators,
} from './domain/operator-authenticators.ts';
import { type OperatorLinks, operatorLinks } from './domain/operator-links.ts';
import { type OperatorRoles, operatorRoles } from './domain/operator-roles.ts';
import type { AppStore } from './domain/ports.ts';
import { identityAdministration, type IdentityAdministration } from './domain/registration.ts';
import { type Revoke, revoker } from './domain/revocation.ts';
import { roleAdministration } from './domain/role-grants.ts';
import type { RoleGrants } from './domain/role-ports.ts';
import {
  type DocumentAdministration,
  documentAdministration,
  type TrustedDocumentStore,
} from './domain/trusted-documents.ts';
import type { WalletStore } from './domain/wallet-ports.ts';
import { walletAdministration, type WalletAdministration } from './domain/wallet-registration.ts';
import { postgresApps } from './postgres/apps.ts';
import { postgresSetupCodes } from './postgres/authenticators.ts';
import { postgresClientFaults } from './postgres/client-faults.ts';
import { postgresClients } from './postgres/clients.ts';
import { postgresExternalLinks } from './postgres/external-people.ts';
import { postgresRevocations } from './postgres/revocations.ts';
import { postgresRoleGrants } from './postgres/role-grants.ts';
import { MIGRATIONS, SCHEMA } from './postgres/schema.ts';
import type { IdentityTables } from './postgres/tables.ts';
import { postgresTrustedDocuments } from './postgres/trusted-documents.ts';
import { postgresWallets } from './postgres/wallets.ts';

/** What an operator can do in this process. */
export type IdentityOperations = IdentityAdministration &
  WalletAdministration &
  ClientAdministration &
  OperatorRoles &
  OperatorLinks &
  DocumentAdministration &
  OperatorAuthenticators;

/** What the operator's functions are made from. */
export interface OperationsParts {
  readonly clients: ClientStore;
  readonly apps: AppStore;
  readonly wallets: WalletStore;
  readonly faults: ClientFaults;
  readonly roleGrants: RoleGrants;
  readonly links: ExternalLinks;
  readonly setupCodes: SetupCodeStore;
  readonly documents: TrustedDocumentStore;
  readonly revoke: Revoke;
  /** Whether a key set may be at an `http` address. */
  readonly allowHttp: boolean;
  readonly now: Clock;
}

/** The operator's functions, in this process or beside it. */
export function identityOperations(parts: OperationsParts): IdentityOperations {
  const { roleGrants, links, setupCodes, revoke, now } = parts;
  return {
    ...identityAdministration({ ...parts, purposes: purposeOfUse.options }),
    ...walletAdministration(parts),
    // An operator may give roles before the records are loaded: the owner of an address is then found at sign-in.
    ...operatorRoles(roleAdministration({ roleGrants, revoke, now })),
    ...operatorLinks(links),
    ...documentAdministration(parts),
    ...operatorAuthenticators({ setupCodes, now }),
    ...clientAdministration({ ...parts, purposes: purposeOfUse.options }),
  };
}

/** The operator's functions on a database of this process, without the process. Brings the schema up to date first. */
export async function openIdentityAdministration(
  database: Database,
  now: Clock,
): Promise<IdentityOperations> {
  await migrate(database, SCHEMA, MIGRATIONS);
  const db = database.schema<IdentityTables>(SCHEMA);
  return identityOperations({
    clients: postgresClients(db, now),
    apps: postgresApps(db, now),
    wallets: postgresWallets(db, now),
    faults: postgresClientFaults(db, now),
    roleGrants: postgresRoleGrants(db, now),
    links: postgresExternalLinks(db, now),
    setupCodes: postgresSetupCodes(db, now),
    documents: postgresTrustedDocuments(db, now),
    revoke: revoker(postgresRevocations(db, now), now),
    allowHttp: false,
    now,
  });
}
