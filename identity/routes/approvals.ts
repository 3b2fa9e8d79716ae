/** What the page for approving a transaction needs of the authorization server. */
import type { Transaction } from '../../standards/transaction.ts';
import type { RawExchange } from './interactions.ts';

/** Path of the page, below which is the name of the request that waits. */
export const APPROVE_PATH = '/approve';

/** A transaction that waits for the person's passkey. */
export interface PendingApproval {
  /** The name of the request that waits, the last part of the page's address. */
  readonly uid: string;
  readonly staffId: string;
  readonly transaction: Transaction;
  /** The application that asks. */
  readonly clientName: string;
  /** Origin of the application, where the person will be sent back to. */
  readonly returnOrigin: string;
}

/** Transactions that wait. Each step gives the address to go on at. */
export interface Approvals {
  /** That of this browser; `undefined` when there is none or it took too long. */
  find(exchange: RawExchange): Promise<PendingApproval | undefined>;
  approved(exchange: RawExchange, pending: PendingApproval): Promise<string>;
  refused(exchange: RawExchange): Promise<string>;
}
