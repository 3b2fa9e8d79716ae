/** The developer pages as HTML. What varies comes from settings, and is escaped all the same. */
import { purposeOfUse } from '../../runtime/purpose.ts';

/** Somebody to be with one click. */
export interface InventedPerson {
  /** Tells them apart, at identity too (OpenID Connect Core 1.0, `login_hint`). */
  readonly hint: string;
  readonly name: string;
  readonly who: string;
}

/** What the pages speak about. */
interface PageOptions {
  readonly issuer: string;
  readonly resource: string;
  readonly invented: readonly InventedPerson[];
}

/** Scopes that the explorer asks for: everything a person can hold. */
const PEOPLE_SCOPES = [
  'openid',
  'self:read',
  'self:share',
  'hr:read',
  'passport:read',
  'passport:offer',
  'passport:verify',
  'passport:revoke',
  'agreement:manage',
  'policy:manage',
];

const ENDPOINTS = [
  ['POST', '/graphql', 'The graph. Send an access token in the Authorization header.'],
  ['GET', '/schema.graphql', 'The schema as text.'],
  ['GET', '/explorer', 'Write and run queries in the browser.'],
  ['GET', '/livez', 'Whether this process runs.'],
  ['GET', '/readyz', 'Whether it and everything behind it can answer.'],
  ['GET', '/version', 'What runs here.'],
] as const;

/** The first page: what this is and where to go. */
export function startPage({ issuer }: PageOptions): string {
  const rows = ENDPOINTS.map(
    ([method, path, meaning]) => `<tr class="nhsuk-table__row">
<td class="nhsuk-table__cell"><code>${method} ${path}</code></td>
<td class="nhsuk-table__cell">${meaning}</td></tr>`,
  ).join('\n');
  return page(
    'Lanyard graph',
    ['nhsuk.css', 'pages.css'],
    `<body class="nhsuk-template__body">
<div class="nhsuk-width-container"><main class="nhsuk-main-wrapper" id="main">
<h1>Lanyard graph</h1>
<p class="nhsuk-lede-text">One GraphQL graph over the staff record, the NHSmail directory and the staff passport.</p>
<p><a href="/explorer">Open the explorer</a> to sign in and try a query.</p>
<table class="nhsuk-table"><caption class="nhsuk-table__caption">Addresses</caption>
<thead class="nhsuk-table__head"><tr>
<th class="nhsuk-table__header" scope="col">Request</th>
<th class="nhsuk-table__header" scope="col">What it gives</th></tr></thead>
<tbody class="nhsuk-table__body">
${rows}
</tbody></table>
<p>Tokens come from <code>${escapeHtml(issuer)}</code>
(<a href="${escapeHtml(issuer)}/.well-known/openid-configuration">its metadata</a>).</p>
</main></div></body>`,
  );
}

/** The explorer: GraphiQL, sign-in and the purpose of use. */
export function explorerPage({ issuer, resource, invented }: PageOptions): string {
  const purposes = purposeOfUse.options
    .map((purpose) => `<option value="${purpose}">${purpose}</option>`)
    .join('');
  const people = invented
    .map(
      ({ hint, name, who }) =>
        `<option value="${escapeHtml(hint)}">${escapeHtml(`${name}, ${who}`)}</option>`,
    )
    .join('');
  return page(
    'Lanyard explorer',
    ['graphiql.min.css', 'pages.css'],
    `<body class="explorer" data-issuer="${escapeHtml(issuer)}" data-resource="${escapeHtml(resource)}"
 data-client="lanyard-explorer" data-scope="${PEOPLE_SCOPES.join(' ')}">
<header class="explorer-bar"><a href="/explorer/start">Lanyard graph</a>
<h1>Explorer</h1>
<label>Purpose of use <select id="purpose"><option value="">None</option>${purposes}</select></label>
${
  people === ''
    ? ''
    : `<label>Sign in as <select id="person"><option value="">Somebody of your own</option>${people}</select></label>`
}
<button id="sign-in" type="button">Sign in</button>
<label id="paste">or the token of a client <input id="given" type="password" autocomplete="off" spellcheck="false"></label>
<button id="sign-out" type="button" hidden>Sign out</button>
<button id="confirm" type="button" hidden>Confirm with your passkey, then run it again</button>
<span id="status" role="status"></span></header>
<main id="explorer"><noscript>The explorer needs JavaScript.</noscript></main>
<script src="/explorer/assets/react.js"></script>
<script src="/explorer/assets/react-dom.js"></script>
<script src="/explorer/assets/graphiql.min.js"></script>
<script type="module" src="/explorer/assets/explorer.js"></script></body>`,
  );
}

function page(title: string, styles: readonly string[], body: string): string {
  const links = styles
    .map((name) => `<link rel="stylesheet" href="/explorer/assets/${name}">`)
    .join('\n');
  return `<!doctype html>
<html lang="en" class="nhsuk-template"><head><meta charset="utf-8"><title>${title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
${links}</head>
${body}</html>
`;
}

const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${String(character.charCodeAt(0))};`);
