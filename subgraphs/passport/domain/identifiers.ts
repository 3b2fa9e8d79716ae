/** Ids and random values. */
import { createHash, createHmac, randomBytes, randomInt } from 'node:crypto';

import { z } from 'zod';

/** 128 random bits, base64url, 22 characters. */
const random = (): string => randomBytes(16).toString('base64url');

/** A new credential's `jti`. */
export const newCredentialId = (): string => `crd_${random()}`;
/** A new offer's id. */
export const newOfferId = (): string => `ofr_${random()}`;
/** A new presentation request's id. */
export const newPresentationId = (): string => `prq_${random()}`;
/** A new list of presentation requests. */
export const newPresentationListId = (): string => `prl_${random()}`;
/** A new sharing agreement's id. */
export const newAgreementId = (): string => `agr_${random()}`;
/** A new stop's id. */
export const newStopId = (): string => `stp_${random()}`;
/** A new receipt's `jti`. */
export const newReceiptId = (): string => `rcp_${random()}`;
/** A new status list's id. */
export const newStatusListId = (): string => random();
/** A value that only whoever was given it can send back: 128 random bits, base64url. */
export const newSecret = (): string => random();
/** A new version's id of a policy for employment checks. */
export const newPolicyId = (): string => `pol_${random()}`;
/** A new decision's id. */
export const newDecisionId = (): string => `dec_${random()}`;
/** A new signal's id: the `jti` of its security event token. */
export const newSignalId = (): string => `sig_${random()}`;
/** A new receiver of signals. */
export const newSignalReceiverId = (): string => `rcv_${random()}`;
/** A new hold on events. */
export const newHoldId = (): string => `hld_${random()}`;
/** A new change of the register. */
export const newRegistryChangeId = (): string => `rgc_${random()}`;
/** A new offer that is due. */
export const newDueOfferId = (): string => `due_${random()}`;
/** A nonce of 256 bits, base64url. */
export const newNonce = (): string => randomBytes(32).toString('base64url');
/** A random place in a status list of this size. */
export const randomIndex = (size: number): number => randomInt(size);

/** An organisation's ODS code. */
export const odsCode = z.string().regex(/^[A-Z0-9]{2,10}$/);
/** What a presentation request's id looks like. */
export const PRESENTATION_ID = '^prq_[A-Za-z0-9_-]{22}$';
/** A person's id in the graph. */
export const staffId = z.string().regex(/^stf_[A-Za-z0-9_-]{1,60}$/);
/** What a client sends to make a repeated call safe. */
export const idempotencyKey = z.string().min(1).max(200);

/** SHA-256 over JSON, base64url: tells one request from another without keeping either. */
export const requestHash = (request: unknown): string =>
  createHash('sha256').update(JSON.stringify(request)).digest('base64url');

/** SHA-256 of a signed token without disclosures, base64url: tells whether it is exactly the one that was issued. */
export const signedHash = (jwt: string): string =>
  createHash('sha256').update(jwt).digest('base64url');

/** SHA-256 of a presentation with all its parts, base64url: recognises it without keeping it. */
export const presentationHash = (presentation: string): string =>
  createHash('sha256').update(presentation).digest('base64url');

/** SHA-256 of a secret, base64url: recognises it without keeping it. */
export const secretHash = (secret: string): string =>
  createHash('sha256').update(secret).digest('base64url');

/**
 * HMAC-SHA-256 over JSON, base64url: tells one statement about a person from another. What can be stated is so little that
 * a hash without a key would give it away to whoever tries all of it.
 */
export const statementHash = (statement: unknown, key: Uint8Array): string =>
  createHmac('sha256', key)
    .update(`statement\n${JSON.stringify(statement)}`)
    .digest('base64url');
