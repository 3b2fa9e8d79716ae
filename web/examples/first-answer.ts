/** The first answer, in TypeScript without a library. Node 22.18 or later runs it as it is. The client is registered for ES256. */
import { createPrivateKey, randomUUID, sign } from 'node:crypto';
import { readFile } from 'node:fs/promises';

const {
  URL: url = 'http://localhost:4000',
  CLIENT_ID,
  KID,
  KEY_FILE,
  ODS_CODE,
  EMPLOYEE_NUMBER,
} = process.env;
const key = createPrivateKey(await readFile(KEY_FILE ?? 'private.pem'));

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** 1. Signs an assertion: good for 4 minutes, for the issuer, used once. */
function assertion(): string {
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    iss: CLIENT_ID,
    sub: CLIENT_ID,
    aud: url,
    jti: randomUUID(),
    iat: now,
    exp: now + 240,
  };
  const input = `${part({ alg: 'ES256', typ: 'JWT', kid: KID })}.${part(claims)}`;
  // JWS has the two numbers one after the other, not in DER.
  const signature = sign('sha256', Buffer.from(input), { key, dsaEncoding: 'ieee-p1363' });
  return `${input}.${signature.toString('base64url')}`;
}

/** 2. Gets an access token for the graph. */
async function accessToken(): Promise<string> {
  const answer = await fetch(`${url}/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: assertion(),
      resource: `${url}/graphql`,
      scope: 'hr:read',
    }),
  });
  const { access_token: token, error } = (await answer.json()) as {
    access_token?: string;
    error?: string;
  };
  if (token === undefined) throw new Error(`no token: ${error ?? String(answer.status)}`);
  return token;
}

/** 3. Asks, and says what for. */
const answer = await fetch(`${url}/graphql`, {
  method: 'POST',
  headers: {
    authorization: `Bearer ${await accessToken()}`,
    'lanyard-purpose': 'HR_ADMINISTRATION',
    'content-type': 'application/json',
  },
  body: JSON.stringify({
    query:
      'query ($by: StaffBy!) { staff(by: $by) { name { given family } registrations { body number status } } }',
    variables: { by: { employee: { odsCode: ODS_CODE, employeeNumber: EMPLOYEE_NUMBER } } },
  }),
});
process.stdout.write(await answer.text());
