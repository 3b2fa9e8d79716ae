/**
 * One-time codes of an authenticator app: six digits, a new one every 30 seconds, each used once.
 *
 * Source: RFC 6238 (TOTP); section 5.2 asks for the single use and for a window of one step.
 */
import { randomBytes } from 'node:crypto';

import { Secret, TOTP } from 'otpauth';

import type { CodeAppStore } from './authenticator-ports.ts';
import { seal, unseal } from './seal.ts';

const PERIOD_SECONDS = 30;
const WINDOW_STEPS = 1;
/** RFC 4226, section 4, requirement 6. */
const SECRET_BYTES = 20;

/** What one-time codes are checked with. */
export interface CodeParts {
  readonly codeApps: CodeAppStore;
  /** Seals the shared secrets. */
  readonly key: Buffer;
  readonly now: () => Date;
}

/** A secret that an app is about to be set up with. */
export interface NewCodeApp {
  readonly sealedSecret: string;
  /** What the person types into the app, base32. */
  readonly secret: string;
  /** The same as an address for the QR code (`otpauth://`). */
  readonly uri: string;
}

/** Makes a secret for a person. Nothing is kept until {@link confirmCodeApp}. */
export function newCodeApp(
  person: { readonly staffId: string; readonly mail: string },
  { key }: Pick<CodeParts, 'key'>,
): NewCodeApp {
  return describeCodeApp(seal(key, randomBytes(SECRET_BYTES), person.staffId), person, { key });
}

/** Shows again what {@link newCodeApp} made. */
export function describeCodeApp(
  sealedSecret: string,
  person: { readonly staffId: string; readonly mail: string },
  { key }: Pick<CodeParts, 'key'>,
): NewCodeApp {
  const generator = generatorOf(sealedSecret, person.staffId, key, person.mail);
  return { sealedSecret, secret: generator.secret.base32, uri: generator.toString() };
}

/** Keeps an app whose first code is right. False when it is wrong, or the person has an app. */
export async function confirmCodeApp(
  {
    staffId,
    sealedSecret,
    code,
  }: { readonly staffId: string; readonly sealedSecret: string; readonly code: string },
  { codeApps, key, now }: CodeParts,
): Promise<boolean> {
  const step = stepOf(generatorOf(sealedSecret, staffId, key), code, now());
  return step !== undefined && codeApps.add(staffId, sealedSecret, step);
}

/** Uses a code. False when it is wrong, too old, or was used. Callers bound the number of tries. */
export async function spendOneTimeCode(
  { staffId, code }: { readonly staffId: string; readonly code: string },
  { codeApps, key, now }: CodeParts,
): Promise<boolean> {
  const app = await codeApps.find(staffId);
  if (app === undefined) return false;
  const step = stepOf(generatorOf(app.sealedSecret, staffId, key), code, now());
  return step !== undefined && codeApps.takeStep(staffId, step);
}

const generatorOf = (sealedSecret: string, staffId: string, key: Buffer, label = ''): TOTP => {
  const bytes = new Uint8Array(unseal(key, sealedSecret, staffId));
  return new TOTP({
    issuer: 'Lanyard',
    label,
    secret: new Secret({ buffer: bytes.buffer }),
    period: PERIOD_SECONDS,
    digits: 6,
    algorithm: 'SHA1',
  });
};

/** The time step that a code belongs to; `undefined` for one outside the window. */
function stepOf(generator: TOTP, code: string, now: Date): number | undefined {
  const token = code.replace(/\s/g, '');
  if (!/^\d{6}$/.test(token)) return undefined;
  const timestamp = now.getTime();
  const delta = generator.validate({ token, timestamp, window: WINDOW_STEPS });
  return delta === null ? undefined : Math.floor(timestamp / 1000 / PERIOD_SECONDS) + delta;
}
