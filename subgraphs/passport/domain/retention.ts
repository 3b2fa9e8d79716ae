/** How long what a holder disclosed is kept. The receipt of the check stays when it is gone. */

/** Days by purpose of use. A purpose that is not named has {@link USUAL_RETENTION_DAYS}. */
export type Retention = Readonly<Partial<Record<string, number>>>;

/** Days for which claims are kept, unless the settings say otherwise for their purpose. */
export const USUAL_RETENTION_DAYS = 30;

const DAY_MS = 24 * 3_600_000;

/** For how many days claims are kept that were disclosed for a purpose. */
export const retentionDays = (purpose: string, retention: Retention): number =>
  (Object.hasOwn(retention, purpose) ? retention[purpose] : undefined) ?? USUAL_RETENTION_DAYS;

/** From when on claims are erased that were disclosed for a purpose at a moment. */
export const eraseAfter = (purpose: string, disclosedAt: Date, retention: Retention): Date =>
  new Date(disclosedAt.getTime() + retentionDays(purpose, retention) * DAY_MS);
