/** What a wallet does at the credential endpoints, in tests. */
import { machineAccessToken } from '../../../runtime/machine-client.ts';
import { signerOf } from '../../../runtime/jwk-settings.ts';
import { systemClock } from '../../../runtime/clock.ts';
import { signCompactJws } from '../../../standards/compact-jws.ts';
import {
  parseCredentialOffer,
  parseOfferLink,
  PRE_AUTHORIZED_CODE_GRANT,
} from '../../../standards/openid4vci/credential-offer.ts';
import { type Identity, type newKey } from './harness.ts';

/** An answer with JSON. */
export interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

/** A key pair of a wallet. */
export type WalletKey = ReturnType<typeof newKey>;

/** The public half as a proof carries it. */
export const jwkOf = ({ public: { kty, crv, x, y } }: WalletKey) => ({ kty, crv, x, y });

/** Members to change or, by `undefined`, to leave out. */
export interface Change {
  readonly header?: Readonly<Record<string, unknown>>;
  readonly payload?: Readonly<Record<string, unknown>>;
}

/** Makes a wallet at one issuer. */
export function walletAt(identity: Identity, issuer = identity.issuer) {
  const offerToken = machineAccessToken({
    clientId: 'lanyard-passport',
    signer: signerOf(identity.keys.passport.private),
    issuer: identity.issuer,
    tokenUrl: `${identity.issuer}/oauth/token`,
    resource: `${identity.issuer}/openid4vci/offers`,
    scope: 'offer:create',
    now: systemClock,
  });
  let offersMade = 0;
  const send = (path: string, body: string, token?: string, type = 'application/json') =>
    fetch(`${identity.issuer}${path}`, {
      method: 'POST',
      headers: {
        'content-type': type,
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      body,
    });
  const post = async (path: string, body: unknown, token?: string): Promise<Answer> => {
    const response = await send(path, JSON.stringify(body), token);
    const text = await response.text();
    return {
      status: response.status,
      body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>),
    };
  };
  const nonce = async (): Promise<string> =>
    String((await post('/openid4vci/nonce', {})).body['c_nonce']);
  const proof = async (by: WalletKey, { header, payload }: Change = {}): Promise<string> =>
    signCompactJws(
      {
        header: { kid: undefined, typ: 'openid4vci-proof+jwt', jwk: jwkOf(by), ...header },
        payload: {
          aud: issuer,
          iat: Math.floor(Date.now() / 1000),
          nonce: await nonce(),
          ...payload,
        },
      },
      signerOf(by.private),
    );
  return {
    send,
    post,
    nonce,
    proof,
    /** Redeems a fresh offer. */
    token: async (configurationIds: readonly string[] = ['identity']): Promise<string> => {
      const made = await post(
        '/openid4vci/offers',
        {
          offerId: `offer-${String(Date.now())}-${String((offersMade += 1))}`,
          staffId: 'stf_amara',
          configurationIds,
          issuerOds: 'RZ1',
          expiresAt: new Date(Date.now() + 600_000).toISOString(),
        },
        await offerToken(),
      );
      const link = parseOfferLink(String(made.body['uri']));
      const offer =
        link.kind === 'by-value'
          ? link.offer
          : parseCredentialOffer(await (await fetch(link.uri)).text());
      const response = await fetch(`${identity.issuer}/oauth/token`, {
        method: 'POST',
        body: new URLSearchParams({
          grant_type: PRE_AUTHORIZED_CODE_GRANT,
          client_id: 'lanyard-wallet',
          'pre-authorized_code':
            offer.grants?.[PRE_AUTHORIZED_CODE_GRANT]?.['pre-authorized_code'] ?? '',
          tx_code: String(made.body['transactionCode']),
        }),
      });
      const { access_token: token } = (await response.json()) as { access_token?: string };
      if (token === undefined) throw new Error('the offer was not redeemed');
      return token;
    },
    /** Asks for the credential `identity`, unless told otherwise. */
    collect: (token: string, body: Readonly<Record<string, unknown>>): Promise<Answer> =>
      post('/openid4vci/credential', { credential_configuration_id: 'identity', ...body }, token),
  };
}
