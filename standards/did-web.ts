/**
 * Decentralised identifiers that are web addresses, and the documents behind them.
 *
 * Source: did:web Method Specification, sections 3.1 and 3.2; Decentralized Identifiers 1.0, section 5; Controlled
 * Identifiers 1.0, section 2.2.
 */
import { publicEcJwk, type PublicEcJwk } from './jwk-thumbprint.ts';

const PREFIX = 'did:web:';
/** One part of a path as an identifier holds it, with the characters of DID Core, section 3.1. */
const PART = /^(?:[A-Za-z0-9._-]|%[0-9A-F]{2})+$/;

/**
 * The identifier of an address: `https://host:8443/trusts/RZ1` is `did:web:host%3A8443:trusts:RZ1`. An http address, which
 * only a system on one machine has, is named in the same way.
 *
 * @param url an address without query and without a slash at its end
 * @throws {TypeError} when it is no address
 */
export function didWebOf(url: string): string {
  const { host, pathname } = new URL(url);
  const parts = pathname.split('/').slice(1);
  const path = parts.length === 1 && parts[0] === '' ? [] : parts;
  return PREFIX + [host.replace(':', '%3A'), ...path].join(':');
}

/**
 * Where the document of an identifier is: `/.well-known/did.json` of a host, `/did.json` under a path.
 *
 * @returns an https address; `undefined` when it is no identifier of this method
 */
export function didDocumentUrl(did: string): string | undefined {
  if (!did.startsWith(PREFIX)) return undefined;
  const [host = '', ...path] = did.slice(PREFIX.length).split(':');
  if (![host, ...path].every((part) => PART.test(part))) return undefined;
  // In a path, an encoded slash or dots would lead elsewhere.
  if (path.some((part) => /%2F|%5C|%2E/i.test(part) || /^\.{1,2}$/.test(part))) return undefined;
  const origin = `https://${host.replace('%3A', ':')}`;
  if (origin.includes('%') || !URL.canParse(origin) || new URL(origin).origin !== origin) {
    return undefined;
  }
  return path.length === 0
    ? `${origin}/.well-known/did.json`
    : `${origin}/${path.join('/')}/did.json`;
}

/** A key of an identifier. */
export interface DidKey {
  /** Its name in the document, without the identifier. */
  readonly kid: string;
  /** The public key. */
  readonly jwk: PublicEcJwk;
}

/** The document of an identifier whose keys sign credentials. */
export function didDocument(did: string, keys: readonly DidKey[]): object {
  const methods = keys.map(({ kid, jwk }) => ({
    id: `${did}#${kid}`,
    type: 'JsonWebKey',
    controller: did,
    publicKeyJwk: { ...jwk, kid, alg: 'ES256', use: 'sig' },
  }));
  return {
    '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/jwk/v1'],
    id: did,
    verificationMethod: methods,
    assertionMethod: methods.map(({ id }) => id),
  };
}

/**
 * The key of an identifier's document that may sign credentials.
 *
 * @param document JSON, not checked yet
 * @param keyId the identifier, `#` and the key's name, as in a credential's `kid`
 * @returns `undefined` when the document is another identifier's, or has no such key for this purpose
 */
export function findAssertionKey(document: unknown, keyId: string): PublicEcJwk | undefined {
  const [did = ''] = keyId.split('#');
  if (!isRecord(document) || document['id'] !== did) return undefined;
  const { verificationMethod, assertionMethod } = document;
  if (!Array.isArray(verificationMethod) || !Array.isArray(assertionMethod)) return undefined;
  if (!assertionMethod.includes(keyId)) return undefined;
  const named = verificationMethod.filter((one) => isRecord(one) && one['id'] === keyId);
  const [method] = named as readonly Readonly<Record<string, unknown>>[];
  if (named.length !== 1 || method === undefined) return undefined;
  if (method['type'] !== 'JsonWebKey' || method['controller'] !== did) return undefined;
  const key = publicEcJwk.safeParse(method['publicKeyJwk']);
  return key.success ? key.data : undefined;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
