/** A person who signs in with password and passkey, and approves a transaction when there is one. */
import { createHash, randomBytes } from 'node:crypto';

import { Browser, type Page } from './browser.ts';
import { type Identity, PASSWORD } from './harness.ts';
import { deviceOf, passSecondFactor } from './second-factor.ts';

export const CALLBACK = 'http://127.0.0.1:4000/explorer/callback';

/** What an application asks for. */
export interface Asked {
  readonly scope: string;
  readonly resource: string;
  /** What is to be approved. */
  readonly transaction?: object | undefined;
  /** Further parameters of the authorization request. */
  readonly change?: Readonly<Record<string, string>>;
}

/** An application in one browser. */
export class Application {
  readonly browser = new Browser();
  readonly #verifier = randomBytes(32).toString('base64url');
  readonly #identity: Identity;

  constructor(identity: Identity) {
    this.#identity = identity;
  }

  /** Sends the browser to the authorization server. */
  open({ scope, resource, transaction, change = {} }: Asked): Promise<Page> {
    const details =
      transaction === undefined
        ? {}
        : {
            authorization_details: JSON.stringify([{ type: 'lanyard_transaction', transaction }]),
          };
    const query = new URLSearchParams({
      client_id: 'lanyard-explorer',
      response_type: 'code',
      redirect_uri: CALLBACK,
      scope,
      resource,
      code_challenge: createHash('sha256').update(this.#verifier).digest('base64url'),
      code_challenge_method: 'S256',
      ...details,
      ...change,
    });
    return this.browser.open(`${this.#identity.issuer}/oauth/authorize?${query.toString()}`);
  }

  /** Goes on from the sign-in page: password, passkey, and the role when there is a choice. */
  async signIn(page: Page, mail: string, acting?: string): Promise<Page> {
    const next = await this.browser.submit(page, { mail, password: PASSWORD });
    const signedIn = await passSecondFactor(this.#identity, this.browser, next, mail);
    return acting === undefined ? signedIn : this.browser.submit(signedIn, { acting });
  }

  /** Approves what the page shows. */
  approve(page: Page, mail: string): Promise<Page> {
    return this.browser.submitPasskey(page, (_kind, options) =>
      deviceOf(this.#identity, mail).assert(options),
    );
  }

  /** Exchanges the code in the address that the browser has come to. */
  async redeem(
    page: Page,
    resource: string,
  ): Promise<{ readonly status: number; readonly body: Record<string, unknown> }> {
    const response = await fetch(`${this.#identity.issuer}/oauth/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        client_id: 'lanyard-explorer',
        code: new URL(page.url).searchParams.get('code') ?? '',
        redirect_uri: CALLBACK,
        resource,
        code_verifier: this.#verifier,
      }),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  }
}

/** All of it: the access token. */
export async function personToken(
  identity: Identity,
  person: { readonly mail: string; readonly acting?: string | undefined },
  asked: Asked,
): Promise<string> {
  const application = new Application(identity);
  let page = await application.signIn(await application.open(asked), person.mail, person.acting);
  if (asked.transaction !== undefined) page = await application.approve(page, person.mail);
  const { body } = await application.redeem(page, asked.resource);
  return String(body['access_token']);
}
