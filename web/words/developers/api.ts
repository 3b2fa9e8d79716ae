/**
 * Words of the API's page, under the headings of the NHS England API catalogue, so that it reads like every other API there.
 * Figures are those of the gateway; a test compares them.
 */

/** The most an operation may be, and how often one may ask. */
export const LIMIT_FIGURES = {
  depth: 10,
  aliases: 30,
  rootFields: 10,
  selections: 1_000,
  personCost: 10_000,
  systemCost: 50_000,
  personPerSecond: 5,
  personPerDay: 20_000,
  systemPerSecond: 5,
  systemPerDay: 200_000,
  applicationPerSecond: 500,
  applicationPerDay: 20_000_000,
} as const;

const number = (value: number): string => value.toLocaleString('en-GB');

/** What all pages for developers share. */
export const DEVELOPERS = {
  title: 'Staff passport API',
  back: { href: '/developers', text: 'Staff passport API' },
  find: 'Find',
  findButton: 'Search',
  nothing: 'Nothing fits. Try fewer letters.',
} as const;

/** What the pages below say of themselves on the first one. */
export const DEVELOPER_LINKS = [
  { href: '/developers/reference', text: 'Reference: every operation and type' },
  { href: '/developers/errors', text: 'Error codes and what to do' },
  { href: '/developers/examples', text: 'Examples in curl and TypeScript' },
  { href: '/developers/limits', text: 'Usage and limits' },
  { href: '/developers/test-data', text: 'Test people and scenarios' },
  { href: '/developers/clients', text: 'Register a client' },
  { href: '/developers/test-key', text: 'Test your key' },
  { href: '/developers/webhooks', text: 'Webhooks' },
] as const;

/** One part of the page: paragraphs, then a list. */
export interface ApiPart {
  readonly id: string;
  readonly heading: string;
  readonly paragraphs: readonly string[];
  readonly list?: readonly string[];
  readonly links?: readonly { readonly href: string; readonly text: string }[];
}

/** The parts, in the catalogue's order. */
export const API_PARTS: readonly ApiPart[] = [
  {
    id: 'overview',
    heading: 'Overview',
    paragraphs: [
      'Use this API to read the verified staff record, ask for a staff passport and check it, and hear of changes. It is one GraphQL graph over ESR, NHSmail and the passport service.',
      'You can:',
    ],
    list: [
      'find a member of staff of your organisation, with employments, registrations and mailboxes',
      'offer credentials and follow whether they are collected',
      'ask a member of staff for their passport and see the 6 employment checks',
      'pause, reinstate and stop credentials that your organisation issued',
      'be told when somebody leaves or a registration changes',
    ],
  },
  {
    id: 'who',
    heading: 'Who can use this API',
    paragraphs: [
      'NHS organisations, for people who work there or are about to, and members of staff for their own record. Suppliers use it for an organisation that registers their system.',
      'Each request that reads a person’s record says what it is for. The person can see who read it, when and why.',
    ],
  },
  {
    id: 'related',
    heading: 'Related APIs',
    paragraphs: ['These are served beside the graph and follow published standards:'],
    list: [
      'OpenID for Verifiable Credential Issuance 1.0: wallets collect credentials',
      'OpenID for Verifiable Presentations 1.0: wallets answer a request for a passport',
      'Token Status List: anybody checks whether a credential still stands',
      'SCIM 2.0: an organisation’s directory pushes its accounts',
      'Security event tokens by push (RFC 8935): signals about people who work for you',
    ],
  },
  {
    id: 'status',
    heading: 'API status and roadmap',
    paragraphs: [
      'In development. It runs on invented data and is connected to no live system.',
      'Fields and values may be added at any time, so keep a default for values you do not know. What goes away is marked as deprecated first, with what to use instead; there is no version in the address.',
    ],
    links: [{ href: '/developers/reference#deprecated', text: 'What is deprecated now' }],
  },
  {
    id: 'service-level',
    heading: 'Service level',
    paragraphs: [
      'No service level is promised while it is in development. An operation is given 3 seconds: what a source has not answered by then is null, and an error names the source.',
    ],
  },
  {
    id: 'technology',
    heading: 'Technology',
    paragraphs: [
      'GraphQL over HTTP. Send a POST with JSON and accept application/graphql-response+json. Changes of a case and of a passport can be followed as server-sent events.',
      'Expected failures are data: every mutation answers with an errors list of its own. Anything else is in the top-level errors, with a stable code.',
      'Every mutation takes an idempotencyKey: sent twice within 24 hours, the same input has one effect.',
    ],
    links: [{ href: '/developers/errors', text: 'Error codes' }],
  },
  {
    id: 'network',
    heading: 'Network access',
    paragraphs: [
      'Over the internet with TLS. No private network is needed. Here, on one machine, it answers on localhost.',
    ],
  },
  {
    id: 'security',
    heading: 'Security and authorisation',
    paragraphs: [
      'Systems sign in with a signed JWT (private_key_jwt) and the client credentials grant. People sign in with an authorization code and PKCE, and confirm far-reaching changes with a passkey. Access tokens last 5 minutes and are for one resource.',
      'Algorithms: ES256, PS256 or RS512. An assertion lasts at most 5 minutes, is for the issuer alone and is used once.',
      'Send Lanyard-Purpose with a code below whenever you read a person’s record. Not found and not allowed look alike.',
    ],
    links: [
      { href: '/developers/clients', text: 'Register a client' },
      { href: '/developers/test-key', text: 'Test your key' },
    ],
  },
  {
    id: 'environments',
    heading: 'Environments and testing',
    paragraphs: [
      'There is one environment: the one you look at. It comes with invented people for every case that matters.',
    ],
    links: [
      { href: '/developers/test-data', text: 'Test people and scenarios' },
      { href: '/developers/examples', text: 'Examples that run here' },
    ],
  },
  {
    id: 'onboarding',
    heading: 'Onboarding',
    paragraphs: [
      'An administrator of your organisation registers your system with its public key, and confirms it with a passkey. The private key stays with you. Then run an example: the first answer takes about 5 minutes.',
    ],
    links: [{ href: '/developers/examples', text: 'Start with an example' }],
  },
];

/** The part about addresses, and the tables of the page. */
export const API = {
  contents: 'Contents',
  more: 'More for developers',
  explorer: 'Open the explorer',
  explorerText:
    'The explorer is GraphiQL, served from here on a path with a security policy of its own. You are an invented person with one click, or you paste the token of a client. The token stays in the tab. It lets you choose a purpose, and X-Request-ID is filled in. It is not there in production.',
  endpoints: 'Endpoints',
  purposes: 'Purposes of use',
  scopes: 'Scopes',
} as const;

/** Addresses of the API, by whom they are served. */
export const API_ENDPOINTS: readonly {
  readonly request: string;
  readonly text: string;
}[] = [
  { request: 'POST /graphql', text: 'The graph' },
  { request: 'POST /oauth/token', text: 'Access tokens' },
  {
    request: 'GET /.well-known/openid-configuration',
    text: 'Where everything about signing in is',
  },
  { request: 'GET /oauth/jwks', text: 'Keys that access tokens are signed with' },
  { request: 'GET /.well-known/openid-credential-issuer', text: 'What wallets can collect' },
  { request: 'GET /verification-bundle', text: 'What is needed to check credentials offline' },
];

/** Who can have a scope. */
export const HOLDERS = {
  people: 'People',
  systems: 'Organisations’ systems and people',
  directories: 'Organisations’ directories',
  services: 'Only our own services',
} as const;

/** Scopes in words. */
export const SCOPE_WORDS: Readonly<
  Record<string, { readonly text: string; readonly holders: keyof typeof HOLDERS }>
> = {
  'self:read': { text: 'Read your own record', holders: 'people' },
  'self:share': { text: 'Decide about your own passport', holders: 'people' },
  'hr:read': { text: 'Read records of people at your organisation', holders: 'systems' },
  'passport:read': { text: 'Read what your organisation issued', holders: 'systems' },
  'passport:offer': { text: 'Offer credentials', holders: 'systems' },
  'passport:verify': { text: 'Ask for passports and check them', holders: 'systems' },
  'passport:revoke': { text: 'Pause and stop credentials', holders: 'people' },
  'agreement:manage': { text: 'Agree on sharing with other organisations', holders: 'people' },
  'policy:manage': { text: 'Set what your organisation accepts', holders: 'people' },
  'signal:manage': { text: 'Manage where signals are pushed', holders: 'people' },
  'import:manage': { text: 'Look after imports of staff records', holders: 'people' },
  'issuer:manage': { text: 'Look after signing keys and the register', holders: 'people' },
  'access:review': { text: 'See readings that stand out', holders: 'people' },
  'match:review': { text: 'Decide which mailbox is whose', holders: 'people' },
  'match:manage': { text: 'Manage matching', holders: 'people' },
  'directory:write': { text: 'Push accounts (SCIM)', holders: 'directories' },
  'record:read': { text: 'Read records of every organisation', holders: 'services' },
  'record:export': { text: 'Export records', holders: 'services' },
  'event:read': { text: 'Read what happened to people', holders: 'services' },
  'account:resolve': { text: 'Find the account that signs in', holders: 'services' },
  'credential:issue': { text: 'Sign credentials', holders: 'services' },
};

/** Policies in words, by their name in the schema. */
export const POLICY_WORDS: Readonly<Record<string, string>> = {
  own_record: 'it is about yourself',
  same_organisation: 'it is about your organisation',
  in_open_recruitment: 'your organisation is recruiting the person',
  step_up: 'a person confirms it with a passkey (a system does not have to)',
};

/** The reference. */
export const REFERENCE = {
  title: 'Reference',
  caption: 'Made from the schema that the graph is served with',
  hint: 'Part of the name of an operation or a type, for example credential',
  kinds: { query: 'Queries', mutation: 'Mutations', subscription: 'Subscriptions' },
  kind: { query: 'Query', mutation: 'Mutation', subscription: 'Subscription' },
  types: 'Types',
  typeKinds: {
    object: 'Objects',
    interface: 'Interfaces',
    union: 'Unions',
    enum: 'Enums',
    input: 'Inputs',
    scalar: 'Scalars',
  },
  typeKind: {
    object: 'Object',
    interface: 'Interface',
    union: 'Union',
    enum: 'Enum',
    input: 'Input',
    scalar: 'Scalar',
  },
  deprecated: 'Deprecated',
  deprecatedNone: 'Nothing is deprecated now.',
  services: 'Only our own services',
  download: 'The schema as text',
  arguments: 'Arguments',
  answeredBy: 'Answered by',
  answers: 'Answers',
  scopes: 'Scopes',
  rules: 'Allowed when',
  sources: 'Comes from',
  limits: 'Limits',
  fields: 'Fields',
  values: 'Values',
  members: 'One of',
  implementedBy: 'Types that have it',
  purpose: 'Purpose',
  purposeText:
    'Send Lanyard-Purpose when it reads the record of anybody but yourself. Without it the answer is PURPOSE_REQUIRED.',
  signedIn: 'Any access token',
  default: (value: string): string => `Usually ${value}.`,
  pages: (names: readonly string[]): string =>
    `A page at a time: ${names.join(', ')} says how many, 100 at most`,
  assumed: (size: number): string => `Its list counts as ${number(size)} towards the cost`,
  cost: (weight: number): string => `Counts ${number(weight)} towards the cost`,
  and: ' and ',
  or: ', or ',
} as const;

/** Names of the parts that answer. */
export const SOURCE_NAMES: Readonly<Record<string, string>> = {
  ESR: 'ESR',
  NHSMAIL: 'NHSmail',
  PASSPORT: 'the passport service',
};

/** Limits. */
export const LIMITS_PAGE = {
  title: 'Usage and limits',
  rates: 'How often you can ask',
  who: 'Who asks',
  second: 'Requests a second',
  day: 'Requests a day',
  rows: [
    ['A person, with whatever they use', LIMIT_FIGURES.personPerSecond, LIMIT_FIGURES.personPerDay],
    ['An organisation’s system', LIMIT_FIGURES.systemPerSecond, LIMIT_FIGURES.systemPerDay],
    [
      'Everybody who uses one application',
      LIMIT_FIGURES.applicationPerSecond,
      LIMIT_FIGURES.applicationPerDay,
    ],
  ].map(([who = '', second = 0, day = 0]) => [
    String(who),
    number(Number(second)),
    number(Number(day)),
  ]),
  window:
    'Seconds are counted over 10 of them, so a short burst is fine. An operation counts once for each started thousand of its cost. A demonstration is more generous.',
  headers: 'What each answer tells you',
  header: 'Header',
  headerRows: [
    ['RateLimit-Policy', 'The limits that hold for you: so many (q) in so many seconds (w)'],
    ['RateLimit', 'What is left (r) and when it is whole again (t, in seconds)'],
    ['RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset', 'The same, as 3 headers'],
    ['Retry-After', 'After 429 or 503: when to ask again, in seconds'],
    ['X-Request-ID', 'Names the request. Send your own, or take ours; tell it when you need help'],
  ],
  size: 'How large an operation can be',
  sizeRows: [
    ['Fields inside one another', number(LIMIT_FIGURES.depth)],
    ['Fields at the root', number(LIMIT_FIGURES.rootFields)],
    ['Aliases', number(LIMIT_FIGURES.aliases)],
    ['Fields altogether, fragments written out', number(LIMIT_FIGURES.selections)],
    ['Cost, asked by a person', number(LIMIT_FIGURES.personCost)],
    ['Cost, asked by a system', number(LIMIT_FIGURES.systemCost)],
  ],
  most: 'At most',
  what: 'What',
  cost: 'Every answer says in extensions.cost what the operation was estimated at and what it may cost.',
  usage: 'Your usage',
  usageText:
    'The headers say where you stand with each answer. The page of a client shows what is left of its limits now, its requests and refusals of seven days, and why its last requests for a token were refused.',
  usageLink: 'Your organisation’s clients',
} as const;
