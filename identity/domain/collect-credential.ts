/**
 * A wallet collects a credential of an offer: one, or a batch of them, each bound to a key of its own.
 *
 * Source: OpenID4VCI 1.0, sections 3.3, 8.2, 8.3 and 9.
 */
import { randomBytes } from 'node:crypto';

import type { TrustedAttesters } from '../../standards/openid4vci/key-attestation.ts';
import { spendCNonce } from './c-nonce.ts';
import type { CredentialConfigurations } from './credential-configurations.ts';
import { type Refused, refused } from './credential-fault.ts';
import type { DeferredRequest, DeferredStore, NotificationStore } from './credential-ports.ts';
import { BATCH_SIZE, parseCredentialRequest } from './credential-request.ts';
import { type DeriveKey, mac } from './derive.ts';
import type { CredentialIssuer, ModelStore, OfferStore } from './ports.ts';
import { KeyProofError } from './verify-key-proof.ts';
import { verifyProofs } from './verify-proofs.ts';

/** What a wallet's access token allows. */
export interface WalletToken {
  readonly grantId: string;
  readonly clientId: string;
  readonly staffId: string;
  /** Kinds of credential. */
  readonly scopes: ReadonlySet<string>;
  /** RFC 7638 thumbprint of the key that the token is bound to (RFC 9449, section 6); anybody may use it when missing. */
  readonly boundTo: string | undefined;
  /** The token comes from a refresh token: the credential was collected before. */
  readonly renewing: boolean;
}

/** What came of it. */
export type CollectOutcome =
  | {
      readonly kind: 'issued';
      /** Compact. */
      readonly credentials: readonly string[];
      /** What the wallet refers to when it says what became of them. */
      readonly notificationId: string;
    }
  /** Not yet: the wallet comes back with the transaction's id. */
  | { readonly kind: 'deferred'; readonly transactionId: string; readonly intervalSeconds: number }
  /** As many requests wait as may; `credential_request_denied` would tell the wallet to give up (section 8.3.1.2). */
  | { readonly kind: 'stopped' }
  | Refused;

/** What collecting needs. */
export interface CollectParts {
  readonly issuerUrl: string;
  readonly configurations: CredentialConfigurations;
  readonly attesters: TrustedAttesters;
  readonly offers: OfferStore;
  readonly models: ModelStore;
  readonly deferred: DeferredStore;
  readonly notifications: Pick<NotificationStore, 'add'>;
  readonly issuer: CredentialIssuer;
  readonly deriveKey: DeriveKey;
  readonly now: () => Date;
}

/** How long a wallet may come back for what was deferred, in seconds: 14 days. */
export const DEFERRED_SECONDS = 14 * 24 * 3600;
/** How long a wallet should wait before it asks again, in seconds. */
export const DEFERRED_INTERVAL_SECONDS = 60;
/** How long a wallet may say what became of a credential, in seconds: a year, as long as credentials live. */
const NOTIFICATION_SECONDS = 366 * 24 * 3600;

/**
 * Checks the request and has the credentials issued. A repeated request with the same keys gives the same credentials.
 *
 * @throws {Error} with code `unavailable` when a source does not answer
 */
export async function collectCredential(
  token: WalletToken,
  body: unknown,
  parts: CollectParts,
  requestId?: string,
): Promise<CollectOutcome> {
  const offer = await parts.offers.findByGrant(token.grantId);
  if (offer === undefined) return refused('invalid_token', 'the token is not from an offer');
  const request = parseCredentialRequest(body);
  if (request.kind === 'refused') return request;
  const { configurationId, proofs } = request;
  const configuration = parts.configurations.get(configurationId);
  if (configuration === undefined) return refused('unknown_credential_configuration', 'unknown');
  const { scope } = configuration;
  if (!token.scopes.has(scope) || !offer.configurationIds.includes(scope)) {
    return refused('credential_request_denied', 'not part of the offer');
  }
  if (proofs === undefined) {
    const count = String(BATCH_SIZE);
    return refused('invalid_proof', `give 1 to ${count} proofs of type jwt, or one attestation`);
  }
  const now = parts.now();
  try {
    const { keys, nonce } = verifyProofs(proofs, {
      issuer: parts.issuerUrl,
      clientId: token.clientId,
      attesters: parts.attesters,
      required: configuration.keyAttestations,
      now,
    });
    const fresh = await spendCNonce(nonce, {
      key: parts.deriveKey('c-nonce'),
      models: parts.models,
      now,
    });
    if (!fresh) return refused('invalid_nonce', 'get a new nonce from the nonce endpoint');
    const wanted: DeferredRequest = {
      grantId: token.grantId,
      offerId: offer.offerId,
      configurationId,
      idempotencyKey: mac(
        parts.deriveKey('issue-idempotency'),
        offer.offerId,
        configurationId,
        ...(token.renewing ? ['renewal'] : []),
        ...[...keys.keys()].toSorted(),
      ).toString('base64url'),
      holderKeys: [...keys.values()],
      expiresAt: new Date(now.getTime() + DEFERRED_SECONDS * 1000),
    };
    const outcome = await issueWanted(wanted, parts, requestId, token.renewing);
    // Whoever renews has a credential, and comes back without being told to.
    if (outcome.kind !== 'stopped' || token.renewing) return outcome;
    const transactionId = randomBytes(32).toString('base64url');
    return (await parts.deferred.add(transactionId, wanted))
      ? { kind: 'deferred', transactionId, intervalSeconds: DEFERRED_INTERVAL_SECONDS }
      : outcome;
  } catch (error) {
    if (error instanceof KeyProofError) return refused('invalid_proof', error.message);
    throw error;
  }
}

/**
 * Has the credentials of a checked request issued, now or later.
 *
 * @throws {Error} with code `unavailable` when a source does not answer
 */
export async function issueWanted(
  { configurationId, grantId, offerId, idempotencyKey, holderKeys }: DeferredRequest,
  parts: Pick<CollectParts, 'configurations' | 'issuer' | 'notifications' | 'now'>,
  requestId?: string,
  renewal = false,
): Promise<CollectOutcome> {
  const configuration = parts.configurations.get(configurationId);
  if (configuration === undefined) return refused('credential_request_denied', 'no longer issued');
  const outcome = await parts.issuer.issue({
    idempotencyKey,
    offerId,
    type: configuration.type,
    format: configuration.format,
    holderKeys: holderKeys.map((jwk) => ({ ...jwk })),
    renewal,
    requestId,
  });
  switch (outcome.kind) {
    case 'issued': {
      const notificationId = randomBytes(16).toString('base64url');
      await parts.notifications.add(notificationId, {
        grantId,
        credentialIds: outcome.credentials.map(({ id }) => id),
        expiresAt: new Date(parts.now().getTime() + NOTIFICATION_SECONDS * 1000),
      });
      const credentials = outcome.credentials.map(({ compact }) => compact);
      return { kind: 'issued', credentials, notificationId };
    }
    case 'stopped':
      return outcome;
    case 'denied':
      return refused('credential_request_denied', 'the issuer does not issue this credential');
  }
}
