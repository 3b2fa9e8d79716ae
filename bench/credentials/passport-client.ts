/** What the gateway and the authorization server ask of the passport, over HTTP. */
import { randomUUID } from 'node:crypto';

import { type Caller, CALLER_HEADER, signCallerStatement } from '../../runtime/caller-statement.ts';
import type { Signer } from '../../standards/compact-jws.ts';
import type { PublicEcJwk } from '../../standards/jwk-thumbprint.ts';

const OFFER = `mutation ($input: CredentialOfferInput!) { credentialOffer(input: $input) { offer { id } errors { code } } }`;
const ISSUE = `mutation ($input: CredentialIssueInput!) {
  credentialIssue(input: $input) { issued { compact } errors { code } } }`;

/** Where the passport is, and how callers are stated to it. */
export interface PassportAddress {
  readonly url: string;
  readonly signer: Signer;
}

/** Offers and issues one credential to a new member of staff. */
export async function issueOne(
  passport: PassportAddress,
  odsCode: string,
  holderKey: PublicEcJwk,
): Promise<void> {
  const type = 'IDENTITY';
  const staffId = `stf_${randomUUID().replaceAll('-', '').slice(0, 22)}`;
  const offered = await ask(passport, hr(odsCode), OFFER, {
    idempotencyKey: randomUUID(),
    staffId,
    types: [type],
  });
  if (offered.offer == null) throw new Error(`no offer: ${JSON.stringify(offered.errors)}`);
  const { issued, errors } = await ask(passport, IDENTITY, ISSUE, {
    idempotencyKey: randomUUID(),
    offerId: offered.offer.id,
    type,
    holderKeys: [holderKey],
  });
  if (issued?.length !== 1) throw new Error(`nothing was issued: ${JSON.stringify(errors)}`);
}

/** What the mutations answer. */
interface Payload {
  readonly offer?: { readonly id: string } | null;
  readonly issued?: readonly unknown[];
  readonly errors: readonly unknown[];
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

async function ask(
  { url, signer }: PassportAddress,
  caller: Caller,
  query: string,
  input: object,
): Promise<Payload> {
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
  const { data, errors } = (await answer.json()) as {
    readonly data?: Readonly<Record<string, Payload>> | null;
    readonly errors?: unknown;
  };
  const [payload] = Object.values(data ?? {});
  if (payload === undefined) throw new Error(`the passport answered ${JSON.stringify(errors)}`);
  return payload;
}
