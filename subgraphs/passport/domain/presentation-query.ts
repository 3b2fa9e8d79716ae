/** The query that asks for credentials of our kinds (OpenID4VP 1.0, section 6). */
import {
  type DcqlClaim,
  type DcqlCredential,
  type DcqlQuery,
  parseDcqlQuery,
} from '../../../standards/openid4vp/dcql.ts';
import { StandardError } from '../../../standards/standard-error.ts';
import type { Addresses } from './addresses.ts';
import type { CredentialType } from './credential.ts';
import { CREDENTIAL_TYPES } from './credential-types/catalogue.generated.ts';

/** A kind of credential that is asked for, once. */
export interface CredentialAsked {
  readonly type: CredentialType;
  /** Names of claims. Those that every presentation shows need no asking. */
  readonly claims: readonly string[];
  /** Whether the answer is not enough without it. */
  readonly required: boolean;
}

/**
 * Writes the query. Each credential has its kind's id as its name.
 *
 * @param lenient lets a credential be enough that does not have every claim, when its kind does not demand those
 * @returns `undefined` when a kind is asked for twice, or for a claim twice or that it has not
 */
export function queryFor(
  asked: readonly CredentialAsked[],
  addresses: Pick<Addresses, 'vcts'>,
  { lenient }: { readonly lenient: boolean },
): DcqlQuery | undefined {
  if (!asked.every(isKnown) || new Set(asked.map(({ type }) => type)).size !== asked.length) {
    return undefined;
  }
  const ids = (required: boolean): readonly string[] =>
    asked.filter((one) => one.required === required).map(({ type }) => CREDENTIAL_TYPES[type].id);
  const [needed, optional] = [ids(true), ids(false)];
  return readQuery({
    credentials: asked.map((one) => credentialFor(one, addresses, lenient)),
    // Without sets, everything is needed (section 6.4.2).
    ...(optional.length === 0
      ? {}
      : {
          credential_sets: [
            ...(needed.length === 0 ? [] : [{ options: [needed] }]),
            ...optional.map((id) => ({ options: [[id]], required: false })),
          ],
        }),
  });
}

/** Reads a query that a verifier wrote. `undefined` when it is none, or asks for what nobody here can present or check. */
export function ownQuery(
  value: unknown,
  { typeOfVct }: Pick<Addresses, 'typeOfVct'>,
): DcqlQuery | undefined {
  const query = readQuery(value);
  const answerable = query?.credentials.every(
    ({ meta, multiple }) =>
      multiple !== true && meta.vct_values.every((vct) => typeOfVct(vct) !== undefined),
  );
  return answerable === true ? query : undefined;
}

function readQuery(value: unknown): DcqlQuery | undefined {
  try {
    return parseDcqlQuery(value);
  } catch (error) {
    if (error instanceof StandardError) return undefined;
    throw error;
  }
}

function isKnown({ type, claims }: CredentialAsked): boolean {
  const { open, selective } = CREDENTIAL_TYPES[type];
  const known = new Set([...open, ...selective]);
  return new Set(claims).size === claims.length && claims.every((name) => known.has(name));
}

function credentialFor(
  { type, claims }: CredentialAsked,
  addresses: Pick<Addresses, 'vcts'>,
  lenient: boolean,
): DcqlCredential {
  const { id, open } = CREDENTIAL_TYPES[type];
  const base = {
    id,
    format: 'dc+sd-jwt',
    meta: { vct_values: [...addresses.vcts(type)].reverse() },
    require_cryptographic_holder_binding: true,
  } as const;
  if (!lenient) {
    return claims.length === 0
      ? base
      : { ...base, claims: claims.map((name) => claim(type, name)) };
  }
  const names = [...new Set([...open, ...claims])];
  const demanded = names.filter((name) => !isOptional(type, name));
  const rest = names.filter((name) => isOptional(type, name));
  const sets = Array.from({ length: rest.length + 1 }, (_none, left) => [
    ...demanded,
    ...rest.slice(0, rest.length - left),
  ]).filter((set) => set.length > 0);
  return {
    ...base,
    claims: names.map((name) => ({ id: name, ...claim(type, name) })),
    ...(sets.length > 1 ? { claim_sets: sets } : {}),
  };
}

/** Of a list, every element is asked for. */
const claim = (type: CredentialType, name: string): DcqlClaim => ({
  path: CREDENTIAL_TYPES[type].claims[name]?.elements === undefined ? [name] : [name, null],
});

const isOptional = (type: CredentialType, name: string): boolean =>
  CREDENTIAL_TYPES[type].claims[name]?.schema.safeParse(undefined).success === true;
