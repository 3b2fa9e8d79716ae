/** What ESR writes in words, as codes of the National Workforce Data Set with their display text. */
import { hash } from 'node:crypto';

import { JOB_ROLES } from './job-roles.ts';
import {
  ASSIGNMENT_STATUSES,
  ASSIGNMENT_TYPES,
  CONTRACT_TYPES,
  LEAVING_DESTINATIONS,
  LEAVING_REASONS,
  REGISTRATION_BODY_CODES,
  STAFF_GROUPS,
} from './short-lists.ts';

const LISTS = {
  JOB_ROLE: JOB_ROLES,
  STAFF_GROUP: STAFF_GROUPS,
  ASSIGNMENT_STATUS: ASSIGNMENT_STATUSES,
  ASSIGNMENT_TYPE: ASSIGNMENT_TYPES,
  CONTRACT_TYPE: CONTRACT_TYPES,
  REGISTRATION_BODY: REGISTRATION_BODY_CODES,
  LEAVING_REASON: LEAVING_REASONS,
  LEAVING_DESTINATION: LEAVING_DESTINATIONS,
} as const;

/** Another text when any list is another: SHA-256, base64url. */
export const CODE_LISTS_EDITION = hash('sha256', JSON.stringify(LISTS), 'base64url');

/** A code list by name. */
export type CodeSystem = keyof typeof LISTS;

/** A value of a code list. */
export interface CodedValue {
  readonly system: CodeSystem;
  /** `null` when the words are none of the list's. */
  readonly code: string | null;
  /** The list's own text, else the words as they came. */
  readonly display: string;
}

/** Words of ESR's own for what a list calls something else. */
const ALSO: Partial<Readonly<Record<CodeSystem, readonly (readonly [string, string])[]>>> = {
  STAFF_GROUP: [
    ['05', 'Add Prof Scientific and Technic'],
    ['01', 'Medical & Dental'],
  ],
  ASSIGNMENT_STATUS: [
    ['02', 'ACTIVE_APL'],
    ['02', 'ACTIVE_ASSIGN'],
    ['02', 'Active Assignment'],
    ['06', 'Maternity'],
    ['07', 'Out on External Secondment Paid'],
  ],
  CONTRACT_TYPE: [
    ['02', 'Fixed Term Temp'],
    ['02', 'Fixed Term'],
    ['07', 'Non-Exec Director/Chair'],
    ['08', 'Prof Exec Committee'],
  ],
};

/** Words as they are compared: without case, punctuation and repeated spaces. */
const comparable = (words: string): string =>
  words
    .toLowerCase()
    .replaceAll('&', ' and ')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

const CODES_BY_WORDS = new Map(
  (Object.keys(LISTS) as CodeSystem[]).map((system) => [
    system,
    Map.groupBy(
      [
        ...[...LISTS[system], ...(ALSO[system] ?? [])].map(([code, words]) => ({ code, words })),
        ...LISTS[system].map(([code]) => ({ code, words: code })),
      ],
      ({ words }) => comparable(words),
    ),
  ]),
);

const DISPLAYS = new Map(
  (Object.keys(LISTS) as CodeSystem[]).map((system) => [system, new Map(LISTS[system])]),
);

/** Every current value of a list, in order of code. */
export const codeList = (system: CodeSystem): readonly CodedValue[] =>
  LISTS[system].map(([code, display]) => ({ system, code, display }));

/**
 * The value that words stand for. Words of no value, and of more than one, stay without a code: a wrong code would be
 * worse than none.
 *
 * @param words as ESR writes them, or a code; `null` gives `null`
 * @param prefix digits that the code begins with: some job roles are told apart by their staff group alone
 */
export function codedValue(
  system: CodeSystem,
  words: string | null,
  prefix = '',
): CodedValue | null {
  if (words === null) return null;
  const codes = new Set(
    (CODES_BY_WORDS.get(system)?.get(comparable(words)) ?? [])
      .map(({ code }) => code)
      .filter((code) => code.startsWith(prefix)),
  );
  const [code] = codes;
  if (code === undefined || codes.size > 1) return { system, code: null, display: words };
  return { system, code, display: DISPLAYS.get(system)?.get(code) ?? words };
}

/** The job role of a post; the staff group, where it is known, tells roles of one name apart. */
export const codedJobRole = (
  jobRole: string | null,
  staffGroup: string | null,
): CodedValue | null =>
  codedValue('JOB_ROLE', jobRole, codedValue('STAFF_GROUP', staffGroup)?.code ?? '');
