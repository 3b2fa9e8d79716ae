/** Requests to the graph that mean it harm: each costs its sender little and a careless gateway much. */

/** One request. */
export interface HostileRequest {
  /** Which attack, for whoever reads a failure. */
  readonly name: string;
  readonly method?: 'GET' | 'POST';
  /** The query string, with its question mark. */
  readonly search?: string;
  readonly contentType?: string;
  readonly body: string;
}

const times = (count: number, text: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => text(index)).join(' ');

/** Each fragment mentions the next one twice. */
const doubling = (levels: number): string =>
  `{ ...F0 } ${times(levels, (index) => `fragment F${String(index)} on Query { ...F${String(index + 1)} ...F${String(index + 1)} }`)} fragment F${String(levels)} on Query { me { id } }`;

const nested = (depth: number): string =>
  `{ me ${'{ manager '.repeat(depth)}${'}'.repeat(depth)} }`;

const INTROSPECTION = '{ __schema { types { name fields { name type { name } } } } }';

/** Texts of operations, by attack. None is one that the graph answers. */
export const HOSTILE_OPERATIONS: readonly (readonly [name: string, query: string])[] = [
  ...[11, 20, 50, 100, 200].map(
    (depth) => [`nested ${String(depth)} deep`, nested(depth)] as const,
  ),
  ['nested 9,000 deep', nested(9_000)],
  ['31 aliases', `{ ${times(31, (index) => `a${String(index)}: me { id }`)} }`],
  ['6,000 aliases', `{ ${times(6_000, (index) => `a${String(index)}: x`)} }`],
  [
    '4,000 aliases of __typename',
    `{ ${times(4_000, (index) => `a${String(index)}: __typename`)} }`,
  ],
  ['10,000 directives', `{ me { id ${'@aa'.repeat(10_000)} } }`],
  ['11 directives, not known', `{ me { id ${'@aa '.repeat(11)} } }`],
  ['a field 20,000 times', `{ me { ${'id '.repeat(20_000)} } }`],
  ['a field 900 times', `{ me { ${'id '.repeat(900)} } }`],
  [
    'the same field in the same field, over and over',
    `{ me { ${`name { ${'given '.repeat(10)}} `.repeat(60)} } }`,
  ],
  ...[8, 16, 30].map(
    (levels) => [`${String(levels)} doubling fragments`, doubling(levels)] as const,
  ),
  [
    'many fragments side by side',
    `{ me { ${times(150, (index) => `...F${String(index)}`)} } } ${times(150, (index) => `fragment F${String(index)} on StaffMember { id }`)}`,
  ],
  ['a circle of fragments', '{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }'],
  ['a page of 200,000', '{ staffSearch(text: "a", first: 200000) { edges { node { id } } } }'],
  [
    'pages in pages',
    '{ organisation(odsCode: "RZ1") { staff(first: 100) { edges { node { accessLog(first: 100) { edges { node { actorOrganisation { staff(first: 100) { edges { node { id } } } } } } } } } } } }',
  ],
  [
    'a page in each of a page',
    '{ staffSearch(text: "a", first: 100) { edges { node { accessLog(first: 100) { edges { cursor } } } } } }',
  ],
  ['introspection', INTROSPECTION],
  ['introspection in a fragment', `{ ...F } fragment F on Query ${INTROSPECTION}`],
  ['introspection by alias', '{ a: __type(name: "Query") { fields { name } } }'],
  ['a field that is nearly one', '{ me { nickname emial } }'],
  [
    'entities',
    '{ _entities(representations: [{__typename: "StaffMember", id: "1"}]) { ... on StaffMember { id } } }',
  ],
  ['a subgraph’s schema', '{ _service { sdl } }'],
  [
    '3,000 variables',
    `query Q(${times(3_000, (index) => `$v${String(index)}: ID`)}) { me { id } }`,
  ],
  [
    'a list in a list',
    `query Q($a: ID = ${'['.repeat(40_000)}${']'.repeat(40_000)}) { me { id } }`,
  ],
  ['a string of 90 kB, not closed', `{ me(a: "${'x'.repeat(90_000)}) { id } }`],
  ['90 kB of comments', `${'#\n'.repeat(30_000)}{`],
  ['90 kB of commas', `{${','.repeat(90_000)}`],
  ['800 operations', times(800, (index) => `query Q${String(index)} { me { id } }`)],
  ['a subscription', 'subscription { me { id } }'],
];

const asText = (query: string): string => JSON.stringify({ query });
const READS = asText('{ __typename }');
const hash = 'f'.repeat(64);

/** The requests. None gets data. */
export const HOSTILE_REQUESTS: readonly HostileRequest[] = [
  ...HOSTILE_OPERATIONS.map(([name, query]) => ({ name, body: asText(query) })),
  { name: 'a list of operations', body: `[${READS}]` },
  { name: 'a list of 2,000 operations', body: `[${Array(2_000).fill(READS).join(',')}]` },
  {
    name: 'variables 40,000 deep',
    body: `{"query":"query Q($a: ID) { me { id } }","variables":{"a":${'['.repeat(40_000)}${']'.repeat(40_000)}}}`,
  },
  { name: 'JSON 45,000 deep', body: `${'['.repeat(45_000)}${']'.repeat(45_000)}` },
  {
    name: 'a hash of another text',
    body: JSON.stringify({
      query: '{ me { id } }',
      extensions: { persistedQuery: { version: 1, sha256Hash: hash } },
    }),
  },
  {
    name: 'a hash of no text',
    body: JSON.stringify({ extensions: { persistedQuery: { version: 1, sha256Hash: hash } } }),
  },
  ...['GET', 'POST'].flatMap((method) =>
    [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'application/graphql',
      '',
    ].map((contentType) => ({
      name: `${method} as ${contentType || 'nothing'}`,
      method: method as 'GET' | 'POST',
      search: '?query=%7B__typename%7D',
      contentType,
      body: method === 'GET' ? '' : READS,
    })),
  ),
  {
    name: 'GET as JSON',
    method: 'GET',
    search: '?query=mutation%7B__typename%7D',
    contentType: 'application/json',
    body: '',
  },
  {
    name: 'a preflight’s way round',
    contentType: 'application/json-patch+json',
    body: READS,
  },
];
