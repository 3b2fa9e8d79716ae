/**
 * Public keys of clients: what may be registered, and what of a fetched set is of use.
 *
 * Source: RFC 7517 (JWK), sections 4 and 5; RFC 7518, sections 3.3, 3.4, 3.5 and 6.3.1.
 */
import { z } from 'zod';

import { importPublicJwk, publicEcJwk } from '../../standards/jwk-thumbprint.ts';
import type { NamedPublicKey } from './ports.ts';

/** How a client signs. RS256 is left out on purpose: FAPI 2.0, section 5.4. RS512 is what NHS developers have. */
export const clientAlgorithm = z.enum(['ES256', 'PS256', 'RS512']);

/** How a client signs. */
export type ClientAlgorithm = z.infer<typeof clientAlgorithm>;

/** A public RSA key of 2,048 to 4,096 bits with its name. */
export interface NamedRsaKey {
  readonly kty: 'RSA';
  /** The modulus, base64url. */
  readonly n: string;
  readonly e: 'AQAB';
  readonly kid: string;
}

/** A public key of a client. */
export type ClientKey = NamedPublicKey | NamedRsaKey;

/** Most keys of one client. */
const MAX_KEYS = 10;
const RSA_BITS = { least: 2_048, most: 4_096 } as const;

const PRIVATE_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k', 'priv'];
/** Members of a public key that say nothing we go by. */
const IGNORED_MEMBERS = ['key_ops', 'x5c', 'x5t', 'x5t#S256', 'x5u'];
const PUBLIC_MEMBERS = {
  ES256: ['kty', 'use', 'alg', 'kid', 'crv', 'x', 'y'],
  RSA: ['kty', 'use', 'alg', 'kid', 'n', 'e'],
};

const jwkInput = z.record(z.string(), z.unknown());
const kid = z.string().min(1).max(255);

/**
 * A set as somebody registers it: every member has to be right, and a fault names it, e.g. `jwks.keys.0.d`.
 *
 * @param algorithm what the keys are for
 */
export const registeredKeySet = (algorithm: ClientAlgorithm) =>
  z.strictObject({
    keys: z
      .array(
        jwkInput.transform((jwk, context): ClientKey => {
          const read = readClientKey(jwk, algorithm);
          if ('key' in read) return read.key;
          context.addIssue({ code: 'custom', path: [read.member], message: read.fault });
          return z.NEVER;
        }),
      )
      .min(1)
      .max(MAX_KEYS)
      .superRefine((keys, context) => {
        keys.forEach((key, index) => {
          if (keys.findIndex((other) => other.kid === key.kid) === index) return;
          context.addIssue({ code: 'custom', path: [index, 'kid'], message: 'is repeated' });
        });
      }),
  });

/** A set as it is fetched: other people's keys for other ends may be in it. */
const fetchedKeySet = z.looseObject({ keys: z.array(jwkInput).min(1).max(50) });

/**
 * The keys of a fetched set that are of use for the algorithm, at most ten.
 *
 * @throws {Error} when it is no key set, a key in it is private, or a name is used twice
 */
export function usableKeys(fetched: unknown, algorithm: ClientAlgorithm): readonly ClientKey[] {
  const { keys } = fetchedKeySet.parse(fetched);
  if (keys.some((jwk) => privateMemberOf(jwk) !== undefined)) throw new Error('a private key');
  const usable = keys.flatMap((jwk) => {
    const read = readClientKey(jwk, algorithm, { ignoreUnknown: true });
    return 'key' in read ? [read.key] : [];
  });
  if (new Set(usable.map((key) => key.kid)).size !== usable.length) throw new Error('kid repeated');
  return usable.slice(0, MAX_KEYS);
}

type Read = { readonly key: ClientKey } | { readonly member: string; readonly fault: string };

function readClientKey(
  jwk: Readonly<Record<string, unknown>>,
  algorithm: ClientAlgorithm,
  { ignoreUnknown = false }: { readonly ignoreUnknown?: boolean } = {},
): Read {
  const secret = privateMemberOf(jwk);
  if (secret !== undefined) return { member: secret, fault: 'is part of a private key' };
  const isEc = algorithm === 'ES256';
  const known = [...(isEc ? PUBLIC_MEMBERS.ES256 : PUBLIC_MEMBERS.RSA), ...IGNORED_MEMBERS];
  const stranger = Object.keys(jwk).find((member) => !known.includes(member));
  if (stranger !== undefined && !ignoreUnknown) {
    return { member: stranger.slice(0, 100), fault: 'is not known' };
  }
  const named = kid.safeParse(jwk['kid']);
  if (!named.success) return { member: 'kid', fault: 'must be 1 to 255 characters' };
  if (jwk['alg'] !== undefined && jwk['alg'] !== algorithm) {
    return { member: 'alg', fault: `must be ${algorithm}` };
  }
  if (jwk['use'] !== undefined && jwk['use'] !== 'sig') {
    return { member: 'use', fault: 'must be sig' };
  }
  return isEc ? readEcKey(jwk, named.data) : readRsaKey(jwk, named.data);
}

const privateMemberOf = (jwk: object): string | undefined =>
  PRIVATE_MEMBERS.find((member) => Object.hasOwn(jwk, member));

function readEcKey(jwk: Readonly<Record<string, unknown>>, name: string): Read {
  const read = publicEcJwk.safeParse(jwk);
  if (!read.success || !isOnCurve(read.data)) {
    return { member: 'kty', fault: 'must be a public P-256 key for ES256' };
  }
  return { key: { ...read.data, kid: name } };
}

function isOnCurve(jwk: unknown): boolean {
  try {
    importPublicJwk(jwk);
    return true;
  } catch {
    return false;
  }
}

function readRsaKey({ kty, n, e }: Readonly<Record<string, unknown>>, name: string): Read {
  if (kty !== 'RSA') return { member: 'kty', fault: 'must be RSA' };
  if (e !== 'AQAB') return { member: 'e', fault: 'must be AQAB (65537)' };
  const bits = typeof n === 'string' ? modulusBits(n) : 0;
  if (typeof n !== 'string' || bits < RSA_BITS.least || bits > RSA_BITS.most) {
    return { member: 'n', fault: 'must be a modulus of 2,048 to 4,096 bits' };
  }
  return { key: { kty, n, e, kid: name } };
}

/** The length of a modulus in bits; 0 when it is not written as it should be, or is even. */
function modulusBits(n: string): number {
  if (n.length > 700 || !/^[A-Za-z0-9_-]+$/.test(n)) return 0;
  const bytes = Buffer.from(n, 'base64url');
  const [first = 0] = bytes;
  if (bytes.toString('base64url') !== n || first === 0 || ((bytes.at(-1) ?? 0) & 1) === 0) return 0;
  return (bytes.length - 1) * 8 + (32 - Math.clz32(first));
}
