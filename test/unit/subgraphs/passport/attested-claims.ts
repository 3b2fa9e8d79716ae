/** Claims of every kind of credential that HR states, all of them right. Nobody's: made up. */
import type { Claims } from '../../../../subgraphs/passport/domain/credential-type.ts';
import type { CredentialType } from '../../../../subgraphs/passport/domain/credential.ts';

/** How a statement was assured, as the domain has it. */
export const assured = {
  assurance_outcome: 'Onboarding complete',
  verifier: 'Origin',
  verification_method: 'Document Verification',
  last_refresh: '2026-11-20T09:00:00Z',
};

/** Right claims of every attested kind. */
export const attested = {
  RIGHT_TO_WORK: {
    permission: 'TIME_LIMITED',
    permission_ends_on: '2028-03-31',
    check_route: 'ONLINE_SERVICE',
    originals_seen_in_person: true,
    checked_on: '2026-11-02',
  },
  DBS_SUPPORTING_INFORMATION: {
    level_required: 'ENHANCED',
    workforce: 'ADULT_AND_CHILD',
    position_applied_for: 'Staff Nurse',
    works_at_own_address: false,
    volunteer: false,
    registered_body_number: '20000000001',
    documents_checked_on: '2026-11-02',
  },
  DBS_OUTCOME: {
    certificate_number: '001234567890',
    certificate_issued_on: '2026-10-30',
    certificate_source: 'FRESH_CERTIFICATE',
    level: 'ENHANCED',
    workforce: 'ADULT',
    information_disclosed: false,
  },
  OCCUPATIONAL_HEALTH: {
    outcome: 'FIT',
    exposure_prone_procedures: true,
    assessed_for: 'Staff Nurse',
    assessed_by: 'Occupational Health, Ashbourne Valley',
    assessed_on: '2026-11-03',
    review_on: '2028-11-03',
  },
  TEMPORARY_PLACEMENT: {
    permanent_employer_ods_code: 'RZ1',
    host_ods_code: 'RZ2',
    position_title: 'Staff Nurse',
    department: 'Critical care',
    department_contact: 'Ward manager, extension 4021',
    hr_contact: 'Temporary staffing, extension 4400',
    work_pattern: 'Three long days a week',
    approved_by: 'Director of Nursing',
    start_date: '2026-12-01',
    end_date: '2027-02-28',
    licence_to_attend: true,
    agreement_reference: 'MOU/2026/014',
    agreement_starts_on: '2026-04-01',
    agreement_ends_on: '2027-03-31',
  },
  NEW_STARTER_INFORMATION: {
    home_address: '1 Orchard Way, Ashbourne',
    postcode: 'ZZ1 1ZZ',
    mobile_number: '07700900123',
    emergency_contact_name: 'Next of kin',
    emergency_contact_number: '07700900124',
  },
  TRAINING_PLACEMENT: {
    specialty: 'Cardiology',
    grade: 'Specialty Registrar',
    national_post_number: 'NTH/RZ201/080/STR/005',
    lead_employer_ods_code: 'RZ1',
    host_ods_code: 'RZ2',
    site: 'Ashbourne General',
    start_date: '2026-08-05',
    end_date: '2027-02-02',
    source_reference: 'placement-0001',
  },
  TRAINING_PROGRAMME: {
    programme_name: 'Cardiology, East',
    managing_deanery: 'East',
    start_date: '2024-08-07',
    end_date: '2029-08-07',
    source_reference: 'programme-0001',
  },
  VACCINATION: {
    disease: 'Hepatitis B',
    vaccine_code: 'HEPB001',
    vaccine: 'Hepatitis B vaccine',
    dose_number: 2,
    given_on: '2026-03-01',
  },
  CLINICAL_TEST: {
    disease: 'Diphtheria',
    test_code: 'DTP002',
    test: 'Diphtheria antibody test',
    result: 'IMMUNE',
    tested_on: '2026-03-01',
  },
  OBSERVATION: {
    disease: 'Tuberculosis',
    observation_code: 'TB001',
    observation: 'BCG scar',
    present: true,
    observed_on: '2026-03-01',
  },
} satisfies Partial<Record<CredentialType, Claims>>;

/** A kind that HR states. */
export type AttestedType = keyof typeof attested;
