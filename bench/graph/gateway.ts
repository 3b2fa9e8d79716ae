/** What one answer costs the gateway itself: a process of its own, subgraphs that answer at once. */
import { SignJWT } from 'jose';

import { startChild } from '../child.ts';
import { askForSeconds } from './load.ts';
import { newKey, startStandIns } from './stand-in-subgraphs.ts';

/** Seconds to warm up, and seconds measured. */
const SECONDS = { warmUp: 4, measured: 6 };
const ISSUER = 'http://127.0.0.1';

/** Measures the gateway's processor time for each answer. */
export async function measureGateway() {
  const caller = newKey('gateway-1');
  const issuer = newKey('identity-1');
  const standIns = await startStandIns({ caller: caller.jwk, issuer: issuer.jwk });
  const child = await startChild<{ readonly url: string }>(
    new URL('gateway-process.ts', import.meta.url),
    {
      NODE_ENV: 'production',
      GATEWAY_PUBLIC_URL: ISSUER,
      GATEWAY_ISSUER: ISSUER,
      GATEWAY_JWKS_URL: standIns.jwksUrl,
      GATEWAY_CALLER_KEY: caller.jwk,
      ...standIns.urls,
    },
  );
  try {
    const token = await new SignJWT({
      client_id: 'hr-system',
      scope: 'hr:read passport:read',
      ods: 'RZ1',
      jti: 'bench',
    })
      .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: issuer.jwk.kid })
      .setIssuer(ISSUER)
      .setAudience(`${ISSUER}/graphql`)
      .setSubject('hr-system')
      .setIssuedAt()
      .setExpirationTime('5 minutes')
      .sign(issuer.privateKey);
    const load = {
      url: child.ready.url,
      token,
      variables: { odsCode: 'RZ1', employeeNumber: '90000017' },
    };
    await askForSeconds({ ...load, seconds: SECONDS.warmUp });
    const before = await child.cpuMs();
    const result = await askForSeconds({ ...load, seconds: SECONDS.measured });
    const used = (await child.cpuMs()) - before;
    return { gateway_cpu_ms_per_request: Math.round((used / result['2xx']) * 1000) / 1000 };
  } finally {
    await child.stop();
    await standIns.stop();
  }
}
