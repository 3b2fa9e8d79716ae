/**
 * How an SD-JWT is written down: compact with tildes, or as JWS JSON.
 *
 * Source: RFC 9901 (SD-JWT), sections 4 and 8.
 */
import { splitCompactJws } from '../compact-jws.ts';
import { StandardError } from '../standard-error.ts';
import { isJsonObject, type JsonObject, parseStrictJson } from '../strict-json.ts';

/** Longest SD-JWT read, in characters. */
export const MAX_SD_JWT_LENGTH = 2 ** 16;

/** Most disclosures read in one SD-JWT. */
export const MAX_DISCLOSURES = 100;

/** An SD-JWT taken apart. Nothing is decoded or checked yet. */
export interface ParsedSdJwt {
  /** The JWS that the issuer signed, compact. */
  readonly jwt: string;
  /** The disclosures, each one base64url, in the order they came. */
  readonly disclosures: readonly string[];
  /** The key binding JWT, compact; absent in an SD-JWT without key binding. */
  readonly keyBindingJwt?: string;
  /** What a key binding JWT's `sd_hash` covers: JWS and disclosures, each with its tilde (section 4.3.1). */
  readonly bound: string;
}

/**
 * Writes an SD-JWT in compact form.
 *
 * @param jwt the compact JWS
 * @param disclosures each one base64url
 * @param keyBindingJwt compact; left out for an SD-JWT without key binding
 */
export function serialiseSdJwt(
  jwt: string,
  disclosures: readonly string[],
  keyBindingJwt = '',
): string {
  return `${[jwt, ...disclosures].join('~')}~${keyBindingJwt}`;
}

/**
 * Takes an SD-JWT apart, in compact form or in JWS JSON form (flattened, or general, where the first
 * signature counts).
 *
 * @param text at most 65,536 characters and 100 disclosures
 * @throws {StandardError} `sd_jwt_malformed`, `sd_jwt_too_long` or `sd_jwt_too_many_disclosures`
 */
export function parseSdJwt(text: string): ParsedSdJwt {
  if (text.length > MAX_SD_JWT_LENGTH) {
    throw new StandardError('sd_jwt_too_long', 'the SD-JWT is longer than allowed');
  }
  if (text.startsWith('{')) return parseJson(text);
  const parts = text.split('~', MAX_DISCLOSURES + 3);
  if (parts.length > MAX_DISCLOSURES + 2) throw tooMany();
  const [jwt] = parts;
  const keyBindingJwt = parts.at(-1);
  const disclosures = parts.slice(1, -1);
  if (parts.length < 2 || !jwt || keyBindingJwt === undefined || disclosures.includes('')) {
    throw malformed();
  }
  return {
    jwt,
    disclosures,
    ...(keyBindingJwt === '' ? {} : { keyBindingJwt }),
    bound: text.slice(0, text.length - keyBindingJwt.length),
  };
}

function parseJson(text: string): ParsedSdJwt {
  let jws: unknown;
  try {
    jws = parseStrictJson(text);
  } catch (cause) {
    throw new StandardError('sd_jwt_malformed', 'not JWS JSON', { cause });
  }
  if (!isJsonObject(jws) || typeof jws['payload'] !== 'string') throw malformed();
  const signature = firstSignature(jws);
  const { protected: header, signature: value, header: unprotected = {} } = signature;
  if (typeof header !== 'string' || typeof value !== 'string' || !isJsonObject(unprotected)) {
    throw malformed();
  }
  const { disclosures = [], kb_jwt: keyBindingJwt } = unprotected;
  if (!isTextList(disclosures)) throw malformed();
  if (disclosures.length > MAX_DISCLOSURES) throw tooMany();
  if (keyBindingJwt !== undefined && (typeof keyBindingJwt !== 'string' || keyBindingJwt === '')) {
    throw malformed();
  }
  const jwt = `${header}.${jws['payload']}.${value}`;
  refuseRepeatedHeaders(jwt, unprotected);
  return {
    jwt,
    disclosures,
    ...(keyBindingJwt === undefined ? {} : { keyBindingJwt }),
    bound: serialiseSdJwt(jwt, disclosures),
  };
}

/** The signature that carries the disclosures: the only one, or the first (section 8.1). */
function firstSignature(jws: JsonObject): JsonObject {
  const { signatures } = jws;
  if (signatures === undefined) return jws;
  if (Object.hasOwn(jws, 'signature') || !Array.isArray(signatures)) throw malformed();
  const [first, ...others] = signatures as unknown[];
  const stray = others.some((other) => {
    if (!isJsonObject(other)) return true;
    const header = other['header'];
    return isJsonObject(header) && ('disclosures' in header || 'kb_jwt' in header);
  });
  if (stray || !isJsonObject(first)) throw malformed();
  return first;
}

/** RFC 7515, section 7.2.1: a header parameter is either protected or unprotected, never both. */
function refuseRepeatedHeaders(jwt: string, unprotected: JsonObject): void {
  let header: JsonObject;
  try {
    header = splitCompactJws(jwt).header;
  } catch (cause) {
    throw new StandardError('sd_jwt_malformed', 'the JWS inside is malformed', { cause });
  }
  const unsafe = (name: string) => Object.hasOwn(header, name) || name === 'alg' || name === 'crit';
  if (Object.keys(unprotected).some(unsafe)) throw malformed();
}

/** Texts without the separator, which would change meaning in compact form. */
function isTextList(value: unknown): value is readonly string[] {
  return (
    Array.isArray(value) &&
    value.every((one) => typeof one === 'string' && one !== '' && !one.includes('~'))
  );
}

function malformed(): StandardError {
  return new StandardError('sd_jwt_malformed', 'not an SD-JWT');
}

function tooMany(): StandardError {
  return new StandardError('sd_jwt_too_many_disclosures', 'more disclosures than allowed');
}
