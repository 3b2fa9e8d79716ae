/**
 * Putting disclosures back in their places, and refusing those that have none.
 *
 * Source: RFC 9901 (SD-JWT), section 7.1.
 */
import { StandardError } from '../standard-error.ts';
import { isJsonObject, type JsonObject } from '../strict-json.ts';
import {
  DEFAULT_SD_ALG,
  type DisclosureContent,
  isSdAlg,
  parseDisclosure,
  type SdAlg,
  sdHash,
} from './disclosure.ts';

/** Every way a payload and its disclosures can fail to fit, in the order they are reported. */
export const SD_JWT_FAULTS = [
  'sd_alg_unsupported',
  'disclosure_malformed',
  'disclosure_repeated',
  'digests_malformed',
  'sd_jwt_depth_exceeded',
  'disclosure_object_length',
  'disclosure_name_reserved',
  'disclosure_name_exists',
  'disclosure_array_length',
  'digest_repeated',
  'disclosure_unreferenced',
] as const;

/** One way a payload and its disclosures can fail to fit. */
export type SdJwtFault = (typeof SD_JWT_FAULTS)[number];

/** Where a value is inside the processed payload: member names and array indices from the top. */
export type ClaimPath = readonly (string | number)[];

/** One disclosure and the place it opened. */
export interface DisclosedClaim {
  /** Where the value stands in the processed payload. */
  readonly path: ClaimPath;
  /** The disclosure as it travels, base64url. */
  readonly disclosure: string;
}

/** A payload with its disclosures put back. */
export interface ProcessedSdJwt {
  /** The claims, without `_sd`, `...` and `_sd_alg`. */
  readonly payload: JsonObject;
  /** What was disclosed and where, parents before what is inside them. */
  readonly disclosed: readonly DisclosedClaim[];
}

/** A processed payload with everything that was found wrong. */
export interface ExaminedSdJwt extends ProcessedSdJwt {
  /** Empty when the payload can be used. */
  readonly faults: ReadonlySet<SdJwtFault>;
}

/**
 * Processes a payload by section 7.1, steps 3 to 5. Validity claims are the caller's to check, on
 * the processed payload (step 6).
 *
 * @param payload the verified JWS payload
 * @param disclosures each one base64url
 * @throws {StandardError} one of {@link SD_JWT_FAULTS}
 */
export function processSdJwtPayload(
  payload: JsonObject,
  disclosures: readonly string[],
): ProcessedSdJwt {
  const { faults, ...processed } = examineSdJwtPayload(payload, disclosures);
  const fault = SD_JWT_FAULTS.find((one) => faults.has(one));
  if (fault !== undefined) throw new StandardError(fault, 'RFC 9901, section 7.1 rejects this');
  return processed;
}

/** Processes a payload and lists every fault instead of stopping at the first. Never throws. */
export function examineSdJwtPayload(
  payload: JsonObject,
  disclosures: readonly string[],
): ExaminedSdJwt {
  const faults = new Set<SdJwtFault>();
  const named = payload['_sd_alg'] ?? DEFAULT_SD_ALG;
  const alg = isSdAlg(named) ? named : DEFAULT_SD_ALG;
  if (!isSdAlg(named) || payload['_sd_alg'] === null) faults.add('sd_alg_unsupported');
  const work: Work = {
    faults,
    disclosed: [],
    seen: new Set(),
    byDigest: indexByDigest(disclosures, alg, faults),
    used: 0,
  };
  const processed = openMembers(payload, TOP, work);
  if (work.used < work.byDigest.size) faults.add('disclosure_unreferenced');
  return { payload: processed, disclosed: work.disclosed, faults };
}

interface Entry {
  readonly disclosure: string;
  readonly content: DisclosureContent;
}

interface Work {
  readonly faults: Set<SdJwtFault>;
  readonly disclosed: DisclosedClaim[];
  /** Digests met so far, in the payload and in disclosures. */
  readonly seen: Set<string>;
  readonly byDigest: ReadonlyMap<string, Entry>;
  used: number;
}

/** Where the walk is. Most places are never told to anybody, so a path is written out only on demand. */
interface Place {
  readonly parent: Place | undefined;
  readonly step: string | number;
  /** How many steps from the top. */
  readonly depth: number;
}

const TOP: Place = { parent: undefined, step: '', depth: 0 };

function pathTo(place: Place): ClaimPath {
  const path: (string | number)[] = [];
  for (let at = place; at.parent !== undefined; at = at.parent) path.push(at.step);
  return path.reverse();
}

function indexByDigest(
  disclosures: readonly string[],
  alg: SdAlg,
  faults: Set<SdJwtFault>,
): ReadonlyMap<string, Entry> {
  const byDigest = new Map<string, Entry>();
  for (const disclosure of disclosures) {
    const digest = sdHash(disclosure, alg);
    if (byDigest.has(digest)) faults.add('disclosure_repeated');
    try {
      byDigest.set(digest, { disclosure, content: parseDisclosure(disclosure) });
    } catch {
      faults.add('disclosure_malformed');
    }
  }
  return byDigest;
}

/** Deepest nesting of the processed payload. */
const MAX_DEPTH = 16;

/** Opens what is inside the value one step further; a value without parts is as it is. */
function open(value: unknown, parent: Place, step: string | number, work: Work): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const depth = parent.depth + 1;
  if (depth >= MAX_DEPTH) {
    work.faults.add('sd_jwt_depth_exceeded');
    return null;
  }
  const place = { parent, step, depth };
  return Array.isArray(value)
    ? openElements(value, place, work)
    : openMembers(value as JsonObject, place, work);
}

function openMembers(object: JsonObject, place: Place, work: Work): JsonObject {
  const opened: Record<string, unknown> = {};
  for (const name of Object.keys(object)) {
    if (name === '_sd' || (name === '_sd_alg' && place === TOP)) continue;
    if (name === '...') work.faults.add('digests_malformed');
    else opened[name] = open(object[name], place, name, work);
  }
  if (Object.hasOwn(object, '_sd')) openDigests(object['_sd'], opened, place, work);
  return opened;
}

/** Step 3.c.ii: each digest in `_sd` that has a disclosure becomes a member. */
function openDigests(
  digests: unknown,
  opened: Record<string, unknown>,
  place: Place,
  work: Work,
): void {
  if (!Array.isArray(digests)) {
    work.faults.add('digests_malformed');
    return;
  }
  for (const digest of digests as unknown[]) {
    const entry = take(digest, work);
    if (entry === undefined) continue;
    const { content, disclosure } = entry;
    if (content.kind !== 'member') {
      work.faults.add('disclosure_object_length');
    } else if (isReserved(content.name, place)) {
      work.faults.add('disclosure_name_reserved');
    } else if (Object.hasOwn(opened, content.name)) {
      work.faults.add('disclosure_name_exists');
    } else {
      work.disclosed.push({ path: [...pathTo(place), content.name], disclosure });
      opened[content.name] = open(content.value, place, content.name, work);
    }
  }
}

/** Names a disclosure cannot have; `__proto__` would reach past the object that is being filled. */
function isReserved(name: string, place: Place): boolean {
  return (
    name === '_sd' ||
    name === '...' ||
    name === '__proto__' ||
    name === 'constructor' ||
    name === 'prototype' ||
    (name === '_sd_alg' && place === TOP)
  );
}

/** Step 3.c.iii: each `{"...": digest}` becomes an element when it has a disclosure, else goes. */
function openElements(array: readonly unknown[], place: Place, work: Work): unknown[] {
  const opened: unknown[] = [];
  for (const element of array) {
    const step = opened.length;
    if (!isJsonObject(element) || !Object.hasOwn(element, '...')) {
      opened.push(open(element, place, step, work));
      continue;
    }
    if (Object.keys(element).length !== 1) work.faults.add('digests_malformed');
    const entry = take(element['...'], work);
    if (entry === undefined) continue;
    if (entry.content.kind !== 'element') {
      work.faults.add('disclosure_array_length');
      continue;
    }
    work.disclosed.push({ path: [...pathTo(place), step], disclosure: entry.disclosure });
    opened.push(open(entry.content.value, place, step, work));
  }
  return opened;
}

/** The disclosure for a digest, once; `undefined` for a decoy or what the holder kept back. */
function take(digest: unknown, work: Work): Entry | undefined {
  if (typeof digest !== 'string') {
    work.faults.add('digests_malformed');
    return undefined;
  }
  const { size } = work.seen;
  work.seen.add(digest);
  if (work.seen.size === size) {
    work.faults.add('digest_repeated');
    return undefined;
  }
  const entry = work.byDigest.get(digest);
  if (entry !== undefined) work.used += 1;
  return entry;
}
