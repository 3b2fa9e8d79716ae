/**
 * Keys that belong to one person: what the staff record and the directory can both hold of somebody and of nobody else.
 * Names are compared beside them, because a number can be mistyped or given out again.
 */
import type { LinkMethod } from './links.ts';
import type { MatchedAccount } from './matched-account.ts';
import type { StaffPerson } from './staff.ts';

/** How a link by a certain key was found. */
export type CertainMethod = Exclude<LinkMethod, 'SCORE' | 'MANUAL'>;

/** The methods, the strongest first: the first one that leads anywhere counts. */
export const CERTAIN_METHODS: readonly CertainMethod[] = [
  'EMPLOYEE_NUMBER',
  'ESR_EMAIL',
  'SMARTCARD',
  'REGISTRATION',
];

/** A key as text: `METHOD:value`. Equal texts are equal keys. */
export type CertainKey = `${CertainMethod}:${string}`;

/** Person types whose accounts are linked. */
const PERSON_TYPES: ReadonlySet<string | undefined> = new Set(['EMPLOYEE', 'HONORARY', 'BANK']);

/** The person with those employments only that count; `undefined` when there are none, and nothing is matched. */
export function matchedPerson(person: StaffPerson): StaffPerson | undefined {
  const employments = person.employments.filter(({ personType }) => PERSON_TYPES.has(personType));
  return employments.length === 0 ? undefined : { ...person, employments };
}

/** The certain keys of a person. */
export const keysOfPerson = (person: StaffPerson): readonly CertainKey[] => [
  ...person.employments.map(({ odsCode, employeeNumber }) =>
    employeeNumberKey(odsCode, employeeNumber),
  ),
  ...(person.workEmail === undefined ? [] : [addressKey(person.workEmail)]),
  ...(person.smartcardId === undefined ? [] : [smartcardKey(person.smartcardId)]),
  ...person.registrations.map(registrationKey),
];

/**
 * The certain keys of an account. One that is nobody's own has its addresses: an address that is also a shared mailbox's
 * is nobody's.
 */
export const keysOfAccount = (account: MatchedAccount): readonly CertainKey[] => {
  const addresses = [account.mail, ...account.aliases].map(addressKey);
  if (account.kind !== 'USER') return addresses;
  const { odsCode, employeeNumber, smartcardId, registrations = [] } = account;
  return [
    ...(odsCode === undefined || employeeNumber === undefined
      ? []
      : [employeeNumberKey(odsCode, employeeNumber)]),
    ...addresses,
    ...(smartcardId === undefined ? [] : [smartcardKey(smartcardId)]),
    ...registrations.map(registrationKey),
  ];
};

/** The method of a key. */
export const methodOf = (key: CertainKey): CertainMethod =>
  key.slice(0, key.indexOf(':')) as CertainMethod;

const employeeNumberKey = (odsCode: string, employeeNumber: string): CertainKey =>
  `EMPLOYEE_NUMBER:${odsCode} ${employeeNumber}`;

const addressKey = (mail: string): CertainKey => `ESR_EMAIL:${mail.trim().toLowerCase()}`;

const smartcardKey = (smartcardId: string): CertainKey => `SMARTCARD:${smartcardId}`;

/** The key of a registration: spaces and letter case do not count. */
export const registrationKey = ({
  body,
  number,
}: {
  readonly body: string;
  readonly number: string;
}): CertainKey => `REGISTRATION:${body} ${number.replaceAll(/\s/g, '').toUpperCase()}`;
