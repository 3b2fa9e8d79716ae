/** The graph, for whoever has signed in. */
import type { GivenTransaction } from '../../standards/transaction.ts';
import type { Answer, Operation } from './operation.ts';

/** Purposes for which pages read (`Lanyard-Purpose`). */
export type Purpose =
  | 'PRE_EMPLOYMENT'
  | 'TEMPORARY_MOVEMENT'
  | 'ROTATION'
  | 'HR_ADMINISTRATION'
  | 'CREDENTIAL_ISSUE'
  | 'DIRECTORY_MATCHING'
  | 'AUDIT'
  | 'SELF_ACCESS';

/** One question. */
export interface Question<Data, Variables> {
  readonly operation: Operation<Data, Variables>;
  readonly variables: Variables;
  readonly purpose: Purpose | undefined;
  /** The access token of whoever asks; nobody's when left out. */
  readonly token: string | undefined;
  /** Ties the logs together. */
  readonly requestId: string;
}

/**
 * Asks the graph. Fields that could not be had are null, and the answer says why.
 *
 * @throws {GraphRefused} when there is no data at all
 * @throws {ApprovalNeeded} when the person has to approve this first
 * @throws {Error} with code `unavailable` when the graph does not answer
 */
export type AskGraph = <Data, Variables>(
  question: Question<Data, Variables>,
) => Promise<Answer<Data>>;

/** How one part of the service is doing, as the gateway says. */
export interface PartHealth {
  readonly name: string;
  readonly isUp: boolean;
}

/** Asks the gateway how its parts are doing; `undefined` when it does not answer. */
export type AskGraphHealth = () => Promise<readonly PartHealth[] | undefined>;

/** The graph answered with an error and without data. */
export class GraphRefused extends Error {
  override readonly name = 'GraphRefused';
  /** The first error's code, e.g. `FORBIDDEN`. */
  readonly code: string;
  constructor(code: string) {
    super(`the graph answered ${code}`);
    this.code = code;
  }
}

/** A person has to approve an operation with their passkey before it is done. */
export class ApprovalNeeded extends Error {
  override readonly name = 'ApprovalNeeded';
  readonly code = 'approval_needed';
  readonly transaction: GivenTransaction;
  /** The resource that it is done at; the graph when left out. */
  readonly resource: string | undefined;
  constructor(transaction: GivenTransaction, resource?: string) {
    super('the person has to approve this');
    this.transaction = transaction;
    this.resource = resource;
  }
}

/**
 * Follows a subscription until it ends or the signal says so.
 *
 * @throws {Error} with code `unavailable` when the graph does not answer with a stream
 */
export type FollowGraph = <Data, Variables>(
  question: Question<Data, Variables>,
  signal: AbortSignal,
) => AsyncGenerator<Data | undefined>;
