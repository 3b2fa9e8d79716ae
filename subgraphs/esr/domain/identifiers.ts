/**
 * Identifiers of staff, posts and organisations: one shape each. NHS Data Dictionary, HMRC NIM39110 and the
 * regulators' own pages. Where no source says more than the length, the shape says no more either: the month and nation letters of
 * an NMC PIN, the leading digits of a GPhC number, the range of a VPD. Shapes are all there is: none of these has a check digit,
 * but for the NHS number, which identifies a patient and is refused wherever an identifier is expected.
 */

/** Why an identifier is refused. */
export type IdentifierFault = 'nhs_number_not_allowed' | 'shape';

/** Regulators whose registers ESR carries. */
export const REGISTRATION_BODIES = ['GMC', 'NMC', 'HCPC', 'GPHC', 'GDC', 'SWE'] as const;

/** A regulator whose register ESR carries. */
export type RegistrationBody = (typeof REGISTRATION_BODIES)[number];

const SHAPES = {
  odsCode: /^[A-Z0-9]{3,8}$/,
  /** ODS codes by what they are codes of. */
  trustOdsCode: /^R[A-Z0-9]{2}$/,
  careTrustOdsCode: /^T[A-Y]{2}$/,
  icbOdsCode: /^Q[A-Z0-9]{2}$/,
  trustSiteOdsCode: /^R[A-Z0-9]{4}$/,
  vpd: /^\d{3}$/,
  /** A number of ESR's own for a person or an assignment inside one VPD. */
  esrId: /^\d{1,15}$/,
  employeeNumber: /^\d{8}$/,
  assignmentNumber: /^\d{8}(-\d{1,2})?$/,
  /** EMPLOYEE NHS IDENTIFIER, max an32. */
  nhsEmployeeId: /^[A-Za-z0-9]{1,32}$/,
  smartcardUuid: /^\d{12}$/,
  /** What a smartcard allows: the profile on it, and the job role code of the national access control. */
  roleProfileId: /^\d{12}$/,
  accessRoleCode: /^S\d{4}:G\d{4}:R\d{4}$/,
  dbsCertificateNumber: /^\d{12}$/,
  dbsRegisteredBodyNumber: /^\d{11}$/,
  /** NHS occupation code: digits for doctors, a letter first for everybody else. */
  occupationCode: /^[A-Z0-9]{3}$/,
  /** PAYSCALE CODE, an4. */
  payscaleCode: /^[A-Z0-9]{4}$/,
  /** Agenda for Change: 1 is closed and still held. */
  payBand: /^(?:[1-7]|8[a-d]|9)$/,
  /** Identity profile of Good Practice Guide 45. */
  identityProfile: /^[LMHV]\d[A-Z]$/,
  /** National post number: owner, site, specialty, grade and sequence, then supernumerary, military, academic. */
  nationalPostNumber: /^[A-Z]{3}(?:\/[A-Z0-9]{2,6}){3}\/\d{3}(?:\/[SMA])*$/,
  staffId: /^stf_[A-Za-z0-9_-]{22}$/,
} as const;

/** A kind of identifier with one shape. */
export type IdentifierKind = keyof typeof SHAPES;

const REGISTRATION_SHAPES: Readonly<Record<RegistrationBody, RegExp>> = {
  GMC: /^\d{7}$/,
  NMC: /^\d{2}[A-Z]\d{4}[A-Z]$/,
  HCPC: /^(AS|BS|CH|CS|DT|HAD|ODP|OR|OT|PA|PH|PO|PYL|RA|SL)\d{1,6}$/,
  GPHC: /^\d{7}$/,
  GDC: /^\d{1,6}$/,
  SWE: /^SW\d{1,6}$/,
};

const NI_NUMBER = /^(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\d{6}[A-D]$/;
/** HMRC never issues the prefix QQ and uses it in examples: synthetic people have it. */
const SYNTHETIC_NI_NUMBER = /^QQ\d{6}[A-D]$/;

/** Says what is wrong with an identifier; `undefined` when nothing is. */
export function identifierFault(kind: IdentifierKind, value: string): IdentifierFault | undefined {
  if (isNhsNumber(value)) return 'nhs_number_not_allowed';
  return SHAPES[kind].test(value) ? undefined : 'shape';
}

/**
 * A registration number as its regulator writes it: capitals, no spaces, and for doctors and dentists without the letters of the
 * consultant code (`C` and seven digits, `CD` and six).
 */
export function plainRegistration(body: RegistrationBody, number: string): string {
  const plain = number.replaceAll(/\s/g, '').toUpperCase();
  if (body === 'GMC' && /^C\d{7}$/.test(plain)) return plain.slice(1);
  return body === 'GDC' && /^CD\d{6}$/.test(plain) ? plain.slice(2) : plain;
}

/** Says what is wrong with a registration number; `undefined` when nothing is. */
export function registrationFault(
  body: RegistrationBody,
  number: string,
): IdentifierFault | undefined {
  if (isNhsNumber(number)) return 'nhs_number_not_allowed';
  return REGISTRATION_SHAPES[body].test(number) ? undefined : 'shape';
}

/** Says what is wrong with a National Insurance number; `undefined` when nothing is. */
export function niNumberFault(value: string): IdentifierFault | undefined {
  if (isNhsNumber(value)) return 'nhs_number_not_allowed';
  return NI_NUMBER.test(value) || SYNTHETIC_NI_NUMBER.test(value) ? undefined : 'shape';
}

/** A National Insurance number fit to be shown: `QQ****56A`. */
export const maskNiNumber = (value: string): string => `${value.slice(0, 2)}****${value.slice(-3)}`;

/** Whether a value is an NHS number: ten digits, spaces and hyphens aside, with the modulus 11 check digit. */
export function isNhsNumber(value: string): boolean {
  if (value.length < 10) return false;
  const digits = value.replaceAll(/[\s-]/g, '');
  if (!/^\d{10}$/.test(digits)) return false;
  let sum = 0;
  for (let place = 0; place < 9; place += 1) sum += Number(digits[place]) * (10 - place);
  const check = (11 - (sum % 11)) % 11;
  return check !== 10 && check === Number(digits[9]);
}
