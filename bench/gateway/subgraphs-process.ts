/**
 * The three subgraphs, the same for everybody who is measured. Whatever is asked for the first time is answered by
 * graphql-js over the real schema and the invented people; from then on the same bytes answer at once.
 */
import { readFile } from 'node:fs/promises';

import { buildSubgraphSchema } from '@apollo/subgraph';
import type { GraphQLResolverMap } from '@apollo/subgraph/dist/schema-helper/resolverMap.js';
import { execute, parse } from 'graphql';

import { CALLER_HEADER } from '../../runtime/caller-statement.ts';
import { serveParent } from '../child.ts';
import { httpAnswer, startAnsweringServer } from './answering-server.ts';
import { peopleAt, personNamed } from './people.ts';

/** What goes along when one question is answered: the people whose records go out. */
interface Context {
  readonly people: Set<string>;
}

type Reference = Readonly<Record<'id', string>>;
const found = ({ id }: Reference, people: Set<string>) => {
  people.add(id);
  return personNamed(id);
};

const RESOLVERS = {
  esr: {
    Query: {
      staff: (
        _parent: unknown,
        { by }: { by: { employee: { employeeNumber: string } } },
        { people }: Context,
      ) => found(personNamed(by.employee.employeeNumber), people),
      organisation: (_parent: unknown, { odsCode }: { odsCode: string }) => ({ odsCode }),
    },
    Organisation: {
      staff: ({ odsCode }: { odsCode: string }, _arguments: unknown, { people }: Context) => ({
        edges: peopleAt(odsCode).map((person) => ({ node: found(person, people) })),
      }),
    },
  },
  nhsmail: {
    StaffMember: {
      __resolveReference: (person: Reference, { people }: Context) => found(person, people),
      mailboxes: ({ mail }: { mail: string }) => [{ id: mail, mail }],
    },
  },
  passport: {
    StaffMember: {
      __resolveReference: (person: Reference, { people }: Context) => found(person, people),
      passport: ({ id }: Reference) => ({ id, status: 'ACTIVE' }),
    },
  },
} as const;

const { jwks } = JSON.parse(process.argv[2] ?? '{}') as { readonly jwks: unknown };
const readText = (path: string) => readFile(new URL(path, import.meta.url), 'utf8');

async function start(name: keyof typeof RESOLVERS) {
  const schema = buildSubgraphSchema({
    typeDefs: parse(await readText(`../../schema/${name}.graphql`)),
    resolvers: RESOLVERS[name] as unknown as GraphQLResolverMap<unknown>,
  });
  const sdl = await readText(`small-schema/${name}.graphql`);

  const answer = async (body: string, signed: boolean): Promise<Buffer> => {
    const { query, variables, operationName } = JSON.parse(body) as {
      query: string;
      variables?: Record<string, unknown>;
      operationName?: string | null;
    };
    // Asked by those who compose for themselves.
    if (query.includes('_service')) {
      return httpAnswer('200 OK', JSON.stringify({ data: { _service: { sdl } } }));
    }
    const context: Context = { people: new Set() };
    const { data, errors } = await execute({
      schema,
      document: parse(query),
      contextValue: context,
      variableValues: variables ?? {},
      operationName: operationName ?? null,
    });
    const extensions = signed ? { people: [...context.people] } : undefined;
    return httpAnswer('200 OK', JSON.stringify({ data, errors, extensions }));
  };

  /** Every entry of the access log is taken. */
  const written = (body: string): Buffer => {
    const { entries } = JSON.parse(body) as { readonly entries: readonly unknown[] };
    return httpAnswer('200 OK', JSON.stringify({ written: entries.map(() => true) }));
  };
  const others: Readonly<Record<string, Buffer>> = {
    '/internal/revocations': httpAnswer('200 OK', JSON.stringify({ version: 'none', entries: [] })),
    '/changes': httpAnswer(
      '200 OK',
      JSON.stringify({ changes: [], expired: [], last: 0, at: new Date().toISOString() }),
    ),
    '/jwks': httpAnswer('200 OK', JSON.stringify(jwks)),
    '/livez': httpAnswer('200 OK', '{}'),
  };
  const known = { signed: new Map<string, Buffer>(), plain: new Map<string, Buffer>() };
  return startAnsweringServer(({ path, head, body }) => {
    if (path === '/access-log') return written(body);
    if (path !== '/graphql') return others[path] ?? httpAnswer('404 Not Found');
    // Our gateway is also told whose records go out, for the access log.
    const signed = head.includes(`\r\n${CALLER_HEADER}: ey`);
    const answers = signed ? known.signed : known.plain;
    return (
      answers.get(body) ??
      answer(body, signed).then((bytes) => {
        answers.set(body, bytes);
        return bytes;
      })
    );
  });
}

const [esr, nhsmail, passport] = await Promise.all([
  start('esr'),
  start('nhsmail'),
  start('passport'),
]);
serveParent({ esr: esr.url, nhsmail: nhsmail.url, passport: passport.url }, () => {
  for (const server of [esr, nhsmail, passport]) server.stop();
  return Promise.resolve();
});
