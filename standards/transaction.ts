/**
 * One thing that a person approves with their passkey: which operation, on whom, with which arguments. The gateway says what
 * it needs; the identity process shows it to the person and puts its hash into the token; the gateway compares.
 *
 * Source: RFC 9470 (OAuth 2.0 Step Up Authentication Challenge Protocol); RFC 8785 for the bytes that are hashed.
 */
import { createHash } from 'node:crypto';

import { z } from 'zod';

import type { AccessTokenClaims } from './access-token.ts';
import { canonicalJson } from './canonical-json.ts';
import { isJsonObject, type JsonObject } from './strict-json.ts';

/** The class of a sign-in in which the person has approved one transaction: the value of `acr`. */
export const TRANSACTION_ACR = 'urn:lanyard:acr:transaction';
/** How long an approval is good for, in seconds. */
export const APPROVAL_SECONDS = 300;
/** How far two machines' clocks may differ, in milliseconds. */
const CLOCK_SKEW_MS = 5_000;

/** What is approved. */
export interface Transaction {
  /** Schema coordinate of the field, e.g. `Mutation.credentialRevoke`, or the endpoint of an API. */
  readonly operation: string;
  /** Whom or what it is about: the first id among the arguments. */
  readonly subject: string;
  /** Which kind, or why: the first type, reason or role among the arguments. */
  readonly type: string;
  /** Arguments of every field from the root to this one, by their path, e.g. `credentialRevoke`. */
  readonly arguments: JsonObject;
}

/** A transaction as an application hands it on, with its hash when {@link approvalNeeded} named it. */
export interface GivenTransaction extends Omit<Transaction, 'arguments'> {
  /** As in {@link Transaction}; not yet known to be JSON in canonical form. */
  readonly arguments: Record<string, unknown>;
  /** Hash of the transaction, base64url. */
  readonly hash?: string | undefined;
}

/** What a client needs to have a transaction approved. */
export interface ApprovalNeeded {
  /** Classes of sign-in that will do (RFC 9470, section 3). */
  readonly acrValues: readonly string[];
  /** Longest time since the approval, in seconds. */
  readonly maxAge: number;
  /** What is to be approved, with its hash. */
  readonly transaction: Transaction & Required<Pick<GivenTransaction, 'hash'>>;
}

/** A transaction as it comes from outside. */
export const transactionShape: z.ZodType<GivenTransaction> = z.strictObject({
  operation: z
    .string()
    .min(1)
    .max(200)
    .regex(/^[A-Za-z0-9_.:/ -]+$/),
  subject: z.string().max(1_000),
  type: z.string().max(1_000),
  arguments: z.record(z.string(), z.unknown()),
  hash: z.string().max(64).optional(),
});

const SUBJECTS = ['credentialId', 'staffId', 'grantId', 'id', 'mail', 'odsCode'];
const TYPES = ['types', 'type', 'reason', 'role'];

/** Makes a transaction. What it is about follows from the arguments. */
export const transactionOf = (operation: string, given: JsonObject): Transaction => ({
  operation,
  subject: firstOf(given, SUBJECTS).slice(0, 1_000),
  type: firstOf(given, TYPES).slice(0, 1_000),
  arguments: given,
});

/**
 * SHA-256 of the transaction in its canonical form, base64url.
 *
 * @throws {StandardError} `json_not_canonical`
 */
export const transactionHash = ({ operation, subject, type, ...rest }: Transaction): string =>
  createHash('sha256')
    .update(canonicalJson({ operation, subject, type, arguments: rest.arguments }))
    .digest('base64url');

/** The hash of the transaction that a token's person has approved a short while ago; `undefined` when there is none. */
export function approvedTransaction(
  { kind, authentication, transaction }: AccessTokenClaims,
  now: Date,
): string | undefined {
  if (kind !== 'person' || authentication?.acr !== TRANSACTION_ACR) return undefined;
  const age = now.getTime() - authentication.at.getTime();
  return age <= APPROVAL_SECONDS * 1000 && age >= -CLOCK_SKEW_MS ? transaction : undefined;
}

/** The header that asks for an approval (RFC 9470, section 3). */
export const approvalChallenge = (): string =>
  `Bearer error="insufficient_user_authentication", ` +
  `error_description="Confirm this with your passkey", ` +
  `acr_values="${TRANSACTION_ACR}", max_age="${String(APPROVAL_SECONDS)}"`;

/** What a client needs to have a transaction approved, besides the header. */
export const approvalNeeded = (transaction: Transaction): ApprovalNeeded => ({
  acrValues: [TRANSACTION_ACR],
  maxAge: APPROVAL_SECONDS,
  transaction: { ...transaction, hash: transactionHash(transaction) },
});

/** The first of these names, in their order, that is anywhere in the value and holds text. */
function firstOf(value: unknown, names: readonly string[]): string {
  for (const name of names) {
    const found = find(value, name);
    if (found !== undefined) return found;
  }
  return '';
}

function find(value: unknown, name: string): string | undefined {
  if (Array.isArray(value)) return firstFound(value, name);
  if (!isJsonObject(value)) return undefined;
  const own = Object.hasOwn(value, name) ? value[name] : undefined;
  if (typeof own === 'string') return own;
  if (Array.isArray(own) && own.length > 0 && own.every((item) => typeof item === 'string')) {
    return own.join(' ');
  }
  return firstFound(
    Object.keys(value)
      .sort()
      .map((key) => value[key]),
    name,
  );
}

function firstFound(values: readonly unknown[], name: string): string | undefined {
  for (const value of values) {
    const found = find(value, name);
    if (found !== undefined) return found;
  }
  return undefined;
}
