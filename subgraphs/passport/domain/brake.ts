/**
 * The brake: an error upstream looks like many people losing their standing at once, and what is revoked stays revoked. So
 * more than a thousandth of the people in an hour waits for two approvals.
 */

/** The time that counts, in milliseconds: an hour. */
export const BRAKE_WINDOW_MS = 3_600_000;
/** So many people an hour are let through however few hold credentials, of one organisation's file and of all together. */
const ALWAYS = 20;
const SHARE = 1 / 1_000;

/** People stopped within the window, this one included. */
export interface Stopped {
  /** By files of the same organisation. */
  readonly own: number;
  /** By everybody's files. */
  readonly total: number;
}

/**
 * Whether a stop has to wait. An organisation that has said little is let through when others have said too much: their
 * error must not keep a suspension from taking effect.
 *
 * @param people counts people who hold a credential; asked only when few people are not the answer already
 */
export async function mustWait(
  { own, total }: Stopped,
  people: () => Promise<number>,
): Promise<boolean> {
  if (own <= ALWAYS || total <= ALWAYS) return false;
  return total > Math.max(ALWAYS, (await people()) * SHARE);
}
