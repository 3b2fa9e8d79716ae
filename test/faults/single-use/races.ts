/** Everything of the authorization server that can be used once. */
import { randomUUID } from 'node:crypto';

import { signerOf } from '../../../runtime/jwk-settings.ts';
import {
  parseCredentialOffer,
  PRE_AUTHORIZED_CODE_GRANT,
} from '../../../standards/openid4vci/credential-offer.ts';
import { createKeyProof } from '../../../standards/openid4vci/key-proof.ts';
import { GRAPH, type Identity, newKey } from '../../unit/identity/harness.ts';
import type { Prize } from './race.ts';
import { clientAssertion, postForm, postJson } from './requests.ts';

/** What can be used once. */
export const SINGLE_USE = ['pre-authorized code', 'client assertion', 'nonce'] as const;

/** The prizes of one authorization server. */
export function prizesOf(identity: Identity): Readonly<Record<(typeof SINGLE_USE)[number], Prize>> {
  const { issuer, keys } = identity;
  const token = (form: Record<string, string>) => postForm(`${issuer}/oauth/token`, form);

  let offerToken: { readonly value: string; readonly until: number } | undefined;
  const tokenForOffers = async (): Promise<string> => {
    if (offerToken !== undefined && Date.now() < offerToken.until) return offerToken.value;
    const { body } = await token({
      grant_type: 'client_credentials',
      scope: 'offer:create',
      resource: `${issuer}/openid4vci/offers`,
      ...(await clientAssertion('lanyard-passport', keys.passport.private, issuer)),
    });
    offerToken = { value: String(body['access_token']), until: Date.now() + 200_000 };
    return offerToken.value;
  };
  const makeOffer = async (offerId: string = randomUUID()) => {
    const { status, body } = await postJson(
      `${issuer}/openid4vci/offers`,
      {
        offerId,
        staffId: 'stf_amara',
        configurationIds: ['identity'],
        issuerOds: 'RZ1',
        expiresAt: new Date(Date.now() + 300_000).toISOString(),
      },
      { authorization: `Bearer ${await tokenForOffers()}` },
    );
    if (status !== 200) throw new Error(`no offer: ${String(status)}`);
    return { uri: String(body['uri']), transactionCode: String(body['transactionCode']) };
  };
  const redemption = async (): Promise<Record<string, string>> => {
    const { uri, transactionCode } = await makeOffer();
    const address = new URL(uri).searchParams.get('credential_offer_uri') ?? '';
    const offer = parseCredentialOffer(await (await fetch(address)).text());
    return {
      grant_type: PRE_AUTHORIZED_CODE_GRANT,
      client_id: 'lanyard-wallet',
      'pre-authorized_code':
        offer.grants?.[PRE_AUTHORIZED_CODE_GRANT]?.['pre-authorized_code'] ?? '',
      tx_code: transactionCode,
    };
  };
  const holder = newKey('holder');
  const { kty, crv, x, y } = holder.public;
  const proofOf = async (): Promise<string> => {
    const { body } = await postJson(`${issuer}/openid4vci/nonce`, {});
    return createKeyProof(
      { audience: issuer, nonce: String(body['c_nonce']), now: new Date() },
      { signer: signerOf(holder.private), publicJwk: { kty, crv, x, y } },
    );
  };

  return {
    'pre-authorized code': async () => {
      const form = await redemption();
      return async () => (await token(form)).status === 200;
    },
    'client assertion': async () => {
      const form = {
        grant_type: 'client_credentials',
        scope: 'hr:read',
        resource: GRAPH,
        ...(await clientAssertion('hr-rz1', keys.hr.private, issuer)),
      };
      return async () => (await token(form)).status === 200;
    },
    nonce: async () => {
      const { body } = await token(await redemption());
      const authorization = `Bearer ${String(body['access_token'])}`;
      const request = {
        credential_configuration_id: 'identity',
        proofs: { jwt: [await proofOf()] },
      };
      return async () =>
        (await postJson(`${issuer}/openid4vci/credential`, request, { authorization })).status ===
        200;
    },
  };
}
