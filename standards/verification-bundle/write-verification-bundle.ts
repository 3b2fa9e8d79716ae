/** Putting a bundle together and signing its statement. */
import { hash } from 'node:crypto';

import { certifiedHeader, signEncoded, type Signer } from '../compact-jws.ts';
import { StandardError } from '../standard-error.ts';
import {
  MAX_BUNDLE_LENGTH,
  VERIFICATION_BUNDLE_TYPE,
  type VerificationBundleClaims,
  type VerificationBundleText,
} from './verification-bundle.ts';

/** What goes into a bundle. */
export interface VerificationBundleContent {
  /** The address of the register of issuers. The signer's certificate is for it. */
  readonly address: string;
  /** When it is signed. */
  readonly issuedAt: Date;
  /** When it stops counting. */
  readonly expiresAt: Date;
  /** Rises with every bundle. */
  readonly version: number;
  /** How old a status may be, in seconds. */
  readonly statusMaxAgeSeconds: number;
  /** The same for verifiers with a policy of their own, by the `aud` of key binding. */
  readonly statusMaxAges?: ReadonlyMap<string, number>;
  /** The signed register of issuers. */
  readonly registry: string;
  /** What is published about each type: JSON text. */
  readonly types: readonly {
    /** The type. */
    readonly vct: string;
    /** Its document. */
    readonly document: string;
  }[];
  /** The status lists. */
  readonly statusLists: readonly {
    /** Where the list is published. */
    readonly uri: string;
    /** The signed list. */
    readonly token: string;
  }[];
}

/**
 * Writes a bundle.
 *
 * @param signer the register's, with its certificate
 * @returns JSON text
 * @throws {StandardError} `verification_bundle_too_long`, when a reader would refuse it
 */
export async function writeVerificationBundle(
  content: VerificationBundleContent,
  signer: Signer,
): Promise<string> {
  const { registry, types, statusLists } = content;
  const claims: VerificationBundleClaims = {
    iss: content.address,
    iat: toSeconds(content.issuedAt),
    exp: toSeconds(content.expiresAt),
    version: content.version,
    registry: digest(registry),
    types: types.map(({ vct, document }) => ({ vct, sha256: digest(document) })),
    status_lists: statusLists.map(({ uri, token }) => ({ uri, sha256: digest(token) })),
    policy: {
      status_max_age: content.statusMaxAgeSeconds,
      verifiers: [...(content.statusMaxAges ?? [])].map(([audience, seconds]) => ({
        audience,
        status_max_age: seconds,
      })),
    },
  };
  const header = certifiedHeader(VERIFICATION_BUNDLE_TYPE, signer);
  const bundle: VerificationBundleText = {
    statement: await signEncoded(header, JSON.stringify(claims), signer),
    registry,
    types: types.map(({ document }) => document),
    status_lists: statusLists.map(({ token }) => token),
  };
  const text = JSON.stringify(bundle);
  if (text.length > MAX_BUNDLE_LENGTH) {
    throw new StandardError('verification_bundle_too_long', 'the bundle is longer than is read');
  }
  return text;
}

const digest = (text: string): string => hash('sha256', text, 'base64url');
const toSeconds = (moment: Date): number => Math.floor(moment.getTime() / 1000);
