/** What a gateway asks the staff records: one person, a list of 50, and 50 that another subgraph has named. */

/** The names of the questions, as in the figures. */
export const QUESTIONS = ['one', 'list', 'entities'] as const;

/** One of them. */
export type QuestionName = (typeof QUESTIONS)[number];

const FIELDS = 'name { given family } registrations { body number status }';

/** The text of each operation. */
export const OPERATIONS: Readonly<Record<QuestionName, string>> = {
  one: `query One($odsCode: ID!, $employeeNumber: String!) { staff(by: { employee: { odsCode: $odsCode, employeeNumber: $employeeNumber } }) { __typename id ${FIELDS} } }`,
  list: `query List($odsCode: ID!) { organisation(odsCode: $odsCode) { staff(first: 50) { edges { node { __typename id ${FIELDS} } } } } }`,
  entities: `query Entities($representations: [_Any!]!) { _entities(representations: $representations) { ... on StaffMember { ${FIELDS} } } }`,
};

/** What the questions ask about. */
export interface Asked {
  readonly odsCode: string;
  readonly employeeNumber: string;
  /** Ids of the people named. */
  readonly staffIds: readonly string[];
}

/** The body of a question: JSON. */
export function bodyOf(
  question: QuestionName,
  { odsCode, employeeNumber, staffIds }: Asked,
): string {
  const variables = {
    one: { odsCode, employeeNumber },
    list: { odsCode },
    entities: {
      representations: staffIds.map((id) => ({
        __typename: 'StaffMember',
        id,
      })),
    },
  }[question];
  return JSON.stringify({ query: OPERATIONS[question], variables });
}
