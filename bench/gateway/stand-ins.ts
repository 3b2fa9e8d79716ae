/** What a gateway needs around it: subgraphs that answer at once, the authorization server's keys, and tokens. */
import { SignJWT } from 'jose';

import type { GatewaySettings } from '../../gateway/composition/parts.ts';
import { publicHalf } from '../../runtime/jwk-settings.ts';
import { startChild } from '../child.ts';
import { newKey } from '../new-key.ts';

/** Addresses of the subgraphs. */
export type SubgraphUrls = Readonly<Record<'esr' | 'nhsmail' | 'passport', string>>;

const ISSUER = 'http://127.0.0.1';

/** Starts them in a process of their own. */
export async function startStandIns() {
  const caller = newKey('gateway-1');
  const issuer = newKey('identity-1');
  const child = await startChild<SubgraphUrls>(new URL('subgraphs-process.ts', import.meta.url), {
    jwks: { keys: [publicHalf(issuer.jwk)] },
  });
  const subgraphs = child.ready;
  const gateway: GatewaySettings = {
    NODE_ENV: 'production',
    GATEWAY_PUBLIC_URL: ISSUER,
    GATEWAY_ISSUER: ISSUER,
    GATEWAY_JWKS_URL: `${subgraphs.passport}/jwks`,
    GATEWAY_CALLER_KEY: caller.jwk,
    GATEWAY_ESR_URL: subgraphs.esr,
    GATEWAY_NHSMAIL_URL: subgraphs.nhsmail,
    GATEWAY_PASSPORT_URL: subgraphs.passport,
    // Limits are looked at for each request, and never reached.
    GATEWAY_RATE_LIMITS: {
      address: {},
      person: {},
      machine: { perSecond: 100_000, perDay: 1_000_000_000 },
      application: {},
      clients: {},
    },
  };
  /** The token of an organisation's system, one for each number. */
  const accessToken = (index: number): Promise<string> => {
    const clientId = `hr-system-${String(index)}`;
    return new SignJWT({
      client_id: clientId,
      scope: 'hr:read passport:read',
      ods: 'RZ1',
      jti: `bench-${String(index)}`,
    })
      .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: issuer.jwk.kid })
      .setIssuer(ISSUER)
      .setAudience(`${ISSUER}/graphql`)
      .setSubject(clientId)
      .setIssuedAt()
      .setExpirationTime('15 minutes')
      .sign(issuer.privateKey);
  };
  return { subgraphs, gateway, accessToken, stop: child.stop };
}
