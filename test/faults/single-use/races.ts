/** Everything of the authorization server that can be used once. */
import { createHash, randomBytes, randomUUID } from 'node:crypto';

import { signerOf } from '../../../runtime/jwk-settings.ts';
import {
  parseCredentialOffer,
  PRE_AUTHORIZED_CODE_GRANT,
} from '../../../standards/openid4vci/credential-offer.ts';
import { createKeyProof } from '../../../standards/openid4vci/key-proof.ts';
import { signCompactJws } from '../../../standards/compact-jws.ts';
import { Browser, type Page } from '../../unit/identity/browser.ts';
import { GRAPH, type Identity, newKey, PASSWORD } from '../../unit/identity/harness.ts';
import { deviceOf, passSecondFactor } from '../../unit/identity/second-factor.ts';
import type { Prize } from './race.ts';
import { clientAssertion, postForm, postJson } from './requests.ts';

/** What can be used once. */
export const SINGLE_USE = [
  'authorization code',
  'pre-authorized code',
  'refresh token',
  'DPoP proof',
  'client assertion',
  'nonce',
  'offer',
  'approval',
  'passkey challenge',
] as const;

const MAIL = 'amara@nhs.example';
const EXPLORER_CALLBACK = 'http://127.0.0.1:4000/explorer/callback';
const WALLET = 'race-wallet';
const WALLET_CALLBACK = 'http://127.0.0.1:4998/callback';

/** Lets the person and the wallet in that the prizes need; the person sets up a passkey. */
export async function invite(identity: Identity): Promise<void> {
  identity.world.people.set(MAIL, {
    employeeType: 'USER:ACTIVE',
    name: 'Amara',
    staffId: 'stf_amara',
  });
  await identity.composed.registerWallet({
    clientId: WALLET,
    name: 'Race wallet',
    redirectUris: [WALLET_CALLBACK],
  });
  const browser = new Browser();
  const query = new URLSearchParams({
    client_id: 'lanyard-explorer',
    redirect_uri: EXPLORER_CALLBACK,
    response_type: 'code',
    scope: 'self:read',
    resource: GRAPH,
    code_challenge: 'x'.repeat(43),
    code_challenge_method: 'S256',
  });
  const page = await browser.open(`${identity.issuer}/oauth/authorize?${query.toString()}`);
  const second = await browser.submit(page, { mail: MAIL, password: PASSWORD });
  await passSecondFactor(identity, browser, second, MAIL);
}

/** The prizes of one authorization server. */
export function prizesOf(identity: Identity): Readonly<Record<(typeof SINGLE_USE)[number], Prize>> {
  const { issuer, keys } = identity;
  const token = (form: Record<string, string>, headers: Record<string, string> = {}) =>
    postForm(`${issuer}/oauth/token`, form, headers);

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
  const dpop = async (path = '/oauth/token'): Promise<Record<string, string>> => ({
    dpop: await signCompactJws(
      {
        header: { typ: 'dpop+jwt', kid: undefined, jwk: { kty, crv, x, y } },
        payload: {
          jti: randomUUID(),
          htm: 'POST',
          htu: issuer + path,
          iat: Math.floor(Date.now() / 1000),
        },
      },
      signerOf(holder.private),
    ),
  });
  const verifier = randomBytes(32).toString('base64url');
  const challenge = {
    response_type: 'code',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  };
  const authorize = (query: Record<string, string>): string =>
    `${issuer}/oauth/authorize?${new URLSearchParams(query).toString()}`;
  const explorer = authorize({
    ...challenge,
    client_id: 'lanyard-explorer',
    redirect_uri: EXPLORER_CALLBACK,
    scope: 'self:read',
    resource: GRAPH,
  });
  const codeAt = ({ url }: Page): string => new URL(url).searchParams.get('code') ?? '';

  /** A browser in which the person has signed in, by now or earlier. */
  const browser = new Browser();
  const signedIn = async (page: Page): Promise<Page> =>
    page.html.includes('name="password"')
      ? passSecondFactor(
          identity,
          browser,
          await browser.submit(page, { mail: MAIL, password: PASSWORD }),
          MAIL,
        )
      : page;
  /** The code by which a wallet of another maker collects what the person lets it. */
  const walletCode = async (): Promise<string> => {
    const { body } = await postForm(
      `${issuer}/oauth/par`,
      { ...challenge, client_id: WALLET, redirect_uri: WALLET_CALLBACK, scope: 'identity' },
      await dpop('/oauth/par'),
    );
    const pushed = { client_id: WALLET, request_uri: String(body['request_uri']) };
    const asked = await signedIn(await browser.open(authorize(pushed)));
    return codeAt(await browser.submit(asked, { answer: 'allow' }));
  };
  const proofOf = async (): Promise<string> => {
    const { body } = await postJson(`${issuer}/openid4vci/nonce`, {});
    return createKeyProof(
      { audience: issuer, nonce: String(body['c_nonce']), now: new Date() },
      { signer: signerOf(holder.private), publicJwk: { kty, crv, x, y } },
    );
  };

  return {
    'authorization code': async () => {
      const form = {
        grant_type: 'authorization_code',
        client_id: 'lanyard-explorer',
        code: codeAt(await signedIn(await browser.open(explorer))),
        redirect_uri: EXPLORER_CALLBACK,
        code_verifier: verifier,
      };
      return async () => (await token(form)).status === 200;
    },
    'refresh token': async () => {
      const { body } = await token(await redemption(), await dpop());
      const form = {
        grant_type: 'refresh_token',
        client_id: 'lanyard-wallet',
        refresh_token: String(body['refresh_token']),
      };
      return async () => (await token(form, await dpop())).status === 200;
    },
    'DPoP proof': async () => {
      const proof = await dpop();
      return async () => {
        const form = {
          grant_type: 'client_credentials',
          scope: 'hr:read',
          resource: GRAPH,
          ...(await clientAssertion('hr-rz1', keys.hr.private, issuer)),
        };
        return (await token(form, proof)).status === 200;
      };
    },
    offer: async () => {
      const byOffer = await redemption();
      const byPerson = {
        grant_type: 'authorization_code',
        client_id: WALLET,
        code: await walletCode(),
        redirect_uri: WALLET_CALLBACK,
        code_verifier: verifier,
      };
      let runners = 0;
      return async () => {
        const form = (runners += 1) % 2 === 0 ? byOffer : byPerson;
        return (await token(form, await dpop())).status === 200;
      };
    },
    approval: async () => {
      const { grantId } = await identity.composed.requestRole({
        mail: `${randomUUID()}@nhs.example`,
        role: 'HR_OFFICER',
        odsCode: 'RZ1',
        by: 'first',
      });
      return () =>
        identity.composed.approveRole({ grantId, by: 'second' }).then(
          () => true,
          () => false,
        );
    },
    'passkey challenge': async () => {
      const fresh = new Browser();
      const page = await fresh.submit(await fresh.open(explorer), {
        mail: MAIL,
        password: PASSWORD,
      });
      let answer: unknown;
      return async () =>
        codeAt(
          await fresh.submitPasskey(page, (_kind, options) => {
            answer ??= deviceOf(identity, MAIL).assert(options);
            return answer;
          }),
        ) !== '';
    },
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
