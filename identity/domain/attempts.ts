/** How often a password may be guessed: for one account from one address, for one account, and from one address. */
import { mac } from './derive.ts';
import type { AttemptCounter } from './ports.ts';

/** The time over which attempts are counted, in seconds. */
const WINDOW_SECONDS = 900;
/** Whole hospitals share one address, so that limit is wide. */
const LIMITS = { accountAndAddress: 5, account: 20, address: 300 } as const;

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
}

/** Counts an attempt and says whether it may be made. Call `succeeded` when the password was right. */
export async function countAttempt(
  { mail, address }: Attempt,
  {
    counter,
    key,
    now,
  }: { readonly counter: AttemptCounter; readonly key: Buffer; readonly now: Date },
): Promise<AttemptVerdict> {
  const seconds = now.getTime() / 1000;
  const window = Math.floor(seconds / WINDOW_SECONDS);
  const name = (kind: keyof typeof LIMITS, ...parts: readonly string[]): string =>
    `sign-in:${kind}:${mac(key, kind, String(window), ...parts).toString('base64url')}`;
  const account = mail.trim().toLowerCase();
  const names = {
    accountAndAddress: name('accountAndAddress', account, address),
    account: name('account', account),
    address: name('address', address),
  };
  const counts = await Promise.all(
    (Object.keys(LIMITS) as (keyof typeof LIMITS)[]).map(
      async (kind) => (await counter.count(names[kind], WINDOW_SECONDS)) > LIMITS[kind],
    ),
  );
  if (counts.includes(true)) {
    return {
      kind: 'too-many',
      minutes: Math.max(1, Math.ceil(((window + 1) * WINDOW_SECONDS - seconds) / 60)),
    };
  }
  return {
    kind: 'go-on',
    succeeded: async () => {
      await counter.forget(names.accountAndAddress);
      await counter.forget(names.account);
    },
  };
}
