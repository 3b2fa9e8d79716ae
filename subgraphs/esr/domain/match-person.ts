/**
 * Whether a person in a file is somebody already known: EMPLOYEE NHS IDENTIFIER, else the rule of ESR's automatic
 * inter-authority transfer: National Insurance number, date of birth and last name, all exact.
 */
import type { Candidate } from './import-ports.ts';
import type { PersonRow } from './records.ts';

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
  person: PersonRow,
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
  if (person.niNumber === null) return { kind: 'new' };
  const family = comparableName(person.family);
  const matches = candidates.filter(
    (one) =>
      one.niNumber === person.niNumber &&
      one.birthDate === person.birthDate &&
      one.familyNames.some((name) => comparableName(name) === family) &&
      !one.employers.includes(odsCode) &&
      (one.nhsEmployeeId === null || person.nhsEmployeeId === null),
  );
  const [only] = matches;
  return only !== undefined && matches.length === 1
    ? { kind: 'known', staffId: only.staffId }
    : { kind: 'new' };
}
