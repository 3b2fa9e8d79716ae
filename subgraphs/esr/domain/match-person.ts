/**
 * Whether a person in a file is somebody already known: EMPLOYEE NHS IDENTIFIER, else the rule of ESR's automatic
 * inter-authority transfer: National Insurance number, date of birth and last name, all exact.
 */
import type { Candidate } from './import-ports.ts';
import type { PersonRow } from './records.ts';

/** What of a person's row in force says who it is. */
export type PersonIdentity = Pick<PersonRow, 'nhsEmployeeId' | 'niNumber' | 'birthDate' | 'family'>;

/** What was found. */
export type PersonMatch =
  | { readonly kind: 'known'; readonly staffId: string }
  | { readonly kind: 'new' }
  /** The identifier is held by somebody born on another day. Joining the two could show one person's record to another. */
  | { readonly kind: 'conflict' };

/** A last name as it is compared: without case and surrounding spaces, and in one Unicode form. */
export const comparableName = (name: string): string => name.normalize('NFC').trim().toUpperCase();

/**
 * Finds the person among those who share a key.
 *
 * @param odsCode two people of one employer are never joined by the second rule: twins share a birthday and a name
 */
export function matchPerson(
  person: PersonIdentity,
  odsCode: string,
  candidates: readonly Candidate[],
): PersonMatch {
  if (person.nhsEmployeeId !== null) {
    const holder = candidates.find((one) => one.nhsEmployeeId === person.nhsEmployeeId);
    if (holder !== undefined) {
      return holder.birthDate === person.birthDate
        ? { kind: 'known', staffId: holder.staffId }
        : { kind: 'conflict' };
    }
  }
  const { niNumber } = person;
  if (niNumber === null) return { kind: 'new' };
  const family = comparableName(person.family);
  const matches = candidates.filter(
    (one) =>
      one.niNumbers.includes(niNumber) &&
      one.birthDate === person.birthDate &&
      one.familyNames.some((name) => comparableName(name) === family) &&
      !one.employers.includes(odsCode) &&
      (one.nhsEmployeeId === null || person.nhsEmployeeId === null),
  );
  const [only] = matches;
  return only !== undefined && new Set(matches.map((one) => one.personId)).size === 1
    ? { kind: 'known', staffId: only.staffId }
    : { kind: 'new' };
}

/** One id in the graph. */
interface Holder {
  readonly staffId: string;
  readonly birthDate: string;
}

/**
 * Says what an NHS identifier means that a person, known under one id, brings for the first time: nobody has it, another
 * id of the same person has it, or it is somebody else's.
 */
export function claimIdentifier(
  person: Holder,
  holder: Holder | undefined,
): 'free' | 'same-person' | 'conflict' {
  if (holder === undefined || holder.staffId === person.staffId) return 'free';
  return holder.birthDate === person.birthDate ? 'same-person' : 'conflict';
}
