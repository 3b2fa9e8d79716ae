/** What graphql-cop (https://github.com/dolevf/graphql-cop) looks for in a GraphQL endpoint, check by check. */
import type { HostileRequest } from './hostile-requests.ts';

/** One check. */
export interface UsualCheck {
  readonly name: string;
  readonly request: Omit<HostileRequest, 'name'>;
  /** Whether the answer shows the weakness. */
  readonly found: (answer: unknown) => boolean;
}

interface Answer {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly { readonly message?: string; readonly extensions?: object }[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}

const asText = (query: string): string => JSON.stringify({ query, operationName: 'cop' });
const times = (count: number, text: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => text(index)).join(' ');
/** Anything at all came back. */
const data = (answer: unknown): boolean => {
  const all = Array.isArray(answer) ? (answer as Answer[]) : [answer as Answer];
  return all.some((one) => one.data != null);
};
const errors = (answer: unknown): readonly { message?: string; extensions?: object }[] =>
  (answer as Answer).errors ?? [];
const typeName = encodeURIComponent('query cop { __typename }');

/** The checks, by the tool's own names. */
export const COP_CHECKS: readonly UsualCheck[] = [
  {
    name: 'Alias Overloading',
    request: {
      body: asText(`query cop { ${times(101, (index) => `alias${String(index)}: __typename`)} }`),
    },
    found: data,
  },
  {
    name: 'Array-based Query Batching',
    request: { body: `[${Array(10).fill(asText('query cop { __typename }')).join(',')}]` },
    found: data,
  },
  {
    name: 'Directive Overloading',
    request: { body: asText(`query cop { __typename ${'@aa'.repeat(10)} }`) },
    // Ten directives that nobody knows, and an error for each: the limit is not on directives.
    found: (answer) => errors(answer).length >= 10,
  },
  {
    name: 'Circular Query via Introspection',
    request: {
      body: asText(
        'query cop { __schema { types { fields { type { fields { type { fields { type { name } } } } } } } } }',
      ),
    },
    found: data,
  },
  {
    name: 'Circular Fragment',
    request: {
      body: asText('query cop { ...A } fragment A on Query { ...B } fragment B on Query { ...A }'),
    },
    found: data,
  },
  {
    name: 'Field Duplication',
    request: { body: asText(`query cop { ${'__typename '.repeat(500)} }`) },
    found: data,
  },
  {
    name: 'Introspection',
    request: { body: asText('query cop { __schema { types { name fields { name } } } }') },
    found: data,
  },
  {
    name: 'Field Suggestions',
    request: { body: asText('query cop { __schema { directive } }') },
    found: (answer) => errors(answer).some(({ message }) => /did you mean/i.test(message ?? '')),
  },
  {
    name: 'GET Method Query Support',
    request: {
      method: 'GET',
      search: `?query=${typeName}&operationName=cop`,
      contentType: '',
      body: '',
    },
    found: data,
  },
  {
    name: 'Mutation is allowed over GET',
    request: {
      method: 'GET',
      search: `?query=${encodeURIComponent('mutation cop { __typename }')}&operationName=cop`,
      contentType: '',
      body: '',
    },
    found: data,
  },
  {
    name: 'POST based url-encoded query',
    request: { contentType: 'application/x-www-form-urlencoded', body: `query=${typeName}` },
    found: data,
  },
  {
    name: 'Trace Mode',
    request: { body: asText('query cop { __typename }') },
    found: (answer) => Object.hasOwn((answer as Answer).extensions ?? {}, 'tracing'),
  },
  {
    name: 'Unhandled Errors Detection',
    request: { body: asText('qwerty cop { abc }') },
    found: (answer) =>
      errors(answer).some(({ extensions = {} }) => Object.hasOwn(extensions, 'exception')),
  },
];
