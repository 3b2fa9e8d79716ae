/**
 * Passkeys: public keys that a person's device unlocks by a finger, a face or a PIN.
 *
 * Source: Web Authentication Level 3, sections 7.1 (registration) and 7.2 (assertion). User verification is always
 * required. Challenges are kept and used up by one statement, so a response counts once.
 */
import { hash, randomBytes } from 'node:crypto';

import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import { decodeAttestationObject } from '@simplewebauthn/server/helpers';
import { z } from 'zod';

import type { Passkey, PasskeyStore } from './authenticator-ports.ts';
import type { ModelStore } from './ports.ts';

/** How long a challenge may be answered, in seconds. */
export const CHALLENGE_SECONDS = 300;

/** What a challenge is for. An answer to one purpose is no answer to another. */
export interface ChallengePurpose {
  readonly kind: 'register' | 'sign-in' | 'transaction';
  /** What it belongs to: a sign-in, a person, the hash of a transaction. */
  readonly binding: string;
}

/** What passkeys are kept in and checked against. */
export interface PasskeyParts {
  readonly passkeys: PasskeyStore;
  readonly models: Pick<ModelStore, 'add' | 'find' | 'consume'>;
  /** Issuer identifier: its origin is the one expected, its host the relying party's id. */
  readonly issuer: string;
  readonly now: () => Date;
}

/** EdDSA, ES256 and RS256 (COSE algorithm identifiers). */
const ALGORITHMS = [-8, -7, -257];
const MODEL = 'PasskeyChallenge';
/** Milliseconds that a browser waits for the person. */
const TIMEOUT_MS = CHALLENGE_SECONDS * 1000;

const base64url = (maximum: number) =>
  z
    .string()
    .max(maximum)
    .regex(/^[A-Za-z0-9_-]+$/);
const shared = {
  id: base64url(1_400),
  rawId: base64url(1_400),
  type: z.literal('public-key'),
  authenticatorAttachment: z.string().max(50).nullish(),
  clientExtensionResults: z.looseObject({}).default({}),
};

const registrationResponse = z.object({
  ...shared,
  response: z.object({
    clientDataJSON: base64url(4_000),
    attestationObject: base64url(8_000),
    transports: z.array(z.string().max(30)).max(10).default([]),
  }),
});

const assertionResponse = z.object({
  ...shared,
  response: z.object({
    clientDataJSON: base64url(4_000),
    authenticatorData: base64url(4_000),
    signature: base64url(2_000),
    userHandle: base64url(100).nullish(),
  }),
});

/** 32 random bytes, base64url. */
export const newChallenge = (): string => randomBytes(32).toString('base64url');

/**
 * What a browser is given to make a passkey. The challenge is good for {@link CHALLENGE_SECONDS}, once.
 *
 * @param person `mail` names the passkey in the device's list
 */
export async function registrationOptions(
  person: { readonly staffId: string; readonly mail: string; readonly name: string },
  {
    binding,
    challenge = newChallenge(),
  }: { readonly binding: string; readonly challenge?: string },
  parts: PasskeyParts,
): Promise<PublicKeyCredentialCreationOptionsJSON> {
  const existing = await parts.passkeys.list(person.staffId);
  await keepChallenge(challenge, { kind: 'register', binding }, parts);
  return generateRegistrationOptions({
    rpName: 'Lanyard',
    rpID: relyingPartyId(parts.issuer),
    userName: person.mail,
    userDisplayName: person.name,
    userID: new Uint8Array(Buffer.from(userHandle(person.staffId), 'base64url')),
    challenge: new Uint8Array(Buffer.from(challenge, 'base64url')),
    timeout: TIMEOUT_MS,
    attestationType: 'none',
    excludeCredentials: existing.map(descriptor),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    supportedAlgorithmIDs: ALGORITHMS,
  });
}

/** What came of making a passkey. */
export type RegistrationOutcome =
  | { readonly kind: 'registered'; readonly passkey: Passkey }
  /** The answer is not one to our question, was given before, came too late, or is broken. */
  | { readonly kind: 'refused' };

/** Checks what a browser made and keeps the passkey. */
export async function verifyRegistration(
  answer: unknown,
  about: { readonly staffId: string; readonly name: string; readonly binding: string },
  parts: PasskeyParts,
): Promise<RegistrationOutcome> {
  const parsed = registrationResponse.safeParse(answer);
  if (!parsed.success) return { kind: 'refused' };
  const purpose = { kind: 'register', binding: about.binding } as const;
  const challenge = await spendChallenge(parsed.data.response.clientDataJSON, purpose, parts);
  if (challenge === undefined || !hasNoCertificate(parsed.data.response.attestationObject)) {
    return { kind: 'refused' };
  }
  const made = await verifyRegistrationResponse({
    response: parsed.data as RegistrationResponseJSON,
    expectedChallenge: challenge,
    expectedOrigin: parts.issuer,
    expectedRPID: relyingPartyId(parts.issuer),
    requireUserVerification: true,
    supportedAlgorithmIDs: ALGORITHMS,
  }).catch(() => undefined);
  if (made?.verified !== true) return { kind: 'refused' };
  const { credential, credentialBackedUp } = made.registrationInfo;
  const passkey: Passkey = {
    credentialId: credential.id,
    staffId: about.staffId,
    name: about.name,
    publicKey: Buffer.from(credential.publicKey).toString('base64url'),
    counter: credential.counter,
    transports: credential.transports ?? [],
    backedUp: credentialBackedUp,
    createdAt: parts.now(),
  };
  return (await parts.passkeys.add(passkey))
    ? { kind: 'registered', passkey }
    : { kind: 'refused' };
}

/**
 * What a browser is given to use a passkey.
 *
 * @param question without `staffId` any passkey of this site can answer, and the answer says whose it is; `challenge` is
 *   base64url, random unless given
 */
export async function assertionOptions(
  question: {
    readonly purpose: ChallengePurpose;
    readonly staffId?: string | undefined;
    readonly challenge?: string;
  },
  parts: PasskeyParts,
): Promise<PublicKeyCredentialRequestOptionsJSON> {
  const { purpose, staffId, challenge = newChallenge() } = question;
  const allowed = staffId === undefined ? [] : await parts.passkeys.list(staffId);
  await keepChallenge(challenge, purpose, parts);
  return generateAuthenticationOptions({
    rpID: relyingPartyId(parts.issuer),
    challenge: new Uint8Array(Buffer.from(challenge, 'base64url')),
    timeout: TIMEOUT_MS,
    userVerification: 'required',
    allowCredentials: allowed.map(descriptor),
  });
}

/** What came of using a passkey. */
export type AssertionOutcome =
  | { readonly kind: 'verified'; readonly passkey: Passkey }
  /** The answer is not one to our question, was given before, came too late, is another person's, or is broken. */
  | { readonly kind: 'refused' };

/**
 * Checks the use of a passkey. The challenge is used up whatever comes of it.
 *
 * @param expected with `staffId`, only a passkey of that person will do
 */
export async function verifyAssertion(
  answer: unknown,
  expected: { readonly purpose: ChallengePurpose; readonly staffId?: string | undefined },
  parts: PasskeyParts,
): Promise<AssertionOutcome> {
  const parsed = assertionResponse.safeParse(answer);
  if (!parsed.success) return { kind: 'refused' };
  const { response } = parsed.data;
  const challenge = await spendChallenge(response.clientDataJSON, expected.purpose, parts);
  const passkey = await parts.passkeys.find(parsed.data.id);
  if (challenge === undefined || passkey === undefined) return { kind: 'refused' };
  const { staffId = passkey.staffId } = expected;
  // Section 7.2, step 6: the handle may be left out when it was known who was asked.
  const handle = response.userHandle ?? undefined;
  const rightHandle =
    handle === undefined ? expected.staffId !== undefined : handle === userHandle(staffId);
  if (passkey.staffId !== staffId || !rightHandle) return { kind: 'refused' };
  const used = await verifyAuthenticationResponse({
    response: parsed.data as AuthenticationResponseJSON,
    expectedChallenge: challenge,
    expectedOrigin: parts.issuer,
    expectedRPID: relyingPartyId(parts.issuer),
    requireUserVerification: true,
    credential: {
      id: passkey.credentialId,
      publicKey: new Uint8Array(Buffer.from(passkey.publicKey, 'base64url')),
      counter: passkey.counter,
    },
  }).catch(() => undefined);
  if (used?.verified !== true) return { kind: 'refused' };
  const { newCounter } = used.authenticationInfo;
  const counted = await parts.passkeys.noteUse(passkey.credentialId, newCounter);
  return counted
    ? { kind: 'verified', passkey: { ...passkey, counter: newCounter } }
    : { kind: 'refused' };
}

/** Names the person to the authenticator: the same for all of a person's passkeys, and says nothing about them. */
const userHandle = (staffId: string): string => hash('sha256', staffId, 'base64url');

const relyingPartyId = (issuer: string): string => new URL(issuer).hostname;

const descriptor = ({ credentialId, transports }: Passkey) => ({
  id: credentialId,
  transports: [...transports],
});

/**
 * Attestation is not asked for, and a browser leaves none but an authenticator's own signature (section 5.1.3). Chains of
 * certificates are refused: checking one may call the addresses in it.
 */
function hasNoCertificate(attestationObject: string): boolean {
  try {
    const decoded = decodeAttestationObject(
      new Uint8Array(Buffer.from(attestationObject, 'base64url')),
    );
    const format = decoded.get('fmt');
    return (
      format === 'none' || (format === 'packed' && decoded.get('attStmt').get('x5c') === undefined)
    );
  } catch {
    return false;
  }
}

async function keepChallenge(
  challenge: string,
  purpose: ChallengePurpose,
  { models, now }: PasskeyParts,
): Promise<void> {
  const kept = await models.add({
    model: MODEL,
    id: challenge,
    payload: { ...purpose },
    expiresAt: new Date(now().getTime() + CHALLENGE_SECONDS * 1000),
  });
  if (!kept) throw new Error('this challenge has been given out');
}

const clientData = z.looseObject({ challenge: base64url(100) });
const keptChallenge = z.object({
  kind: z.string(),
  binding: z.string(),
});

/** The challenge that was answered, if it is ours, for this purpose, in time, and nobody used it before. */
async function spendChallenge(
  clientDataJson: string,
  purpose: ChallengePurpose,
  { models, now }: PasskeyParts,
): Promise<string | undefined> {
  const { data } = clientData.safeParse(parseJson(clientDataJson));
  if (data === undefined) return undefined;
  const found = await models.find(MODEL, data.challenge);
  const kept = keptChallenge.safeParse(found?.payload);
  const inTime = found?.expiresAt !== undefined && found.expiresAt > now();
  if (!kept.success || !inTime) return undefined;
  if (kept.data.kind !== purpose.kind || kept.data.binding !== purpose.binding) return undefined;
  return (await models.consume(MODEL, data.challenge)) ? data.challenge : undefined;
}

function parseJson(base64urlText: string): unknown {
  try {
    return JSON.parse(Buffer.from(base64urlText, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}
