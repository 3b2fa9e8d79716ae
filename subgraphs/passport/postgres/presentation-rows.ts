/** Presentation requests as rows, and back. */
import type { Insertable } from 'kysely';
import { z } from 'zod';

import type { DcqlQuery } from '../../../standards/openid4vp/dcql.ts';
import { presentationTemplate, type StoredPresentation } from '../domain/presentation-request.ts';
import { storedResult } from '../domain/verification-result.ts';
import { jsonb } from './json.ts';
import type { PassportTables } from './tables.ts';
import { timestamp } from './timestamp.ts';

const row = z.object({
  id: z.string(),
  ods_code: z.string(),
  actor: z.string(),
  actor_name: z.string(),
  actor_request_id: z.string(),
  purpose: z.string(),
  template: presentationTemplate.nullable(),
  // Checked in full before it was stored.
  query: z.custom<DcqlQuery>((query) => typeof query === 'object' && query !== null),
  staff_id: z.string().nullable(),
  same_device: z.boolean(),
  client_id: z.string(),
  encrypted: z.boolean(),
  origins: z.array(z.string()),
  nonce: z.string(),
  wallet_state: z.string(),
  sealed_key: z.string().nullable(),
  created_at: timestamp,
  expires_at: timestamp,
  started_at: timestamp.nullable(),
  fetched_at: timestamp.nullable(),
  answered_at: timestamp.nullable(),
  refused_because: z.string().nullable(),
  released_at: timestamp.nullable(),
  result: storedResult.nullable(),
  reference: z.string().nullable(),
  starts_on: z.string().nullable(),
  closed_at: timestamp.nullable(),
  list_id: z.string().nullable(),
});

/** Reads a row. */
export function toPresentation(found: unknown): StoredPresentation {
  const request = row.parse(found);
  return {
    id: request.id,
    odsCode: request.ods_code,
    by: {
      subject: request.actor,
      name: request.actor_name,
      requestId: request.actor_request_id,
    },
    purpose: request.purpose,
    ...(request.template === null ? {} : { template: request.template }),
    query: request.query,
    ...(request.staff_id === null ? {} : { staffId: request.staff_id }),
    sameDevice: request.same_device,
    clientId: request.client_id,
    encrypted: request.encrypted,
    origins: request.origins,
    nonce: request.nonce,
    walletState: request.wallet_state,
    ...(request.sealed_key === null ? {} : { sealedKey: request.sealed_key }),
    createdAt: request.created_at,
    expiresAt: request.expires_at,
    ...(request.started_at === null ? {} : { startedAt: request.started_at }),
    ...(request.fetched_at === null ? {} : { fetchedAt: request.fetched_at }),
    ...(request.answered_at === null ? {} : { answeredAt: request.answered_at }),
    ...(request.refused_because === null ? {} : { refusedBecause: request.refused_because }),
    ...(request.released_at === null ? {} : { releasedAt: request.released_at }),
    ...(request.result === null ? {} : { result: request.result }),
    ...(request.reference === null ? {} : { reference: request.reference }),
    ...(request.starts_on === null ? {} : { startsOn: request.starts_on }),
    ...(request.closed_at === null ? {} : { closedAt: request.closed_at }),
    ...(request.list_id === null ? {} : { listId: request.list_id }),
  };
}

/** Writes the row of a new request. */
export const newRow = (
  request: StoredPresentation,
): Insertable<PassportTables['presentation_request']> => ({
  id: request.id,
  ods_code: request.odsCode,
  actor: request.by.subject,
  actor_name: request.by.name,
  actor_request_id: request.by.requestId,
  purpose: request.purpose,
  template: request.template ?? null,
  query: jsonb(request.query),
  staff_id: request.staffId ?? null,
  same_device: request.sameDevice,
  client_id: request.clientId,
  encrypted: request.encrypted,
  origins: jsonb(request.origins),
  nonce: request.nonce,
  wallet_state: request.walletState,
  sealed_key: request.sealedKey ?? null,
  created_at: request.createdAt,
  expires_at: request.expiresAt,
  reference: request.reference ?? null,
  starts_on: request.startsOn ?? null,
  list_id: request.listId ?? null,
});
