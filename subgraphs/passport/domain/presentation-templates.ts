/**
 * Questions that HR asks often: which credentials, and which of their claims. Claims that not every credential of a type
 * has come last, the rarest at the end.
 */
import type { CredentialAsked } from './presentation-query.ts';
import type { PresentationTemplate } from './presentation-request.ts';

const IDENTITY: CredentialAsked = {
  type: 'IDENTITY',
  claims: ['given_name', 'family_name', 'birthdate'],
  required: true,
};
const EMPLOYMENT: CredentialAsked = {
  type: 'EMPLOYMENT_ASSIGNMENT',
  claims: [
    'start_date',
    'employer_name',
    'staff_group',
    'position_title',
    'job_role',
    'grade',
    'end_date',
  ],
  required: true,
};
const PAST_EMPLOYMENT: CredentialAsked = {
  type: 'EMPLOYMENT_HISTORY',
  claims: ['end_date', 'start_date', 'employer_name', 'staff_group', 'position_title'],
  required: false,
};
const REGISTRATION: CredentialAsked = {
  type: 'PROFESSIONAL_REGISTRATION',
  claims: [
    'registration_number',
    'registration_status',
    'last_checked_at',
    'registration_expires_on',
    'registration_type',
  ],
  required: true,
};
const TRAINING: CredentialAsked = {
  type: 'CORE_SKILLS_TRAINING',
  claims: ['competences'],
  required: true,
};
const HEALTH: CredentialAsked = {
  type: 'OCCUPATIONAL_HEALTH',
  claims: ['outcome', 'exposure_prone_procedures', 'assessed_for', 'assessed_on', 'review_on'],
  required: true,
};
const RIGHT_TO_WORK: CredentialAsked = {
  type: 'RIGHT_TO_WORK',
  claims: [
    'permission',
    'check_route',
    'originals_seen_in_person',
    'checked_on',
    'permission_ends_on',
    'weekly_hours_limit',
  ],
  required: true,
};
const DBS: CredentialAsked = {
  type: 'DBS_OUTCOME',
  claims: [
    'certificate_issued_on',
    'certificate_source',
    'level',
    'workforce',
    'information_disclosed',
  ],
  required: true,
};
const optional = (asked: CredentialAsked): CredentialAsked => ({ ...asked, required: false });

/** What each template asks for. What not everybody has is optional. */
export const PRESENTATION_TEMPLATES: Readonly<
  Record<PresentationTemplate, readonly CredentialAsked[]>
> = {
  ROTATING_DOCTOR: [
    IDENTITY,
    {
      type: 'TRAINING_PLACEMENT',
      claims: [
        'specialty',
        'grade',
        'lead_employer_ods_code',
        'host_ods_code',
        'start_date',
        'end_date',
      ],
      required: true,
    },
    EMPLOYMENT,
    REGISTRATION,
    TRAINING,
    HEALTH,
    optional(RIGHT_TO_WORK),
    optional(DBS),
  ],
  BANK_SHIFT: [IDENTITY, EMPLOYMENT, optional(REGISTRATION), TRAINING, HEALTH],
  PERMANENT_MOVE: [
    IDENTITY,
    optional(RIGHT_TO_WORK),
    optional(REGISTRATION),
    // Whoever has left already has the history alone.
    optional(EMPLOYMENT),
    PAST_EMPLOYMENT,
    optional(HEALTH),
    optional(DBS),
    optional(TRAINING),
  ],
};
