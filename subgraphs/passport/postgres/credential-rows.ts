/** Rows of the table `credential`, read. */
import { z } from 'zod';

import {
  credentialFormat,
  type CredentialRecord,
  credentialType,
  holderEvent,
  statusReason,
  storedState,
} from '../domain/credential.ts';
import type { IssuedContent, StatusHistoryEntry } from '../domain/ports/credentials.ts';
import { timestamp } from './timestamp.ts';

/** Columns of a credential without its contents. */
export const RECORD_COLUMNS = [
  'position',
  'id',
  'offer_id',
  'staff_id',
  'ods_code',
  'type',
  'format',
  'state',
  'version',
  'reason',
  'holder_thumbprint',
  'list_id',
  'status_index',
  'created_at',
  'issued_at',
  'expires_at',
  'status_changed_at',
  'kid',
  'signed_hash',
  'holder_event',
  'holder_event_at',
] as const;

/** Columns of a credential with its contents. */
export const CONTENT_COLUMNS = [
  ...RECORD_COLUMNS,
  'idempotency_key',
  'request_hash',
  'claims_hash',
  'payload',
  'sealed_disclosures',
  'signed_jwt',
] as const;

const recordRow = z.object({
  position: z.number(),
  id: z.string(),
  offer_id: z.string(),
  staff_id: z.string(),
  ods_code: z.string(),
  type: credentialType,
  format: credentialFormat,
  state: storedState,
  version: z.number(),
  reason: statusReason.nullable(),
  holder_thumbprint: z.string(),
  list_id: z.string(),
  status_index: z.number(),
  created_at: timestamp,
  issued_at: timestamp.nullable(),
  expires_at: timestamp,
  status_changed_at: timestamp.nullable(),
  kid: z.string().nullable(),
  signed_hash: z.string().nullable(),
  holder_event: holderEvent.nullable(),
  holder_event_at: timestamp.nullable(),
});

const contentRow = recordRow.extend({
  idempotency_key: z.string(),
  request_hash: z.string(),
  claims_hash: z.string(),
  payload: z.string(),
  sealed_disclosures: z.string().nullable(),
  signed_jwt: z.string().nullable(),
});

/** Reads a row without contents. */
export function toRecord(row: unknown): CredentialRecord {
  const one = recordRow.parse(row);
  return {
    id: one.id,
    position: one.position,
    offerId: one.offer_id,
    staffId: one.staff_id,
    odsCode: one.ods_code,
    type: one.type,
    format: one.format,
    state: one.state,
    version: one.version,
    holderThumbprint: one.holder_thumbprint,
    listId: one.list_id,
    statusIndex: one.status_index,
    createdAt: one.created_at,
    expiresAt: one.expires_at,
    ...(one.reason === null ? {} : { reason: one.reason }),
    ...(one.issued_at === null ? {} : { issuedAt: one.issued_at }),
    ...(one.status_changed_at === null ? {} : { statusChangedAt: one.status_changed_at }),
    ...(one.kid === null ? {} : { kid: one.kid }),
    ...(one.signed_hash === null ? {} : { signedHash: one.signed_hash }),
    ...(one.holder_event === null ? {} : { holderEvent: one.holder_event }),
    ...(one.holder_event_at === null ? {} : { holderEventAt: one.holder_event_at }),
  };
}

/** Reads a row with its contents. */
export function toContent(row: unknown): IssuedContent {
  const one = contentRow.parse(row);
  return {
    credential: toRecord(row),
    idempotencyKey: one.idempotency_key,
    requestHash: one.request_hash,
    claimsHash: one.claims_hash,
    payload: one.payload,
    ...(one.sealed_disclosures === null ? {} : { sealedDisclosures: one.sealed_disclosures }),
    ...(one.signed_jwt === null ? {} : { signedJwt: one.signed_jwt }),
  };
}

const historyRow = z.object({
  state: storedState,
  reason: statusReason.nullable(),
  at: timestamp,
  ods_code: z.string(),
});

/** Reads a row of the table `status_history`. */
export function toHistoryEntry(row: unknown): StatusHistoryEntry {
  const { state, reason, at, ods_code: odsCode } = historyRow.parse(row);
  return { state, at, odsCode, ...(reason === null ? {} : { reason }) };
}
