/**
 * How often a password or a code may be guessed.
 *
 * A browser in which the person has signed in before has an allowance of its own. Everybody else shares one for each
 * account, so guessing from many addresses stops soon and locks the person out of no browser they use.
 */
import { mac } from './derive.ts';
import type { AttemptCounter } from './ports.ts';

/** The time over which attempts are counted, in seconds. */
const WINDOW_SECONDS = 900;
/** Whole hospitals share one address, so that limit is wide. */
const LIMITS = {
  knownBrowser: 10,
  accountAndAddress: 5,
  account: 20,
  address: 300,
  secondFactor: 5,
} as const;

/** Whether one more attempt may be made. */
export type AttemptVerdict =
  | { readonly kind: 'go-on'; readonly succeeded: () => Promise<void> }
  | { readonly kind: 'too-many'; readonly minutes: number };

/** Who tries. */
export interface Attempt {
  /** Address of the account as it was typed. */
  readonly mail: string;
  /** Network address that the attempt comes from. */
  readonly address: string;
  /** The browser's name, when the person has signed in there before. */
  readonly browser?: string | undefined;
}

/** What attempts are counted with. */
export interface AttemptParts {
  readonly counter: AttemptCounter;
  readonly key: Buffer;
  readonly now: Date;
}

/** Counts a password and says whether it may be tried. Call `succeeded` when it was right. */
export function countAttempt(
  { mail, address, browser }: Attempt,
  parts: AttemptParts,
): Promise<AttemptVerdict> {
  const account = mail.trim().toLowerCase();
  return browser === undefined
    ? count(
        {
          accountAndAddress: [account, address],
          account: [account],
          address: [address],
        },
        parts,
      )
    : count({ knownBrowser: [account, browser] }, parts);
}

/** Counts a one-time or setup code, tried by somebody who knows the password. */
export const countSecondFactor = (staffId: string, parts: AttemptParts): Promise<AttemptVerdict> =>
  count({ secondFactor: [staffId] }, parts);

type Counted = Partial<Record<keyof typeof LIMITS, readonly string[]>>;

async function count(
  counted: Counted,
  { counter, key, now }: AttemptParts,
): Promise<AttemptVerdict> {
  const seconds = now.getTime() / 1000;
  const window = Math.floor(seconds / WINDOW_SECONDS);
  const kinds = Object.keys(counted) as (keyof typeof LIMITS)[];
  const name = (kind: keyof typeof LIMITS): string =>
    `sign-in:${kind}:${mac(key, kind, String(window), ...(counted[kind] ?? [])).toString('base64url')}`;
  const over = await Promise.all(
    kinds.map(async (kind) => (await counter.count(name(kind), WINDOW_SECONDS)) > LIMITS[kind]),
  );
  if (over.includes(true)) {
    return {
      kind: 'too-many',
      minutes: Math.max(1, Math.ceil(((window + 1) * WINDOW_SECONDS - seconds) / 60)),
    };
  }
  return {
    kind: 'go-on',
    succeeded: async () => {
      // The address stays counted: one right password must not buy more guesses at others.
      for (const kind of kinds) if (kind !== 'address') await counter.forget(name(kind));
    },
  };
}
