/** The requests to the subgraphs that answer the two questions, written by hand, with no GraphQL in between. */
import type { SubgraphUrls } from './stand-ins.ts';

/** Sends the body of one request to a subgraph and gives its answer as text. */
type Send<Request> = (
  subgraph: keyof SubgraphUrls,
  body: string,
  request: Request,
) => Promise<string>;

/** What is asked for: a person when an employee number is given, or else everybody of an organisation. */
interface Variables {
  readonly odsCode: string;
  readonly employeeNumber?: string;
}

interface Person {
  readonly id: string;
  readonly name: { readonly given: string; readonly family: string };
  readonly registrations: readonly {
    readonly body: string;
    readonly number: string;
    readonly status: string;
  }[];
}
interface Entities<Entity> {
  readonly _entities: readonly Entity[];
}

/** An answer. */
interface Answer {
  readonly data: unknown;
  /** Whose records are in it. */
  readonly people: readonly Person[];
}

const PERSON = '__typename id name{given family}registrations{body number status}';

/** Creates the function that answers. `send` is also given what the request is answered under. */
export function answererByHand<Request>(
  send: Send<Request>,
): (variables: Variables, request: Request) => Promise<Answer> {
  const asker = <Data>(subgraph: keyof SubgraphUrls, query: string) => {
    const head = `{"query":${JSON.stringify(query)},"variables":`;
    return async (variables: unknown, request: Request): Promise<Data> => {
      const text = await send(subgraph, `${head}${JSON.stringify(variables)}}`, request);
      return (JSON.parse(text) as { data: Data }).data;
    };
  };
  const askPerson = asker<{ staff: Person }>(
    'esr',
    `query($by:StaffBy!){staff(by:$by){${PERSON}}}`,
  );
  const askPeople = asker<{ organisation: { staff: { edges: readonly { node: Person }[] } } }>(
    'esr',
    `query($odsCode:ID!){organisation(odsCode:$odsCode){staff(first:50){edges{node{${PERSON}}}}}}`,
  );
  const askMailboxes = asker<
    Entities<{ readonly mailboxes: readonly { readonly mail: string }[] }>
  >(
    'nhsmail',
    'query($representations:[_Any!]!){_entities(representations:$representations){...on StaffMember{mailboxes{mail}}}}',
  );
  const askPassports = asker<Entities<{ readonly passport: { readonly status: string } }>>(
    'passport',
    'query($representations:[_Any!]!){_entities(representations:$representations){...on StaffMember{passport{status}}}}',
  );

  /** What was asked of each person, in the order of the question. */
  const complete = async (people: readonly Person[], request: Request) => {
    const representations = people.map(({ id }) => ({ __typename: 'StaffMember', id }));
    const [mailboxes, passports] = await Promise.all([
      askMailboxes({ representations }, request),
      askPassports({ representations }, request),
    ]);
    return people.map(({ name, registrations }, index) => ({
      name: { given: name.given, family: name.family },
      registrations: registrations.map(({ body, number, status }) => ({ body, number, status })),
      mailboxes: mailboxes._entities[index]?.mailboxes.map(({ mail }) => ({ mail })),
      passport: { status: passports._entities[index]?.passport.status },
    }));
  };

  return async ({ odsCode, employeeNumber }, request) => {
    if (employeeNumber !== undefined) {
      const { staff } = await askPerson({ by: { employee: { odsCode, employeeNumber } } }, request);
      const [person] = await complete([staff], request);
      return { data: { staff: person }, people: [staff] };
    }
    const { organisation } = await askPeople({ odsCode }, request);
    const people = organisation.staff.edges.map(({ node }) => node);
    const edges = (await complete(people, request)).map((node) => ({ node }));
    return { data: { organisation: { staff: { edges } } }, people };
  };
}
