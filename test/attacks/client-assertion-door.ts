/** The token endpoint as one more door: what it takes is a client's signed assertion (RFC 7523). */
import { randomUUID } from 'node:crypto';

import { GRAPH, startIdentity } from '../unit/identity/harness.ts';
import { type Door, key } from './doors.ts';

const CLIENT = 'hr-attacked';
const REFUSED = 'invalid_client';

/** Starts an authorization server with a client that has the key of every door. Its clock is the real one. */
export async function startClientAssertionDoor(): Promise<{
  readonly door: Door;
  readonly stop: () => Promise<void>;
}> {
  const identity = await startIdentity();
  await identity.composed.registerClient({
    clientId: CLIENT,
    name: 'HR system under attack',
    odsCode: 'RZ1',
    jwks: { keys: [{ ...key.jwk, kid: key.signer.kid }] },
  });
  const now = (): Date => new Date();
  return {
    stop: () => identity.stop(),
    door: {
      name: 'client assertion',
      now,
      header: { typ: 'JWT', kid: key.signer.kid },
      claims: () => {
        const iat = Math.floor(now().getTime() / 1000);
        const { issuer: aud } = identity;
        return { iss: CLIENT, sub: CLIENT, aud, jti: randomUUID(), iat, exp: iat + 60 };
      },
      async refusal(token) {
        const response = await fetch(`${identity.issuer}/oauth/token`, {
          method: 'POST',
          body: new URLSearchParams({
            grant_type: 'client_credentials',
            scope: 'hr:read',
            resource: GRAPH,
            client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
            client_assertion: token,
          }),
        });
        const body = (await response.json()) as { readonly error?: string };
        if (response.status >= 500)
          throw new Error(`the token endpoint failed: ${String(body.error)}`);
        return response.status === 200 ? undefined : (body.error ?? 'no reason');
      },
      reasons: {
        malformed: REFUSED,
        base64url: REFUSED,
        'repeated member': REFUSED,
        'alg missing': REFUSED,
        'alg not text': REFUSED,
        'alg none': REFUSED,
        alg: REFUSED,
        signature: REFUSED,
        crit: REFUSED,
        header: REFUSED,
        typ: REFUSED,
        key: REFUSED,
      },
    },
  };
}
