/** The tables of the schema `identity`. */
import type { ColumnType, Generated } from 'kysely';

/** A JSON column: written as text, read as a value. */
type Json = ColumnType<unknown, string, string>;

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
    jwks: Json;
    scopes: string[];
    status: string;
    created_at: Date;
    created_by: string;
  };
  app: {
    client_id: string;
    name: string;
    redirect_uris: string[];
    created_at: Date;
    created_by: string;
  };
  role_grant: {
    mail: string;
    role: string;
    ods_code: string;
    valid_from: Date;
    valid_until: Date | null;
    granted_by: string;
  };
  account: { staff_id: string; mail: string; name: string; signed_in_at: Date };
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
  };
}
