/**
 * What somebody has to look at between the staff records and the directory. A finding rests on something that one of the
 * two said: a leaver's mark, an employment that ended, an organisation that closed. That either of them says nothing of
 * somebody ends nothing, and is no finding about an account that is in use.
 *
 * The directory is read-only here: a finding is a work item for the organisation and for its connector, never a change.
 */

/** Kinds of findings. */
export const FINDING_KINDS = [
  /** The employment ended at the account's organisation, and the account is ACTIVE there. */
  'LEAVER_STILL_ACTIVE',
  /** The account is marked as a leaver's, and the person works at its organisation. */
  'LEAVER_STILL_EMPLOYED',
  /** The account is marked as a leaver's, and the organisation at which the person works now has not accepted it. */
  'JOINER_NOT_ACCEPTED',
  /** The account belongs to an organisation that is closed: it has to move to an open one. */
  'CLOSED_ORGANISATION',
  /** A person's account in use that has been linked to nobody for long. */
  'ACCOUNT_WITHOUT_PERSON',
  /** Somebody has worked here for long, and no account is linked to them. */
  'PERSON_WITHOUT_ACCOUNT',
  /** Somebody who left is an owner of a shared mailbox or application account. Access stays until an owner takes it. */
  'OWNER_LEFT',
  /** A shared mailbox has fewer than two owners who stand, or an application account none. */
  'TOO_FEW_OWNERS',
  /** An account that is no person's is linked to one. */
  'SHARED_ACCOUNT_LINKED',
] as const;

/** A kind of finding. */
export type FindingKind = (typeof FINDING_KINDS)[number];

/** A finding about one account or one person, for one organisation. Holds ids and codes alone. */
export interface Finding {
  readonly kind: FindingKind;
  /** Whose work item it is. */
  readonly odsCode: string;
  readonly accountId?: string;
  readonly staffId?: string;
  /** Since when it is so, where a source says it. Without it, it counts from when it was first seen. */
  readonly since?: Date;
  /** Organisations at which the person works, in order. */
  readonly worksAt: readonly string[];
  /** The person died: nobody writes to this mailbox. */
  readonly deceased: boolean;
  /** Owners who have left, by account id, in order. */
  readonly ownersLeft: readonly string[];
  /** Owners who stand, by account id: who can take the access of those who left. In order. */
  readonly ownersLeftOver: readonly string[];
  /** When the account is deleted unless an organisation accepts it. */
  readonly deleteDueAt?: Date;
}

/** What tells one finding from another: the same fact, seen again, is the same finding. */
export const findingKey = ({ kind, odsCode, accountId, staffId }: Finding): string =>
  [kind, odsCode, accountId ?? '', accountId === undefined ? (staffId ?? '') : ''].join(' ');
