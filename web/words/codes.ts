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
    OCCUPATIONAL_HEALTH: 'Work health assessment',
    CRIMINAL_RECORD: 'Criminal record check',
  },
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
