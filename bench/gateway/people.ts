/** The invented people that the stand-in subgraphs know: everything about one follows from their number. */

/** A person. */
export interface Person {
  readonly id: string;
  readonly name: { readonly given: string; readonly family: string };
  readonly registrations: readonly {
    readonly body: 'NMC';
    readonly number: string;
    readonly status: 'REGISTERED';
  }[];
  readonly mail: string;
}

/** People at one organisation. */
export const PEOPLE_PER_ORGANISATION = 50;

const GIVEN = ['Amara', 'Bronwen', 'Chidi', 'Dilys', 'Eilidh', 'Farah', 'Gwilym', 'Harjit'];
const FAMILY = ['Okafor-Lindqvist', 'Ó Briain', 'Szymańska', 'Abdullahi', 'Pritchard', 'Nwosu'];

const digits = (value: number, length: number): string => String(value).padStart(length, '0');

/** The person of a number. */
export function personOf(index: number): Person {
  return {
    id: `stf_${digits(index, 22)}`,
    name: {
      given: GIVEN[index % GIVEN.length] ?? '',
      family: FAMILY[index % FAMILY.length] ?? '',
    },
    registrations: [
      {
        body: 'NMC',
        number: `${digits(index % 100, 2)}A${digits(index, 4)}E`,
        status: 'REGISTERED',
      },
    ],
    mail: `person.${String(index)}@trust.example`,
  };
}

/** The person of an id, or of an employee number: both end in the person's number. */
export const personNamed = (name: string): Person => personOf(Number(name.replace(/^\D+/, '')));

/** The code of an organisation's number. */
export const odsCodeOf = (index: number): string => `R${digits(index, 3)}`;

/** Everybody at one organisation. */
export function peopleAt(odsCode: string): readonly Person[] {
  const first = Number(odsCode.slice(1)) * PEOPLE_PER_ORGANISATION;
  return Array.from({ length: PEOPLE_PER_ORGANISATION }, (_, index) => personOf(first + index));
}
