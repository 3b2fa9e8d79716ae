/**
 * A passport that is checked, as it should be and as it should not: as an HR system and a wallet in one, in TypeScript without a
 * library. Node 22.18 or later runs it as it is. The client is registered for ES256. SCENARIO is valid, expired or
 * unverified-issuer; a passport expires after two minutes when EMPLOYEE_NUMBER is the one that this is for.
 */
import {
  createHash,
  createPrivateKey,
  generateKeyPairSync,
  type KeyObject,
  randomUUID,
  sign,
} from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';

const {
  URL: url = 'http://localhost:4000',
  CLIENT_ID,
  KID,
  KEY_FILE,
  ODS_CODE,
  EMPLOYEE_NUMBER,
  SCENARIO = 'valid',
} = process.env;
const key = createPrivateKey(await readFile(KEY_FILE ?? 'private.pem'));
const seconds = (): number => Math.floor(Date.now() / 1000);

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const read = (text: string): unknown => JSON.parse(Buffer.from(text, 'base64url').toString());

/** A compact JWS. JWS has the two numbers of ES256 one after the other, not in DER. */
function signed(header: object, claims: object, by: KeyObject): string {
  const input = `${part({ alg: 'ES256', ...header })}.${part(claims)}`;
  const signature = sign('sha256', Buffer.from(input), { key: by, dsaEncoding: 'ieee-p1363' });
  return `${input}.${signature.toString('base64url')}`;
}

async function fetched<Body>(address: string, init?: RequestInit): Promise<Body> {
  const answer = await fetch(address, init);
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${address}: ${String(answer.status)} ${text}`);
  return JSON.parse(text) as Body;
}
const post = (body: object, token: string): RequestInit => ({
  method: 'POST',
  headers: {
    authorization: `Bearer ${token}`,
    'lanyard-purpose': 'PRE_EMPLOYMENT',
    'content-type': 'application/json',
  },
  body: JSON.stringify(body),
});

async function token(form: Record<string, string>): Promise<string> {
  const init = { method: 'POST', body: new URLSearchParams(form) };
  return (await fetched<{ access_token: string }>(`${url}/oauth/token`, init)).access_token;
}

/** 1. As the HR system: signs in, and asks the graph. */
const assertion = {
  iss: CLIENT_ID,
  sub: CLIENT_ID,
  aud: url,
  jti: randomUUID(),
  iat: seconds(),
  exp: seconds() + 240,
};
const hr = await token({
  grant_type: 'client_credentials',
  client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
  client_assertion: signed({ typ: 'JWT', kid: KID }, assertion, key),
  resource: `${url}/graphql`,
  scope: 'hr:read passport:offer passport:verify',
});
async function ask<Data>(query: string, variables: object): Promise<Data> {
  const init = post({ query, variables }, hr);
  const { data, errors } = await fetched<{ data?: Data; errors?: unknown }>(`${url}/graphql`, init);
  if (data === undefined || errors !== undefined) throw new Error(JSON.stringify(errors));
  return data;
}
const { staff } = await ask<{ staff: { id: string } }>(
  'query ($by: StaffBy!) { staff(by: $by) { id } }',
  { by: { employee: { odsCode: ODS_CODE, employeeNumber: EMPLOYEE_NUMBER } } },
);
const { credentialOffer } = await ask<{
  credentialOffer: { offer: { uri: string; transactionCode: string } };
}>(
  'mutation ($input: CredentialOfferInput!) { credentialOffer(input: $input) { offer { uri transactionCode } } }',
  { input: { idempotencyKey: randomUUID(), staffId: staff.id, types: ['IDENTITY'] } },
);

/** 2. As the wallet: collects the credential, bound to a key of its own (OpenID4VCI 1.0). */
const PRE_AUTHORIZED = 'urn:ietf:params:oauth:grant-type:pre-authorized_code';
const link = new URL(credentialOffer.offer.uri).searchParams.get('credential_offer_uri');
const offer = await fetched<{
  credential_configuration_ids: [string];
  grants: { [PRE_AUTHORIZED]: { 'pre-authorized_code': string } };
}>(link ?? '');
const collecting = await token({
  grant_type: PRE_AUTHORIZED,
  'pre-authorized_code': offer.grants[PRE_AUTHORIZED]['pre-authorized_code'],
  tx_code: credentialOffer.offer.transactionCode,
  client_id: 'lanyard-wallet',
  resource: url,
});
const { nonce_endpoint, credential_endpoint } = await fetched<{
  nonce_endpoint: string;
  credential_endpoint: string;
}>(`${url}/.well-known/openid-credential-issuer`);
const { c_nonce: nonce } = await fetched<{ c_nonce: string }>(nonce_endpoint, { method: 'POST' });
const holder = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const proof = signed(
  { typ: 'openid4vci-proof+jwt', jwk: holder.publicKey.export({ format: 'jwk' }) },
  { iss: 'lanyard-wallet', aud: url, iat: seconds(), nonce },
  holder.privateKey,
);
const [credential_configuration_id] = offer.credential_configuration_ids;
const { credentials } = await fetched<{ credentials: [{ credential: string }] }>(
  credential_endpoint,
  post({ credential_configuration_id, proofs: { jwt: [proof] } }, collecting),
);
const [issued = '', ...disclosures] = credentials[0].credential.split('~');
let jwt = issued;

/** 3. What is wrong with it. */
const [header, claims] = jwt.split('.').slice(0, 2).map(read) as [
  object,
  { iss: string; exp: number },
];
if (SCENARIO === 'unverified-issuer') {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const elsewhere = { ...claims, iss: claims.iss.replace(ODS_CODE ?? '', 'RX9') };
  jwt = signed({ ...header, x5c: undefined }, elsewhere, privateKey);
}
// Clocks may differ by a minute.
if (SCENARIO === 'expired') await wait(Math.max(0, (claims.exp + 61 - seconds()) * 1000));

/** 4. As the HR system: asks for the given name. As the wallet: shows that and nothing else (RFC 9901, section 4.3). */
const { presentationRequest } = await ask<{
  presentationRequest: { request: { id: string; nonce: string; audience: string } };
}>(
  'mutation ($input: PresentationRequestInput!) { presentationRequest(input: $input) { request { id nonce audience } } }',
  {
    input: {
      idempotencyKey: randomUUID(),
      credentials: [{ type: 'IDENTITY', claims: ['given_name'] }],
    },
  },
);
const { id, audience, nonce: asked } = presentationRequest.request;
const isGivenName = (one: string): boolean => (read(one) as unknown[])[1] === 'given_name';
const shown = disclosures.filter((one) => one !== '' && isGivenName(one));
const withoutProof = [jwt, ...shown, ''].join('~');
const sd_hash = createHash('sha256').update(withoutProof).digest('base64url');
const binding = { aud: audience, nonce: asked, iat: seconds(), sd_hash };
const presentation = withoutProof + signed({ typ: 'kb+jwt' }, binding, holder.privateKey);

/** 5. As the HR system: hands it in, and reads what came of it. */
const { presentationVerify } = await ask<{ presentationVerify: object }>(
  'mutation ($input: PresentationVerifyInput!) { presentationVerify(input: $input) { result { outcome credentials { claims checks { name outcome code } } } errors { code } } }',
  { input: { requestId: id, presentation } },
);
process.stdout.write(JSON.stringify(presentationVerify));
