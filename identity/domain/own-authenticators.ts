/** What somebody who has signed in does with their own second factors. */
import type {
  AuthenticatorRemovals,
  CodeApp,
  Passkey,
  RemovalOutcome,
} from './authenticator-ports.ts';
import { countSecondFactor } from './attempts.ts';
import { type CodeParts, confirmCodeApp, newCodeApp, type NewCodeApp } from './one-time-codes.ts';
import { type PasskeyParts, registrationOptions, verifyRegistration } from './passkeys.ts';
import type { Account, AttemptCounter } from './ports.ts';

/** Adding and removing is for those who signed in this long ago at most, in seconds. */
export const FRESH_SECONDS = 600;

/** What it needs. */
export interface OwnAuthenticatorParts {
  readonly passkeys: PasskeyParts;
  readonly codes: CodeParts;
  readonly removals: AuthenticatorRemovals;
  readonly counter: AttemptCounter;
  readonly attemptsKey: Buffer;
  readonly now: () => Date;
}

/** Who is signed in, and where. */
export interface Owner {
  readonly account: Account;
  readonly sessionId: string;
}

/** One's own second factors. */
export interface OwnAuthenticators {
  readonly list: (
    staffId: string,
  ) => Promise<{ readonly passkeys: readonly Passkey[]; readonly codeApp: CodeApp | undefined }>;
  /** What the browser needs for one more passkey, and the secret for an app. */
  readonly adding: (
    owner: Owner,
  ) => Promise<{ readonly options: object; readonly app: NewCodeApp }>;
  readonly addPasskey: (owner: Owner, answer: unknown, name: string) => Promise<boolean>;
  readonly addCodeApp: (owner: Owner, sealedSecret: string, code: string) => Promise<boolean>;
  readonly removePasskey: (owner: Owner, credentialId: string) => Promise<RemovalOutcome>;
  readonly removeCodeApp: (owner: Owner) => Promise<RemovalOutcome>;
}

/** Creates them. */
export function ownAuthenticators(parts: OwnAuthenticatorParts): OwnAuthenticators {
  const { passkeys, codes, removals } = parts;
  const bindingOf = ({ sessionId }: Owner): string => `account:${sessionId}`;
  return {
    list: async (staffId) => {
      const [keys, codeApp] = await Promise.all([
        passkeys.passkeys.list(staffId),
        codes.codeApps.find(staffId),
      ]);
      return { passkeys: keys, codeApp };
    },
    adding: async (owner) => ({
      options: await registrationOptions(owner.account, { binding: bindingOf(owner) }, passkeys),
      app: newCodeApp(owner.account, codes),
    }),
    addPasskey: async (owner, answer, name) => {
      const { staffId } = owner.account;
      const about = { staffId, name, binding: bindingOf(owner) };
      return (await verifyRegistration(answer, about, passkeys)).kind === 'registered';
    },
    addCodeApp: async ({ account: { staffId } }, sealedSecret, code) => {
      const verdict = await countSecondFactor(staffId, {
        counter: parts.counter,
        key: parts.attemptsKey,
        now: parts.now(),
      });
      if (verdict.kind === 'too-many') return false;
      try {
        return await confirmCodeApp({ staffId, sealedSecret, code }, codes);
      } catch {
        // A secret that is not one we sealed for this person.
        return false;
      }
    },
    removePasskey: ({ account: { staffId } }, credentialId) =>
      removals.removePasskey(staffId, credentialId),
    removeCodeApp: ({ account: { staffId } }) => removals.removeCodeApp(staffId),
  };
}
