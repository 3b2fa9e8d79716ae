/** The receipt of a check: signed whenever it is asked for, from what is kept of the check for good. */
import {
  type PresentationReceiptClaims,
  signPresentationReceipt,
} from '../../../standards/presentation-receipt.ts';
import type { Addresses } from './addresses.ts';
import { newReceiptId } from './identifiers.ts';
import type { Clock } from './ports/clock.ts';
import type { IssuerKeys } from './ports/keys.ts';
import type { PresentationStore } from './ports/presentations.ts';
import type { StoredPresentation } from './presentation-request.ts';
import { type PresentedCredential, peopleOf, type StoredResult } from './verification-result.ts';

/** What making a receipt needs. */
export interface ReceiptParts {
  readonly presentations: Pick<PresentationStore, 'find'>;
  readonly keys: Pick<IssuerKeys, 'signer'>;
  readonly addresses: Pick<Addresses, 'issuer' | 'receiptKeys' | 'verifier'>;
  readonly now: Clock;
}

/** A signed receipt. */
export interface SignedReceipt {
  /** Compact JWS. */
  readonly compact: string;
  /** Where the keys are published that verify it. */
  readonly keysUri: string;
  readonly signedAt: Date;
  /** Who is in it, by the ids of their records. */
  readonly people: readonly string[];
}

/**
 * Signs the receipt of a check.
 *
 * @returns `undefined` when the organisation made no such check, or may not see what came of it yet
 */
export async function presentationReceipt(
  presentationId: string,
  odsCode: string,
  parts: ReceiptParts,
): Promise<SignedReceipt | undefined> {
  const { presentations, keys, addresses, now } = parts;
  const request = await presentations.find(presentationId);
  const { result } = request ?? {};
  if (request?.odsCode !== odsCode || request.releasedAt === undefined) return undefined;
  if (result === undefined) return undefined;
  const signedAt = now();
  const claims = receiptClaims(request, result, { addresses, signedAt });
  return {
    compact: await signPresentationReceipt(claims, await keys.signer(odsCode, 'receipt')),
    keysUri: addresses.receiptKeys(odsCode),
    signedAt,
    people: peopleOf(result),
  };
}

function receiptClaims(
  request: StoredPresentation,
  result: StoredResult,
  { addresses, signedAt }: Pick<ReceiptParts, 'addresses'> & { readonly signedAt: Date },
): PresentationReceiptClaims {
  return {
    iss: addresses.verifier(request.odsCode),
    iat: toSeconds(signedAt),
    jti: newReceiptId(),
    request: request.id,
    requested_at: toSeconds(request.createdAt),
    checked_at: toSeconds(new Date(result.checkedAt)),
    checked_by: request.by.name,
    purpose: request.purpose,
    outcome: result.outcome,
    credentials: result.credentials.map((one) => credentialClaims(one, addresses)),
  };
}

/** What the presented token says of itself is repeated only when its issuer's record has exactly that token. */
function credentialClaims(
  credential: PresentedCredential,
  addresses: ReceiptParts['addresses'],
): PresentationReceiptClaims['credentials'][number] {
  const { queryId, outcome, staffId, vct, issuerOds, credentialId, statusAsOf } = credential;
  const { presentationHash, disclosed } = credential;
  const shared = {
    query: queryId,
    outcome,
    ...(presentationHash === undefined ? {} : { presentation_sha256: presentationHash }),
  };
  if (staffId === undefined) return { ...shared, disclosed: [] };
  return {
    ...shared,
    ...(vct === undefined ? {} : { vct }),
    ...(issuerOds === undefined ? {} : { issuer: addresses.issuer(issuerOds) }),
    ...(credentialId === undefined ? {} : { credential: credentialId }),
    ...(statusAsOf === undefined ? {} : { status_at: toSeconds(new Date(statusAsOf)) }),
    disclosed,
  };
}

const toSeconds = (moment: Date): number => Math.floor(moment.getTime() / 1000);
