/** One presentation, step by step: the verifier asks, the wallet answers, the verifier reads what came of it. */
import { randomUUID } from 'node:crypto';

import { CompactEncrypt, importJWK, type JWK } from 'jose';

import { splitCompactJws } from '../../standards/compact-jws.ts';
import { presentSdJwt } from '../../standards/sd-jwt/present-sd-jwt.ts';
import { createKeyBoundPresentation } from '../../standards/sd-jwt-vc/key-binding.ts';
import { CREDENTIAL_TYPES } from '../../subgraphs/passport/domain/credential-types/catalogue.generated.ts';
import { hr, type PassportClient } from './passport-client.ts';
import { ASKED, type HeldCredentials, TYPES } from './wallets.ts';

/** The employment checks. */
const SIX = 6;
/** The trust that asks. */
const VERIFIER = 'RZ2';

const REQUEST = `mutation ($input: PresentationRequestInput!) {
  presentationRequest(input: $input) { request { id walletUri } errors { code path } } }`;
const RESULT = `query ($id: ID!) {
  presentation(id: $id) { state result { outcome holder { id } credentials { outcome type claims
    checks { name outcome code } } } }
  employmentChecks(by: { presentationId: $id }) { checks { check outcome } } }`;

/** A request that a wallet may answer. */
export interface OpenRequest {
  readonly id: string;
  /** Where the wallet fetches it: a path. */
  readonly requestPath: string;
}

/** The verifier asks for a credential of each kind. */
export async function askFor(passport: PassportClient): Promise<OpenRequest> {
  const asked = await passport.ask(hr(VERIFIER), REQUEST, {
    input: {
      idempotencyKey: randomUUID(),
      sameDevice: false,
      credentials: TYPES.map((type) => ({ type, claims: ASKED[type] })),
    },
  });
  const { request, errors } = asked['presentationRequest'] as {
    readonly request: { readonly id: string; readonly walletUri: string } | null;
    readonly errors: unknown;
  };
  if (request === null) throw new Error(`no request: ${JSON.stringify(errors)}`);
  const requestUri = new URL(request.walletUri).searchParams.get('request_uri');
  return { id: request.id, requestPath: new URL(requestUri ?? '').pathname };
}

/** What of a request object a wallet answers to. */
export interface RequestObject {
  readonly client_id: string;
  readonly nonce: string;
  readonly state: string;
  readonly response_uri: string;
  readonly client_metadata: { readonly jwks: { readonly keys: readonly JWK[] } };
  readonly dcql_query: {
    readonly credentials: readonly {
      readonly id: string;
      readonly meta: { readonly vct_values: readonly string[] };
    }[];
  };
}

/** A wallet's answer, ready to be posted. */
export interface ReadyAnswer {
  readonly path: string;
  readonly form: URLSearchParams;
}

/** The wallet fetches the request. */
export async function fetchRequest(
  passport: PassportClient,
  { requestPath }: OpenRequest,
): Promise<RequestObject> {
  const { payload } = splitCompactJws(await passport.get(requestPath));
  return payload as unknown as RequestObject;
}

/** The wallet prepares its answer, encrypted. The proofs in it are good for a minute. */
export async function prepareAnswer(
  request: RequestObject,
  wallet: HeldCredentials,
): Promise<ReadyAnswer> {
  const { client_id: audience, nonce, state } = request;
  const vpToken: Record<string, readonly string[]> = {};
  for (const asked of request.dcql_query.credentials) {
    const type = TYPES.find((one) =>
      asked.meta.vct_values.some((vct) => vct.includes(`/${CREDENTIAL_TYPES[one].id}`)),
    );
    const credential = type && wallet.credentials.get(type);
    if (type === undefined || credential === undefined)
      throw new Error('the wallet has nothing to answer with');
    vpToken[asked.id] = [
      await createKeyBoundPresentation(
        {
          presentation: presentSdJwt(credential, ([name]) =>
            ASKED[type].some((claim) => claim === name),
          ),
          audience,
          nonce,
          now: new Date(),
        },
        wallet.party.signer,
      ),
    ];
  }
  const [key] = request.client_metadata.jwks.keys;
  if (key?.kid === undefined) throw new Error('the request has no key');
  const response = await new CompactEncrypt(
    Buffer.from(JSON.stringify({ vp_token: vpToken, state })),
  )
    .setProtectedHeader({ alg: 'ECDH-ES', enc: 'A128GCM', kid: key.kid })
    .encrypt(await importJWK(key, 'ECDH-ES'));
  return {
    path: new URL(request.response_uri).pathname,
    form: new URLSearchParams({ response }),
  };
}

/** The verifier reads what came of it. Throws unless everything holds. */
export async function readResult(
  passport: PassportClient,
  { id }: OpenRequest,
  { staffId }: HeldCredentials,
): Promise<void> {
  const answer = await passport.ask(hr(VERIFIER), RESULT, { id });
  const { result } = answer['presentation'] as {
    readonly result: {
      readonly outcome: string;
      readonly holder: { readonly id: string } | null;
      readonly credentials: readonly { readonly claims: object | null }[];
    } | null;
  };
  const { checks } = (answer['employmentChecks'] ?? { checks: [] }) as {
    readonly checks: readonly { readonly check: string; readonly outcome: string }[];
  };
  const whole =
    result?.outcome === 'VALID' &&
    result.holder?.id === staffId &&
    result.credentials.length === TYPES.length &&
    result.credentials.every(({ claims }) => claims !== null) &&
    checks.length === SIX &&
    checks.find(({ check }) => check === 'IDENTITY')?.outcome !== 'NOT_PRESENTED';
  if (!whole) throw new Error(`not valid: ${JSON.stringify(answer)}`);
}

/** All of it, by one holder. */
export async function presentOnce(
  passport: PassportClient,
  wallet: HeldCredentials,
): Promise<void> {
  const request = await askFor(passport);
  const { path, form } = await prepareAnswer(await fetchRequest(passport, request), wallet);
  // When it is refused, the result says why.
  await passport.post(path, form).catch((error: unknown) =>
    readResult(passport, request, wallet).then(() => {
      throw error;
    }),
  );
  await readResult(passport, request, wallet);
}
