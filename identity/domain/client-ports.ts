/** What is kept of HR systems and of applications that sign, and of what went wrong for them. */
import type { ClientAlgorithm, ClientKey } from './client-keys.ts';

/** Where a client's keys are: given once, or at an address that is looked at again and again. */
export type ClientKeys =
  | { readonly kind: 'value'; readonly keys: readonly ClientKey[] }
  | { readonly kind: 'address'; readonly jwksUri: string };

/** An HR system that may ask for tokens. */
export interface RegisteredClient {
  readonly clientId: string;
  readonly name: string;
  readonly odsCode: string;
  readonly keys: ClientKeys;
  readonly algorithm: ClientAlgorithm;
  readonly scopes: readonly string[];
  /** Purposes of use that it may name; those of every organisation, when left out. */
  readonly purposes?: readonly string[] | undefined;
  /** Whether each of its tokens has to be bound to a key (RFC 9449, section 5.2). */
  readonly dpopBound: boolean;
  /** How many tokens it may ask for in a minute, when that is not the number of everybody. */
  readonly tokensPerMinute?: number | undefined;
}

/** A client as an administrator sees it. */
export interface StoredClient extends RegisteredClient {
  readonly status: 'ACTIVE' | 'STOPPED';
  readonly createdAt: Date;
  readonly createdBy: string;
  readonly stoppedAt?: Date | undefined;
  readonly stoppedBy?: string | undefined;
}

/** The HR systems that are registered. */
export interface ClientStore {
  /** The client, unless it has been stopped. */
  find(clientId: string): Promise<RegisteredClient | undefined>;
  /** The client, stopped or not. */
  findStored(clientId: string): Promise<StoredClient | undefined>;
  /** Clients in the order of their ids; those of one organisation when it is given. */
  list(odsCode?: string): Promise<readonly StoredClient[]>;
  /**
   * Registers a client, or replaces what is known of it. False when the id is another organisation's or has been stopped:
   * one statement decides.
   */
  put(client: RegisteredClient, createdBy: string): Promise<boolean>;
  /** Stops a client. True for the one that stopped it. */
  stop(clientId: string, stoppedBy: string): Promise<boolean>;
}

/** Why one request of a client was refused. No part of a token or key is in it. */
export interface ClientFault {
  readonly at: Date;
  /** What the client was told, e.g. `invalid_client`. */
  readonly error: string;
  /** What was wrong; a stable code, e.g. `expired`. */
  readonly fault: string;
  /** The same in words. */
  readonly detail: string;
}

/** Most faults kept for one client. */
export const FAULTS_KEPT = 50;
/** How long a fault is kept, in seconds. */
export const FAULT_SECONDS = 86_400;

/** The last faults of each client. */
export interface ClientFaults {
  add(clientId: string, fault: ClientFault): Promise<void>;
  /** Newest first. */
  list(clientId: string): Promise<readonly ClientFault[]>;
  removeOld(): Promise<void>;
}
