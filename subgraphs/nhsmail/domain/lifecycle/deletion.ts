/**
 * How long a leaver's account is left: NHSmail deletes it 30 days after the mark unless another organisation accepts it
 * (support.nhs.net, "Marking a user as a leaver").
 */
import type { AccountFacts } from './account-facts.ts';

const DAY_MS = 86_400_000;
/** From the mark to the deletion, in days. */
const KEPT_DAYS = 30;

/** Days after the mark on which somebody is warned. */
export const WARNING_DAYS = [7, 21, 28] as const;

/** A day on which somebody is warned. */
export type WarningDay = (typeof WARNING_DAYS)[number];

/** A leaver's account on its way to being deleted. */
export interface Deletion {
  /** When it was marked: another mark is another deletion. */
  readonly markedAt: Date;
  readonly dueAt: Date;
}

/** When the account is deleted; `undefined` when it is no leaver's. */
export function deletionOf({
  status,
  leaverSince,
  deleteDueAt,
}: Pick<AccountFacts, 'status' | 'leaverSince' | 'deleteDueAt'>): Deletion | undefined {
  if (status !== 'LEAVER' || leaverSince === undefined) return undefined;
  return {
    markedAt: leaverSince,
    dueAt: deleteDueAt ?? new Date(leaverSince.getTime() + KEPT_DAYS * DAY_MS),
  };
}

/** The warning of a deletion. */
export interface DeletionWarning {
  readonly accountId: string;
  readonly day: WarningDay;
  readonly markedAt: Date;
  readonly dueAt: Date;
  /** Who is told, in order: the organisations that can accept the account, else the one it belongs to. */
  readonly odsCodes: readonly string[];
  readonly staffId?: string;
}

/**
 * The warning that is due for an account: the latest one whose day has come, counted back from the deletion. One that was
 * overtaken, because the account or this service came late, is not told any more. Nobody is warned of a dead person's
 * account, or of one that is gone already.
 */
export function warningOf(account: AccountFacts, now: Date): DeletionWarning | undefined {
  const deletion = deletionOf(account);
  const { person, odsCode } = account;
  if (deletion === undefined || account.kind !== 'USER') return undefined;
  if (account.gone || person?.deceased === true) return undefined;
  const leftMs = deletion.dueAt.getTime() - now.getTime();
  const day = WARNING_DAYS.findLast((warning) => leftMs <= (KEPT_DAYS - warning) * DAY_MS);
  if (day === undefined) return undefined;
  const employers = person?.worksAt ?? [];
  const odsCodes = employers.length > 0 || odsCode === undefined ? employers : [odsCode];
  if (odsCodes.length === 0) return undefined;
  return {
    accountId: account.id,
    day,
    ...deletion,
    odsCodes,
    ...(person === undefined ? {} : { staffId: person.staffId }),
  };
}
