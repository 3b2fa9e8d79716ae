/** The floor: the same requests to the subgraphs, written by hand, with no GraphQL in between. */
import { fastify } from 'fastify';
import { Pool } from 'undici';

import { serveParent } from '../child.ts';
import type { ContenderSettings } from './contenders.ts';

const { subgraphs } = JSON.parse(process.argv[2] ?? '{}') as ContenderSettings;

/** Connections to one subgraph, as the product has them. */
const CONNECTIONS = 50;

function asker<Data>(url: string, query: string) {
  const pool = new Pool(url, { connections: CONNECTIONS, pipelining: 1 });
  const head = `{"query":${JSON.stringify(query)},"variables":`;
  const headers = { 'content-type': 'application/json', accept: 'application/json' };
  return async (variables: unknown): Promise<Data> => {
    const answer = await pool.request({
      method: 'POST',
      path: '/graphql',
      headers,
      body: `${head}${JSON.stringify(variables)}}`,
    });
    return (JSON.parse(await answer.body.text()) as { data: Data }).data;
  };
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

const PERSON = '__typename id name{given family}registrations{body number status}';
const askPerson = asker<{ staff: Person }>(
  subgraphs.esr,
  `query($by:StaffBy!){staff(by:$by){${PERSON}}}`,
);
const askPeople = asker<{ organisation: { staff: { edges: readonly { node: Person }[] } } }>(
  subgraphs.esr,
  `query($odsCode:ID!){organisation(odsCode:$odsCode){staff(first:50){edges{node{${PERSON}}}}}}`,
);
const askMailboxes = asker<Entities<{ readonly mailboxes: readonly { readonly mail: string }[] }>>(
  subgraphs.nhsmail,
  'query($representations:[_Any!]!){_entities(representations:$representations){...on StaffMember{mailboxes{mail}}}}',
);
const askPassports = asker<Entities<{ readonly passport: { readonly status: string } }>>(
  subgraphs.passport,
  'query($representations:[_Any!]!){_entities(representations:$representations){...on StaffMember{passport{status}}}}',
);

/** What was asked of each person, in the order of the question. */
async function complete(people: readonly Person[]) {
  const representations = people.map(({ id }) => ({ __typename: 'StaffMember', id }));
  const [mailboxes, passports] = await Promise.all([
    askMailboxes({ representations }),
    askPassports({ representations }),
  ]);
  return people.map(({ name, registrations }, index) => ({
    name: { given: name.given, family: name.family },
    registrations: registrations.map(({ body, number, status }) => ({ body, number, status })),
    mailboxes: mailboxes._entities[index]?.mailboxes.map(({ mail }) => ({ mail })),
    passport: { status: passports._entities[index]?.passport.status },
  }));
}

interface Variables {
  readonly odsCode: string;
  readonly employeeNumber?: string;
}

const app = fastify();
app.post('/graphql', async (request, reply) => {
  const { variables } = request.body as { readonly variables: Variables };
  const { odsCode, employeeNumber } = variables;
  reply.header('content-type', 'application/json; charset=utf-8');
  if (employeeNumber !== undefined) {
    const { staff } = await askPerson({ by: { employee: { odsCode, employeeNumber } } });
    const [person] = await complete([staff]);
    return JSON.stringify({ data: { staff: person } });
  }
  const { organisation } = await askPeople({ odsCode });
  const people = await complete(organisation.staff.edges.map(({ node }) => node));
  return JSON.stringify({
    data: { organisation: { staff: { edges: people.map((node) => ({ node })) } } },
  });
});
const url = await app.listen({ host: '127.0.0.1', port: 0 });
serveParent({ url: `${url}/graphql` }, () => app.close());
