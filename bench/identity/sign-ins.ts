/** A person who signs in: from the page with the password over the passkey to the token. */
import { createHash, randomBytes } from 'node:crypto';

import { Browser } from '../../test/unit/identity/browser.ts';
import { GRAPH, PASSWORD } from '../../test/unit/identity/harness.ts';
import { softwarePasskey } from '../../test/unit/identity/software-passkey.ts';
import { EXPLORER_CALLBACK, PERSON } from './person.ts';
import type { Post } from './post.ts';

/** Sets up the person's passkey and returns one sign-in, which throws unless it ends with a token. */
export async function signIns(issuer: string, post: Post): Promise<() => Promise<void>> {
  const device = softwarePasskey(issuer);
  const signIn = async (): Promise<void> => {
    const browser = new Browser();
    const verifier = randomBytes(32).toString('base64url');
    const asked = {
      client_id: 'lanyard-explorer',
      response_type: 'code',
      redirect_uri: EXPLORER_CALLBACK,
      scope: 'self:read',
      resource: GRAPH,
      state: 'measured',
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
    };
    const page = await browser.open(
      `${issuer}/oauth/authorize?${new URLSearchParams(asked).toString()}`,
    );
    const second = await browser.submit(page, { mail: PERSON.mail, password: PASSWORD });
    const back = await browser.submitPasskey(second, (kind, options) =>
      kind === 'register' ? device.register(options) : device.assert(options),
    );
    const code = new URL(back.url).searchParams.get('code') ?? '';
    const { body } = await post(
      '/oauth/token',
      new URLSearchParams({
        grant_type: 'authorization_code',
        client_id: asked.client_id,
        redirect_uri: asked.redirect_uri,
        code,
        code_verifier: verifier,
      }),
    );
    if (body['access_token'] === undefined) {
      throw new Error(`not signed in: ${String(back.status)} ${String(body['error'])}`);
    }
  };
  await signIn();
  return signIn;
}
