/**
 * Issuing an SD-JWT: claims become digests, and what opens them travels beside the signed token.
 *
 * Source: RFC 9901 (SD-JWT), sections 4.1, 4.2 and 6.
 */
import { signCompactJws, type Signer } from '../compact-jws.ts';
import { StandardError } from '../standard-error.ts';
import { isJsonObject, type JsonObject } from '../strict-json.ts';
import {
  decoyDigest,
  DEFAULT_SD_ALG,
  discloseElement,
  discloseMember,
  sdHash,
} from './disclosure.ts';
import { serialiseSdJwt } from './serialisation.ts';

/**
 * Which parts of the claims the holder may keep back. `_sd` lists member names of an object, or
 * indices of an array; any other name leads to the frame for what is inside that member (for an
 * array, the index as text). A member that is in `_sd` and has a frame of its own is disclosed in
 * steps (section 4.2.6).
 */
export interface DisclosureFrame {
  /** Member names, or indices of an array, that become disclosures. */
  readonly _sd?: readonly (string | number)[];
  /** The frame for what is inside one member. */
  readonly [name: string]: DisclosureFrame | readonly (string | number)[] | undefined;
}

/** Claims and what may be kept back of them. */
export interface SdJwtClaims {
  /** The claims in clear. Members that are `undefined` are left out. */
  readonly claims: JsonObject;
  /** Which of them become disclosures. */
  readonly disclose: DisclosureFrame;
  /** How many digests without meaning to add wherever something is disclosed; none unless told. */
  readonly decoys?: number;
}

/** What to issue. */
export interface SdJwtContent extends SdJwtClaims {
  /** The protected header; `alg` and `kid` come from the signer. */
  readonly header: JsonObject;
}

/**
 * Signs an SD-JWT and returns it with all its disclosures, ready for the holder.
 *
 * @returns `<JWS>~<disclosure>~...~`
 * @throws {StandardError} `reserved_claim_name` when a claim is called `_sd`, `...` or `_sd_alg`;
 * `disclosure_frame_invalid` when the frame names something the claims do not have
 */
export async function issueSdJwt(content: SdJwtContent, signer: Signer): Promise<string> {
  const { payload, disclosures } = hideClaims(content);
  const jwt = await signCompactJws({ header: content.header, payload }, signer);
  return serialiseSdJwt(jwt, disclosures);
}

/** A payload with digests in place of claims, and the disclosures that open them. */
export interface HiddenClaims {
  /** What is signed, with `_sd_alg`. */
  readonly payload: JsonObject;
  /** The disclosures, each one base64url. */
  readonly disclosures: readonly string[];
}

/**
 * Replaces claims by digests, without signing anything.
 *
 * @throws {StandardError} `reserved_claim_name` or `disclosure_frame_invalid`
 */
export function hideClaims({ claims, disclose, decoys = 0 }: SdJwtClaims): HiddenClaims {
  if (Object.hasOwn(claims, '_sd_alg')) throw reservedName();
  refuseReservedNames(claims, MAX_DEPTH);
  const disclosures: string[] = [];
  const payload = hideMembers(claims, disclose, { disclosures, decoys });
  return {
    payload: disclosures.length === 0 ? payload : { ...payload, _sd_alg: DEFAULT_SD_ALG },
    disclosures,
  };
}

/** How deep claims may be nested: what a strict reader accepts, less the disclosure's own array. */
const MAX_DEPTH = 14;

interface Output {
  readonly disclosures: string[];
  readonly decoys: number;
}

function hide(value: unknown, frame: DisclosureFrame | undefined, output: Output): unknown {
  if (frame === undefined) return value;
  if (Array.isArray(value)) return hideElements(value, frame, output);
  if (isJsonObject(value)) return hideMembers(value, frame, output);
  throw new StandardError('disclosure_frame_invalid', 'a frame leads into a value without parts');
}

function hideMembers(object: JsonObject, frame: DisclosureFrame, output: Output): JsonObject {
  const hidden = new Set<string | number>(frame._sd);
  requireParts(object, frame, hidden);
  const shown: Record<string, unknown> = {};
  const digests: string[] = [];
  for (const name of Object.keys(object)) {
    if (object[name] === undefined) continue;
    const value = hide(object[name], frameAt(frame, name), output);
    if (hidden.has(name)) digests.push(keep(discloseMember(name, value), output));
    else shown[name] = value;
  }
  if (digests.length === 0) return shown;
  for (let decoy = 0; decoy < output.decoys; decoy += 1) digests.push(decoyDigest());
  // Sorted, so that the order of the claims does not show (section 4.2.4.1).
  return { ...shown, _sd: digests.sort() };
}

function hideElements(
  array: readonly unknown[],
  frame: DisclosureFrame,
  output: Output,
): unknown[] {
  const hidden = new Set<string | number>(frame._sd);
  requireParts(array, frame, hidden);
  const shown = array.map((element, index) => {
    const value = hide(element, frameAt(frame, String(index)), output);
    return hidden.has(index) ? { '...': keep(discloseElement(value), output) } : value;
  });
  if (hidden.size > 0) {
    for (let decoy = 0; decoy < output.decoys; decoy += 1) shown.push({ '...': decoyDigest() });
  }
  return shown;
}

function keep(disclosure: string, output: Output): string {
  output.disclosures.push(disclosure);
  return sdHash(disclosure, DEFAULT_SD_ALG);
}

function frameAt(frame: DisclosureFrame, name: string): DisclosureFrame | undefined {
  return Object.hasOwn(frame, name) ? (frame[name] as DisclosureFrame | undefined) : undefined;
}

/** A frame that names what is not there is a slip that would leave a claim open for ever. */
function requireParts(
  parts: object,
  frame: DisclosureFrame,
  hidden: ReadonlySet<string | number>,
): void {
  const names = Object.keys(frame).filter((name) => name !== '_sd');
  const kind = Array.isArray(parts) ? 'number' : 'string';
  for (const name of [...hidden, ...names]) {
    if (!Object.hasOwn(parts, name) || (hidden.has(name) && typeof name !== kind)) {
      throw new StandardError(
        'disclosure_frame_invalid',
        'the frame names a part that is not there',
      );
    }
  }
}

function refuseReservedNames(value: unknown, depthLeft: number): void {
  if (typeof value !== 'object' || value === null) return;
  if (depthLeft === 0) {
    throw new StandardError('sd_jwt_depth_exceeded', 'claims are nested deeper than allowed');
  }
  if (Array.isArray(value)) {
    for (const element of value as unknown[]) refuseReservedNames(element, depthLeft - 1);
    return;
  }
  const object = value as JsonObject;
  for (const name of Object.keys(object)) {
    if (name === '_sd' || name === '...' || name === '__proto__') throw reservedName();
    refuseReservedNames(object[name], depthLeft - 1);
  }
}

function reservedName(): StandardError {
  return new StandardError('reserved_claim_name', 'a claim has a name that SD-JWT reserves');
}
