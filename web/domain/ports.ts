/** What the pages need of the outside. */
import type { GivenTransaction } from '../../standards/transaction.ts';
import type { Person } from './person.ts';
import type { PendingVisit, Session } from './session.ts';

/**
 * Sessions by the secret in the browser's cookie, and what is kept beside them. Everything is encrypted under that secret, so
 * whoever reads the store alone reads nothing.
 */
export interface SessionStore {
  find(secret: string): Promise<Session | undefined>;
  put(secret: string, session: Session): Promise<void>;
  remove(secret: string): Promise<void>;
  /** Keeps something of a browser's own for a while. */
  keep(secret: string, name: string, value: unknown, seconds: number): Promise<void>;
  /** What was kept; `undefined` when there is nothing, or no longer. */
  kept(secret: string, name: string): Promise<unknown>;
  /** What was kept, once: the second call finds nothing. */
  take(secret: string, name: string): Promise<unknown>;
}

/** What comes of a visit to identity. */
export interface SignedIn {
  readonly person: Person;
  readonly idToken: string;
  readonly refreshToken: string | undefined;
  readonly token: HeldToken;
}

/** An access token, and when it ends in milliseconds since 1970. */
export interface HeldToken {
  readonly token: string;
  readonly endsAt: number;
}

/** What a person is sent to identity for, besides being known. */
export interface VisitWish {
  /** Chooses again as what to act. */
  readonly chooseRole?: boolean;
  /** Who is expected. Nothing is believed of it. */
  readonly loginHint?: string;
  /** The one operation to be approved, and the resource that it is done at. */
  readonly approval?: { readonly transaction: GivenTransaction; readonly resource: string };
}

/** Identity, for an application. Each rejects with code `unavailable` when it does not answer. */
export interface SignInService {
  /** Where to send the browser. */
  begin(pending: PendingVisit, wish: VisitWish): Promise<string>;
  /**
   * Takes what the browser brought back.
   *
   * @param resource what the token is to be for
   * @returns `undefined` when identity refused, or the person did
   */
  finish(search: string, pending: PendingVisit, resource: string): Promise<SignedIn | undefined>;
  /** A new access token; `undefined` when the person has to sign in again. */
  renew(refreshToken: string, resource: string): Promise<HeldToken | undefined>;
  /** Where the browser signs out of identity too. */
  signOutAddress(idToken: string): string;
}

/** One call to identity's administration API. */
export interface AdministrationCall {
  readonly method: 'GET' | 'POST';
  /** From the root, e.g. `/administration/role-grants`; for GET with its query. */
  readonly path: string;
  readonly body?: object;
}

/**
 * Calls identity's administration API with somebody's token.
 *
 * @throws {ApprovalNeeded} when the person has to approve this first
 * @throws {Error} with code `unavailable` when it does not answer
 */
export type Administration = (
  token: string,
  requestId: string,
  call: AdministrationCall,
) => Promise<{ readonly status: number; readonly body: unknown }>;

/** What one client asked of the graph. */
export interface ClientUsage {
  /** How much it may ask now. */
  readonly limits: { readonly perSecond: number; readonly perDay: number };
  /** What is left of each limit in its window of now, and when it is whole again. Empty when it has not asked today. */
  readonly now: readonly {
    readonly limit: number;
    readonly windowSeconds: number;
    readonly left: number;
    readonly resetSeconds: number;
  }[];
  /** Days of UTC, today first: requests as the limits count them, and those that were refused with 429. */
  readonly days: readonly {
    readonly day: string;
    readonly requests: number;
    readonly refused: number;
  }[];
}

/**
 * Asks for it with the token of somebody of the client's organisation.
 *
 * @returns `undefined` when there is no answer: it is worth knowing, and no reason not to show the rest
 */
export type ReadClientUsage = (
  token: string,
  requestId: string,
  clientId: string,
) => Promise<ClientUsage | undefined>;
