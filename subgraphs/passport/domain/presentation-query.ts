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
import { type Refusal, refusedAt } from './user-error.ts';

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
 * @returns a refusal when a kind is asked for twice, or for a claim twice or that it has not
 */
export function queryFor(
  asked: readonly CredentialAsked[],
  addresses: Pick<Addresses, 'vcts'>,
  { lenient }: { readonly lenient: boolean },
): DcqlQuery | Refusal {
  const fault = faultOf(asked);
  if (fault !== undefined) return fault;
  const ids = (required: boolean): readonly string[] =>
    asked.filter((one) => one.required === required).map(({ type }) => CREDENTIAL_TYPES[type].id);
  const [needed, optional] = [ids(true), ids(false)];
  return readQuery('credentials', {
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

/** Reads a query that a verifier wrote. Refused when it is none, or asks for what nobody here can present or check. */
export function ownQuery(
  value: unknown,
  { typeOfVct }: Pick<Addresses, 'typeOfVct'>,
): DcqlQuery | Refusal {
  const query = readQuery('dcql', value);
  if ('kind' in query) return query;
  for (const [at, { meta, multiple }] of query.credentials.entries()) {
    const place = ['dcql', 'credentials', String(at)];
    if (multiple === true) return refusedAt([...place, 'multiple'], 'one_of_each_kind');
    if (!meta.vct_values.every((vct) => typeOfVct(vct) !== undefined)) {
      return refusedAt([...place, 'meta', 'vct_values'], 'unknown_type');
    }
  }
  return query;
}

function readQuery(field: string, value: unknown): DcqlQuery | Refusal {
  try {
    return parseDcqlQuery(value);
  } catch (error) {
    if (error instanceof StandardError) return refusedAt([field], error.code);
    throw error;
  }
}

/** The first kind or claim that is asked for twice, or that there is not. */
function faultOf(asked: readonly CredentialAsked[]): Refusal | undefined {
  const types = new Set<CredentialType>();
  for (const [at, { type, claims }] of asked.entries()) {
    const place = ['credentials', String(at)];
    if (types.has(type)) return refusedAt([...place, 'type'], 'asked_for_twice');
    types.add(type);
    const { open, selective } = CREDENTIAL_TYPES[type];
    const known = new Set([...open, ...selective]);
    const unknown = claims.findIndex((name) => !known.has(name));
    if (unknown >= 0) return refusedAt([...place, 'claims', String(unknown)], 'not_of_this_type');
    const twice = claims.findIndex((name, nth) => claims.indexOf(name) < nth);
    if (twice >= 0) return refusedAt([...place, 'claims', String(twice)], 'asked_for_twice');
  }
  return undefined;
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
