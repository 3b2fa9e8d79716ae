/** The tables of the `esr` schema, as kysely sees them. */
import type { Generated } from 'kysely';

import type { RegistrationBody } from '../domain/identifiers.ts';
import type { PersonType, RegistrationStatus } from '../domain/records.ts';
import type { TransferQueue, TransferState } from '../domain/transfer.ts';

/** Columns by table. Only the tables that queries are built for; the rest is written with set-based SQL. */
export interface EsrTables {
  organisation: {
    ods_code: string;
    name: string;
    type: 'NHS_TRUST' | 'CARE_TRUST' | 'ICB' | 'OTHER';
    status: 'OPEN' | 'CLOSED';
    vpd: string | null;
  };
  employment: {
    ods_code: string;
    esr_person_id: string;
    staff_id: string;
    employee_number: string;
    person_type: PersonType;
    birth_date: string;
    ni_number_masked: string | null;
    nhs_employee_id: string | null;
    smartcard_uuid: string | null;
    work_email: string | null;
    hire_date: string | null;
    termination_date: string | null;
    leaving_reason: string | null;
    nhs_start_date: string | null;
    digest: string;
    names_digest: string;
    ends_on: string | null;
    announced: boolean;
  };
  employment_name: {
    ods_code: string;
    esr_person_id: string;
    effective_from: string;
    effective_to: string | null;
    title: string | null;
    given: string | null;
    middle: string | null;
    family: string;
    preferred: string | null;
    maiden: string | null;
    previous_family: string | null;
  };
  assignment: {
    ods_code: string;
    esr_assignment_id: string;
    id: string;
    esr_person_id: string;
    digest: string;
    post_digest: string;
  };
  assignment_version: {
    ods_code: string;
    esr_assignment_id: string;
    effective_from: string;
    effective_to: string | null;
    assignment_number: string;
    is_primary: boolean;
    status: string | null;
    position_id: string | null;
    position_title: string | null;
    job_role: string | null;
    staff_group: string | null;
    grade: string | null;
    fte: number | null;
    category: string | null;
    start_date: string | null;
    end_date: string | null;
  };
  registration: {
    body: RegistrationBody;
    number: string;
    staff_id: string;
    status: RegistrationStatus;
    type: string | null;
    first_registered: string | null;
    expires_on: string | null;
    last_checked_at: Date;
    content: string;
    changed_at: Generated<Date>;
  };
  competence: {
    ods_code: string;
    staff_id: string;
    name: string;
    awarded_on: string;
    framework: 'CSTF' | 'LOCAL';
    subject: string;
    level: string | null;
    expires_on: string | null;
    changed_at: Generated<Date>;
  };
  registration_version: {
    body: RegistrationBody;
    number: string;
    read_from: Date;
    status: RegistrationStatus;
    type: string | null;
    first_registered: string | null;
    expires_on: string | null;
  };
  qualification: {
    ods_code: string;
    staff_id: string;
    title: string;
    awarded_on: string;
    level: string | null;
    subject: string | null;
    institution: string | null;
    country: string | null;
    checked_on: string | null;
    withdrawn: boolean;
    changed_at: Generated<Date>;
  };
  training_placement: {
    reference: string;
    staff_id: string;
    lead_ods_code: string;
    host_ods_code: string;
    national_post_number: string;
    specialty: string;
    grade: string;
    site: string;
    start_date: string;
    end_date: string | null;
    withdrawn: boolean;
    updated_at: Date;
    content: string;
    changed_at: Generated<Date>;
  };
  import: {
    ods_code: string;
    kind: string;
    sequence: number;
    sha256: string;
    rows_read: number;
    rejected: number;
    imported_at: Generated<Date>;
  };
  transfer: {
    position: Generated<number>;
    id: string;
    staff_id: string;
    to_ods: string;
    to_esr_person_id: string;
    from_ods: string;
    state: TransferState;
    requested_at: Date;
    requested_by: string;
    consent: 'WAITING' | 'GIVEN' | 'WITHDRAWN';
    consent_at: Date | null;
    consent_recorded_by: 'PERSON' | 'NEW_EMPLOYER' | null;
    queue: TransferQueue | null;
    from_esr_person_id: string | null;
    decided_by: string | null;
    completed_at: Date | null;
  };
  transfer_act: {
    id: Generated<number>;
    transfer_id: string;
    at: Date;
    actor: string;
    ods_code: string | null;
    action: string;
    state: TransferState;
    reason: string | null;
    idempotency_key: string;
    request_hash: string;
  };
  transfer_alert: {
    transfer_id: string;
    day: number;
    raised_at: Date;
  };
  outbox: {
    id: Generated<number>;
    type: string;
    staff_id: string;
    ods_code: string;
    assignment_id: string | null;
    created_at: Generated<Date>;
    published_at: Date | null;
  };
}
