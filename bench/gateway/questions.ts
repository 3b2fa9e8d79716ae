/** What is asked: one person over three subgraphs, and a list of 50 people over three subgraphs. */
import { odsCodeOf, peopleAt, type Person, personOf } from './people.ts';

/** The names of the questions, as in the figures. */
export type QuestionName = 'one' | 'list';

/** One way to ask a question. */
export interface Asking {
  /** The body of the request: JSON. */
  readonly body: string;
  /** The body of the right answer: JSON. */
  readonly answer: string;
}

const FIELDS = `name { given family }
    registrations { body number status }
    mailboxes { mail }
    passport { status }`;

/** The text of each operation. */
export const OPERATIONS: Readonly<Record<QuestionName, string>> = {
  one: `query StaffMember($odsCode: ID!, $employeeNumber: String!) {
  staff(by: { employee: { odsCode: $odsCode, employeeNumber: $employeeNumber } }) {
    ${FIELDS}
  }
}`,
  list: `query StaffOfOrganisation($odsCode: ID!) {
  organisation(odsCode: $odsCode) {
    staff(first: 50) { edges { node {
    ${FIELDS}
    } } }
  }
}`,
};

/**
 * Ways to ask each question. They are more than the connections, so that no two questions under way at the same time
 * are the same: nobody gains from sharing an answer.
 */
const WAYS = 200;

const shown = ({ name, registrations, mail }: Person) => ({
  name,
  registrations,
  mailboxes: [{ mail }],
  passport: { status: 'ACTIVE' },
});

/** All the ways to ask a question. */
export function askings(question: QuestionName): readonly Asking[] {
  return Array.from({ length: WAYS }, (_, index) => {
    const odsCode = odsCodeOf(index);
    const variables = {
      odsCode,
      ...(question === 'one' ? { employeeNumber: employee(index) } : {}),
    };
    const data =
      question === 'one'
        ? { staff: shown(personOf(index)) }
        : {
            organisation: {
              staff: { edges: peopleAt(odsCode).map((node) => ({ node: shown(node) })) },
            },
          };
    return {
      body: JSON.stringify({ query: OPERATIONS[question], variables }),
      answer: JSON.stringify({ data }),
    };
  });
}

const employee = (index: number): string => String(index).padStart(8, '0');
