/** After the checks: the holder sees what she shared and has it deleted, and the trust files a receipt. */
import { randomUUID } from 'node:crypto';

import { createRemoteJWKSet, decodeJwt, type JWTPayload, jwtVerify } from 'jose';

import { answered } from './clients.ts';

/** What the holder's list says of one request. */
export interface SharedEntry {
  readonly id: string;
  readonly requester: { readonly odsCode: string };
  readonly purpose: string;
  readonly state: string;
  readonly shared: readonly { readonly type: string; readonly claims: readonly string[] }[];
}

interface UserErrors {
  readonly errors: readonly { readonly code: string }[];
}

/** Reads the holder's list. */
export async function readSharing(graph: string, token: string): Promise<readonly SharedEntry[]> {
  const { me } = await answered<{
    me: { sharing: { edges: readonly { node: SharedEntry }[] } };
  }>(graph, {
    token,
    query: `{ me { sharing(first: 50) { edges { node {
      id requester { odsCode } purpose state shared { type claims } } } } } }`,
  });
  return me.sharing.edges.map(({ node }) => node);
}

/** The holder asks for deletion of one presentation, and the organisation agrees. Answers how it stands. */
export async function haveDeleted(
  graph: string,
  presentationId: string,
  tokens: { readonly holder: string; readonly organisation: string },
): Promise<string> {
  const { deletionRequest } = await answered<{ deletionRequest: UserErrors }>(graph, {
    token: tokens.holder,
    query: `mutation Ask($input: DeletionRequestInput!) {
      deletionRequest(input: $input) { deletion { state } errors { code } } }`,
    variables: { input: { idempotencyKey: randomUUID(), presentationId } },
  });
  const { deletionAnswer } = await answered<{
    deletionAnswer: UserErrors & { readonly deletion: { readonly state: string } | null };
  }>(graph, {
    token: tokens.organisation,
    purpose: 'PRE_EMPLOYMENT',
    query: `mutation Answer($input: DeletionAnswerInput!) {
      deletionAnswer(input: $input) { deletion { state } errors { code } } }`,
    variables: { input: { idempotencyKey: randomUUID(), presentationId, answer: 'DELETED' } },
  });
  const errors = [...deletionRequest.errors, ...deletionAnswer.errors];
  if (errors.length > 0) throw new Error(`not deleted: ${JSON.stringify(errors)}`);
  return deletionAnswer.deletion?.state ?? '';
}

/** The organisation asks for the receipt, and somebody who knows its keys' address alone verifies it. */
export async function verifiedReceipt(
  graph: string,
  presentationId: string,
  token: string,
): Promise<JWTPayload> {
  const { presentationReceipt } = await answered<{
    presentationReceipt: { readonly compact: string; readonly keysUri: string } | null;
  }>(graph, {
    token,
    purpose: 'PRE_EMPLOYMENT',
    query: `query Receipt($id: ID!) { presentationReceipt(presentationId: $id) { compact keysUri } }`,
    variables: { id: presentationId },
  });
  if (presentationReceipt === null) throw new Error('no receipt');
  const { compact, keysUri } = presentationReceipt;
  const { iss = '' } = decodeJwt(compact);
  if (keysUri !== `${iss}/receipt-keys`) throw new Error('the keys are elsewhere');
  const { payload } = await jwtVerify(compact, createRemoteJWKSet(new URL(keysUri)), {
    typ: 'presentation-receipt+jwt',
    algorithms: ['ES256'],
  });
  return payload;
}
