/**
 * Checking credentials from a program of one's own, in Node and in a browser. What `npm run build:verifier` builds.
 *
 * ```ts
 * const reading = await readVerificationBundle(text, { anchor, now: new Date() });
 * if (reading.kind === 'refused') throw new Error(reading.fault);
 * const keyBinding = { audience, nonce };
 * const verdict = await verifyOffline(presentation, reading.bundle, { now: new Date(), keyBinding });
 * ```
 */
import {
  type IssuerRegistryReading,
  type IssuerRegistryRules,
  readIssuerRegistry as readRegistry,
} from './issuer-registry/read-issuer-registry.ts';
import {
  type PresentationRules,
  type PresentationVerdict,
  verifyPresentation as verify,
} from './sd-jwt-vc/verify-presentation.ts';
import { settled } from './settled.ts';
import {
  type StatusListTokenRules,
  type VerifiedStatusList,
  verifyStatusListToken as verifyToken,
} from './status-list/status-list-token.ts';
import {
  type VcJwtRules,
  type VcJwtVerdict,
  verifyVcJwt as verifyJwt,
} from './vc-jwt/verify-vc-jwt.ts';
import {
  readVerificationBundle as readBundle,
  type VerificationBundle,
  type VerificationBundleReading,
  type VerificationBundleRules,
} from './verification-bundle/read-verification-bundle.ts';
import {
  type OfflineRules,
  type OfflineVerdict,
  verifyOffline as verifyWith,
} from './verification-bundle/verify-offline.ts';

export { publicKeyFromJwk } from './jwk-thumbprint.ts';
export { readStatus } from './status-list/status-list.ts';

/** Reads the bundle that was fetched while there was network. It answers for every input. */
export const readVerificationBundle = (
  text: string,
  rules: VerificationBundleRules,
): Promise<VerificationBundleReading> => settled(() => readBundle(text, rules));

/** Checks a presentation with nothing but a bundle and a clock. It answers for every input. */
export const verifyOffline = (
  presentation: string,
  bundle: VerificationBundle,
  rules: OfflineRules,
): Promise<OfflineVerdict> => settled(() => verifyWith(presentation, bundle, rules));

/** Checks an SD-JWT VC with keys and status lists of the caller's own. The rules' functions may be called several times. */
export const verifyPresentation = (
  presentation: string,
  rules: PresentationRules,
): Promise<PresentationVerdict> => settled(() => verify(presentation, rules));

/** Checks a `vc+jwt` with keys and status lists of the caller's own. The rules' functions may be called several times. */
export const verifyVcJwt = (jwt: string, rules: VcJwtRules): Promise<VcJwtVerdict> =>
  settled(() => verifyJwt(jwt, rules));

/** Reads the signed register of issuers. It answers for every input. */
export const readIssuerRegistry = (
  jwt: string,
  rules: IssuerRegistryRules,
): Promise<IssuerRegistryReading> => settled(() => readRegistry(jwt, rules));

/**
 * Checks a status list token and unpacks its list.
 *
 * @throws {StandardError} as in `status-list-token.ts`
 */
export const verifyStatusListToken = (
  token: string,
  rules: StatusListTokenRules,
): Promise<VerifiedStatusList> => settled(() => verifyToken(token, rules));
