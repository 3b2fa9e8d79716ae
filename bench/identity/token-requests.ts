/** Requests for tokens by an HR system, each with an assertion of its own that was signed beforehand. */
import { CLIENT_ASSERTION_TYPE, signClientAssertion } from '../../standards/client-assertion.ts';
import type { Signer } from '../../standards/compact-jws.ts';
import { GRAPH } from '../../test/unit/identity/harness.ts';
import type { Post } from './post.ts';

/** What the requests need. */
export interface TokenRequests {
  readonly issuer: string;
  readonly post: Post;
  /** The HR system's key. */
  readonly signer: Signer;
}

/** Prepares so many requests. Each throws unless it gets a token. */
export function tokenRequests({ issuer, post, signer }: TokenRequests) {
  return async (count: number): Promise<readonly (() => Promise<void>)[]> => {
    const now = new Date();
    const request = { clientId: 'hr-rz1', audience: issuer, signer, now, lifetimeSeconds: 300 };
    const assertions = await Promise.all(
      Array.from({ length: count }, () => signClientAssertion(request)),
    );
    return assertions.map((assertion) => async () => {
      const { status, body } = await post(
        '/oauth/token',
        new URLSearchParams({
          grant_type: 'client_credentials',
          scope: 'hr:read passport:read',
          resource: GRAPH,
          client_assertion_type: CLIENT_ASSERTION_TYPE,
          client_assertion: assertion,
        }),
      );
      if (status !== 200 || body['access_token'] === undefined) {
        throw new Error(`no token: ${String(status)} ${String(body['error'])}`);
      }
    });
  };
}
