/**
 * The second half of a sign-in: a passkey or a one-time code after the password, or a passkey alone; and setting the first
 * one up. Who may set up what is decided here.
 */
import { countSecondFactor } from './attempts.ts';
import { type Authentication, AUTHENTICATION } from './authentication-strength.ts';
import type { SetupCodeStore } from './authenticator-ports.ts';
import {
  type CodeParts,
  confirmCodeApp,
  describeCodeApp,
  newCodeApp,
  type NewCodeApp,
  spendOneTimeCode,
} from './one-time-codes.ts';
import {
  assertionOptions,
  type PasskeyParts,
  registrationOptions,
  verifyAssertion,
  verifyRegistration,
} from './passkeys.ts';
import type {
  Account,
  AccountStore,
  AttemptCounter,
  ModelStore,
  StaffDirectory,
  StaffRecords,
} from './ports.ts';
import { ACTIVE_PERSON } from './sign-in.ts';
import { spendSetupCode } from './setup-codes.ts';
import {
  findProgress,
  forgetProgress,
  keepProgress,
  type SignInProgress,
} from './sign-in-progress.ts';

/** What the second factor needs. */
export interface SecondFactorParts {
  readonly passkeys: PasskeyParts;
  readonly codes: CodeParts;
  readonly setupCodes: SetupCodeStore;
  readonly accounts: Pick<AccountStore, 'find' | 'isClosed'>;
  readonly directory: Pick<StaffDirectory, 'findByMail'>;
  readonly records: Pick<StaffRecords, 'findStaffId'>;
  readonly models: ModelStore;
  readonly counter: AttemptCounter;
  readonly attemptsKey: Buffer;
  /** Whether the person may do things for others. */
  readonly holdsRole: (account: Account) => Promise<boolean>;
  /** Ends the sessions of a person whose authenticators were replaced. */
  readonly endSessions: (staffId: string) => Promise<void>;
  readonly now: () => Date;
}

/** Where a sign-in stands. */
export type SignInStage =
  | { readonly kind: 'password' }
  | {
      readonly kind: 'second-factor';
      readonly account: Account;
      readonly hasPasskey: boolean;
      readonly hasCodeApp: boolean;
    }
  /** Nothing is set up, and a password is not enough to do so. */
  | { readonly kind: 'setup-code'; readonly account: Account }
  | { readonly kind: 'set-up'; readonly account: Account };

/** What came of one step. */
export type StepOutcome =
  | {
      readonly kind: 'authenticated';
      readonly account: Account;
      readonly authentication: Authentication;
    }
  /** On to the next page. */
  | { readonly kind: 'next' }
  | { readonly kind: 'wrong' }
  | { readonly kind: 'too-many'; readonly minutes: number };

const WRONG: StepOutcome = { kind: 'wrong' };
const NEXT: StepOutcome = { kind: 'next' };

/** The steps of one sign-in after the other; `uid` is the sign-in's name. */
export interface SecondFactor {
  readonly stage: (uid: string) => Promise<SignInStage>;
  /** The password was right. */
  readonly begin: (uid: string, staffId: string) => Promise<void>;
  /** Starts again with the password. */
  readonly restart: (uid: string) => Promise<void>;
  /** For the browser, to use a passkey; the person's own once the password was right. */
  readonly passkeyQuestion: (uid: string) => Promise<object>;
  readonly takePasskey: (uid: string, answer: unknown) => Promise<StepOutcome>;
  readonly takeCode: (uid: string, code: string) => Promise<StepOutcome>;
  readonly takeSetupCode: (uid: string, code: string) => Promise<StepOutcome>;
  /** For the set-up page: what the browser needs for a passkey, and the app's secret. */
  readonly setUp: (uid: string) => Promise<{ readonly passkey: object; readonly app: NewCodeApp }>;
  readonly takeNewPasskey: (uid: string, answer: unknown, name: string) => Promise<StepOutcome>;
  readonly takeNewCodeApp: (uid: string, code: string) => Promise<StepOutcome>;
}

/** Creates the steps. */
export function secondFactor(parts: SecondFactorParts): SecondFactor {
  const { passkeys, codes, accounts } = parts;

  const reached = async (uid: string) => {
    const progress = await findProgress(uid, parts);
    const account = progress && (await accounts.find(progress.staffId));
    return progress === undefined || account === undefined ? undefined : { progress, account };
  };
  const authenticatorsOf = async (staffId: string) => {
    const [keys, app] = await Promise.all([
      passkeys.passkeys.list(staffId),
      codes.codeApps.find(staffId),
    ]);
    return { hasPasskey: keys.length > 0, hasCodeApp: app !== undefined };
  };
  const authenticated = async (
    uid: string,
    account: Account,
    authentication: Authentication,
  ): Promise<StepOutcome> => {
    await forgetProgress(uid, parts);
    return { kind: 'authenticated', account, authentication };
  };
  /** Runs a step that may be guessed at. */
  const bounded = async (
    staffId: string,
    step: () => Promise<StepOutcome>,
  ): Promise<StepOutcome> => {
    const verdict = await countSecondFactor(staffId, {
      counter: parts.counter,
      key: parts.attemptsKey,
      now: parts.now(),
    });
    if (verdict.kind === 'too-many') return verdict;
    const outcome = await step();
    if (outcome.kind !== 'wrong') await verdict.succeeded();
    return outcome;
  };
  /** Whether an authenticator may be set up. The first one that somebody sets up ends that for all other sign-ins. */
  const allowsSetUp = async ({ setUp, staffId }: SignInProgress): Promise<boolean> => {
    if (setUp !== 'first') return setUp === 'setup-code';
    const has = await authenticatorsOf(staffId);
    return !has.hasPasskey && !has.hasCodeApp;
  };
  const maySetUp = async (uid: string) => {
    const found = await reached(uid);
    return found !== undefined && (await allowsSetUp(found.progress)) ? found : undefined;
  };

  return {
    stage: async (uid) => {
      const found = await reached(uid);
      if (found === undefined) return { kind: 'password' };
      const { account, progress } = found;
      if (await allowsSetUp(progress)) return { kind: 'set-up', account };
      const has = await authenticatorsOf(account.staffId);
      return has.hasPasskey || has.hasCodeApp
        ? { kind: 'second-factor', account, ...has }
        : { kind: 'setup-code', account };
    },
    begin: async (uid, staffId) => {
      const account = await accounts.find(staffId);
      if (account === undefined) throw new Error('the account was not kept');
      const has = await authenticatorsOf(staffId);
      const first = !has.hasPasskey && !has.hasCodeApp;
      const setUp = first && !(await parts.holdsRole(account)) ? 'first' : 'no';
      await keepProgress(uid, { staffId, setUp }, parts);
    },
    restart: (uid) => forgetProgress(uid, parts),
    passkeyQuestion: async (uid) => {
      const found = await reached(uid);
      return assertionOptions(
        { purpose: { kind: 'sign-in', binding: uid }, staffId: found?.account.staffId },
        passkeys,
      );
    },
    takePasskey: async (uid, answer) => {
      const found = await reached(uid);
      const used = await verifyAssertion(
        answer,
        { purpose: { kind: 'sign-in', binding: uid }, staffId: found?.account.staffId },
        passkeys,
      );
      if (used.kind === 'refused') return WRONG;
      if (found !== undefined) {
        return authenticated(uid, found.account, AUTHENTICATION.passwordAndPasskey);
      }
      const account = await accounts.find(used.passkey.staffId);
      if (account === undefined || !(await isAtWork(account, parts))) return WRONG;
      return authenticated(uid, account, AUTHENTICATION.passkey);
    },
    takeCode: async (uid, code) => {
      const found = await reached(uid);
      if (found === undefined) return NEXT;
      const { account } = found;
      return bounded(account.staffId, async () =>
        (await spendOneTimeCode({ staffId: account.staffId, code }, codes))
          ? authenticated(uid, account, AUTHENTICATION.passwordAndCode)
          : WRONG,
      );
    },
    takeSetupCode: async (uid, code) => {
      const found = await reached(uid);
      if (found === undefined) return NEXT;
      const { account } = found;
      return bounded(account.staffId, async () => {
        const spent = await spendSetupCode(code, account, parts.setupCodes);
        if (spent === 'refused') return WRONG;
        if (spent === 'recovered') await parts.endSessions(account.staffId);
        await keepProgress(uid, { staffId: account.staffId, setUp: 'setup-code' }, parts);
        return NEXT;
      });
    },
    setUp: async (uid) => {
      const found = await maySetUp(uid);
      if (found === undefined) throw new Error('nothing can be set up');
      const { account, progress } = found;
      const passkey = await registrationOptions(account, { binding: uid }, passkeys);
      if (progress.sealedSecret !== undefined) {
        return { passkey, app: describeCodeApp(progress.sealedSecret, account, codes) };
      }
      const app = newCodeApp(account, codes);
      const kept: SignInProgress = { ...progress, sealedSecret: app.sealedSecret };
      await keepProgress(uid, kept, parts);
      return { passkey, app };
    },
    takeNewPasskey: async (uid, answer, name) => {
      const found = await maySetUp(uid);
      if (found === undefined) return NEXT;
      const { account } = found;
      const { staffId } = account;
      const made = await verifyRegistration(answer, { staffId, name, binding: uid }, passkeys);
      // The key was made a moment ago, so it says no more than the password and the device together.
      return made.kind === 'registered'
        ? authenticated(uid, account, AUTHENTICATION.passwordAndNewPasskey)
        : WRONG;
    },
    takeNewCodeApp: async (uid, code) => {
      const found = await maySetUp(uid);
      const sealedSecret = found?.progress.sealedSecret;
      if (found === undefined || sealedSecret === undefined) return NEXT;
      const { account } = found;
      const { staffId } = account;
      return bounded(staffId, async () =>
        (await confirmCodeApp({ staffId, sealedSecret, code }, codes))
          ? authenticated(uid, account, AUTHENTICATION.passwordAndCode)
          : WRONG,
      );
    },
  };
}

/**
 * Whether somebody with a passkey may sign in without a password. The directory and the records decide when they answer;
 * while one is away, everybody may whom it has vouched for and who has not left since.
 */
async function isAtWork(
  account: Account,
  { accounts, directory, records }: SecondFactorParts,
): Promise<boolean> {
  const checks = await Promise.all([
    accounts.isClosed(account.staffId).then((closed) => !closed),
    unlessAway(async () => {
      const found = await directory.findByMail(account.mail);
      return found?.employeeType === ACTIVE_PERSON;
    }),
    unlessAway(async () => (await records.findStaffId(account.mail)) === account.staffId),
  ]);
  return checks.every(Boolean);
}

async function unlessAway(check: () => Promise<boolean>): Promise<boolean> {
  try {
    return await check();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'unavailable') return true;
    throw error;
  }
}
