/** Proofs of possession for the test graph (RFC 9449, section 4.2). */
import { hash, randomUUID } from 'node:crypto';

import { signCompactJws } from '../../../standards/compact-jws.ts';
import type { testKey } from '../standards/keys.ts';
import { NOW } from './test-graph.ts';

/** Proves that whoever asks the graph with a token holds a key. `claims` are other than good ones. */
export const provePossession = (
  accessToken: string,
  by: ReturnType<typeof testKey>,
  claims: object = {},
): Promise<string> =>
  signCompactJws(
    {
      header: { typ: 'dpop+jwt', kid: undefined, jwk: by.jwk },
      payload: {
        jti: randomUUID(),
        htm: 'POST',
        htu: 'https://graph.example/graphql',
        iat: NOW.getTime() / 1000,
        ath: hash('sha256', accessToken, 'base64url'),
        ...claims,
      },
    },
    by.signer,
  );
