/**
 * The explorer in the browser: signs in with an authorization code and PKCE (RFC 7636), keeps the token for this tab,
 * and sends it with every query.
 */
const { GraphiQL, React, ReactDOM } = globalThis;
const { issuer, resource, client, scope } = document.body.dataset;
const redirectUri = `${location.origin}/explorer/callback`;
const status = document.getElementById('status');
const purpose = document.getElementById('purpose');
const signIn = document.getElementById('sign-in');
const signOut = document.getElementById('sign-out');
const confirmation = document.getElementById('confirm');
const explorer = document.getElementById('explorer');
const person = document.getElementById('person');
const paste = document.getElementById('paste');
const given = document.getElementById('given');
const kept = sessionStorage;
/** What the last answer asks to be confirmed. */
let unconfirmed;

// Kept over a sign-in, which leaves the page.
purpose.value = kept.getItem('purpose') ?? '';
purpose.addEventListener('change', () => {
  kept.setItem('purpose', purpose.value);
});

const encode = (bytes) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
const random = () => encode(crypto.getRandomValues(new Uint8Array(32)));

/** Whom the person chose to be. Whoever is signed in at identity already is asked again: it may be somebody else. */
const asPerson = () =>
  person === null || person.value === '' ? {} : { login_hint: person.value, prompt: 'login' };

/** Goes to the sign-in page; with a transaction, the person confirms it there with their passkey (RFC 9396, RFC 9470). */
async function authorize(transaction) {
  const verifier = random();
  const state = random();
  kept.setItem('verifier', verifier);
  kept.setItem('state', state);
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
  const target = new URL(`${issuer}/oauth/authorize`);
  target.search = new URLSearchParams({
    response_type: 'code',
    client_id: client,
    redirect_uri: redirectUri,
    scope,
    resource,
    state,
    code_challenge: encode(digest),
    code_challenge_method: 'S256',
    ...(transaction === undefined
      ? asPerson()
      : { authorization_details: JSON.stringify([{ type: 'lanyard_transaction', transaction }]) }),
  }).toString();
  location.assign(target);
}

signIn.addEventListener('click', () => authorize());
confirmation.addEventListener('click', () => authorize(unconfirmed));

/** When a token ends, in milliseconds since 1970; 0 for what is no token. The graph verifies it: this only says when to stop. */
function endOf(token) {
  try {
    const [, payload = ''] = token.split('.');
    return JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/'))).exp * 1000 || 0;
  } catch {
    return 0;
  }
}

// The token of a client, which has no page to sign in at. It is kept for this tab, as the others are.
given.addEventListener('change', () => {
  const token = given.value.trim();
  given.value = '';
  if (endOf(token) <= Date.now()) {
    status.textContent = 'That is no access token, or it has ended';
    return;
  }
  kept.setItem('token', token);
  kept.setItem('ends', String(endOf(token)));
  showStatus();
});

signOut.addEventListener('click', () => {
  // Queries may name people, so they go with the token.
  kept.clear();
  location.assign(`${issuer}/oauth/sign-out`);
});

/** Exchanges the code in the address for a token, once, and clears the address. */
async function finishSignIn() {
  const answer = new URLSearchParams(location.search);
  const code = answer.get('code');
  const failure = answer.get('error');
  const expected = kept.getItem('state');
  const verifier = kept.getItem('verifier');
  if (location.pathname !== '/explorer/callback') return;
  history.replaceState(null, '', '/explorer');
  kept.removeItem('state');
  kept.removeItem('verifier');
  if (failure !== null) throw new Error(`Sign-in was refused: ${failure}`);
  const fromUs = expected !== null && answer.get('state') === expected;
  if (code === null || verifier === null || !fromUs || (answer.get('iss') ?? issuer) !== issuer) {
    throw new Error('This sign-in was not started here. Sign in again.');
  }
  const response = await fetch(`${issuer}/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: client,
      redirect_uri: redirectUri,
      code,
      code_verifier: verifier,
      resource,
    }),
  });
  if (!response.ok) throw new Error('Sign-in failed. Sign in again.');
  const { access_token: token, expires_in: seconds } = await response.json();
  kept.setItem('token', token);
  kept.setItem('ends', String(Date.now() + seconds * 1000));
}

/** The token, while it lives. */
function liveToken() {
  if (Number(kept.getItem('ends') ?? 0) > Date.now()) return kept.getItem('token');
  kept.removeItem('token');
  return null;
}

function showStatus() {
  const signedIn = liveToken() !== null;
  status.textContent = signedIn ? 'Signed in' : 'Not signed in';
  signIn.hidden = signedIn;
  paste.hidden = signedIn;
  if (person !== null) person.parentElement.hidden = signedIn;
  signOut.hidden = !signedIn;
}

await finishSignIn().then(showStatus, (error) => {
  status.textContent = error.message;
});
setInterval(() => {
  if (status.textContent === 'Signed in') showStatus();
}, 5_000);

const fetcher = async (params, { headers = {} } = {}) => {
  const token = liveToken();
  showStatus();
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: {
      ...headers,
      'content-type': 'application/json',
      accept: 'application/graphql-response+json, application/json',
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...(purpose.value === '' ? {} : { 'lanyard-purpose': purpose.value }),
    },
    body: JSON.stringify(params),
  });
  const answer = await response.json();
  unconfirmed = answer.errors?.find(
    ({ extensions }) => extensions?.code === 'INSUFFICIENT_USER_AUTHENTICATION',
  )?.extensions.transaction;
  confirmation.hidden = unconfirmed === undefined;
  return answer;
};

ReactDOM.createRoot(explorer).render(
  React.createElement(GraphiQL, {
    fetcher,
    storage: kept,
    // The log of a request is found by it. Change it for each, or leave it for all that belong together.
    defaultHeaders: JSON.stringify({ 'X-Request-ID': crypto.randomUUID() }, null, 2),
    defaultQuery: `# Sign in first. "me" is your own record.
# HR: choose a purpose, ask for "staff".
{
  me {
    id
    name {
      given
      family
    }
  }
}
`,
  }),
);

// GraphiQL's editors take Tab for themselves, and so would hold whoever has only a keyboard (WCAG 2.2, 2.1.2).
explorer.addEventListener(
  'keydown',
  (event) => {
    if (event.key === 'Tab') event.stopPropagation();
  },
  { capture: true },
);

// GraphiQL leaves its editors without a name for screen readers.
const EDITORS = [
  ['.graphiql-query-editor textarea', 'Query'],
  ['.graphiql-editor-tool .graphiql-editor:nth-child(1) textarea', 'Variables'],
  ['.graphiql-editor-tool .graphiql-editor:nth-child(2) textarea', 'Headers'],
  ['.result-window textarea', 'Answer'],
];
new MutationObserver(() => {
  for (const [selector, name] of EDITORS) {
    document.querySelector(selector)?.setAttribute('aria-label', name);
  }
}).observe(explorer, { childList: true, subtree: true });
