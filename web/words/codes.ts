/**
 * Plain words for every code of the graph that a person can come across. Codes may be added there: whatever is not here is
 * spelled out, so no page is ever without words.
 */

/** Words of one kind of code, by the code. */
type Words = Readonly<Record<string, string>>;

/** Words by the name of the type in the graph. */
export const CODE_WORDS = {
  PassportStatus: { EMPTY: 'Empty', OFFERED: 'Ready to add', ACTIVE: 'Valid' },
  CredentialState: {
    ISSUING: 'Being made',
    ACTIVE: 'Valid',
    SUSPENDED: 'Paused',
    REVOKED: 'Stopped',
    EXPIRED: 'Out of date',
  },
  CredentialType: {
    IDENTITY: 'Identity',
    RIGHT_TO_WORK: 'Right to work',
    PROFESSIONAL_REGISTRATION: 'Professional registration',
    CORE_SKILLS_TRAINING: 'Core skills training',
    OCCUPATIONAL_HEALTH: 'Work health clearance',
    DBS_OUTCOME: 'DBS check',
    DBS_SUPPORTING_INFORMATION: 'DBS supporting information',
    EMPLOYMENT_ASSIGNMENT: 'Job',
    EMPLOYMENT_HISTORY: 'Employment history',
    NEW_STARTER_INFORMATION: 'New starter information',
    TEMPORARY_PLACEMENT: 'Temporary placement',
    TRAINING_PLACEMENT: 'Training placement',
    TRAINING_PROGRAMME: 'Training programme',
    CLINICAL_TEST: 'Clinical test',
    OBSERVATION: 'Observation',
    VACCINATION: 'Vaccination',
  },
  StatusReason: {
    LEFT_EMPLOYMENT: 'They left the trust',
    DEVICE_LOST: 'Their device was lost or stolen',
    CREDENTIAL_PROVIDED_IN_ERROR: 'There is a mistake in it',
    REGISTRATION_CHANGED: 'Their professional registration changed',
  },
  CredentialOfferState: {
    OFFERED: 'Ready',
    COLLECTED: 'Added',
    EXPIRED: 'Ran out',
    DEAD: 'Ended',
  },
  PurposeOfUse: {
    PRE_EMPLOYMENT: 'Checks before somebody starts work',
    TEMPORARY_MOVEMENT: 'A temporary move to another trust',
    ROTATION: 'A training rotation',
    HR_ADMINISTRATION: 'HR administration',
    CREDENTIAL_ISSUE: 'Making a passport',
    DIRECTORY_MATCHING: 'Matching e-mail accounts to records',
    SIGN_IN: 'Signing in',
    AUDIT: 'An audit',
    SELF_ACCESS: 'Looking at your own record',
  },
  EmploymentCheck: {
    IDENTITY: 'Identity',
    RIGHT_TO_WORK: 'Right to work',
    PROFESSIONAL_REGISTRATION: 'Professional registration and qualifications',
    EMPLOYMENT_HISTORY: 'Employment history and references',
    WORK_HEALTH: 'Work health assessment',
    CRIMINAL_RECORD: 'Criminal record check',
  },
  EmploymentCheckOutcome: {
    PASS: 'Completed',
    FAIL: 'Not passed',
    EXPIRED: 'Out of date',
    NOT_PRESENTED: 'Not shared',
    NEEDS_LOCAL_CHECK: 'Your decision',
    NOT_APPLICABLE: 'Not needed',
  },
  EmploymentCheckReason: {
    NOTHING_PRESENTED: 'Nothing was shared for this check',
    CREDENTIAL_INVALID: 'What was shared is not valid',
    CREDENTIAL_REVOKED: 'What was shared has been stopped',
    CREDENTIAL_SUSPENDED: 'What was shared is paused',
    CREDENTIAL_EXPIRED: 'What was shared has run out',
    CREDENTIAL_REPLACED: 'There is a newer one: ask for it',
    EMPLOYMENT_ENDED: 'It ended with the employment',
    STATUS_UNKNOWN: 'We could not read whether it still stands',
    STATUS_TOO_OLD: 'What we know of its status is too old',
    CLAIM_NOT_DISCLOSED: 'Something that this check needs was kept back',
    CLAIMS_ERASED: 'What was shared has been erased: ask again',
    NOT_VERIFIED_BY_ISSUER: 'The other trust did not check it itself',
    ASSURANCE_TOO_LOW: 'It was checked to a lower standard than your policy asks for',
    ORIGINALS_NOT_SEEN: 'Nobody has seen the original documents in person yet',
    TIME_LIMITED: 'Permission to work ends on a day',
    PERMISSION_ENDED: 'Permission to work has ended',
    HOURS_LIMITED: 'Permission to work limits the hours',
    REGISTER_NOT_READ: 'Read the professional register yourself',
    REGISTER_UNAVAILABLE: 'The staff record, which reads the register, is not answering',
    REGISTER_READ_TOO_LONG_AGO: 'The register was read too long ago',
    REGISTRATION_SUSPENDED: 'The register says: suspended',
    REGISTRATION_REMOVED: 'The register says: removed',
    REGISTRATION_LAPSED: 'The register says: lapsed',
    REGISTRATION_HAS_CONDITIONS: 'The register says: with conditions',
    REGISTRATION_WITHOUT_LICENCE: 'The register says: without a licence to practise',
    REGISTRATION_NOT_FOUND: 'The register has no such entry',
    HISTORY_NOT_COVERED: 'The employments that were shared leave gaps',
    DBS_PORTED: 'Another employer received the certificate: decide if you will accept it',
    DBS_NOT_FROM_FRESH_CERTIFICATE: 'It does not come from a certificate that somebody saw',
    DBS_LEVEL_TOO_LOW: 'The level is lower than your policy asks for',
    DBS_OTHER_WORKFORCE: 'It is for another workforce',
    DBS_DISCLOSES_INFORMATION: 'The certificate has information on it: ask to see it',
    DBS_CERTIFICATE_TOO_OLD: 'The certificate is older than your policy allows',
    ONLY_SUPPORTING_INFORMATION: 'Only what is behind the check was shared, not the check',
    REVIEW_DUE: 'A review is due',
    ADJUSTMENTS_NEEDED: 'They are fit for the work with adjustments, which you make',
    EXPOSURE_PRONE_PROCEDURES_NOT_CLEARED: 'They are not cleared for exposure prone procedures',
    LEVEL_TOO_LOW: 'The level is too low',
    RENEWAL_DUE: 'It is due for renewal',
    CHECKED_LOCALLY: 'Your trust made this check',
    LOCAL_CHECK_FAILED: 'The check that your trust made was not passed',
    LOCAL_CHECK_ENDED: 'The check that your trust made has run out',
    LOCAL_CHECK_OVERTAKEN: 'Something changed after your trust made its check',
    BYPASSED: 'Your trust decided to go on without it',
    NOT_ASKED_FOR: 'Your policy does not ask for it',
  },
  VerificationOutcome: {
    VALID: 'Valid',
    INVALID: 'Not valid',
    SUSPENDED: 'Paused',
    REVOKED: 'Stopped',
    EXPIRED: 'Out of date',
    CANNOT_CHECK: 'Could not be checked',
  },
  PresentationState: {
    WAITING: 'The new starter',
    FETCHED: 'The new starter, who has opened it',
    CHECKING: 'We are checking it',
    RETURNING: 'The new starter, who has to go back to the page',
    ANSWERED: 'You',
    REFUSED: 'Nobody: they said no',
    EXPIRED: 'Nobody: it ran out',
  },
  PresentationTemplate: {
    ROTATING_DOCTOR: 'Doctor rotating',
    BANK_SHIFT: 'Bank shift',
    PERMANENT_MOVE: 'Permanent move',
  },
  RegistrationStatus: {},
  ErrorCode: {
    NOT_FOUND: 'We cannot find it, or you may not see it',
    TOO_MANY_REQUESTS: 'There were too many requests. Wait a minute, then try again',
    SERVICE_UNAVAILABLE: 'A part of the service is not answering. Try again in a few minutes',
    FORBIDDEN: 'You may not do this in the role you act in',
    PURPOSE_REQUIRED: 'Say why you need to see this',
    INVALID_VALUE: 'Something in the form is not right. Check it and try again',
    RESOURCE_VERSION_MISMATCH: 'Somebody else changed it in the meantime. Look at it again',
  },
} as const satisfies Readonly<Record<string, Words>>;

/** A kind of code that has words. */
export type CodeKind = keyof typeof CODE_WORDS;

/** `DEVICE_LOST` reads `Device lost`. */
const spelledOut = (code: string): string => {
  const words = code.replaceAll('_', ' ').toLowerCase();
  return words.slice(0, 1).toUpperCase() + words.slice(1);
};

/** The words for a code. A code without words of its own is spelled out; none at all is "Not known". */
export function codeWords(kind: CodeKind, code: string | null | undefined): string {
  if (code == null || code === '') return 'Not known';
  const words: Words = CODE_WORDS[kind];
  return Object.hasOwn(words, code) ? (words[code] ?? code) : spelledOut(code);
}

/** Classes of the tag for a state, by the state; other states have no colour. */
const TAG_CLASSES: Words = {
  ACTIVE: 'nhsuk-tag--green',
  SUSPENDED: 'nhsuk-tag--yellow',
  REVOKED: 'nhsuk-tag--red',
  VALID: 'nhsuk-tag--green',
  INVALID: 'nhsuk-tag--red',
  CANNOT_CHECK: 'nhsuk-tag--orange',
  PASS: 'nhsuk-tag--green',
  FAIL: 'nhsuk-tag--red',
  NEEDS_LOCAL_CHECK: 'nhsuk-tag--blue',
  NOT_PRESENTED: 'nhsuk-tag--yellow',
  EXPIRED: 'nhsuk-tag--orange',
  OFFERED: 'nhsuk-tag--blue',
};

/** Options of nhsuk's `tag` macro for a state: always words, and a colour besides. */
export const stateTag = (
  kind: CodeKind,
  code: string | null | undefined,
): { readonly text: string; readonly classes: string } => ({
  text: codeWords(kind, code),
  classes: TAG_CLASSES[code ?? ''] ?? 'nhsuk-tag--grey',
});
