/** What the gateway and the authorization server ask of the passport, over HTTP. */
import { randomUUID } from 'node:crypto';

import { type Caller, CALLER_HEADER, signCallerStatement } from '../../runtime/caller-statement.ts';
import type { Signer } from '../../standards/compact-jws.ts';
import type { PublicEcJwk } from '../../standards/jwk-thumbprint.ts';

const OFFER = `mutation ($input: CredentialOfferInput!) { credentialOffer(input: $input) { offer { id } } }`;
const ISSUE = `mutation ($input: CredentialIssueInput!) {
  credentialIssue(input: $input) { sdJwt credential { statusListUri } } }`;

/** Where the passport is, and how callers are stated to it. */
export interface PassportAddress {
  readonly url: string;
  readonly signer: Signer;
}

/** What was issued. */
export interface IssuedCredential {
  readonly statusListUri: string;
}

/** Offers and issues one credential to a new member of staff. */
export async function issueOne(
  passport: PassportAddress,
  odsCode: string,
  holderKey: PublicEcJwk,
): Promise<IssuedCredential> {
  const type = 'IDENTITY';
  const staffId = `stf_${randomUUID().replaceAll('-', '').slice(0, 22)}`;
  const offered = await ask<{ readonly credentialOffer: { readonly offer: { readonly id: string } } }>(
    passport,
    hr(odsCode),
    OFFER,
    { idempotencyKey: randomUUID(), staffId, types: [type] },
  );
  const offerId = offered.credentialOffer.offer.id;
  const issued = await ask<{ readonly credentialIssue: { readonly credential: IssuedCredential } }>(
    passport,
    IDENTITY,
    ISSUE,
    { idempotencyKey: randomUUID(), offerId, type, holderKey },
  );
  return issued.credentialIssue.credential;
}

const hr = (odsCode: string): Caller => ({
  kind: 'person',
  subject: `stf_hr-${odsCode}`,
  clientId: 'web',
  name: `HR of ${odsCode}`,
  scopes: new Set(['self:read', 'hr:read', 'passport:read', 'passport:offer']),
  odsCode,
  purpose: 'TEMPORARY_MOVEMENT',
  requestId: 'bench',
});

const IDENTITY: Caller = {
  kind: 'machine',
  subject: 'lanyard-identity',
  clientId: 'lanyard-identity',
  name: 'Lanyard sign-in',
  scopes: new Set(['account:resolve', 'credential:issue']),
  requestId: 'bench',
};

async function ask<Data>(
  { url, signer }: PassportAddress,
  caller: Caller,
  query: string,
  input: object,
): Promise<Data> {
  const body = JSON.stringify({ query, variables: { input } });
  const statement = { audience: 'passport', body, now: new Date() };
  const answer = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      [CALLER_HEADER]: await signCallerStatement(caller, statement, signer),
    },
    body,
  });
  const { data, errors } = (await answer.json()) as { data?: Data | null; errors?: unknown };
  if (data == null || errors !== undefined) {
    throw new Error(`the passport answered ${JSON.stringify(errors ?? data)}`);
  }
  return data;
}
