/** What the identity process needs from outside. A system that does not answer throws an error whose `code` is `unavailable`. */
import type { JsonObject } from '../../standards/strict-json.ts';
import type { CredentialFormat } from './credential-configurations.ts';
import type { ClientAlgorithm } from './client-keys.ts';
import type { ClientKeys } from './client-ports.ts';
import type { RoleGrant } from './roles.ts';

/** One thing the authorization server keeps: a code, token, session or grant. */
export interface KeptModel {
  /** The kind, e.g. `AuthorizationCode`. */
  readonly model: string;
  /** The code, token or cookie itself. Stores keep its hash only. */
  readonly id: string;
  readonly payload: JsonObject;
  /** Ties everything that came from one approval together. */
  readonly grantId?: string | undefined;
  /** A second name to be found by; sessions and interactions have one. */
  readonly uid?: string | undefined;
  readonly expiresAt?: Date | undefined;
}

/** What was kept, and whether it has been used. */
export interface FoundModel {
  readonly payload: JsonObject;
  readonly consumedAt?: Date;
  /** It may have passed: rows stay for some time. */
  readonly expiresAt?: Date;
}

/** Keeps what the authorization server issues. */
export interface ModelStore {
  /** Keeps a model, in place of an earlier one with the same id. */
  put(kept: KeptModel): Promise<void>;
  /** Keeps a model unless one with its id is there and has not expired. True when it was kept. */
  add(kept: KeptModel): Promise<boolean>;
  find(model: string, id: string): Promise<FoundModel | undefined>;
  findByUid(model: string, uid: string): Promise<FoundModel | undefined>;
  /** Marks a model as used. True for exactly one caller, whatever the number that try at once. */
  consume(model: string, id: string): Promise<boolean>;
  remove(model: string, id: string): Promise<void>;
  removeByGrant(model: string, grantId: string): Promise<void>;
  /** Forgets what expired some time ago. */
  removeExpired(): Promise<void>;
}

/** A public P-256 key with its name. */
export interface NamedPublicKey {
  readonly kty: 'EC';
  readonly crv: 'P-256';
  readonly x: string;
  readonly y: string;
  readonly kid: string;
}

/** An application that people sign in to. It holds no secret that it shares with us. */
export interface RegisteredApp {
  readonly clientId: string;
  readonly name: string;
  /** Where people are sent back to; compared to the letter. */
  readonly redirectUris: readonly string[];
  /** Where it is told that a session has ended (OpenID Connect Back-Channel Logout 1.0). */
  readonly backchannelLogoutUri?: string | undefined;
  /** Keys of its own: it is a confidential client then, and signs in with them. */
  readonly signing?: { readonly keys: ClientKeys; readonly algorithm: ClientAlgorithm } | undefined;
  /** Purposes of use that people may name by it; those of every person, when left out. */
  readonly purposes?: readonly string[] | undefined;
}

/** The applications that are registered. */
export interface AppStore {
  find(clientId: string): Promise<RegisteredApp | undefined>;
  /** Registers an application, or replaces what is known of it. */
  put(app: RegisteredApp, createdBy: string): Promise<void>;
}

/** A person who has signed in. */
export interface Account {
  readonly staffId: string;
  /** NHSmail address in lower case. */
  readonly mail: string;
  readonly name: string;
}

/** The role in which a person gave an application access. */
export interface ActingAs {
  readonly grantId: string;
  readonly staffId: string;
  readonly role: RoleGrant['role'];
  readonly odsCode?: string | undefined;
  readonly name: string;
  readonly expiresAt: Date;
}

/** People who have signed in, and as what. */
export interface AccountStore {
  /** Keeps what the directory has just vouched for; opens the account again if it was closed. */
  put(account: Account): Promise<void>;
  find(staffId: string): Promise<Account | undefined>;
  /** Whether the person has left, as far as is known. */
  isClosed(staffId: string): Promise<boolean>;
  close(staffId: string): Promise<void>;
  putActingAs(acting: ActingAs): Promise<void>;
  findActingAs(grantId: string): Promise<ActingAs | undefined>;
}

/** An offer of credentials to one person. */
export interface StoredOffer {
  readonly offerId: string;
  /** The unguessable last part of the offer's address. */
  readonly reference: string;
  readonly grantId: string;
  readonly staffId: string;
  readonly configurationIds: readonly string[];
  readonly issuerOds: string;
  /** It waits, for its person or for the record. */
  readonly deferred: boolean;
  readonly expiresAt: Date;
  /** Since when nobody can redeem it any more, because of too many wrong transaction codes. */
  readonly deadAt?: Date | undefined;
}

/** Offers that have been made. */
export interface OfferStore {
  /**
   * Keeps an offer together with its code and grant, all or nothing. An offer id that is known already changes nothing.
   *
   * @returns the offer as it is kept
   */
  add(offer: StoredOffer, models: readonly KeptModel[]): Promise<StoredOffer>;
  findByReference(reference: string): Promise<StoredOffer | undefined>;
  /** The offer behind a grant: its own, or one by which a person let a wallet collect it. */
  findByGrant(grantId: string): Promise<StoredOffer | undefined>;
}

/** An account in the NHSmail directory. */
export interface DirectoryAccount {
  /** Where it is in the directory. */
  readonly dn: string;
  /** Primary address, in lower case. */
  readonly mail: string;
  readonly displayName: string;
  /** `USER:ACTIVE` for a person at work; anything else does not sign in. */
  readonly employeeType: string;
}

/** The NHSmail directory. */
export interface StaffDirectory {
  /**
   * Finds the account with this address, primary or alias, in any case. `undefined` when there is none, or more than one.
   *
   * @throws {Error} with code `unavailable` when the directory does not answer in time
   */
  findByMail(mail: string): Promise<DirectoryAccount | undefined>;
  /**
   * Tells whether the password is the account's. For no account it asks the directory all the same and answers `false`,
   * so that an address which does not exist takes as long as one that does.
   *
   * @throws {Error} with code `unavailable` when the directory does not answer in time
   */
  verifyPassword(account: DirectoryAccount | undefined, password: string): Promise<boolean>;
}

/** The verified records, through the graph. */
export interface StaffRecords {
  /**
   * The id of the person a mailbox is linked to; `undefined` when there is no certain or confirmed link, or when the person
   * works nowhere today.
   *
   * @throws {Error} with code `unavailable` when a source does not answer
   */
  findStaffId(mail: string): Promise<string | undefined>;
  /**
   * The same person with the organisations they work for today.
   *
   * @throws {Error} with code `unavailable` when a source does not answer
   */
  findEmployment(mail: string): Promise<CurrentEmployment | undefined>;
}

/** A person, and for whom they work today. */
export interface CurrentEmployment {
  readonly staffId: string;
  readonly odsCodes: readonly string[];
}

/** What a wallet has proved, for the issuer to decide on. The same key and request give the same credentials. */
export interface IssueRequest {
  readonly idempotencyKey: string;
  readonly offerId: string;
  /** Type as the graph names it, e.g. `IDENTITY`. */
  readonly type: string;
  readonly format: CredentialFormat;
  /** One credential for each. */
  readonly holderKeys: readonly JsonObject[];
  /** The wallet has collected it before, and comes back to see whether the record has changed. */
  readonly renewal: boolean;
  readonly requestId?: string | undefined;
}

/** A credential on its way to the wallet. */
export interface IssuedCredential {
  /** Its `jti`, under which the issuer recorded it. */
  readonly id: string;
  readonly compact: string;
}

/** What the issuer decided. */
export type IssueOutcome =
  /** In the order of the keys. */
  | { readonly kind: 'issued'; readonly credentials: readonly IssuedCredential[] }
  /** Nothing is issued for now. */
  | { readonly kind: 'stopped' }
  | { readonly kind: 'denied'; readonly code: string };

/** Decides and signs credentials: the passport subgraph, through the graph. */
export interface CredentialIssuer {
  /** @throws {Error} with code `unavailable` when a source does not answer */
  issue(request: IssueRequest): Promise<IssueOutcome>;
}

/** Counts attempts over a time. */
export interface AttemptCounter {
  /** Counts one more and returns how many there have been. */
  count(key: string, windowSeconds: number): Promise<number>;
  forget(key: string): Promise<void>;
}
