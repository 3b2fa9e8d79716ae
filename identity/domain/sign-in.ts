/** The first half of a sign-in: NHSmail address and password. */
import { countAttempt } from './attempts.ts';
import type { AccountStore, AttemptCounter, StaffDirectory, StaffRecords } from './ports.ts';

/** What a person typed, and from where. */
export interface Credentials {
  /** Address of the account as it was typed. */
  readonly mail: string;
  readonly password: string;
  /** Network address that the attempt comes from. */
  readonly address: string;
  /** The browser's name for an account, when the person has signed in there before. */
  readonly browser: (mail: string) => string | undefined;
}

/** What came of it. */
export type SignInOutcome =
  | { readonly kind: 'right'; readonly staffId: string; readonly mail: string }
  /** Address or password wrong, or no account of a person at work: the answer does not say which. */
  | { readonly kind: 'wrong' }
  | { readonly kind: 'too-many'; readonly minutes: number }
  /** The account is right, but no staff record is linked to it. */
  | { readonly kind: 'not-linked' };

/** What signing in needs. */
export interface SignInParts {
  readonly directory: StaffDirectory;
  readonly records: Pick<StaffRecords, 'findStaffId'>;
  readonly accounts: AccountStore;
  readonly counter: AttemptCounter;
  readonly attemptsKey: Buffer;
  readonly now: () => Date;
}

/** How the directory marks the account of a person at work. */
export const ACTIVE_PERSON = 'USER:ACTIVE';

/**
 * Checks the password in the directory and finds the person behind the account.
 *
 * @throws {Error} with code `unavailable` when the directory or the graph does not answer
 */
export async function signIn(credentials: Credentials, parts: SignInParts): Promise<SignInOutcome> {
  const { password } = credentials;
  const mail = credentials.mail.trim();
  // Some directories answer success to a name with an empty password (RFC 4513, section 5.1.2).
  if (password === '' || mail === '' || mail.length > 254 || password.length > 256) {
    return { kind: 'wrong' };
  }
  const count = (account: string) =>
    countAttempt(
      { mail: account, address: credentials.address, browser: credentials.browser(account) },
      { counter: parts.counter, key: parts.attemptsKey, now: parts.now() },
    );
  const verdict = await count(mail);
  if (verdict.kind === 'too-many') return verdict;
  const counted = [verdict];
  const found = await parts.directory.findByMail(mail);
  const account = found?.employeeType === ACTIVE_PERSON ? found : undefined;
  if (account !== undefined && account.mail !== mail.toLowerCase()) {
    // One account, however many addresses it has.
    const whole = await count(account.mail);
    if (whole.kind === 'too-many') return whole;
    counted.push(whole);
  }
  const right = await parts.directory.verifyPassword(account, password);
  if (!right || account === undefined) return { kind: 'wrong' };
  for (const { succeeded } of counted) await succeeded();
  const staffId = await parts.records.findStaffId(account.mail);
  if (staffId === undefined) return { kind: 'not-linked' };
  await parts.accounts.put({ staffId, mail: account.mail, name: account.displayName });
  return { kind: 'right', staffId, mail: account.mail };
}
