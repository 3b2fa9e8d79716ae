/** Many redemptions of one code at the same time, through the whole process on a real PostgreSQL server. */
import { createPrivateKey, randomUUID } from 'node:crypto';

import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { SignJWT } from 'jose';

import { openPostgres } from '../../runtime/database.ts';
import { signerOf } from '../../runtime/jwk-settings.ts';
import { machineAccessToken } from '../../runtime/machine-client.ts';
import { systemClock } from '../../runtime/clock.ts';
import { PRE_AUTHORIZED_CODE_GRANT } from '../../standards/openid4vci/credential-offer.ts';
import { describeWithServers } from '../servers/available.ts';
import { startPostgres } from '../servers/postgres.ts';
import { GRAPH, type Identity, startIdentity } from '../unit/identity/harness.ts';

describeWithServers('postgres')('single use on PostgreSQL', () => {
  let identity: Identity;
  let offerToken: () => Promise<string>;
  let stopPostgres: () => Promise<void>;

  beforeAll(async () => {
    const postgres = await startPostgres();
    stopPostgres = postgres.stop;
    identity = await startIdentity({ database: openPostgres(postgres.url) });
    offerToken = machineAccessToken({
      clientId: 'lanyard-passport',
      signer: signerOf(identity.keys.passport.private),
      issuer: identity.issuer,
      tokenUrl: `${identity.issuer}/oauth/token`,
      resource: `${identity.issuer}/openid4vci/offers`,
      scope: 'offer:create',
      now: systemClock,
    });
  });
  afterAll(async () => {
    await identity.stop();
    await stopPostgres();
  });

  const token = async (form: Record<string, string>): Promise<number> => {
    const response = await fetch(`${identity.issuer}/oauth/token`, {
      method: 'POST',
      body: new URLSearchParams(form),
    });
    await response.text();
    return response.status;
  };
  const winners = async (form: Record<string, string>): Promise<number> => {
    const statuses = await Promise.all(Array.from({ length: 20 }, () => token(form)));
    return statuses.filter((status) => status === 200).length;
  };

  it.each(Array.from({ length: 10 }, (_each, round) => round))(
    'a pre-authorized code (round %i)',
    async (round) => {
      const made = await fetch(`${identity.issuer}/openid4vci/offers`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${await offerToken()}`,
        },
        body: JSON.stringify({
          offerId: `offer-${String(round)}-0000`,
          staffId: 'stf_1',
          configurationIds: ['identity'],
          issuerOds: 'RZ1',
          expiresAt: new Date(Date.now() + 600_000).toISOString(),
        }),
      });
      const { uri, transactionCode } = (await made.json()) as Record<string, string>;
      const address = new URL(uri ?? '').searchParams.get('credential_offer_uri') ?? '';
      const offer = (await (await fetch(address)).json()) as {
        grants: Record<string, Record<string, string>>;
      };
      expect(
        await winners({
          grant_type: PRE_AUTHORIZED_CODE_GRANT,
          client_id: 'lanyard-wallet',
          'pre-authorized_code':
            offer.grants[PRE_AUTHORIZED_CODE_GRANT]?.['pre-authorized_code'] ?? '',
          tx_code: transactionCode ?? '',
        }),
      ).toBeLessThanOrEqual(1); // none when a late replay revokes the grant first (RFC 6749, section 10.5)
    },
  );

  it.each(Array.from({ length: 10 }, (_each, round) => round))(
    'a client assertion (round %i)',
    async () => {
      const seconds = Math.floor(Date.now() / 1000);
      const claims = { iss: 'hr-rz1', sub: 'hr-rz1', aud: identity.issuer, jti: randomUUID() };
      const assertion = await new SignJWT({ ...claims, iat: seconds, exp: seconds + 60 })
        .setProtectedHeader({ alg: 'ES256', kid: 'hr-1' })
        .sign(createPrivateKey({ key: identity.keys.hr.private, format: 'jwk' }));
      expect(
        await winners({
          grant_type: 'client_credentials',
          scope: 'hr:read',
          resource: GRAPH,
          client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
          client_assertion: assertion,
        }),
      ).toBe(1);
    },
  );
});
