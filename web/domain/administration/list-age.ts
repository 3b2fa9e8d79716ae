/** How old a published status list is, measured by how long it counts. */

/** The times of a list (RFC 3339). */
export interface ListTimes {
  readonly signedAt: string;
  readonly expiresAt: string;
}

/** Its age. */
export interface ListAge {
  /** Since it was signed. */
  readonly seconds: number;
  /** How much of its time is used, 0 to 100. */
  readonly percent: number;
  /** It counts no more: nobody can say how anything on it stands. */
  readonly isOld: boolean;
}

/** Works it out. A list from the future is as if it had been signed now. */
export function listAge({ signedAt, expiresAt }: ListTimes, now: Date): ListAge {
  const signed = Date.parse(signedAt);
  const lifetime = Date.parse(expiresAt) - signed;
  const age = Math.max(0, now.getTime() - signed);
  return {
    seconds: Math.floor(age / 1_000),
    percent: lifetime <= 0 ? 100 : Math.min(100, Math.round((100 * age) / lifetime)),
    isOld: age >= lifetime,
  };
}
