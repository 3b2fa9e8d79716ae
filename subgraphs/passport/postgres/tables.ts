/** The tables of the schema `passport`, as kysely sees them. */
import type { Generated, Kysely } from 'kysely';

/** Tables by name. */
export interface PassportTables {
  issuer_key: {
    kid: string;
    ods_code: string;
    use: string;
    certificate: string;
    keeper: string;
    handle: string;
    created_at: Date;
    activates_at: Date;
    retired_at: Date | null;
    compromised_at: Date | null;
    compromised_since: Date | null;
    settled_at: Date | null;
  };
  issuer_key_generation: { one: Generated<boolean>; generation: number };
  idempotency: {
    actor: string;
    key: string;
    request_hash: string;
    answer: unknown;
    created_at: Date;
  };
  offer: {
    id: string;
    staff_id: string;
    ods_code: string;
    types: unknown;
    created_at: Date;
    expires_at: Date;
    sealed_answer: string | null;
    sealed_attestations: string | null;
    deferred_until: Generated<Date | null>;
    deferred: Generated<boolean>;
    dead_at: Generated<Date | null>;
  };
  status_list: {
    id: string;
    ods_code: string;
    size: number;
    open: Generated<boolean>;
    changes: Generated<number>;
    version: Generated<number>;
    published_changes: Generated<number>;
    token: string | null;
    signed_at: Date | null;
    expires_at: Date | null;
    created_at: Date;
    live_version: Generated<number | null>;
    epoch: Generated<number>;
  };
  status_slot: { list_id: string; status_index: number };
  status_change: {
    list_id: string;
    change: number;
    status_index: number;
    status: number;
    at: Date;
  };
  credential: {
    position: Generated<number>;
    id: string;
    offer_id: string;
    staff_id: string;
    ods_code: string;
    type: string;
    format: string;
    state: string;
    version: Generated<number>;
    reason: string | null;
    holder_thumbprint: string;
    idempotency_key: string;
    request_hash: string;
    claims_hash: string;
    source_hash: Generated<string | null>;
    renewal: Generated<boolean>;
    list_id: string;
    status_index: number;
    payload: string;
    sealed_disclosures: string | null;
    signed_jwt: string | null;
    signed_hash: Generated<string | null>;
    kid: Generated<string | null>;
    created_at: Date;
    issued_at: Date | null;
    expires_at: Date;
    status_changed_at: Date | null;
    holder_event: Generated<string | null>;
    holder_event_at: Generated<Date | null>;
  };
  status_history: {
    credential_id: string;
    version: number;
    state: string;
    reason: string | null;
    actor: string;
    ods_code: string;
    at: Date;
  };
  accreditation: {
    id: Generated<number>;
    ods_code: string;
    type: string;
    anchor: string;
    valid_from: Date;
    valid_until: Date | null;
    granted_at: Date;
    granted_by: string;
    withdrawn_at: Date | null;
    withdrawn_by: string | null;
    withdrawn_because: string | null;
  };
  issuer_registry: {
    version: number;
    content_hash: string;
    token: string;
    signed_at: Date;
    expires_at: Date;
  };
  issuing_stop: {
    id: Generated<number>;
    ods_code: string;
    reason: string;
    stopped_at: Date;
    stopped_by: string;
    started_at: Date | null;
    started_by: string | null;
  };
  outbox: {
    id: Generated<number>;
    type: string;
    subject: string;
    data: unknown;
    created_at: Date;
  };
  presentation_request: {
    id: string;
    ods_code: string;
    actor: string;
    actor_name: string;
    actor_request_id: string;
    purpose: string;
    template: string | null;
    query: unknown;
    staff_id: string | null;
    same_device: boolean;
    client_id: string;
    encrypted: boolean;
    origins: unknown;
    nonce: string;
    wallet_state: string;
    sealed_key: string | null;
    created_at: Date;
    expires_at: Date;
    started_at: Generated<Date | null>;
    session_hash: Generated<string | null>;
    fetched_at: Generated<Date | null>;
    answered_at: Generated<Date | null>;
    refused_because: Generated<string | null>;
    response_code_hash: Generated<string | null>;
    released_at: Generated<Date | null>;
    result: Generated<unknown>;
    holder_id: Generated<string | null>;
    position: Generated<number>;
    erased_at: Generated<Date | null>;
  };
  presentation_claims: {
    presentation_id: string;
    query_id: string;
    sealed: string;
    erase_after: Date;
  };
  sharing_agreement: {
    position: Generated<number>;
    id: string;
    reference: string;
    proposer_ods: string;
    partner_ods: string;
    starts_on: string;
    ends_on: string;
    state: string;
    proposed_at: Date;
    accepted_at: Generated<Date | null>;
    ended_at: Generated<Date | null>;
    ended_by_ods: Generated<string | null>;
  };
  placement: {
    offer_id: string;
    staff_id: string;
    host_ods: string;
    agreement_id: string | null;
    ends_at: Date;
    ended_at: Generated<Date | null>;
    ended_because: Generated<string | null>;
    ending: Generated<number | null>;
  };
  deletion_request: {
    position: Generated<number>;
    presentation_id: string;
    staff_id: string;
    ods_code: string;
    asked_at: Date;
    answer_by: Date;
    outcome: Generated<string | null>;
    reason: Generated<string | null>;
    answered_at: Generated<Date | null>;
    answered_by: Generated<string | null>;
  };
  requester_report: {
    position: Generated<number>;
    presentation_id: string;
    staff_id: string;
    ods_code: string;
    reason: string;
    at: Date;
  };
  check_policy: {
    position: Generated<number>;
    id: string;
    ods_code: string;
    staff_group: string;
    version: number;
    state: string;
    content: unknown;
    created_at: Date;
    created_by: string;
    in_force_from: Date | null;
    replaced_at: Date | null;
    copied_from: string | null;
  };
  check_decision: {
    position: Generated<number>;
    id: string;
    ods_code: string;
    staff_id: string;
    employment_check: string;
    kind: string;
    outcome: string | null;
    sealed_reason: string;
    ends_on: string | null;
    actor: string;
    actor_name: string;
    request_id: string;
    at: Date;
    withdrawn_at: Date | null;
    withdrawn_by: string | null;
  };
  feed_position: { feed: string; position: string | null; moved_at: Date };
  followed_source: {
    source_hash: string;
    stands: boolean;
    claims_hash: string | null;
    at: Date;
  };
  feed_effect: { id: Generated<number>; ods_code: string; people: number; at: Date };
  staff_event_hold: {
    id: string;
    ods_code: string;
    held_at: Date;
    people: number;
    position: string | null;
    approved_at: Generated<Date | null>;
    approved_by: Generated<string | null>;
    released_at: Generated<Date | null>;
    released_by: Generated<string | null>;
    settled_at: Generated<Date | null>;
  };
  signal: {
    position: Generated<number>;
    id: string;
    ods_code: string;
    staff_id: string;
    cause: string;
    about: string;
    said: string;
    registration_body: string | null;
    registration_status: string | null;
    register_read_at: Date | null;
    credential_type: string | null;
    credential_state: string | null;
    happened_at: Date;
    created_at: Date;
  };
  signal_receiver: {
    id: string;
    ods_code: string;
    url: string;
    audience: string;
    registered_at: Date;
    registered_by: string;
    ended_at: Generated<Date | null>;
    ended_by: Generated<string | null>;
    acknowledged: number;
    next_attempt_at: Date;
    failures: Generated<number>;
    failing_since: Generated<Date | null>;
    last_failure: Generated<string | null>;
    parked_at: Generated<Date | null>;
  };
  due_offer: {
    id: string;
    staff_id: string;
    ods_code: string;
    type: string;
    sealed_attestation: string | null;
    due_at: Date;
    next_attempt_at: Date;
    done_at: Generated<Date | null>;
    outcome: Generated<string | null>;
  };
  access_log: {
    id: Generated<number>;
    staff_id: string;
    at: Date;
    actor: string;
    actor_name: string;
    actor_ods_code: string | null;
    purpose: string;
    fields: unknown;
    request_id: string;
  };
}

/** A query builder for the schema. */
export type PassportDatabase = Kysely<PassportTables>;
