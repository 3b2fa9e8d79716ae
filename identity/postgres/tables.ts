/** The tables of the schema `identity`. */
import type { ColumnType, Generated } from 'kysely';

/** A JSON column: written as text, read as a value. */
type Json = ColumnType<unknown, string, string>;

type NullableJson = ColumnType<unknown, string | null, string | null>;

/** All tables. */
export interface IdentityTables {
  oidc_model: {
    model: string;
    id: string;
    payload: Json;
    grant_id: string | null;
    uid: string | null;
    expires_at: Date | null;
    consumed_at: Generated<Date | null>;
  };
  client: {
    client_id: string;
    name: string;
    ods_code: string;
    jwks: NullableJson;
    jwks_uri: string | null;
    algorithm: string;
    purposes: string[] | null;
    dpop_bound: boolean;
    scopes: string[];
    status: string;
    tokens_per_minute: number | null;
    stopped_at: Date | null;
    stopped_by: string | null;
    created_at: Date;
    created_by: string;
  };
  app: {
    client_id: string;
    name: string;
    redirect_uris: string[];
    backchannel_logout_uri: Generated<string | null>;
    jwks: ColumnType<unknown, string | null | undefined, string | null>;
    jwks_uri: Generated<string | null>;
    algorithm: Generated<string | null>;
    purposes: Generated<string[] | null>;
    created_at: Date;
    created_by: string;
  };
  revocation: { kind: string; value: string; not_before: Date; expires_at: Date };
  client_fault: {
    id: Generated<number>;
    client_id: string;
    at: Date;
    error: string;
    fault: string;
    detail: string;
  };
  feed_position: { feed: string; position: string; moved_at: Date };
  role_grant: {
    grant_id: string;
    staff_id: string | null;
    mail: string;
    role: string;
    ods_code: string;
    state: string;
    valid_from: Date;
    valid_until: Date;
    requested_at: Date;
    requested_by: string;
    decided_at: Generated<Date | null>;
    decided_by: Generated<string | null>;
    ended_at: Generated<Date | null>;
    ended_by: Generated<string | null>;
  };
  external_role: {
    staff_id: string;
    provider_id: string;
    role: string;
    ods_code: string;
    expires_at: Date;
  };
  external_link: {
    provider_id: string;
    subject: string;
    staff_id: string;
    mail: string;
    linked_by: string;
    linked_at: Date;
  };
  account: {
    staff_id: string;
    mail: string;
    name: string;
    signed_in_at: Date;
    closed_at: Generated<Date | null>;
  };
  passkey: {
    credential_id: string;
    staff_id: string;
    name: string;
    public_key: string;
    counter: number;
    transports: string[];
    backed_up: boolean;
    created_at: Date;
    last_used_at: Generated<Date | null>;
  };
  code_app: { staff_id: string; sealed_secret: string; last_step: number; created_at: Date };
  recovery: {
    recovery_id: string;
    staff_id: string;
    ods_code: string;
    requested_by: string;
    requested_at: Date;
    expires_at: Date;
    approved_by: Generated<string | null>;
    approved_at: Generated<Date | null>;
  };
  setup_code: {
    code_hash: string;
    mail: string;
    recovery_id: string | null;
    created_by: string;
    created_at: Date;
    expires_at: Date;
    spent_at: Generated<Date | null>;
  };
  person_session: {
    session_id: string;
    staff_id: string;
    browser: string;
    started_at: Date;
    ended_at: Generated<Date | null>;
  };
  acting_as: {
    grant_id: string;
    staff_id: string;
    role: string;
    ods_code: string | null;
    name: string;
    expires_at: Date;
  };
  credential_offer: {
    offer_id: string;
    reference: string;
    grant_id: string;
    staff_id: string;
    configuration_ids: string[];
    issuer_ods: string;
    expires_at: Date;
    created_at: Date;
    deferred: Generated<boolean>;
    wrong_codes: Generated<number>;
    dead_at: Generated<Date | null>;
  };
  deferred_credential: {
    id: string;
    grant_id: string;
    offer_id: string;
    configuration_id: string;
    idempotency_key: string;
    holder_keys: Json;
    created_at: Date;
    expires_at: Date;
    collected_at: Generated<Date | null>;
  };
  govuk_offer: {
    id: string;
    offer_id: string;
    configuration_id: string;
    wallet_subject: string;
    expires_at: Date;
    holder_thumbprint: Generated<string | null>;
  };
  credential_notification: {
    id: string;
    grant_id: string;
    credential_ids: string[];
    expires_at: Date;
    event: Generated<string | null>;
    event_at: Generated<Date | null>;
    told_at: Generated<Date | null>;
  };
  wallet: {
    client_id: string;
    name: string;
    redirect_uris: string[];
    attested: boolean;
    created_at: Date;
    created_by: string;
  };
  wallet_grant: { grant_id: string; offer_id: string; expires_at: Date };
  trusted_document: {
    client_id: string;
    sha256: string;
    text: string;
    published_at: Date;
    published_by: string;
    withdrawn_at: Generated<Date | null>;
    withdrawn_by: Generated<string | null>;
    withdrawal: Generated<number | null>;
  };
  document_policy: { client_id: string; policy: string; set_at: Date; set_by: string };
  offer_notice: { offer_id: string; ended_at: Date };
}
