/**
 * Reading a bundle: nothing in it counts before its statement's signature leads to an anchor that the reader trusted
 * beforehand, and nothing that the statement does not name.
 */
import { hash } from 'node:crypto';

import { parseCompactJws, verifyEs256 } from '../compact-jws.ts';
import {
  type IssuerRegistry,
  type IssuerRegistryFault,
  readIssuerRegistry,
} from '../issuer-registry/read-issuer-registry.ts';
import { StandardError } from '../standard-error.ts';
import { parseStrictJson } from '../strict-json.ts';
import { verifyCertificateChain } from '../x509/verify-certificate-chain.ts';
import {
  MAX_BUNDLE_LENGTH,
  VERIFICATION_BUNDLE_TYPE,
  verificationBundleClaims,
  type VerificationBundleText,
  verificationBundleText,
} from './verification-bundle.ts';

/** What a bundle must satisfy. */
export interface VerificationBundleRules {
  /** The anchor that the reader trusts, from elsewhere than the bundle; base64 DER. */
  readonly anchor: string;
  /**
   * The address of the register of issuers. Unless it is told, the bundle's own counts, when it ends in
   * `/issuer-registry`: an anchor certifies one such address, and its issuers' addresses end otherwise.
   */
  readonly address?: string;
  /** The moment of the check. */
  readonly now: Date;
  /** The version of the bundle that the reader holds already; an older one is refused. */
  readonly heldVersion?: number;
  /** How far the two clocks may differ, in seconds; 60 unless told. */
  readonly clockSkewSeconds?: number;
}

/** A bundle that can be relied on until it expires. */
export interface VerificationBundle {
  /** The address of the register of issuers. */
  readonly address: string;
  /** To be held: an older bundle is refused from then on. */
  readonly version: number;
  /** When it was signed. */
  readonly issuedAt: Date;
  /** When it stops counting. */
  readonly expiresAt: Date;
  /**
   * How old a status may be, in seconds, counted from when its list was signed.
   *
   * @param audience the verifier, as in the `aud` of key binding; nobody in particular when it is missing
   */
  readonly statusMaxAgeSeconds: (audience?: string) => number;
  /** The register of issuers, as it was when the bundle was signed. */
  readonly registry: IssuerRegistry;
  /**
   * The document of a type, `undefined` when there is none.
   *
   * @throws {StandardError} `verification_bundle_changed` when it is not the one that was signed for
   */
  readonly findType: (vct: string) => string | undefined;
  /**
   * The token of a status list, not checked yet; `undefined` when there is none.
   *
   * @throws {StandardError} `verification_bundle_changed` when it is not the one that was signed for
   */
  readonly findStatusList: (uri: string) => string | undefined;
  /** How many status lists there are. */
  readonly statusListCount: number;
}

/** Why a bundle was refused. */
export type VerificationBundleFault =
  | IssuerRegistryFault
  /** Not a bundle, or longer than one may be. */
  | 'bundle_malformed'
  /** A token of another kind. */
  | 'bundle_type_wrong'
  /** Its certificate does not lead to the anchor. */
  | 'bundle_anchor_wrong'
  /** Its certificate is not for the register's address, or it names another one. */
  | 'bundle_address_wrong'
  | 'bundle_signature_invalid'
  /** Signed later than the reader's clock says it is now. */
  | 'bundle_not_yet_valid'
  | 'bundle_expired'
  /** Older than the bundle that is held. */
  | 'bundle_older'
  /** Its register is not the one that was signed for. */
  | 'bundle_changed';

/** What came of reading. */
export type VerificationBundleReading =
  | {
      /** It holds. */
      readonly kind: 'bundle';
      /** What it holds. */
      readonly bundle: VerificationBundle;
    }
  | {
      /** It does not hold. */
      readonly kind: 'refused';
      /** Why. */
      readonly fault: VerificationBundleFault;
    };

/** Where a register is published. */
const REGISTER = '/issuer-registry';
/** Longest statement read, in characters. */
const MAX_STATEMENT_LENGTH = 8 * 2 ** 20;

/** Reads a bundle. It answers for every input and never throws. */
export function readVerificationBundle(
  text: string,
  rules: VerificationBundleRules,
): VerificationBundleReading {
  const { anchor, now, heldVersion = 0, clockSkewSeconds = 60 } = rules;
  const parsed = parse(text);
  if (parsed === undefined) return refused('bundle_malformed');
  const { header, payload, signingInput, signature } = parsed.jws;
  if (header['typ'] !== VERIFICATION_BUNDLE_TYPE) return refused('bundle_type_wrong');
  if (header['alg'] !== 'ES256') return refused('bundle_malformed');
  const chain = verifyCertificateChain(header['x5c'], { anchors: [anchor], now });
  if (chain.kind !== 'trusted') return refused('bundle_anchor_wrong');
  const { publicKey, uris } = chain.leaf;
  const [certified = ''] = uris;
  const address = rules.address ?? (certified.endsWith(REGISTER) ? certified : undefined);
  // The same anchor certifies issuers: only the register's own certificate counts here.
  if (uris.length !== 1 || certified !== address) return refused('bundle_address_wrong');
  if (!verifyEs256(signingInput, signature, publicKey)) return refused('bundle_signature_invalid');
  const claims = verificationBundleClaims.safeParse(payload);
  if (!claims.success) return refused('bundle_malformed');
  const { iss, iat, exp, version, types, status_lists: lists, policy } = claims.data;
  const seconds = now.getTime() / 1000;
  if (iss !== address) return refused('bundle_address_wrong');
  if (iat > seconds + clockSkewSeconds) return refused('bundle_not_yet_valid');
  if (exp <= seconds) return refused('bundle_expired');
  if (version < heldVersion) return refused('bundle_older');
  const { content } = parsed;
  const complete =
    types.length === content.types.length && lists.length === content.status_lists.length;
  if (!complete) return refused('bundle_malformed');
  if (digest(content.registry) !== claims.data.registry) return refused('bundle_changed');
  const issuedAt = new Date(iat * 1000);
  // As it was then: the statement says for how long it counts with the rest.
  const reading = readIssuerRegistry(content.registry, { address, anchor, now: issuedAt });
  if (reading.kind === 'refused') return reading;
  return {
    kind: 'bundle',
    bundle: {
      address,
      version,
      issuedAt,
      expiresAt: new Date(exp * 1000),
      statusMaxAgeSeconds: (audience) =>
        policy.verifiers.find((one) => one.audience === audience)?.status_max_age ??
        policy.status_max_age,
      registry: reading.registry,
      findType: finder(
        types.map(({ vct, sha256 }) => [vct, sha256]),
        content.types,
      ),
      findStatusList: finder(
        lists.map(({ uri, sha256 }) => [uri, sha256]),
        content.status_lists,
      ),
      statusListCount: lists.length,
    },
  };
}

/** Finds a part by its name, and checks then that it is the one that was named. */
function finder(
  named: readonly (readonly [name: string, sha256: string])[],
  parts: readonly string[],
): (name: string) => string | undefined {
  const places = new Map(named.map(([name, sha256], place) => [name, { place, sha256 }]));
  return (name) => {
    const found = places.get(name);
    if (found === undefined) return undefined;
    const part = parts[found.place];
    if (part === undefined || digest(part) !== found.sha256) {
      throw new StandardError('verification_bundle_changed', 'a part is not the one signed for');
    }
    return part;
  };
}

function parse(text: string) {
  try {
    const json = parseStrictJson(text, { maxLength: MAX_BUNDLE_LENGTH, maxDepth: 2 });
    const content: VerificationBundleText = verificationBundleText.parse(json);
    const limits = { maxLength: MAX_STATEMENT_LENGTH };
    return { content, jws: parseCompactJws(content.statement, limits) };
  } catch {
    return undefined;
  }
}

const digest = (text: string): string => hash('sha256', text, 'base64url');

const refused = (fault: VerificationBundleFault): VerificationBundleReading => ({
  kind: 'refused',
  fault,
});
