/**
 * A person at a browser: follows redirects, keeps cookies, fills in the forms it is shown. The first time they set up a
 * passkey, and use it afterwards.
 */
import { createHash, randomBytes } from 'node:crypto';

import { softwarePasskey, type SoftwarePasskey } from '../unit/identity/software-passkey.ts';

/** Who signs in, to which app, for what. */
export interface SignIn {
  readonly issuer: string;
  readonly clientId: string;
  readonly redirectUri: string;
  readonly resource: string;
  readonly scope: string;
  readonly mail: string;
  readonly password: string;
  /** Gets the code that somebody who acts for others needs the first time. */
  readonly setupCode: (mail: string) => Promise<string>;
  /** The role picked when the page asks, by a part of its label or value, e.g. `ADMINISTRATOR`. */
  readonly actAs?: string;
  /** What the person approves with their passkey, besides signing in. */
  readonly transaction?: object;
}

/** Who has signed in, by their access token. */
const signedIn = new Map<string, SignIn>();

/** Lets the person behind a token approve one transaction, and returns the token that says so. */
export function approve(token: string, transaction: object): Promise<string> {
  const person = signedIn.get(token);
  if (person === undefined) throw new Error('nobody has signed in for this token');
  return signIn({ ...person, transaction });
}

/** Signs in with authorization code and PKCE (RFC 7636) and returns the access token. */
export async function signIn(person: SignIn): Promise<string> {
  const verifier = randomBytes(32).toString('base64url');
  const state = randomBytes(16).toString('base64url');
  const start = new URL('/oauth/authorize', person.issuer);
  start.search = new URLSearchParams({
    response_type: 'code',
    client_id: person.clientId,
    redirect_uri: person.redirectUri,
    scope: person.scope,
    resource: person.resource,
    state,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...(person.transaction === undefined
      ? {}
      : {
          authorization_details: JSON.stringify([
            { type: 'lanyard_transaction', transaction: person.transaction },
          ]),
        }),
  }).toString();
  const back = await walk(start, person);
  if (back.searchParams.get('state') !== state) throw new Error('another state came back');
  const code = back.searchParams.get('code');
  if (code === null)
    throw new Error(`no code: ${back.searchParams.get('error') ?? 'no error either'}`);
  const answer = await fetch(new URL('/oauth/token', person.issuer), {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: person.clientId,
      redirect_uri: person.redirectUri,
      resource: person.resource,
      code,
      code_verifier: verifier,
    }),
  });
  const token = (await answer.json()) as { access_token?: string; error?: string };
  if (token.access_token === undefined) throw new Error(`no token: ${token.error ?? 'no error'}`);
  signedIn.set(token.access_token, person);
  return token.access_token;
}

/** Goes from page to page until the app's redirect URI is reached. */
async function walk(start: URL, person: SignIn): Promise<URL> {
  const cookies = new Map<string, string>();
  let address = start;
  let form: URLSearchParams | undefined;
  for (let step = 0; step < 20; step += 1) {
    const answer = await fetch(address, {
      method: form === undefined ? 'GET' : 'POST',
      redirect: 'manual',
      headers: {
        cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(form === undefined ? {} : { origin: address.origin }),
      },
      ...(form === undefined ? {} : { body: form }),
    });
    for (const cookie of answer.headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';');
      const at = pair.indexOf('=');
      cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
    const location = answer.headers.get('location');
    if (location !== null) {
      address = new URL(location, address);
      form = undefined;
      if (address.href.startsWith(person.redirectUri)) return address;
      continue;
    }
    const page = await answer.text();
    if (answer.status !== 200 || form !== undefined) {
      throw new SignInRefused(answer.status, headingOf(page), page);
    }
    ({ action: address, form } = await fillIn(page, address, person));
  }
  throw new Error('too many pages');
}

/** A page that is no way forward. */
export class SignInRefused extends Error {
  override readonly name = 'SignInRefused';
  readonly status: number;
  readonly page: string;
  constructor(status: number, heading: string, page: string) {
    super(`${String(status)}: ${heading}`);
    this.status = status;
    this.page = page;
  }
}

const headingOf = (page: string): string =>
  /<h1[^>]*>(?<text>[\s\S]*?)<\/h1>/
    .exec(page)
    ?.groups?.['text']?.replace(/<[^>]+>/g, '')
    .trim() ?? page.slice(0, 200);

const attribute = (tag: string, name: string): string | undefined =>
  new RegExp(`\\b${name}="(?<value>[^"]*)"`).exec(tag)?.groups?.['value'];

/** Devices with passkeys, by issuer and person. */
const devices = new Map<string, SoftwarePasskey>();

const deviceOf = ({ issuer, mail }: SignIn): SoftwarePasskey => {
  const name = `${issuer} ${mail}`;
  const device = devices.get(name) ?? softwarePasskey(new URL(issuer).origin);
  devices.set(name, device);
  return device;
};

/** Fills in the page's form as the person would. */
async function fillIn(
  page: string,
  address: URL,
  person: SignIn,
): Promise<{ action: URL; form: URLSearchParams }> {
  const forms = page.match(/<form[\s\S]*?<\/form>/g) ?? [];
  const passkey = page.includes('type="password"')
    ? undefined
    : forms.find((form) => form.includes('data-passkey='));
  const chosen = passkey ?? forms[0];
  if (chosen === undefined) throw new Error(`a page without a form: ${headingOf(page)}`);
  const form = new URLSearchParams();
  const inputs = chosen.match(/<input[^>]*>/g) ?? [];
  const radios = inputs.filter((input) => attribute(input, 'type') === 'radio');
  for (const input of inputs) {
    const name = attribute(input, 'name');
    const type = attribute(input, 'type') ?? 'text';
    if (name === undefined || type === 'radio' || type === 'submit') continue;
    const value =
      type === 'password'
        ? person.password
        : type === 'hidden'
          ? (attribute(input, 'value') ?? '')
          : name === 'code'
            ? await person.setupCode(person.mail)
            : person.mail;
    form.set(name, value);
  }
  if (passkey !== undefined) form.set('passkey', JSON.stringify(answer(passkey, person)));
  const wanted = person.actAs ?? '';
  const radio =
    radios.find((input) => (attribute(input, 'value') ?? '').includes(wanted)) ?? radios[0];
  if (radio !== undefined)
    form.set(attribute(radio, 'name') ?? '', attribute(radio, 'value') ?? '');
  const action = attribute(chosen, 'action') ?? address.href;
  return { action: new URL(action.replaceAll('&amp;', '&'), address), form };
}

/** What the person's device makes of the form's question. */
function answer(form: string, person: SignIn): Record<string, unknown> {
  const text = (attribute(form, 'data-options') ?? '').replaceAll('&quot;', '"');
  const options = JSON.parse(text.replaceAll('&#39;', "'").replaceAll('&amp;', '&')) as never;
  const device = deviceOf(person);
  return attribute(form, 'data-passkey') === 'register'
    ? device.register(options)
    : device.assert(options);
}
