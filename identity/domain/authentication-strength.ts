/** How strongly somebody has signed in: `acr` values (OpenID Connect Core 1.0, section 2) and their order. */

/** The `acr` values of this server, by name. */
export const ACR = {
  /** One factor. Good for setting up a second one and nothing else, so no token carries it. */
  password: 'urn:lanyard:acr:password',
  /** Password and one-time code, or another provider that vouches for as much. */
  twoFactor: 'urn:lanyard:acr:two-factor',
  /** A passkey, the person verified by the device. Cannot be phished. */
  passkey: 'urn:lanyard:acr:passkey',
  /** A passkey used for one transaction, just now. */
  transaction: 'urn:lanyard:acr:transaction',
} as const;

/** What an application can ask of a sign-in, weakest first. */
export const SIGN_IN_ACRS: readonly string[] = [ACR.twoFactor, ACR.passkey];

/** Weakest first. */
const ORDER: readonly string[] = [ACR.password, ...SIGN_IN_ACRS, ACR.transaction];

/** Whether `held` is as strong as one of `wanted`. A value that is not ours is met by nothing. */
export function isStrongEnough(held: string | undefined, wanted: readonly string[]): boolean {
  const rank = held === undefined ? -1 : ORDER.indexOf(held);
  return rank >= 0 && wanted.some((each) => ORDER.includes(each) && ORDER.indexOf(each) <= rank);
}

/** How somebody was authenticated. */
export interface Authentication {
  readonly acr: string;
  /** RFC 8176. */
  readonly amr: readonly string[];
}

/** `amr` values (RFC 8176, section 2) of a passkey: a key, a verified user, more than one factor. */
const PASSKEY_AMR = ['pop', 'user', 'mfa'];

/** The ways to sign in. */
export const AUTHENTICATION = {
  passkey: { acr: ACR.passkey, amr: PASSKEY_AMR },
  passwordAndPasskey: { acr: ACR.passkey, amr: ['pwd', ...PASSKEY_AMR] },
  /** A passkey that was made in the same sign-in. */
  passwordAndNewPasskey: { acr: ACR.twoFactor, amr: ['pwd', ...PASSKEY_AMR] },
  passwordAndCode: { acr: ACR.twoFactor, amr: ['pwd', 'otp', 'mfa'] },
} as const satisfies Readonly<Record<string, Authentication>>;
